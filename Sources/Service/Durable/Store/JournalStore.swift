import Engine
import FoundationEssentials
import World

/// How far a commit goes before it is answered.
///
/// Whatever the mode, a commit is in the operating system's hands before it is answered, so the end of
/// the process alone (a crash, SIGKILL) loses nothing that was answered. They differ in what a power
/// loss, or a crash of the operating system, may take:
public enum SyncMode: String, Sendable, CaseIterable {
  /// Nothing: every commit waits until the disk says that it has it (`PRAGMA synchronous = FULL`).
  case full
  /// The latest commits, since the last checkpoint or the system's last write-back; what is left is whole
  /// (`NORMAL`).
  case normal
  /// The latest commits, and perhaps the journal's wholeness, which the next start finds out (`OFF`).
  case off
}

/// The journal of a workspace as a file: a SQLite database in WAL mode that any of its tools can read.
///
///     meta      (name TEXT PRIMARY KEY, value)
///               format    1
///               scenario  the scenario's name
///               opening   settings and opening events, as JSON
///               hash      a checksum of `opening`
///               began_ns  the moment of time zero, in nanoseconds since 1970, a whole second
///               created   the same in words
///     events    (sequence INTEGER PRIMARY KEY,  1, 2, 3, … without gap
///                at_ns INTEGER NOT NULL,        nanoseconds since time zero, never less than before
///                key TEXT,                      the client's idempotency key, at most once
///                event TEXT NOT NULL,           as it was accepted, JSON
///                result TEXT NOT NULL,          what came of it, JSON
///                chain INTEGER NOT NULL)        `ChainSum` over the row and the chain before it
///     snapshots (sequence INTEGER, part INTEGER, parts INTEGER NOT NULL, at_ns INTEGER NOT NULL,
///                state BLOB NOT NULL,           a piece of the workspace as it was after `sequence`
///                checksum INTEGER NOT NULL,     `ChainSum` over the piece
///                PRIMARY KEY (sequence, part))
///
/// One connection has it, exclusively, for as long as it is open.
final class JournalStore {
  static let format: Int64 = 1
  /// Marks the file as ours: `SWJL`.
  static let applicationID = 0x5357_4A4C

  let path: String
  let database: SQLite
  let meta: Meta
  /// What is asked often; nil once the journal is closed.
  private var statements: Statements?

  private struct Statements {
    let insert: SQLite.Statement
    let byKey: SQLite.Statement
    let after: SQLite.Statement

    init(_ database: SQLite) throws(SQLiteFailure) {
      insert = try database.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)")
      byKey = try database.prepare(
        "SELECT sequence, at_ns, key, event, result FROM events WHERE key = ?")
      after = try database.prepare(
        "SELECT sequence, at_ns, key, event, result, chain FROM events WHERE sequence > ? "
          + "ORDER BY sequence LIMIT ?")
    }
  }

  /// What a journal says of itself.
  struct Meta: Sendable {
    var opening: WorkspaceOpening
    /// The moment of time zero in nanoseconds since 1970.
    var began: Int64
  }

  private static let schema = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE events (sequence INTEGER PRIMARY KEY, at_ns INTEGER NOT NULL, key TEXT,
      event TEXT NOT NULL, result TEXT NOT NULL, chain INTEGER NOT NULL);
    CREATE UNIQUE INDEX events_key ON events (key) WHERE key IS NOT NULL;
    CREATE TABLE snapshots (sequence INTEGER, part INTEGER, parts INTEGER NOT NULL,
      at_ns INTEGER NOT NULL, state BLOB NOT NULL, checksum INTEGER NOT NULL,
      PRIMARY KEY (sequence, part));
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(format);
    """

  /// Opens a journal to be read only.
  convenience init(reading path: String) throws(JournalProblem) {
    guard SQLite.isAvailable else {
      throw JournalProblem(.noSQLite, path, "built without SQLite; install libsqlite3-dev")
    }
    try self.init(path, readOnly: true) { _ throws(SQLiteFailure) in }
  }

  /// Opens a journal, or makes it with an opening.
  convenience init(
    _ path: String, sync: SyncMode, makingItOf opening: WorkspaceOpening, at began: Int64
  ) throws(JournalProblem) {
    try self.init(path, readOnly: false) { (database) throws(SQLiteFailure) in
      // Exclusive before the log is first touched: no other connection, and no shared memory.
      try database.run("PRAGMA locking_mode = EXCLUSIVE")
      try database.run("PRAGMA journal_mode = WAL")
      try database.run("PRAGMA synchronous = \(sync.rawValue)")
      try database.run("PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536")
      try database.run("BEGIN IMMEDIATE")
      if try database.text("SELECT count(*) FROM sqlite_schema") == "0" {
        try Self.make(database, opening, began)
      }
      try database.run("COMMIT")
    }
  }

  private init(
    _ path: String, readOnly: Bool, _ prepare: (SQLite) throws(SQLiteFailure) -> Void
  ) throws(JournalProblem) {
    do throws(SQLiteFailure) {
      self.path = path
      database = try SQLite(path, readOnly: readOnly)
      try prepare(database)
    } catch {
      throw JournalProblem(error, path)
    }
    meta = try Self.readMeta(database, path)
    do throws(SQLiteFailure) { statements = try Statements(database) } catch {
      throw JournalProblem(error, path)
    }
  }

  /// Lets the file go; nothing may be asked of it afterwards.
  func close() {
    // SQLite keeps a file open for as long as a statement is there.
    statements = nil
    database.close()
  }

  private func prepared() throws(SQLiteFailure) -> Statements {
    guard let statements else { throw SQLiteFailure(code: 21, message: "the journal is closed") }
    return statements
  }

  // MARK: What it says of itself

  private static func make(
    _ database: SQLite, _ opening: WorkspaceOpening, _ began: Int64
  ) throws(SQLiteFailure) {
    try database.run(schema)
    let text = encoded(opening)
    let seconds = began / 1_000_000_000
    let entry = try database.prepare("INSERT INTO meta VALUES (?, ?)")
    func put(_ name: String, _ put: (SQLite.Statement) -> Void) throws(SQLiteFailure) {
      entry.bind(1, name)
      put(entry)
      try entry.run()
    }
    try put("format") { $0.bind(2, format) }
    try put("scenario") { $0.bind(2, opening.name) }
    try put("opening") { $0.bind(2, utf8: text) }
    try put("hash") { $0.bind(2, hash(text)) }
    try put("began_ns") { $0.bind(2, began) }
    try database.run(
      "INSERT INTO meta VALUES ('created', strftime('%Y-%m-%dT%H:%M:%SZ', \(seconds), 'unixepoch'))"
    )
  }

  private static func hash(_ text: [UInt8]) -> String {
    var sum = ChainSum.start
    sum.mix(text)
    return String(sum.value, radix: 16)
  }

  static func encoded(_ opening: WorkspaceOpening) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(opening)).map { Array($0) } ?? []
  }

  private static func readMeta(_ database: SQLite, _ path: String) throws(JournalProblem) -> Meta {
    let values: (format: Int64, hash: String?, opening: [UInt8], began: Int64?)
    do throws(SQLiteFailure) {
      func value(_ name: String) throws(SQLiteFailure) -> String? {
        try database.text("SELECT value FROM meta WHERE name = '\(name)'")
      }
      let isOurs = try database.text("PRAGMA application_id") == "\(applicationID)"
      guard isOurs else {
        throw SQLiteFailure(code: 26, message: "it is a database of something else")
      }
      values = (
        try value("format").flatMap { Int64($0) } ?? 0, try value("hash"),
        Array((try value("opening") ?? "").utf8), try value("began_ns").flatMap { Int64($0) }
      )
    } catch {
      throw JournalProblem(error, path)
    }
    guard values.format <= format else {
      throw JournalProblem(
        .newerFormat, path,
        "the journal has format \(values.format), this version reads format \(format): use the "
          + "version that wrote it, or a newer one")
    }
    guard let began = values.began, values.hash == hash(values.opening),
      let opening = try? JSONDecoder().decode(
        WorkspaceOpening.self, from: Data(values.opening))
    else {
      throw JournalProblem(
        .damaged, path, "what it began with is damaged, without which nothing can be played")
    }
    return Meta(opening: opening, began: began)
  }

  // MARK: Events

  func begin() throws(SQLiteFailure) {
    if !database.isInTransaction { try database.run("BEGIN IMMEDIATE") }
  }

  func commit() throws(SQLiteFailure) {
    if database.isInTransaction { try database.run("COMMIT") }
  }

  func rollBack() {
    if database.isInTransaction { try? database.run("ROLLBACK") }
  }

  /// Adds a row within a transaction.
  func append(_ row: JournalRow, chain: ChainSum) throws(SQLiteFailure) {
    let insert = try prepared().insert
    insert.bind(1, Int64(row.sequence))
    insert.bind(2, row.at)
    insert.bind(3, row.key)
    insert.bind(4, utf8: row.event)
    insert.bind(5, utf8: row.result)
    insert.bind(6, Int64(bitPattern: chain.value))
    try insert.run()
  }

  /// The event that a client gave a key.
  func row(ofKey key: String) throws(SQLiteFailure) -> JournalRow? {
    let byKey = try prepared().byKey
    byKey.bind(1, key)
    guard try byKey.step() else { return nil }
    defer { byKey.reset() }
    return row(byKey)
  }

  /// Goes through the rows after a number, with the checksum that stands beside each, until it is told to
  /// stop.
  func forEachRow(
    after sequence: UInt64, atMost limit: Int64 = -1,
    _ visit: (JournalRow, ChainSum) throws(SQLiteFailure) -> Bool
  ) throws(SQLiteFailure) {
    let after = try prepared().after
    after.bind(1, Int64(sequence))
    after.bind(2, limit)
    defer { after.reset() }
    while try after.step() {
      guard try visit(row(after), ChainSum(UInt64(bitPattern: after.int(5)))) else { return }
    }
  }

  private func row(_ statement: SQLite.Statement) -> JournalRow {
    JournalRow(
      sequence: UInt64(bitPattern: statement.int(0)), at: statement.int(1),
      key: statement.text(2), event: statement.bytes(3), result: statement.bytes(4))
  }

  /// The number of the last event.
  func lastSequence() throws(SQLiteFailure) -> UInt64 {
    UInt64(try database.text("SELECT max(sequence) FROM events") ?? "") ?? 0
  }

  /// Finds out whether anything can be written, at the price of a commit: a page is added and taken away.
  func tryToWrite() throws(SQLiteFailure) {
    do throws(SQLiteFailure) {
      try begin()
      try database.run("INSERT OR REPLACE INTO meta VALUES ('probe', zeroblob(65536))")
      try commit()
      try database.run("DELETE FROM meta WHERE name = 'probe'")
    } catch {
      rollBack()
      throw error
    }
  }

  /// Lets the file be no larger than so many pages; for tests of a full disk.
  func limit(pages: Int) throws(SQLiteFailure) {
    _ = try database.text("PRAGMA max_page_count = \(pages)")
  }
}
