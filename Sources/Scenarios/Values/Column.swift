import Engine
import Glibc

/// Why a column could not be read.
enum ColumnProblem: Error {
  case file(String)
  case noColumn(known: [String])
  case cell(line: Int, text: String)
}

/// One column of a CSV file (RFC 4180), read piece by piece: the file may be much larger than the column.
enum Column {
  /// A recorded value; empty cells are left out.
  enum Cell: Hashable {
    case number(Double)
    case date(LocalTime)
  }

  static func read(_ path: String, _ column: String, limit: Int) throws(ColumnProblem) -> [Cell] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw .file("cannot be read") }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .file("is not a regular file")
    }
    guard status.st_size <= limit else { throw .file("is larger than 1 GB") }
    var parser = ColumnParser(column: column)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      // The buffer is ours and as long as it says.
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(file, bytes.baseAddress, bytes.count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .file("cannot be read") }
      if got == 0 { break }
      total += got
      guard total <= limit else { throw .file("is larger than 1 GB") }
      for byte in buffer[..<got] { try parser.take(byte) }
    }
    return try parser.finish()
  }

  /// A number, a duration in seconds, or a date.
  static func cell(_ text: String) -> Cell? {
    if let number = parseNumber(text) { return .number(number) }
    if let date = try? parseLocalTime(text) { return .date(date) }
    return (try? parseDuration(text)).map { .number($0.inSeconds) }
  }
}

/// The state of a CSV file between two bytes.
struct ColumnParser {
  private let column: String
  private var field: [UInt8] = []
  private var header: [String] = []
  /// The position of the column, once the header has been read.
  private var wanted: Int?
  private var isHeader = true
  private var position = 0
  private var line = 1
  private var quote = Quote.none
  private var lastWasReturn = false
  private var cells: [Column.Cell] = []

  private enum Quote { case none, open, closed }

  init(column: String) { self.column = column }

  mutating func take(_ byte: UInt8) throws(ColumnProblem) {
    defer {
      lastWasReturn = byte == 0x0D
      if byte == 0x0A { line += 1 }
    }
    if isHeader, header.isEmpty, field == [0xEF, 0xBB, 0xBF] { field = [] }
    switch byte {
    case UInt8(ascii: "\"") where quote == .open: quote = .closed
    case UInt8(ascii: "\"") where quote == .closed:
      field.append(byte)
      quote = .open
    case UInt8(ascii: "\"") where field.isEmpty: quote = .open
    case _ where quote == .open: try append(byte)
    case UInt8(ascii: ","): try endField()
    case 0x0A where lastWasReturn: return
    case 0x0A, 0x0D: try endLine()
    default: try append(byte)
    }
  }

  mutating func finish() throws(ColumnProblem) -> [Column.Cell] {
    if !field.isEmpty || position > 0 { try endLine() }
    if isHeader { throw .file("is empty") }
    return cells
  }

  private mutating func append(_ byte: UInt8) throws(ColumnProblem) {
    // Cells of other columns are not kept, but for the header's names.
    guard isHeader || position == wanted else { return }
    guard field.count < 10_000 else {
      throw .file("has a cell of more than 10,000 bytes in line \(line)")
    }
    field.append(byte)
  }

  private mutating func endField() throws(ColumnProblem) {
    let text = isHeader || position == wanted ? trimmed(String(decoding: field, as: UTF8.self)) : ""
    if isHeader {
      header.append(text)
      guard header.count <= 10_000 else { throw .file("has more than 10,000 columns") }
    } else if position == wanted, !text.isEmpty {
      guard let cell = Column.cell(text) else { throw .cell(line: line, text: text) }
      cells.append(cell)
    }
    field.removeAll(keepingCapacity: true)
    quote = .none
    position += 1
  }

  private mutating func endLine() throws(ColumnProblem) {
    try endField()
    position = 0
    guard isHeader else { return }
    isHeader = false
    wanted = header.firstIndex(of: column)
    if wanted == nil { throw .noColumn(known: header) }
  }
}
