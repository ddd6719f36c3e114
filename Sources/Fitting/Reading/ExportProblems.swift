import Scenarios

/// What is wrong with an export: every problem, of which the first few are told in full.
struct ExportProblems {
  /// The name of the file.
  let file: String
  private(set) var errors: [Diagnostic] = []
  private(set) var warnings: [Diagnostic] = []
  /// How many errors there are, those included that are not kept.
  private(set) var errorCount = 0

  /// More of the same help nobody.
  static let limit = 20

  init(file: String) { self.file = file }

  /// A problem of a place in the row that `rows` stands at.
  mutating func error(
    _ rows: borrowing CSVRows, at offset: Int, to end: Int? = nil, _ message: String,
    hint: String? = nil, note: String? = nil
  ) {
    errorCount += 1
    guard errors.count < Self.limit else { return }
    let span = span(rows, offset, end)
    errors.append(Diagnostic(.error, at: span, message, hint: hint, note: note))
  }

  /// A problem of the file as a whole.
  mutating func error(_ message: String, hint: String? = nil) {
    errorCount += 1
    errors.append(Diagnostic(.error, file: file, message, hint: hint))
  }

  /// A problem of a place that was noted down when its row was read.
  mutating func error(at place: ExportPlace, _ message: String, hint: String? = nil) {
    errorCount += 1
    errors.append(Diagnostic(.error, at: place.span(file), message, hint: hint))
  }

  /// A remark about a place; the file is read all the same.
  mutating func warning(at place: ExportPlace, _ message: String, hint: String? = nil) {
    warnings.append(Diagnostic(.warning, at: place.span(file), message, hint: hint))
  }

  mutating func warning(_ message: String, hint: String? = nil) {
    warnings.append(Diagnostic(.warning, file: file, message, hint: hint))
  }

  private func span(_ rows: borrowing CSVRows, _ offset: Int, _ end: Int?) -> SourceSpan {
    ExportPlace(rows, offset, end).span(file)
  }

  /// Everything, with a line before it if not all is told.
  var diagnostics: Diagnostics {
    var all = errors
    if errorCount > errors.count {
      all.append(
        Diagnostic(
          .error, file: file,
          "\(grouped(errorCount)) problems, of which the first \(errors.count) follow"))
    }
    return Diagnostics(all + warnings)
  }
}

/// A place of an export and the text of its line, noted down to be told later.
struct ExportPlace {
  let line: Int
  let column: Int
  let end: Int
  let text: [UInt8]

  init(_ rows: borrowing CSVRows, _ offset: Int, _ end: Int? = nil) {
    let place = rows.place(of: offset)
    (line, column, text) = (place.line, place.column, place.text)
    self.end = end.map { max(rows.place(of: $0).column, place.column + 1) } ?? place.column + 1
  }

  func span(_ file: String) -> SourceSpan {
    SourceSpan(
      source: SourceFile(name: file, bytes: text, firstLine: line),
      start: SourcePosition(line: line, column: column),
      end: SourcePosition(line: line, column: end))
  }
}

/// A whole number with commas between its thousands.
func grouped(_ number: Int) -> String {
  var digits = String(number.magnitude)
  var parts: [String] = []
  while digits.count > 3 {
    parts.insert(String(digits.suffix(3)), at: 0)
    digits.removeLast(3)
  }
  return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
}

/// A text in quotes for a message, cut if it is long.
func quoted(_ text: String) -> String {
  let head = text.prefix(60)
  return head.endIndex == text.endIndex ? "'\(text)'" : "'\(head)…'"
}
