import Engine
import Experiments
import Foundation
import Scenarios
import Testing

@testable import World

/// The platform's export of conversations (PLATFORM.md 6.3): what stands in its columns can be.
@Suite struct `The export of conversations` {
  /// How many scenarios of chance; `SWITCHBOARD_LONG` runs them all.
  private static let stories = isLongRun ? 1_000 : 48

  /// The durations, with the columns of the two moments that they lie between; the average has none.
  private static let durations: [(name: String, from: String, to: String)] = [
    ("First Response Time", "DateTime Conversation Started", "DateTime First Response"),
    ("Resolution Time", "DateTime Conversation Started", "DateTime Conversation Resolved"),
    ("Time to First Assignment", "DateTime Conversation Started", "First Assignment Timestamp"),
    (
      "First Assignment to First Response Time", "First Assignment Timestamp",
      "DateTime First Response"
    ),
    ("Last Assignment to Response Time", "", ""),
    (
      "First Assignment to Close Time", "First Assignment Timestamp",
      "DateTime Conversation Resolved"
    ),
    (
      "Last Assignment to Close Time", "Last Assignment Timestamp",
      "DateTime Conversation Resolved"
    ),
    ("Average Response Time", "", ""),
  ]

  @Test func `there are shipped scenarios`() { #expect(ShippedScenarios.paths.count >= 10) }

  @Test(arguments: ShippedScenarios.paths)
  func `no duration of a shipped scenario is negative`(path: String) throws {
    let scenario = try Scenario.load(path)
    let strategies = scenario.strategies.isEmpty ? [scenario.standard] : scenario.strategies
    var rows = 0
    // What begins at midnight has nobody in its first hours.
    let hours: Int64 = scenario.start.secondOfDay < 5 * 3_600 ? 10 : 4
    for strategy in strategies {
      var plan = WorldPlan(scenario, strategy)
      if !isLongRun { plan.duration = min(plan.duration, hours * 3_600_000_000_000) }
      rows += try check(plan, scenario, "\(path), \(strategy.name)").rows
    }
    #expect(rows > 50)
  }

  /// Eight parts, so that several processors share them.
  @Test(arguments: 0..<8)
  func `no duration of a scenario of chance is negative`(part: Int) throws {
    var rows = 0
    var early = 0
    for seed in stride(from: part, to: Self.stories, by: 8) {
      var story = RandomScenario(seed: UInt64(seed))
      let text = story.text()
      let scenario: Scenario
      do throws(Diagnostics) {
        scenario = try Scenario.read(SourceFile(name: "chance", text: text))
      } catch {
        Issue.record("seed \(seed): \(error.rendered())")
        continue
      }
      let found = try check(WorldPlan(scenario, scenario.standard), scenario, "seed \(seed)")
      rows += found.rows
      early += found.early
    }
    // Some of them answer before they are assigned to anybody, or the rule would not be tried.
    #expect(rows > 100 && early > 0, "\(rows), \(early)")
  }

  /// Runs a world and looks at each row; tells how many there are, and how many were answered before
  /// they were first assigned.
  private func check(
    _ plan: WorldPlan, _ scenario: Scenario, _ what: String
  ) throws -> (rows: Int, early: Int) {
    var plan = plan
    plan.warmup = 0
    plan.recordsConversations = true
    let result = try Bench(plan, seed: scenario.seed, replication: 0).run()
    let export = ConversationExport(try #require(result.ledger), scenario)
    let places = Dictionary(
      uniqueKeysWithValues: ConversationExport.columns.enumerated().map { ($1.key, $0) })
    var early = 0
    for row in export.rows {
      func text(_ column: String) throws -> String { row[try #require(places[column])] }
      for duration in Self.durations {
        let written = try text(duration.name)
        let seconds = written.isEmpty ? nil : length(written)
        #expect(written.isEmpty || seconds != nil, "\(what): \(duration.name) is \(written)")
        guard !duration.from.isEmpty else { continue }
        guard let from = try moment(text(duration.from)), let to = try moment(text(duration.to))
        else {
          #expect(written.isEmpty, "\(what): \(duration.name) is \(written) between nothing")
          continue
        }
        if to < from {
          // Only an answer may come before what it is counted from.
          #expect(duration.name.hasSuffix("First Response Time"), "\(what): \(row)")
          #expect(written.isEmpty, "\(what): \(duration.name) is \(written)")
          early += 1
        } else if to > from {
          // Both moments are cut to whole seconds.
          #expect(abs((seconds ?? .infinity) - (to - from)) <= 1, "\(what): \(row)")
        }
      }
    }
    return (export.rows.count, early)
  }

  /// `1:05:09` in seconds; nothing for what no duration looks like.
  private func length(_ text: String) -> Double? {
    guard let match = text.wholeMatch(of: /(\d+):([0-5]\d):([0-5]\d)/),
      let hours = Double(match.1), let minutes = Double(match.2), let seconds = Double(match.3)
    else { return nil }
    return hours * 3_600 + minutes * 60 + seconds
  }

  private func moment(_ text: String) throws -> Double? {
    guard !text.isEmpty else { return nil }
    let strategy = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
      .dateTimeSeparator(.space).time(includingFractionalSeconds: false)
    return try strategy.parse(text).timeIntervalSince1970
  }
}
