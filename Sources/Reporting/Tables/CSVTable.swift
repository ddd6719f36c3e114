import Measurement

/// A table in the form of RFC 4180, made row by row.
///
/// Lines end in a line feed. Text is made inert: what a spreadsheet would run gets an apostrophe in
/// front, control characters are escaped. Numbers are the shortest text that reads back as the same
/// number; what does not apply is an empty cell.
public struct CSVTable: Sendable {
  /// A cell of a table.
  public enum Cell: Sendable {
    /// Words, made inert.
    case text(String)
    /// A number that names something: quoted, for spreadsheets lose digits of long ones.
    case name(String)
    /// A number, or nothing if it does not exist.
    case number(Double?)
    /// A count, or nothing if it does not exist.
    case count(Int?)
    /// A share from 0 to 1, or nothing if it does not exist; pages say it in per cent.
    case share(Double?)
    /// Seconds as the platform writes them, `1:05:09`, or nothing if there is no such time.
    case clock(Double?)
    /// A yes or no, as `true` or `false`.
    case flag(Bool)
    /// What does not apply.
    case empty
  }

  private var bytes: [UInt8]
  /// How many cells a row has.
  let columnCount: Int

  /// A table with its header.
  public init(_ columns: [String]) {
    bytes = Array((columns.joined(separator: ",") + "\n").utf8)
    columnCount = columns.count
  }

  /// The whole table as far as it is made.
  public var contents: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds a row, which has as many cells as the header.
  public mutating func add(_ cells: [Cell]) { addRow(of: cells.count) { cells[$0] } }

  /// Adds the row that columns take from something.
  mutating func add<Row>(_ row: Row, by columns: [FileColumn<Row>]) {
    // By number, for a column that is handed out is copied with its words.
    addRow(of: columns.count) { columns[$0].cell(row) }
  }

  private mutating func addRow(of count: Int, _ cell: (Int) -> Cell) {
    precondition(count == columnCount, "a row has a cell for each column of its table")
    for column in 0..<count {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      write(cell(column))
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func write(_ cell: Cell) {
    switch cell {
    case .text(let text):
      let start = bytes.count
      bytes += text.utf8
      // Looked at where it stands now, for the bytes of a text are dear to go through one by one.
      guard !Self.isPlain(bytes[start...]) else { return }
      bytes.replaceSubrange(start..., with: Self.quoted(Self.inert(text)).utf8)
    case .name(let digits):
      if !digits.isEmpty { bytes += ("\"" + digits + "\"").utf8 }
    case .number(let value?) where value.isFinite: bytes.append(shortest: value)
    case .share(let value?) where value.isFinite: bytes.append(shortest: value)
    case .clock(let seconds?) where seconds.isFinite:
      bytes += DurationText.clock(seconds: Int64(max(0, min(seconds, 1e15)))).utf8
    case .count(let value?): bytes.append(whole: Int64(value))
    case .flag(let value): bytes += (value ? "true" : "false").utf8
    case .number, .share, .clock, .count, .empty: break
    }
  }

  /// Whether a text can stand in a cell as it is: letters and what else means nothing there.
  private static func isPlain(_ text: ArraySlice<UInt8>) -> Bool {
    text.first != UInt8(ascii: "-")
      && text.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "),
          UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// A heading that others chose, such as the name of what was varied, as a cell of the header.
  static func heading(_ text: String) -> String { quoted(inert(text)) }

  /// Text that no spreadsheet runs; the full-width signs are read as formulas in some locales.
  static func inert(_ text: String) -> String {
    isRun(text) ? "'" + printable(text) : printable(text)
  }

  private static func isRun(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠": return true
    default: return false
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }) else {
      return text
    }
    var shown = "\""
    for character in text.unicodeScalars {
      if character == "\"" { shown += "\"" }
      shown.unicodeScalars.append(character)
    }
    return shown + "\""
  }
}
