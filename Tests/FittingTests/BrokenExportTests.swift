import Fitting
import Foundation
import Testing

/// What is wrong with a file, and everything that must be said about it.
private struct Broken: CustomTestStringConvertible, Sendable {
  var what: String
  var bytes: [UInt8]
  var columns: String?
  var problems: [String]
  var testDescription: String { what }

  init(_ what: String, _ text: String, columns: String? = nil, _ problems: String...) {
    self.init(what, bytes: Array(text.utf8), columns: columns, problems)
  }

  init(_ what: String, bytes: [UInt8], columns: String? = nil, _ problems: [String]) {
    self.what = what
    self.bytes = bytes
    self.columns = columns
    self.problems = problems
  }
}

private let row = "1,2026-10-05 09:00:00,2026-10-05 09:10:00,7,2026-10-05 09:01:00,3\n"

private let broken: [Broken] = [
  Broken(
    "an empty file", "",
    "export.csv: error: is empty, expected a header line and a line for each conversation"),
  Broken(
    "only blank lines", "\n\n\n", "export.csv: error: has no line with anything in it"),
  Broken(
    "only a header", shortHeader,
    "export.csv: error: has no conversation that could be used, is it the right file?"),
  Broken(
    "no header", row,
    "export.csv:1:1: error: no column 'DateTime Conversation Started' among '1, 2026-10-05 09:00:00, 2026-10-05 09:10:00, 7, 2026-10-05 0…', for another file: --columns opened=NAME,answered=NAME,closed=NAME,agent=NAME",
    "export.csv:1:1: error: expected a header, found a line with 6 numbers or times, the first line must name the columns"
  ),
  Broken(
    "a misspelt column", "opend,closed\n2026-10-05 09:00:00,2026-10-05 09:10:00\n",
    columns: "opened=opened,closed=closed",
    "export.csv:1:1: error: no column 'opened' among 'opend, closed', did you mean 'opend'?"),
  Broken(
    "a column that stands twice", "opened,opened\n2026-10-05 09:00:00,2026-10-05 09:10:00\n",
    columns: "opened=opened",
    "export.csv:1:8: error: the column 'opened' stands twice in the header"),
  Broken(
    "a row that lacks a cell", shortHeader + "1,2026-10-05 09:00:00,7\n" + row,
    "export.csv:2:1: error: a row of 3 cells, and the header has 6"),
  Broken(
    "a row with a cell too many", "opened,agent\n2026-10-05 09:00:00,Rossi, Anna\n",
    columns: "opened=opened,agent=agent",
    "export.csv:2:27: error: a row of 3 cells, and the header has 2, a cell with the delimiter in it stands in quotes"
  ),
  Broken(
    "mixed ways of writing times",
    "opened\n2026-10-05 09:00:00\n05/10/2026 09:13\n", columns: "opened=opened",
    "export.csv:3:1: error: the time '05/10/2026 09:13' is written as DD/MM/YYYY HH:MM, but line 2, column 1 has '2026-10-05 09:00:00', YYYY-MM-DD HH:MM:SS, one file must write its times in one way"
  ),
  Broken(
    "times with and without a zone", "opened\n2026-10-05 09:00:00\n2026-10-05T09:13:00Z\n",
    columns: "opened=opened",
    "export.csv:3:1: error: the time '2026-10-05T09:13:00Z' is written as YYYY-MM-DDTHH:MM:SSZ, but line 2, column 1 has '2026-10-05 09:00:00', YYYY-MM-DD HH:MM:SS, one file must write its times in one way"
  ),
  Broken(
    "day first and month first", "opened\n25/10/2026 09:00\n10/26/2026 09:13\n",
    columns: "opened=opened",
    "export.csv:3:1: error: the date '10/26/2026 09:13' has the month first, but line 2, column 1 has '25/10/2026 09:00', the day first, one file must write its dates in one way"
  ),
  Broken(
    "days that do not exist", "opened\n2026-02-30 09:00:00\n2026-10-05 25:00:00\nsoon\n",
    columns: "opened=opened",
    "export.csv:2:1: error: expected a date and time, found '2026-02-30 09:00:00', YYYY-MM-DD HH:MM:SS or DD/MM/YYYY HH:MM",
    "export.csv:3:1: error: expected a date and time, found '2026-10-05 25:00:00', YYYY-MM-DD HH:MM:SS or DD/MM/YYYY HH:MM",
    "export.csv:4:1: error: expected a date and time, found 'soon', YYYY-MM-DD HH:MM:SS or DD/MM/YYYY HH:MM"
  ),
  Broken(
    "a NUL byte", "opened\n2026-10-05 09:00:00\n2026-10-\u{0}5 09:00:00\n",
    columns: "opened=opened",
    "export.csv:3:9: error: a NUL byte, the file is damaged, or no text"),
  Broken(
    "a quote that stays open",
    "opened,agent\n2026-10-05 09:00:00,\"Anna\n2026-10-05 09:00:00,Ben\n",
    columns: "opened=opened", "export.csv:2:21: error: a quote that is never closed"),
  Broken(
    "text after a quote", "opened,agent\n2026-10-05 09:00:00,\"An\"na\n", columns: "opened=opened",
    "export.csv:2:25: error: text after a closing quote, a quote inside quotes is doubled"),
  Broken(
    "all closed before opened",
    shortHeader
      + "1,2026-10-05 09:00:00,2026-10-05 08:10:00,7,,\n2,2026-10-05 09:00:00,2026-10-05 08:10:00,8,,\n",
    "export.csv:2:1: error: 2 of 2 rows cannot be used, most because of \"closed before opened\"; this is the first of them, at most a fifth may be left out: are these the right columns?"
  ),
  Broken(
    "a spreadsheet", bytes: [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00],
    [
      "export.csv: error: is a spreadsheet or another ZIP file, expected CSV, save the sheet as \"CSV UTF-8\""
    ]
  ),
  Broken(
    "something compressed", bytes: [0x1F, 0x8B, 8, 0],
    ["export.csv: error: is compressed, expected CSV, unpack it with gunzip"]),
  Broken(
    "UTF-32", bytes: [0xFF, 0xFE, 0, 0, 0x6F, 0, 0, 0],
    ["export.csv: error: is UTF-32, expected UTF-8, save it as \"CSV UTF-8\""]),
  Broken(
    "events without a time", "case,what,when\n1,begin,2026-10-05 09:00:00\n1,end,\n",
    columns: "case=case,at=when,closed=what:end", "export.csv:3:7: error: an event without a time"),
]

@Suite struct `Broken exports` {
  @Test(arguments: broken)
  fileprivate func `are refused with every problem in its place`(broken: Broken) throws {
    let found = try TestFile(broken.bytes).problems(broken.columns)
    #expect(found.sorted() == broken.problems.sorted())
  }

  @Test func `tell of many problems the first twenty and how many there are`() throws {
    let text = "opened\n" + String(repeating: "soon\n", count: 50)
    let found = try TestFile(text).problems("opened=opened")
    #expect(found.count == 21)
    #expect(found[0] == "export.csv: error: 50 problems, of which the first 20 follow")
    #expect(found[20].hasPrefix("export.csv:21:1: error: expected a date and time"))
  }

  @Test func `that are folders, missing or endless quotes are refused`() throws {
    let file = try TestFile("opened\n\"" + String(repeating: "x\n", count: 600_000))
    #expect(
      try file.problems("opened=opened") == [
        "export.csv:2:1: error: a row of more than 1 MB, is this quote ever closed?"
      ])
    #expect(throws: (any Error).self) { try History.read(file.folder.path) }
    #expect(throws: (any Error).self) { try History.read(file.path + ".none") }
    #expect(throws: (any Error).self) { try History.read("a\u{0}b") }
  }
}

/// A slip in `--columns` and what is said of it.
private let slips: [(text: String, message: String)] = [
  ("opend=a", "unknown column 'opend', did you mean 'opened'? known: "),
  ("opened", "'opened' needs a column: opened=NAME"),
  ("opened=", "a name is missing"),
  ("opened=a,opened=b", "'opened' is given twice"),
  ("agent=a", "'opened' is missing: opened=NAME"),
  ("opened=a,gave_up=b", "'gave_up' says which values count: gave_up=NAME:VALUE"),
  ("opened=a:b", "'opened' takes a column, not a value of one (NAME:VALUE)"),
  ("opened=a,only=b+c:d", "'only': a value is looked for in one column, not in several"),
  ("case=a", "events need a time: at=NAME"),
  ("opened=\"a", "a quote that is never closed"),
  ("opened=a\"b", "'\"b' is not expected; roles are divided by commas"),
]

@Suite struct `The names of columns` {
  @Test(arguments: slips.indices)
  func `are refused with what was expected`(place: Int) {
    let (text, message) = slips[place]
    do {
      _ = try ColumnMap(text)
      Issue.record("'\(text)' was read")
    } catch {
      #expect(error.message.hasPrefix(message))
    }
  }

  @Test func `may be joined, be conditions and stand in quotes`() throws {
    let map = try ColumnMap("opened=date+time,gave_up=outcome:HANG|PHANTOM,agent=\"the, agent\"")
    #expect(map[.opened]?.columns == ["date", "time"])
    #expect(map[.gaveUp]?.values == ["HANG", "PHANTOM"])
    #expect(map[.agent]?.columns == ["the, agent"])
  }
}
