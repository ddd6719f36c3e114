#if canImport(CSQLite)
  import CSQLite

  /// A SQLite database, used by one thread at a time.
  ///
  /// All that is unsafe about SQLite is in this file: handles are closed with their owner, and texts and
  /// blobs are copied on their way in and out.
  @safe
  final class SQLite {
    /// Whether the library is there.
    static let isAvailable = true

    private let handle: OpaquePointer
    fileprivate var isClosed = false

    /// Opens a file, or makes it if it may be written.
    init(_ path: String, readOnly: Bool = false) throws(SQLiteFailure) {
      let mode = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
      var opened: OpaquePointer?
      let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
      guard code == SQLITE_OK, let made = unsafe opened else {
        let message = unsafe String(cString: sqlite3_errmsg(opened))
        unsafe sqlite3_close_v2(opened)
        throw SQLiteFailure(code: code, message: message)
      }
      unsafe handle = made
    }

    deinit { close() }

    /// Closes the file; nothing may be asked of it afterwards.
    func close() {
      guard !isClosed else { return }
      isClosed = true
      unsafe sqlite3_close_v2(handle)
    }

    fileprivate func failure(_ code: Int32) -> SQLiteFailure {
      SQLiteFailure(code: code, message: unsafe String(cString: sqlite3_errmsg(handle)))
    }

    /// Carries out statements that answer nothing.
    func run(_ statements: String) throws(SQLiteFailure) {
      let code = unsafe sqlite3_exec(handle, statements, nil, nil, nil)
      guard code == SQLITE_OK else { throw failure(code) }
    }

    /// The first column of the first row of an answer, as text.
    func text(_ statement: String) throws(SQLiteFailure) -> String? {
      let asked = try prepare(statement)
      return try asked.step() ? asked.text(0) : nil
    }

    /// Makes a statement that can be carried out again and again.
    func prepare(_ statement: String) throws(SQLiteFailure) -> Statement {
      try Statement(self, statement)
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// A statement that was prepared, with its values.
    @safe
    final class Statement {
      private let database: SQLite
      private let handle: OpaquePointer

      fileprivate init(_ database: SQLite, _ text: String) throws(SQLiteFailure) {
        self.database = database
        var made: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(
          database.handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
        guard code == SQLITE_OK, let made = unsafe made else { throw database.failure(code) }
        unsafe handle = made
      }

      deinit { unsafe sqlite3_finalize(handle) }

      // MARK: Values in; columns are counted from 0 and values from 1.

      func bind(_ place: Int32, _ number: Int64) {
        unsafe sqlite3_bind_int64(handle, place, number)
      }

      func bind(_ place: Int32, _ text: String?) {
        guard var text else {
          unsafe sqlite3_bind_null(handle, place)
          return
        }
        text.withUTF8 { bytes in
          unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
            _ = unsafe sqlite3_bind_text(
              handle, place, bytes.baseAddress ?? Self.nothing, Int32(bytes.count), Self.copied)
          }
        }
      }

      func bind(_ place: Int32, utf8 bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { bytes in
          let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
          _ = unsafe sqlite3_bind_text(
            handle, place, start ?? Self.nothing, Int32(bytes.count), Self.copied)
        }
      }

      func bind(_ place: Int32, blob bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        unsafe bytes.withUnsafeBytes { bytes in
          _ = unsafe sqlite3_bind_blob64(
            handle, place, bytes.baseAddress ?? UnsafeRawPointer(Self.nothing),
            UInt64(bytes.count), Self.copied)
        }
      }

      private static let copied = unsafe unsafeBitCast(
        OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type?.self)
      /// Where an empty text begins, for a null pointer would be a null.
      nonisolated(unsafe) private static let nothing: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        unsafe byte.initialize(to: 0)
        return unsafe UnsafePointer(byte)
      }()

      // MARK: Rows out

      /// Goes on to the next row; false when there is none, and the statement may begin anew.
      func step() throws(SQLiteFailure) -> Bool {
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        let failure = code == SQLITE_DONE ? nil : database.failure(code)
        unsafe sqlite3_reset(handle)
        if let failure { throw failure }
        return false
      }

      /// Carries it out for what it does and not for what it answers.
      func run() throws(SQLiteFailure) {
        while try step() {}
      }

      /// Begins anew before all rows were read.
      func reset() { unsafe sqlite3_reset(handle) }

      func int(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

      func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
      }

      func isInteger(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(handle, column) == SQLITE_INTEGER
      }

      func bytes(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
      }

      func text(_ column: Int32) -> String? {
        isNull(column) ? nil : String(decoding: bytes(column), as: UTF8.self)
      }
    }
  }
#else
  /// What stands for SQLite where it was not there when the program was built.
  final class SQLite {
    static let isAvailable = false

    init(_ path: String, readOnly: Bool = false) throws(SQLiteFailure) {
      throw SQLiteFailure(
        code: -1,
        message: "this program was built without SQLite; install libsqlite3-dev, build anew")
    }

    func close() {}
    func run(_ statements: String) throws(SQLiteFailure) {}
    func text(_ statement: String) throws(SQLiteFailure) -> String? { nil }
    func prepare(_ statement: String) throws(SQLiteFailure) -> Statement { Statement() }
    var isInTransaction: Bool { false }

    /// A statement that nobody can have.
    final class Statement {
      func bind(_ place: Int32, _ number: Int64) {}
      func bind(_ place: Int32, _ text: String?) {}
      func bind(_ place: Int32, utf8 bytes: [UInt8]) {}
      func bind(_ place: Int32, blob bytes: some Collection<UInt8>) {}
      func step() throws(SQLiteFailure) -> Bool { false }
      func run() throws(SQLiteFailure) {}
      func reset() {}
      func int(_ column: Int32) -> Int64 { 0 }
      func isNull(_ column: Int32) -> Bool { true }
      func isInteger(_ column: Int32) -> Bool { false }
      func bytes(_ column: Int32) -> [UInt8] { [] }
      func text(_ column: Int32) -> String? { nil }
    }
  }
#endif
