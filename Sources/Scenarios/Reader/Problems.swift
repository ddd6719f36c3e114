import Measurement

/// What was found wrong so far.
///
/// One object is handed through a whole reading, so that every problem of a file is reported in one
/// go. It never leaves the reading that made it.
final class Problems {
  /// Beyond this many, more of the same help nobody.
  static let limit = 500

  private(set) var all: [Diagnostic] = []

  /// Whether anything stops the file from being used.
  var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// Everything found, sorted.
  var diagnostics: Diagnostics { Diagnostics(all) }

  func add(_ diagnostic: Diagnostic) {
    if all.count < Self.limit { all.append(diagnostic) }
  }

  func error(
    _ span: SourceSpan, _ message: String, hint: String? = nil, note: String? = nil
  ) {
    add(Diagnostic(.error, at: span, message, hint: hint, note: note))
  }

  func warning(_ span: SourceSpan, _ message: String, hint: String? = nil) {
    add(Diagnostic(.warning, at: span, message, hint: hint))
  }
}

/// A name that is not among the known ones.
func unknown(
  _ what: String, _ name: String, known: some Collection<String>
) -> (message: String, hint: String?, note: String?) {
  let message = "unknown \(what) \(quoted(name))"
  let hint = nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
  let listed = known.prefix(24).joined(separator: ", ") + (known.count > 24 ? ", ..." : "")
  return (message, hint, known.isEmpty ? "none is defined" : "known: \(listed)")
}

extension Problems {
  /// Reports a name that is not among the known ones, with the nearest of them.
  func unknownName(
    _ what: String, _ name: String, at span: SourceSpan, known: some Collection<String>
  ) {
    let (message, hint, note) = unknown(what, name, known: known)
    error(span, message, hint: hint, note: note)
  }
}
