/// A problem of a file, with the place and what to do about it.
public struct Diagnostic: Sendable {
  /// How bad it is.
  public enum Severity: Int, Sendable, Comparable {
    /// Nothing can run.
    case error
    /// Runs, but probably not as meant.
    case warning

    /// Errors come before warnings.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// How bad it is.
  public let severity: Severity
  /// The name of the file.
  public let file: String
  /// The place; nil if the file as a whole is meant (it cannot be opened).
  public let span: SourceSpan?
  /// What is wrong.
  public let message: String
  /// What to write instead (`did you mean 'least_open'?`), shown beside the caret.
  public let hint: String?
  /// What was expected, if that is a list (`known: round_robin, least_open`), shown below.
  public let note: String?

  /// Makes a diagnostic for a place in a file.
  public init(
    _ severity: Severity = .error, at span: SourceSpan, _ message: String, hint: String? = nil,
    note: String? = nil
  ) {
    self.severity = severity
    file = span.source.name
    self.span = span
    self.message = message
    self.hint = hint
    self.note = note
  }

  /// Makes a diagnostic for a whole file.
  public init(
    _ severity: Severity = .error, file: String, _ message: String, hint: String? = nil
  ) {
    self.severity = severity
    self.file = file
    span = nil
    self.message = message
    self.hint = hint
    note = nil
  }

  /// The line, from one.
  public var line: Int? { span?.start.line }
  /// The column, from one.
  public var column: Int? { span?.start.column }
}

/// Every problem of a file or of several, in the order of the files and of their lines.
public struct Diagnostics: Error, Sendable {
  /// The problems, each once.
  public let all: [Diagnostic]

  /// Sorts the problems and drops repetitions (one for each strategy, say).
  public init(_ diagnostics: [Diagnostic]) {
    var fileOrder: [String: Int] = [:]
    for diagnostic in diagnostics where fileOrder[diagnostic.file] == nil {
      fileOrder[diagnostic.file] = fileOrder.count
    }
    let keyed = diagnostics.enumerated().map { index, diagnostic in
      (
        file: fileOrder[diagnostic.file] ?? 0,
        start: diagnostic.span?.start ?? SourcePosition(line: 0, column: 0),
        index: index, diagnostic: diagnostic
      )
    }
    let sorted = keyed.sorted { a, b in
      if a.file != b.file { return a.file < b.file }
      if a.start != b.start { return a.start < b.start }
      return a.index < b.index
    }
    var seen: Set<String> = []
    all = sorted.map(\.diagnostic).filter { diagnostic in
      let place = diagnostic.span.map { "\($0.start.line):\($0.start.column)" } ?? ""
      return seen.insert("\(diagnostic.file):\(place):\(diagnostic.message)").inserted
    }
  }

  /// The problems that stop everything.
  public var errors: [Diagnostic] { all.filter { $0.severity == .error } }
  /// How many of each there are: `3 errors, 1 warning in 2 files`.
  public var summary: String {
    func count(_ number: Int, _ what: String) -> String {
      "\(number) \(what)\(number == 1 ? "" : "s")"
    }
    let kinds = [(errors.count, "error"), (warnings.count, "warning")].filter { $0.0 > 0 }
    let files = Set(all.map(\.file)).count
    guard !kinds.isEmpty else { return "no problems" }
    return kinds.map { count($0.0, $0.1) }.joined(separator: ", ") + " in " + count(files, "file")
  }
  /// The remarks.
  public var warnings: [Diagnostic] { all.filter { $0.severity == .warning } }
}
