/// The rows of a CSV file (RFC 4180), one after the other, each with the place of every cell.
///
/// A row lies whole in `buffer` while it is looked at; the file does not.
struct CSVRows: ~Copyable {
  /// One cell: where its text is in `buffer`, without the quotes around it.
  struct Cell {
    var start: Int32
    var end: Int32
    /// Whether quotes stand doubled in it.
    var isEscaped = false
  }

  /// What is wrong with a row whatever its columns mean.
  enum Flaw {
    case nul(at: Int)
    case afterQuote(at: Int)
    case openQuote(at: Int)
    case tooLong(quoteAt: Int?)
  }

  private var source: ByteSource
  /// What is in memory of the file.
  private(set) var buffer: [UInt8] = []
  /// The cells of the row.
  private(set) var cells: [Cell] = []
  /// The number of the row's first line.
  private(set) var line = 0
  /// What is wrong with the row; nil if nothing is.
  private(set) var flaw: Flaw?
  /// Where the row starts in `buffer`, and where the next one does.
  private(set) var start = 0
  private var next = 0
  private var nextLine = 1
  /// The byte between two cells.
  var delimiter = UInt8(ascii: ",")

  /// What a row may have; more is a quote that was never closed.
  static let longestRow = 1 << 20
  private static let piece = 1 << 19

  init(_ path: String) throws(FileRefusal) { source = try ByteSource(path) }

  /// What the bytes themselves were.
  var note: String? { source.note }

  /// The first line of the file as bytes, before any row is read: the delimiter is not known yet.
  mutating func peek() throws(FileRefusal) -> ArraySlice<UInt8> {
    while buffer.count < Self.piece, try source.append(to: &buffer, about: Self.piece) {}
    return buffer[...]
  }

  /// Goes to the next row that has anything in it; false at the end of the file.
  mutating func advance() throws(FileRefusal) -> Bool {
    repeat {
      start = next
      line = nextLine
      var isComplete = scan(isAtEnd: false)
      while !isComplete {
        if buffer.count - start > Self.longestRow { break }
        if start > 0 {
          buffer.removeSubrange(..<start)
          start = 0
        }
        let hasMore = try source.append(to: &buffer, about: Self.piece)
        if !hasMore, start == buffer.count { return false }
        isComplete = scan(isAtEnd: !hasMore)
      }
      if !isComplete { giveUp() }
    } while cells.count == 1 && cells[0].start == cells[0].end && flaw == nil
    return true
  }

  /// Leaves a row that is too long where it is: everything after it would be misread.
  private mutating func giveUp() {
    if case .openQuote(let at)? = flaw {
      flaw = .tooLong(quoteAt: at)
    } else {
      flaw = .tooLong(quoteAt: nil)
    }
    next = buffer.count
  }

  /// Whether nothing that follows can be trusted.
  var isLost: Bool {
    switch flaw {
    case .openQuote, .tooLong: true
    default: false
    }
  }

  /// Finds the cells of the row at `start`; false if its end is not in memory.
  private mutating func scan(isAtEnd: Bool) -> Bool {
    cells.removeAll(keepingCapacity: true)
    flaw = nil
    var scanner = RowScanner(at: start, delimiter: delimiter)
    // The bytes are only read, within their bounds.
    let isComplete = unsafe buffer.withUnsafeBufferPointer { bytes in
      unsafe scanner.scan(bytes, isAtEnd: isAtEnd, cells: &cells)
    }
    if let at = scanner.nul { flaw = .nul(at: at) }
    if let at = scanner.afterQuote { flaw = .afterQuote(at: at) }
    if let at = scanner.openQuote { flaw = .openQuote(at: at) }
    next = scanner.at
    nextLine = line + scanner.lines
    return isComplete
  }

  /// The text of a cell; empty if the row has none there.
  func text(_ column: Int) -> String {
    guard column >= 0, column < cells.count else { return "" }
    return text(of: cells[column])
  }

  func text(of cell: Cell) -> String {
    let bytes = buffer[Int(cell.start)..<Int(cell.end)]
    guard cell.isEscaped else { return String(decoding: bytes, as: UTF8.self) }
    var plain: [UInt8] = []
    var wasQuote = false
    for byte in bytes {
      let isQuote = byte == UInt8(ascii: "\"")
      if isQuote, wasQuote {
        wasQuote = false
        continue
      }
      wasQuote = isQuote
      plain.append(byte)
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// The line and the column (in characters) of a byte of the row, and the line's own text.
  func place(of offset: Int) -> (line: Int, column: Int, text: [UInt8]) {
    let offset = min(max(offset, start), buffer.count)
    var number = line
    var begin = start
    var at = start
    while at < offset {
      if buffer[at] == 0x0A
        || buffer[at] == 0x0D && (at + 1 >= buffer.count || buffer[at + 1] != 0x0A)
      {
        number += 1
        begin = at + 1
      }
      at += 1
    }
    let end = buffer[offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? buffer.count
    let column = buffer[begin..<offset].count { $0 & 0xC0 != 0x80 } + 1
    // A diagnostic shows a piece of the line; nobody needs a megabyte of it.
    return (number, column, Array(buffer[begin..<min(end, begin + 20_000)]))
  }
}

/// The state between two bytes of a row.
private struct RowScanner {
  var at: Int
  let delimiter: UInt8
  var lines = 0
  var nul: Int?
  var afterQuote: Int?
  var openQuote: Int?

  init(at: Int, delimiter: UInt8) {
    self.at = at
    self.delimiter = delimiter
  }

  /// Goes over one row; false if it does not end in these bytes.
  mutating func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, isAtEnd: Bool, cells: inout [CSVRows.Cell]
  ) -> Bool {
    let count = bytes.count
    while true {
      var cellStart = at
      var cellEnd = -1
      var isEscaped = false
      if at < count, unsafe bytes[at] == UInt8(ascii: "\"") {
        openQuote = at
        at += 1
        cellStart = at
        switch unsafe scanQuoted(bytes, isAtEnd: isAtEnd) {
        case .closed(let hasDoubled): isEscaped = hasDoubled
        case .open:
          // The quote stays open: a flaw at the end of the file, else a reason to read on.
          cells.append(CSVRows.Cell(start: Int32(cellStart), end: Int32(count)))
          return isAtEnd
        case .undecided: return false
        }
        openQuote = nil
        cellEnd = at
        at += 1
        if at < count {
          let byte = unsafe bytes[at]
          if byte != delimiter, byte != 0x0A, byte != 0x0D { afterQuote = afterQuote ?? at }
        }
      }
      while at < count {
        let byte = unsafe bytes[at]
        // Letters, most of what there is, lie beyond all that matters.
        if byte <= 0x7C {
          if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
          if byte == 0 { nul = nul ?? at }
        }
        at += 1
      }
      if at == count, !isAtEnd { return false }
      cells.append(
        CSVRows.Cell(
          start: Int32(cellStart), end: Int32(cellEnd < 0 ? at : cellEnd), isEscaped: isEscaped))
      guard at < count else { return true }
      let byte = unsafe bytes[at]
      if byte == delimiter {
        at += 1
        continue
      }
      if byte == 0x0D {
        guard at + 1 < count || isAtEnd else { return false }
        let isPair = unsafe at + 1 < count && bytes[at + 1] == 0x0A
        at += isPair ? 2 : 1
      } else {
        at += 1
      }
      lines += 1
      return true
    }
  }

  /// How a quoted cell ends.
  private enum Ending {
    /// At its quote; whether quotes within it were doubled.
    case closed(hasDoubled: Bool)
    /// Not in these bytes.
    case open
    /// That depends on the next byte, which is not there yet.
    case undecided
  }

  /// Goes on to the quote that closes a cell.
  @inline(__always)
  private mutating func scanQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>, isAtEnd: Bool
  ) -> Ending {
    let count = bytes.count
    var hasDoubled = false
    while at < count {
      let byte = unsafe bytes[at]
      if byte == UInt8(ascii: "\"") {
        guard at + 1 < count || isAtEnd else { return .undecided }
        let isDoubled = unsafe at + 1 < count && bytes[at + 1] == UInt8(ascii: "\"")
        guard isDoubled else { return .closed(hasDoubled: hasDoubled) }
        hasDoubled = true
        at += 2
        continue
      }
      if byte == 0 { nul = nul ?? at }
      if byte == 0x0A { lines += 1 }
      if byte == 0x0D {
        guard at + 1 < count || isAtEnd else { return .undecided }
        let isPair = unsafe at + 1 < count && bytes[at + 1] == 0x0A
        if !isPair { lines += 1 }
      }
      at += 1
    }
    return .open
  }
}
