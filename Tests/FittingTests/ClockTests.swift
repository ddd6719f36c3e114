import Engine
import Fitting
import Foundation
import Scenarios
import Testing

/// Milliseconds on the file's clock; day 20,731 is 2026-10-05.
private func at(_ hour: Int64, _ minute: Int64, _ second: Int64 = 0, day: Int64 = 20_731) -> Int64 {
  ((day * 24 + hour) * 60 + minute) * 60_000 + second * 1_000
}

@Suite struct `The clock of an export` {
  @Test(arguments: [
    ("11/28/2026 3:05 PM", 15, 5), ("11/28/2026 12:00 AM", 0, 0), ("11/28/2026 12:30 pm", 12, 30),
    ("11/28/2026 11:59 p.m.", 23, 59), ("11/28/2026 1:07am", 1, 7),
    ("11/28/2026 3:05\u{202F}PM", 15, 5), ("2026-11-28 03:05 PM", 15, 5),
  ])
  func `may have twelve hours`(_ text: String, _ hour: Int64, _ minute: Int64) throws {
    let (history, _) = try TestFile("opened\n\(text)\n").history("opened=opened")
    // 2026-11-28 is 54 days after 2026-10-05.
    #expect(history.conversations.map(\.opened) == [at(hour, minute, day: 20_785)])
  }

  @Test func `may have twelve hours in a column of its own`() throws {
    let text = "day,from,until\n10/28/2026,3:05:09 PM,12:00:00 AM\n"
    let (history, _) = try TestFile(text).history("opened=day+from,closed=day+until")
    #expect(history.conversations.map(\.opened) == [at(15, 5, 9, day: 20_754)])
    // Midnight stands for "did not happen" there.
    #expect(history.conversations.map(\.closed) == [PastConversation.never])
  }

  @Test func `is one clock for the whole file`() throws {
    let text = "opened\n11/28/2026 3:05 PM\n11/28/2026 15:10\n"
    #expect(
      try TestFile(text).problems("opened=opened") == [
        "export.csv:3:1: error: the time '11/28/2026 15:10' is written without AM or PM, but line 2, "
          + "column 1 has '11/28/2026 3:05 PM', one file must write its times in one way"
      ])
    #expect(
      try TestFile("opened\n2026-10-05 13:05 PM\n").problems("opened=opened") == [
        "export.csv:2:1: error: expected a date and time, found '2026-10-05 13:05 PM', "
          + "YYYY-MM-DD HH:MM:SS or DD/MM/YYYY HH:MM"
      ])
  }

  @Test func `turns what agents did with the dates once the month is known to be first`() throws {
    let text =
      "at,who,chat,agent\n10/05/2026 09:00,contact,1,\n10/05/2026 09:05,user,1,Anna\n"
      + "10/25/2026 09:00,contact,2,\n"
    let (history, _) = try TestFile(text).history(
      "at=at,sender=who,id=chat,agent=agent", isMessages: true)
    #expect(history.actions.map(\.at) == [at(9, 5)])
  }
}

@Suite struct `The time zone of an export` {
  private func zone(_ name: String) throws -> TimeZoneRules { try TimeZoneRules.named(name) }

  @Test func `moves times with an offset to its clock`() throws {
    // Lisbon is an hour ahead of UTC until 2026-10-25 01:00 UTC, and level with it from then on.
    let text =
      "opened,closed\n2026-10-05T08:00:00Z,2026-10-05T08:10:00Z\n2026-10-26T08:00:00Z,\n"
      + "2026-10-25T00:50:00Z,2026-10-25T01:20:00Z\n"
    let file = try TestFile(text)
    let (history, _) = try History.read(
      file.path, columns: ColumnMap("opened=opened,closed=closed"), zone: zone("Europe/Lisbon"))
    #expect(
      history.conversations.map(\.opened) == [
        at(9, 0), at(1, 50, day: 20_751), at(8, 0, day: 20_752),
      ])
    // Half an hour over the change of the clock is half an hour.
    #expect(history.conversations[1].closed - history.conversations[1].opened == 1_800_000)
  }

  @Test func `counts the hour that its clock shows twice and not the one it skips`() throws {
    // On 2026-10-25 Lisbon shows the hour from 01:00 to 02:00 twice, on 2026-03-29 not at all.
    let text =
      "opened,closed\n2026-10-25 00:50:00,2026-10-25 02:10:00\n"
      + "2026-03-29 00:50:00,2026-03-29 02:10:00\n"
    let file = try TestFile(text)
    let (history, _) = try History.read(
      file.path, columns: ColumnMap("opened=opened,closed=closed"), zone: zone("Europe/Lisbon"))
    #expect(
      history.conversations.map { ($0.closed - $0.opened) / 60_000 } == [20, 140])
  }

  @Test func `is that of the scenario, and then nothing is assumed about it`() throws {
    var text = "opened\n"
    for minute in 10..<50 { text += "2026-10-05 09:\(minute):07\n" }
    let file = try TestFile(text)
    func scenario(_ zone: TimeZoneRules?) throws -> (HistoryFit, String) {
      let (history, _) = try History.read(
        file.path, columns: ColumnMap("opened=opened"), zone: zone)
      let fit = HistoryFit(history, seed: 1)
      return (fit, ScenarioText(fit, name: "x", seed: 1).text)
    }
    let (fit, written) = try scenario(zone("Europe/Lisbon"))
    let read = try Scenario.read(SourceFile(name: "x.yaml", text: written))
    #expect(read.timeZone.name == "Europe/Lisbon")
    #expect(written.contains("start: 2026-10-05 09:00\n"))
    #expect(!fit.gaps.contains { $0.unknown == "from which clock its times are" })
    let (plain, utc) = try scenario(nil)
    #expect(utc.contains("time_zone: UTC\n"))
    #expect(plain.gaps.contains { $0.unknown == "from which clock its times are" })
  }
}
