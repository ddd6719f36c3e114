import Engine
import Foundation
import Testing
import World

@testable import Service

@Suite struct `A damaged journal` {
  /// A journal of some events, shut down.
  private func made(_ events: Int = 20, snapshots: Bool = false) throws -> TestDesk {
    let desk = try TestDesk()
    let workspace = try desk.open()
    for index in 0..<events {
      _ = workspace.send(writes("c\(index % 7)", "text \(index)", key: "k\(index)"))
    }
    workspace.shutDown()
    if !snapshots { try desk.edit("DELETE FROM snapshots") }
    return desk
  }

  private static let damages: [(edit: String, event: UInt64, words: String)] = [
    ("UPDATE events SET result = replace(result, 'c1', 'c2') WHERE sequence = 9", 9, "checksum"),
    (
      "UPDATE events SET event = replace(event, 'text 8', 'text 9') WHERE sequence = 9", 9,
      "checksum"
    ),
    ("UPDATE events SET at_ns = at_ns + 1 WHERE sequence = 12", 12, "checksum"),
    ("UPDATE events SET key = 'other' WHERE sequence = 1", 1, "checksum"),
    ("UPDATE events SET chain = chain + 1 WHERE sequence = 20", 20, "checksum"),
    ("UPDATE events SET at_ns = -1 WHERE sequence = 7", 7, "its time is before"),
    ("DELETE FROM events WHERE sequence = 5", 5, "it is missing"),
    ("DELETE FROM events WHERE sequence <= 5", 1, "it is missing"),
    ("UPDATE events SET sequence = 40 WHERE sequence = 20", 20, "it is missing"),
  ]

  @Test(arguments: damages, [false, true])
  func `is refused with the event, what is wrong and how much is whole`(
    damage: (edit: String, event: UInt64, words: String), snapshots: Bool
  ) throws {
    let desk = try made(snapshots: snapshots)
    try desk.edit(damage.edit)
    let problem = try #require(desk.problem())
    #expect(problem.kind == .damaged && problem.event == damage.event)
    #expect(problem.wholeEvents == damage.event - 1)
    #expect(problem.description.contains(damage.words), "\(problem)")
    #expect(problem.description.contains("event \(damage.event): "))
    #expect(problem.description.contains("--salvage NEW") == (damage.event > 1))

    let saved = try LiveWorkspace.salvage(from: desk.journal, to: desk.path("saved"))
    #expect(saved.events == damage.event - 1)
    #expect(saved.loss?.contains(damage.words) == true)
    let workspace = try desk.open(desk.path("saved"))
    #expect(workspace.restoration.events == damage.event - 1)
    #expect(workspace.send(writes("c1")).text.contains("\"sequence\":\(damage.event),"))
    workspace.shutDown()
  }

  @Test func `whose rows are right but come out differently is told as that`() throws {
    let desk = try made()
    let store = try JournalStore(reading: desk.journal)
    var rows: [JournalRow] = []
    try store.forEachRow(after: 0) { row, _ in
      rows.append(row)
      return true
    }
    store.close()
    rows[8].result = Array(
      String(decoding: rows[8].result, as: UTF8.self).replacing("c1", with: "c2").utf8)
    var chain = ChainSum.start
    for row in rows {
      chain = chain.after(row)
      try desk.edit(
        "UPDATE events SET chain = \(Int64(bitPattern: chain.value)), "
          + "result = '\(String(decoding: row.result, as: UTF8.self))' WHERE sequence = \(row.sequence)"
      )
    }
    let problem = try #require(desk.problem())
    #expect(problem.event == 9 && problem.why.contains("played again it is"), "\(problem)")
    let read = try SQLiteJournal(path: desk.journal)
    #expect(read.difference?.hasPrefix("event 9: its result is") == true)
    #expect(read.journal.entries.count == 9)
  }

  @Test func `that was cut off or overwritten opens without harm or not at all`() throws {
    let desk = try made(400)
    let bytes = try Data(contentsOf: URL(filePath: desk.journal))
    for part in 1..<24 {
      let name = desk.path("cut")
      try bytes.prefix(bytes.count * part / 24 + part * 13).write(to: URL(filePath: name))
      let problem = try #require(desk.problem(name), "\(part)/24 of the file opened")
      #expect([.damaged, .notAJournal].contains(problem.kind), "\(problem)")
    }
    for part in 0..<40 {
      let name = desk.path("overwritten")
      var other = bytes
      let place = bytes.count * part / 40
      other.replaceSubrange(
        place..<min(place + 64, bytes.count),
        with: Data(repeating: 0xA5, count: min(64, bytes.count - place)))
      try other.write(to: URL(filePath: name))
      let problem = desk.problem(name)
      // What nobody reads may be anything: a page that is free, or the end of one.
      if let problem {
        #expect(
          [.damaged, .notAJournal, .newerFormat, .cannotOpen].contains(problem.kind), "\(problem)")
      }
      for file in [name, name + "-wal"] { try? FileManager.default.removeItem(atPath: file) }
    }
  }

  @Test func `is none: other files are refused as what they are`() throws {
    let desk = try made(1)
    let text = desk.path("text")
    try "switchboard-journal 1 and so on, long enough to be a page of something\n".write(
      toFile: text, atomically: true, encoding: .utf8)
    #expect(desk.problem(text)?.kind == .notAJournal)
    #expect(desk.problem(desk.folder.path)?.kind == .cannotOpen)
    #expect(desk.problem(desk.path("no/such/folder/x"))?.kind == .cannotOpen)
    let other = desk.path("other")
    try desk.edit("CREATE TABLE t (x)", other)
    #expect(desk.problem(other)?.why.contains("something else") == true)
    let empty = desk.path("empty")
    try Data().write(to: URL(filePath: empty))
    #expect(desk.problem(empty) == nil)
    do throws(JournalProblem) {
      _ = try SQLiteJournal(path: desk.path("none"))
      Issue.record("a journal that is not there was read")
    } catch {
      #expect(error.kind == .cannotOpen)
    }
  }

  @Test func `of a newer format, or without its beginning, is refused`() throws {
    let desk = try made(3)
    try desk.edit("UPDATE meta SET value = 2 WHERE name = 'format'")
    let newer = try #require(desk.problem())
    #expect(
      newer.kind == .newerFormat && newer.why.contains("format 2, this version reads format 1"))
    try desk.edit("UPDATE meta SET value = 1 WHERE name = 'format'")
    #expect(desk.problem() == nil)
    try desk.edit("UPDATE meta SET value = replace(value, 'ana', 'eva') WHERE name = 'opening'")
    let other = try #require(desk.problem())
    #expect(other.kind == .damaged && other.wholeEvents == nil)
  }

  @Test func `has its index looked at too`() throws {
    let desk = try made(50)
    try desk.edit(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'events_key ON', 'events_key ON')
      WHERE name = 'events_key';
      DELETE FROM sqlite_schema WHERE name = 'events_key';
      """)
    // Without its index a key would be looked for in all rows; SQLite tells of pages that nobody has.
    #expect(desk.problem()?.kind == .damaged)
  }

  @Test func `is not written over by a rescue`() throws {
    let desk = try made(3)
    let other = try made(2)
    #expect(throws: JournalProblem.self) {
      try LiveWorkspace.salvage(from: desk.journal, to: other.journal)
    }
    let all = try LiveWorkspace.salvage(from: desk.journal, to: desk.path("all"))
    #expect(all.events == 3 && all.loss == nil)
    #expect(other.problem() == nil)
  }

  @Test func `is open once at a time`() throws {
    let desk = try made(3)
    let workspace = try desk.open()
    #expect(desk.problem()?.kind == .inUse)
    #expect(throws: JournalProblem.self) { try SQLiteJournal(path: desk.journal) }
    #expect(workspace.send(writes("c1")).status == 200)
    workspace.shutDown()
    #expect(desk.problem() == nil)
    #expect(try SQLiteJournal(path: desk.journal).journal.entries.count == 4)
  }

  @Test func `read and played again is the same`() throws {
    let desk = try made(30)
    let read = try SQLiteJournal(path: desk.journal)
    #expect(read.difference == nil && read.journal.entries.count == 30)
    #expect(read.opening.settings.epoch == 1_800_000_000)
    #expect(SQLiteJournal.isDatabase(try Data(contentsOf: URL(filePath: desk.journal))))
    #expect(!SQLiteJournal.isDatabase(Data("switchboard-journal 1".utf8)))
  }
}
