import Engine
import Foundation
import Scenarios
import Testing

@testable import Fitting

@Suite struct `A fitted scenario` {
  @Test func `reads back without a problem and says what its values rest on`() throws {
    let fit = try SimulatedExport.fit(SimulatedExport.desk, seed: 5)
    let text = ScenarioText(fit, name: "october", seed: 5).text
    let scenario = try Scenario.read(SourceFile(name: "october.yaml", text: text))
    #expect(scenario.warnings.all.isEmpty)
    #expect(text.hasPrefix(ScenarioText.mark))
    #expect(scenario.standard.model.agents.count == 10)
    #expect(scenario.duration.inSeconds == 8 * 3_600)
    #expect(text.contains("start: 2026-11-23 09:00\n"))
    #expect(text.contains("    wrap_up: 20 s\n"))
    #expect(text.contains("logic: round_robin, only_online: true"))
    // Every value of a law stands below a comment with its number of observations.
    let lines = text.split(separator: "\n").map(String.init)
    for key in ["reply_time:", "patience:", "questions:"] {
      let place = try #require(lines.firstIndex { $0.contains("    " + key) })
      #expect(lines[..<place].suffix(3).contains { $0.contains("# n = ") }, "\(key)")
    }
  }

  @Test func `has names of the file that YAML would misread in quotes`() throws {
    var text = "opened,answered,closed,agent,channel,population\n"
    for (number, name) in ["yes", "a: b", "#x", "12", "ü \"q\"", "  "].enumerated() {
      for second in 10..<40 {
        text += "2026-10-05 09:0\(number):\(second),2026-10-05 09:1\(number):\(second),"
        text += "2026-10-05 09:2\(number):\(second),"
        let cell = "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
        text += [cell, cell, cell].joined(separator: ",") + "\n"
      }
    }
    let history = try TestFile(text).history(
      "opened=opened,answered=answered,closed=closed,agent=agent,channel=channel,population=population"
    ).history
    #expect(history.agents == ["yes", "a: b", "#x", "12", "ü \"q\""])
    let fitted = ScenarioText(HistoryFit(history, seed: 1), name: "a: #b", seed: 1).text
    let scenario = try Scenario.read(SourceFile(name: "x.yaml", text: fitted))
    #expect(scenario.name == "a: #b")
    #expect(
      scenario.standard.model.channels.map(\.name)
        == ["yes", "a: b", "#x", "channel 12", "ü \"q\"", "unknown"])
    #expect(scenario.standard.model.populations.map(\.name) == history.populations)
  }

  @Test func `runs the whole days of an export that begins and ends within one`() throws {
    var text = "opened,answered,closed,agent\n"
    // Every five minutes, from noon of one day to noon of the fourth after it.
    for number in 144..<(4 * 288 + 144) {
      let clock = { (minute: Int) in
        let (day, within) = (5 + minute / 1_440, minute % 1_440)
        let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
        return "2026-10-0\(day) \(two(within / 60)):\(two(within % 60)):07"
      }
      let minute = number * 5
      text += "\(clock(minute)),\(clock(minute)),\(clock(minute + 4)),Anna\n"
    }
    let history = try TestFile(text).history(
      "opened=opened,answered=answered,closed=closed,agent=agent"
    ).history
    let fitted = ScenarioText(HistoryFit(history, seed: 1), name: "x", seed: 1).text
    #expect(fitted.contains("start: 2026-10-06 00:00\n"))
    #expect(fitted.contains("duration: 3 d\n"))
  }

  @Test func `has whoever works around the clock there all day`() throws {
    var text = "opened,answered,closed,agent\n"
    // Every ten minutes of three weeks but at 17:00: where that hour begins, one day's work ends and the
    // next begins.
    for number in 0..<(21 * 144) where number % 144 != 102 {
      let (day, slot) = (5 + number / 144, number % 144)
      let clock = { (minute: Int) in
        let (hour, minutes) = (slot / 6, slot % 6 * 10 + minute)
        return "2026-10-\(day < 10 ? "0" : "")\(day) \(hour < 10 ? "0" : "")\(hour):"
          + "\(minutes < 10 ? "0" : "")\(minutes):07"
      }
      text += "\(clock(0)),\(clock(1)),\(clock(4)),Anna\n"
    }
    let history = try TestFile(text).history(
      "opened=opened,answered=answered,closed=closed,agent=agent"
    ).history
    let fitted = ScenarioText(HistoryFit(history, seed: 1), name: "x", seed: 1).text
    let scenario = try Scenario.read(SourceFile(name: "x.yaml", text: fitted))
    #expect(scenario.standard.model.agents.count == 1)
  }

  @Test(.enabled(if: recordedHistories != nil, "the recorded histories are not there"))
  func `of the help desk's events is read and loads`() throws {
    let path = try #require(recordedHistories).appendingPathComponent("helpdesk_italian_events.csv")
    let columns = try ColumnMap(
      "case=case,at=timestamp,agent=resource,answered=activity:Take in charge ticket,"
        + "closed=activity:Resolve ticket")
    let (history, _) = try History.read(path.path, columns: columns)
    // PROVENANCE.md: 4,479 cases.
    #expect(history.conversations.count + history.omitted == 4_479)
    let fit = HistoryFit(history, seed: 1)
    let scenario = try Scenario.read(
      SourceFile(name: "x.yaml", text: ScenarioText(fit, name: "help desk", seed: 1).text))
    #expect(scenario.standard.model.agents.count > 1)
    if case .serial = fit.attention?.attention { Issue.record("cases are open at the same time") }
    // New cases fall between 6h and 17h on Monday to Friday, with one exception.
    let outside = history.conversations.count { row in
      let hour = row.opened / 3_600_000 % 24
      return hour < 6 || hour > 17
    }
    #expect(outside <= 1)
  }

  @Test(.enabled(if: recordedHistories != nil, "the recorded histories are not there"))
  func `of the care teams' messages has the gaps that were recorded`() throws {
    let path = try #require(recordedHistories).appendingPathComponent("twitter_care_messages.csv")
    let columns = try ColumnMap("at=utc,sender=role,id=conversation")
    let (history, _) = try History.read(path.path, columns: columns, isMessages: true)
    #expect(history.conversations.count == 1_025)
    #expect(history.isUTC)
    // PROVENANCE.md: the median of first responses is 7,481 s.
    let first = history.conversations.filter { $0.responded != PastConversation.never }
      .map { ($0.responded - $0.opened) / 1_000 }.sorted()
    #expect(abs(first[first.count / 2] - 7_481) <= 75)
    let fit = HistoryFit(history, seed: 1)
    let text = ScenarioText(fit, name: "care", seed: 1).text
    _ = try Scenario.read(SourceFile(name: "x.yaml", text: text))
    #expect(fit.thinkTime != nil)
    #expect(fit.gaps.contains { $0.unknown == "who answered" })
  }
}
