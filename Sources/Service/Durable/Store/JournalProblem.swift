/// Why a journal cannot be used, in words that say what to do.
public struct JournalProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of problem it is.
  public enum Kind: String, Sendable, Equatable {
    /// The program was built without SQLite.
    case noSQLite
    /// There is no such file, or it cannot be opened.
    case cannotOpen
    /// The file is something else.
    case notAJournal
    /// A newer version of the program wrote it.
    case newerFormat
    /// It began with other settings, users or workflows.
    case otherScenario
    /// Another process, or another workspace of this one, has it open.
    case inUse
    /// What is in it is not what was written.
    case damaged
    /// It can be read and not written.
    case cannotWrite
    /// The system gives no thread.
    case noThread
  }

  /// What kind of problem it is.
  public let kind: Kind
  /// The file.
  public let path: String
  /// The number of the event where it is, if it is at one.
  public let event: UInt64?
  /// How many events from the first on are whole; nil where nobody can tell.
  let wholeEvents: UInt64?
  /// What is wrong.
  public let why: String

  init(
    _ kind: Kind, _ path: String, _ why: String, event: UInt64? = nil, wholeEvents: UInt64? = nil
  ) {
    self.kind = kind
    self.path = path
    self.why = why
    self.event = event
    self.wholeEvents = wholeEvents
  }

  init(_ failure: SQLiteFailure, _ path: String) {
    let kind: Kind =
      if !SQLite.isAvailable {
        .noSQLite
      } else if failure.isBusy {
        .inUse
      } else if failure.isNoDatabase {
        .notAJournal
      } else if failure.isCorrupt {
        .damaged
      } else if failure.isReadOnly || failure.isFull {
        .cannotWrite
      } else {
        .cannotOpen
      }
    let why =
      switch kind {
      case .inUse: "another process has it open; only one at a time may"
      case .notAJournal: "this is no journal of a workspace: \(failure.message)"
      default: "\(failure)"
      }
    self.init(kind, path, why)
  }

  /// The file, what is wrong and what can be done.
  public var description: String {
    var text = "\(path): "
    if let event { text += "event \(event): " }
    text += why
    guard kind == .damaged else { return text }
    if let wholeEvents {
      text += "; the \(wholeEvents) events before it are whole"
      if wholeEvents > 0 { text += ": --salvage NEW copies them to a new journal" }
    }
    return text
  }
}
