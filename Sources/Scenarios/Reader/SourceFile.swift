/// A text with a name, in which every byte has a line and a column.
///
/// Lines and columns count from one, columns in characters (Unicode scalars), and lines end where
/// libyaml ends them, so positions of both agree.
public final class SourceFile: Sendable {
  /// The name that diagnostics print: a path, or the option that the text came from.
  public let name: String
  /// The text as UTF-8, without a byte order mark.
  let bytes: [UInt8]
  /// Where each line starts, as an offset into `bytes`.
  private let lineStarts: [Int]
  /// The number of the first line that is kept: of a file too large to keep there is only one.
  private let firstLine: Int

  /// Makes a source of a text that has been read already; `firstLine` if it is a piece of a larger file.
  public init(name: String, bytes: [UInt8], firstLine: Int = 1) {
    self.name = name
    self.firstLine = firstLine
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    lineStarts = Self.lineStarts(of: self.bytes)
  }

  /// Makes a source of a string: tests, and values given on the command line.
  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The bytes of a line without its line break; empty for a line that does not exist.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    let number = number - firstLine + 1
    guard number >= 1, number <= lineStarts.count else { return [] }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] : bytes.count
    if end > start, let width = Self.breakWidth(endingAt: end, in: bytes, from: start) {
      end -= width
    }
    return bytes[start..<end]
  }

  /// The offset of a position, clamped to the text.
  func offset(of position: SourcePosition) -> Int {
    let line = position.line - firstLine + 1
    guard line >= 1 else { return 0 }
    guard line <= lineStarts.count else { return bytes.count }
    var offset = lineStarts[line - 1]
    var column = 1
    while column < position.column, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      column += 1
    }
    return offset
  }

  /// The position of an offset, clamped to the text.
  func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let characters = bytes[lineStarts[low]..<offset].count { $0 & 0xC0 != 0x80 }
    return SourcePosition(line: low + firstLine, column: characters + 1)
  }

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [0]
    var offset = 0
    while offset < bytes.count {
      let width = breakWidth(at: offset, in: bytes)
      offset += max(width, 1)
      if width > 0 { starts.append(offset) }
    }
    return starts
  }

  /// The bytes of the line break at an offset, 0 if there is none.
  ///
  /// YAML 1.1 ends lines at CR, LF, CR LF, NEL, LS and PS.
  static func breakWidth(at offset: Int, in bytes: [UInt8]) -> Int {
    func follows(_ expected: UInt8, _ distance: Int) -> Bool {
      offset + distance < bytes.count && bytes[offset + distance] == expected
    }
    switch bytes[offset] {
    case 0x0A: return 1
    case 0x0D: return follows(0x0A, 1) ? 2 : 1
    case 0xC2: return follows(0x85, 1) ? 2 : 0
    case 0xE2 where follows(0x80, 1): return follows(0xA8, 2) || follows(0xA9, 2) ? 3 : 0
    default: return 0
    }
  }

  private static func breakWidth(endingAt end: Int, in bytes: [UInt8], from start: Int) -> Int? {
    // The longest first: a line feed alone would leave its carriage return in the line.
    for width in [3, 2, 1] where end - width >= start {
      let found = breakWidth(at: end - width, in: bytes)
      if found == width { return width }
    }
    return nil
  }
}

/// A line and a column of a source, both counted from one.
public struct SourcePosition: Sendable, Hashable, Comparable {
  /// The line, from one.
  public var line: Int
  /// The column in characters, from one.
  public var column: Int

  /// Makes a position.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Orders positions as they are read.
  public static func < (a: Self, b: Self) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// A stretch of a source: what a diagnostic underlines.
public struct SourceSpan: Sendable {
  /// The text that the stretch is part of.
  public let source: SourceFile
  /// The first character.
  public let start: SourcePosition
  /// The character after the last one.
  public let end: SourcePosition

  /// Makes a span.
  public init(source: SourceFile, start: SourcePosition, end: SourcePosition) {
    self.source = source
    self.start = start
    self.end = max(start, end)
  }

  /// The part of a one-line span that starts some characters later, as in a condition's operator.
  func part(from start: Int, length: Int) -> SourceSpan {
    SourceSpan(
      source: source,
      start: SourcePosition(line: self.start.line, column: self.start.column + start),
      end: SourcePosition(line: self.start.line, column: self.start.column + start + length))
  }
}
