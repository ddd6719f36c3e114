/// What SQLite says when something does not work.
struct SQLiteFailure: Error, Sendable, CustomStringConvertible {
  /// The extended result code.
  var code: Int32
  /// What it says to it.
  var message: String
  var description: String { "\(message) (SQLite \(code))" }

  /// Whether there is no room left.
  var isFull: Bool { code & 0xFF == 13 }
  /// Whether somebody else holds the file.
  var isBusy: Bool { code & 0xFF == 5 || code & 0xFF == 6 }
  /// Whether the file is no database.
  var isNoDatabase: Bool { code & 0xFF == 26 }
  /// Whether the file is damaged.
  var isCorrupt: Bool { code & 0xFF == 11 }
  /// Whether the file may not be written.
  var isReadOnly: Bool { code & 0xFF == 8 }
}
