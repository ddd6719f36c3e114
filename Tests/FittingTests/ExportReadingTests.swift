import Foundation
import Testing

@testable import Fitting

private let clean = """
  opened,closed,agent
  2026-10-05 09:00:10,2026-10-05 09:10:20,Anna
  2026-10-05 09:05:30,2026-10-05 09:11:00,Ben

  """
private let roles = "opened=opened,closed=closed,agent=agent"

/// Milliseconds on the file's clock.
private func at(_ hour: Int64, _ minute: Int64, _ second: Int64 = 0, day: Int64 = 20_731) -> Int64 {
  ((day * 24 + hour) * 60 + minute) * 60_000 + second * 1_000
}

/// The same file in another dress.
private let dresses: [(what: String, bytes: [UInt8], warnings: [String])] = [
  ("plain", Array(clean.utf8), []),
  ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array(clean.utf8), []),
  ("carriage returns", Array(clean.replacingOccurrences(of: "\n", with: "\r\n").utf8), []),
  ("an old Mac's", Array(clean.replacingOccurrences(of: "\n", with: "\r").utf8), []),
  ("no last line feed", Array(clean.utf8.dropLast()), []),
  (
    "semicolons", Array(clean.replacingOccurrences(of: ",", with: ";").utf8),
    ["export.csv:1:1: warning: cells are divided by ';', and were read so"]
  ),
  (
    "tabs", Array(clean.replacingOccurrences(of: ",", with: "\t").utf8),
    ["export.csv:1:1: warning: cells are divided by tabs, and were read so"]
  ),
  (
    "UTF-16 with its mark",
    [0xFF, 0xFE] + clean.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
    ["export.csv: warning: the file is UTF-16 and was decoded"]
  ),
  (
    "UTF-16 the other way",
    [0xFE, 0xFF] + clean.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] },
    ["export.csv: warning: the file is UTF-16 and was decoded"]
  ),
  (
    "UTF-16 without a mark", clean.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
    ["export.csv: warning: the file is UTF-16 and was decoded"]
  ),
  (
    "quotes", Array(clean.replacingOccurrences(of: "Anna", with: "\"Anna\"").utf8), []
  ),
  (
    "T between date and time", Array(clean.replacingOccurrences(of: " ", with: "T").utf8), []
  ),
]

@Suite struct `Reading an export` {
  @Test(arguments: dresses.indices)
  func `gives the same history in every dress`(place: Int) throws {
    let (what, bytes, expected) = dresses[place]
    let (history, warnings) = try TestFile(bytes).history(roles)
    #expect(history.conversations.map(\.opened) == [at(9, 0, 10), at(9, 5, 30)], "\(what)")
    #expect(history.conversations.map(\.closed) == [at(9, 10, 20), at(9, 11)], "\(what)")
    #expect(history.agents == ["Anna", "Ben"], "\(what)")
    #expect(history.rows == 2 && history.resolution == 1_000 && !history.isUTC, "\(what)")
    #expect(warnings == expected, "\(what)")
  }

  @Test func `takes line feeds and doubled quotes inside quotes`() throws {
    let text = "opened,agent,note\n2026-10-05 09:00:10,\"An\"\"na\nRossi\",\"a\nb\"\n"
    let (history, _) = try TestFile(text + "2026-10-05 09:00:11,Ben,\n").history(
      "opened=opened,agent=agent")
    #expect(history.agents == ["An\"na\nRossi", "Ben"])
    let broken = try TestFile(text + "soon,Ben,\n").problems("opened=opened")
    #expect(broken.first?.hasPrefix("export.csv:5:1: error: expected a date and time") == true)
  }

  @Test func `reads dates with the day or the month first, and tells when nothing decides`() throws
  {
    let (day, plain) = try TestFile("opened\n05/10/2026 09:00\n25/10/2026 09:00\n")
      .history("opened=opened")
    #expect(day.conversations.first?.opened == at(9, 0))
    #expect(day.resolution == 60_000)
    #expect(plain.isEmpty)
    let (month, told) = try TestFile("opened\n10/05/2026 09:00\n10/25/2026 09:00\n")
      .history("opened=opened")
    #expect(month.conversations.map(\.opened) == [at(9, 0), at(9, 0, day: 20_751)])
    #expect(
      told == [
        "export.csv:3:1: warning: dates have the month first, as '10/25/2026 09:00' shows, and were read so"
      ])
    let (_, unsure) = try TestFile("opened\n05/10/2026 09:00\n").history("opened=opened")
    #expect(
      unsure == [
        "export.csv:2:1: warning: '05/10/2026 09:00' may have the day or the month first, and no date of "
          + "the file has a number above 12; read with the day first"
      ])
  }

  @Test func `takes times with a zone as moments`() throws {
    let (history, _) = try TestFile("opened\n2026-10-05T11:00:00+02:00\n2026-10-05T10:00:00.250Z\n")
      .history("opened=opened")
    #expect(history.isUTC)
    #expect(history.resolution == 1)
    #expect(history.conversations.map(\.opened) == [at(9, 0), at(10, 0) + 250])
  }

  @Test func `takes seconds that are all zero as cut to the minute`() throws {
    let rows = (10..<40).map { "2026-10-05 09:\($0):00" }.joined(separator: "\n")
    let (history, warnings) = try TestFile("opened\n" + rows + "\n").history("opened=opened")
    #expect(history.resolution == 60_000)
    #expect(
      warnings == [
        "export.csv: warning: all seconds are zero: times are taken as cut to the minute"
      ])
  }

  @Test func `leaves out rows that cannot be, with their number and the first of them`() throws {
    var text = shortHeader
    for number in 10..<40 {
      text += "\(number),2026-10-05 09:00:\(number),2026-10-05 09:10:00,\(number),,\n"
    }
    text += "1,2026-10-05 09:00:00,2026-10-05 08:10:00,7,,\n"
    text += "2,2026-10-05 09:00:00,2026-10-05 08:10:00,7,,\n"
    text += "3,,2026-10-05 08:10:00,7,,\n"
    text += "39,2026-10-05 09:00:39,2026-10-05 09:10:00,39,,\n"
    let (history, warnings) = try TestFile(text).history()
    #expect(history.conversations.count == 30)
    #expect(
      history.omissions.map { "\($0.reason) \($0.count), line \($0.firstLine)" } == [
        "no opening time 1, line 34", "closed before opened 2, line 32", "listed twice 1, line 1",
      ])
    #expect(
      warnings.contains(
        "export.csv:32:1: warning: 2 rows left out: closed before opened; this is the first"))
  }

  @Test(arguments: ["1.00000E+15", "1000000000000000"])
  func `falls back to contact and time where a spreadsheet damaged the ids`(id: String) throws {
    var text = shortHeader
    for number in 10..<40 {
      text += "\(id),2026-10-05 09:00:\(number),2026-10-05 09:10:00,\(number),,\n"
    }
    text += "\(id),2026-10-05 09:00:39,2026-10-05 09:10:00,39,,\n"
    let (history, warnings) = try TestFile(text).history()
    #expect(history.conversations.count == 30)
    #expect(
      warnings.contains(
        "export.csv:2:1: warning: ids were damaged by a spreadsheet, which keeps 15 digits: contact and "
          + "opening time tell conversations apart instead, export again, and open the file in nothing else"
      ))
  }

  @Test func `joins a date and a time, and takes midnight as what did not happen`() throws {
    let text = """
      date,in,start,end,outcome
      2026-10-05,0:00:00,0:00:00,0:00:00,HANG
      2026-10-05,23:59:30,23:59:50,0:04:00,AGENT
      2026-10-05,12:00:00,12:00:00,12:01:00,PHANTOM

      """
    let (history, _) = try TestFile(text).history(
      "opened=date+in,answered=date+start,closed=date+end,only=outcome:HANG|AGENT")
    #expect(history.notSelected == 1)
    #expect(history.conversations.map(\.opened) == [at(0, 0), at(23, 59, 30)])
    #expect(history.conversations[0].started == PastConversation.never)
    #expect(history.conversations[1].closed == at(24, 4))
  }

  @Test func `reads events: the first opens, conditions answer and close`() throws {
    let text = """
      case,what,who,when
      2,Insert,A,2026-10-05 08:00:00
      1,Insert,A,2026-10-05 09:00:00
      1,Take in charge,B,2026-10-05 09:10:00
      1,Take in charge,C,2026-10-05 09:15:00
      1,Resolve,C,2026-10-05 09:20:00
      1,Closed,A,2026-10-05 10:00:00

      """
    let (history, _) = try TestFile(text).history(
      "case=case,at=when,agent=who,answered=what:Take in charge,closed=what:Resolve")
    #expect(history.kind == .events)
    let first = try #require(history.conversations.last)
    #expect(first.opened == at(9, 0) && first.started == at(9, 10) && first.closed == at(9, 20))
    #expect(history.agents[Int(first.agent)] == "B")
    #expect(history.actions.count == 6)
    #expect(history.conversations[0].closed == PastConversation.never)
  }

  @Test func `reads messages: gaps, questions and answers`() throws {
    let text = """
      Message ID,Sender Type,Sender ID,Contact ID,Date & Time,Channel ID
      1,contact,,7,2026-10-05 09:00:00,1
      2,workflow,,7,2026-10-05 09:00:01,1
      3,contact,,7,2026-10-05 09:01:00,1
      4,user,3,7,2026-10-05 09:05:00,1
      5,user,3,7,2026-10-05 09:06:00,1
      6,contact,,7,2026-10-05 09:08:00,1
      7,user,3,7,2026-10-05 09:10:00,1
      8,contact,,7,2026-10-07 09:00:00,1

      """
    let (history, _) = try TestFile(text).history(isMessages: true)
    #expect(history.conversations.count == 2)
    #expect(history.conversations[0].responded == at(9, 5))
    #expect(history.exchange?.thinkTimes == [120_000])
    #expect(history.exchange?.laterResponses == [120_000])
    #expect(history.exchange?.questions == [2, 1])
  }
}
