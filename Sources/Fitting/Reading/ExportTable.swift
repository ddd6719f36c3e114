import Measurement
import Scenarios

/// A file with a header: its rows, what its columns mean, and what was found wrong.
struct ExportTable: ~Copyable {
  /// Where the value of a role stands.
  struct Place {
    var columns: [Int]
    var values: [[UInt8]]
  }

  var rows: CSVRows
  var problems: ExportProblems
  var clock = FileClock()
  private(set) var header: [String] = []
  /// The row of the header, to name places in it.
  private var headerPlace: ExportPlace?
  private var headerCells: [ExportPlace] = []
  private(set) var rowCount = 0

  /// Opens a file and reads its header; `wanted` are names that tell the delimiter.
  init(_ path: String, wanted: [String]) throws(Diagnostics) {
    var problems = ExportProblems(file: path)
    rows = try Self.open(path, wanted, &problems)
    self.problems = problems
    headerPlace = ExportPlace(rows, rows.start)
    for cell in rows.cells {
      header.append(trimmed(rows.text(of: cell)))
      headerCells.append(ExportPlace(rows, Int(cell.start), Int(cell.end)))
    }
    tellFlaw()
    checkHeader()
  }

  /// Opens the file and goes to its header.
  private static func open(
    _ path: String, _ wanted: [String], _ problems: inout ExportProblems
  ) throws(Diagnostics) -> CSVRows {
    do throws(FileRefusal) {
      var rows = try CSVRows(path)
      let dialect = Dialect.delimiter(of: try rows.peek(), wanted: wanted)
      rows.delimiter = dialect.byte
      guard try rows.advance() else {
        throw FileRefusal(message: "has no line with anything in it")
      }
      if let note = rows.note { problems.warning(note) }
      if dialect.byte != UInt8(ascii: ","), rows.cells.count > 1 {
        problems.warning(
          at: ExportPlace(rows, rows.start),
          "cells are divided by \(dialect.name), and were read so")
      }
      return rows
    } catch {
      throw Diagnostics([Diagnostic(.error, file: path, error.message, hint: error.hint)])
    }
  }

  /// A first line of numbers and times is no header.
  private mutating func checkHeader() {
    let numbers = header.count { name in
      Double(name) != nil || CellTime(Array(name.utf8), 0..<name.utf8.count) != nil
    }
    if numbers > 0, let place = headerPlace {
      problems.error(
        at: place,
        "expected a header, found a line with \(counted(numbers, "number or time", "numbers or times"))",
        hint: "the first line must name the columns")
    }
  }

  /// The columns of a source; what is missing is a problem.
  mutating func place(of source: ColumnMap.Source?) -> Place? {
    guard let source else { return nil }
    var columns: [Int] = []
    for name in source.columns {
      if let column = column(name) { columns.append(column) } else { tellMissing(name) }
    }
    guard columns.count == source.columns.count else { return nil }
    return Place(columns: columns, values: source.values.map { Array($0.utf8) })
  }

  /// The column of a name that need not be there.
  mutating func place(of name: String) -> Place? {
    column(name).map { Place(columns: [$0], values: []) }
  }

  private mutating func column(_ name: String) -> Int? {
    var found = header.indices.filter { header[$0] == name }
    if found.isEmpty { found = header.indices.filter { Dialect.isSame(header[$0], name) } }
    if found.count > 1 {
      problems.error(
        at: headerCells[found[1]], "the column \(quoted(name)) stands twice in the header")
    }
    return found.first
  }

  /// A column that is needed and not there.
  mutating func tellMissing(_ name: String, hint: String? = nil) {
    guard let place = headerPlace else { return }
    let near = nearestName(to: name, in: header).map { "did you mean '\($0)'?" }
    let shown = header.prefix(24).joined(separator: ", ") + (header.count > 24 ? ", ..." : "")
    problems.error(
      at: place, "no column \(quoted(name)) among \(quoted(shown))", hint: near ?? hint)
  }

  /// Goes to the next row with as many cells as the header; false at the end.
  mutating func advance() throws(Diagnostics) -> Bool {
    while true {
      do throws(FileRefusal) {
        if rows.isLost { return false }
        guard try rows.advance() else { return false }
      } catch {
        throw Diagnostics([Diagnostic(.error, file: problems.file, error.message)])
      }
      rowCount += 1
      if rows.flaw != nil {
        tellFlaw()
        continue
      }
      guard rows.cells.count == header.count else {
        let extra = rows.cells.count > header.count
        let at = extra ? Int(rows.cells[header.count].start) : rows.start
        problems.error(
          rows, at: at,
          "a row of \(counted(rows.cells.count, "cell")), and the header has \(header.count)",
          hint: extra ? "a cell with the delimiter in it stands in quotes" : nil)
        continue
      }
      return true
    }
  }

  private mutating func tellFlaw() {
    switch rows.flaw {
    case nil: break
    case .nul(let at):
      problems.error(rows, at: at, "a NUL byte", hint: "the file is damaged, or no text")
    case .afterQuote(let at):
      problems.error(
        rows, at: at, "text after a closing quote", hint: "a quote inside quotes is doubled")
    case .openQuote(let at):
      problems.error(rows, at: at, "a quote that is never closed")
    case .tooLong(let at):
      problems.error(
        rows, at: at ?? rows.start, "a row of more than 1 MB",
        hint: at == nil ? nil : "is this quote ever closed?")
    }
  }

  /// The time in the column or the two columns of a place.
  mutating func time(_ place: Place?, midnightIsAbsent: Bool = true) -> FileClock.Reading {
    guard let place else { return .absent }
    if place.columns.count == 1 {
      return clock.read(rows, rows.cells[place.columns[0]], &problems)
    }
    return clock.read(
      rows, date: rows.cells[place.columns[0]], time: rows.cells[place.columns[1]],
      midnightIsAbsent: midnightIsAbsent, &problems)
  }

  /// The time of a row that is one moment, an event or a message; nil where the row cannot be used.
  ///
  /// - Parameters:
  ///   - what: What the row is, such as `an event`.
  ///   - turned: Turns day and month around in all that was read before.
  mutating func moment(_ place: Place?, _ what: String, turned: () -> Void) -> Int64? {
    switch time(place, midnightIsAbsent: false) {
    case .time(let value): return value
    case .turned:
      turned()
      if case .time(let value) = time(place, midnightIsAbsent: false) { return value }
    case .absent:
      let cell = place.map { rows.cells[$0.columns[0]] }
      problems.error(rows, at: cell.map { Int($0.start) } ?? rows.start, "\(what) without a time")
    case .bad: break
    }
    return nil
  }

  /// Whether a condition holds in the row.
  func holds(_ place: Place) -> Bool {
    let range = FileClock.inner(rows, rows.cells[place.columns[0]])
    return place.values.contains { rows.buffer[range].elementsEqual($0) }
  }

  /// A digest of the text in the columns of a place; 0 if they are all empty.
  func key(_ place: Place?) -> UInt64 {
    guard let place else { return 0 }
    var key: UInt64 = 0
    for column in place.columns {
      let range = FileClock.inner(rows, rows.cells[column])
      if !range.isEmpty { key = mixed(key, digest(rows, range)) }
    }
    return key
  }

  /// A whole number of at most nine digits; -1 where there is none.
  func count(_ place: Place?) -> Int32 {
    guard let place else { return -1 }
    let range = FileClock.inner(rows, rows.cells[place.columns[0]])
    guard (1...9).contains(range.count) else { return -1 }
    var value: Int32 = 0
    for at in range {
      let digit = Int32(rows.buffer[at]) - 0x30
      guard (0...9).contains(digit) else { return -1 }
      value = value * 10 + digit
    }
    return value
  }

  /// A length such as `1:05:09`, in milliseconds.
  func length(_ place: Place?) -> Int64 {
    guard let place else { return PastConversation.never }
    let range = FileClock.inner(rows, rows.cells[place.columns[0]])
    let parts = rows.buffer[range].split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3 else { return PastConversation.never }
    var total: Int64 = 0
    for part in parts {
      guard (1...7).contains(part.count) else { return PastConversation.never }
      var value: Int64 = 0
      for byte in part {
        guard (0x30...0x39).contains(byte) else { return PastConversation.never }
        value = value * 10 + Int64(byte - 0x30)
      }
      total = total * 60 + value
    }
    return total * 1_000
  }

  /// The position of the name in a place; a problem if there are too many different ones.
  mutating func name(_ place: Place?, _ table: inout NameTable, _ what: String) -> Int32 {
    guard let place else { return -1 }
    let cell = rows.cells[place.columns[0]]
    if let position = table.position(of: cell, in: rows) { return position }
    problems.error(
      rows, at: Int(cell.start), to: Int(cell.end),
      "more than \(grouped(table.limit)) different \(what)s",
      hint: "is \(quoted(header[place.columns[0]])) the column of the \(what)?")
    return -1
  }

  /// The header's place, for what is true of the file as a whole.
  var start: ExportPlace { headerPlace ?? here }

  /// Where the row begins.
  var here: ExportPlace { ExportPlace(rows, rows.start) }

  /// Remarks that only the whole file allows.
  mutating func finish() {
    if clock.isAmbiguous, let (_, sample) = clock.shape {
      problems.warning(
        at: sample.place,
        "\(quoted(sample.text)) may have the day or the month first, and no date of the file has a "
          + "number above 12; read with the day first")
    }
    if clock.isMonthFirst, let sample = clock.monthFirst {
      problems.warning(
        at: sample.place,
        "dates have the month first, as \(quoted(sample.text)) shows, and were read so")
    }
    if clock.isCutToMinutes {
      problems.warning("all seconds are zero: times are taken as cut to the minute")
    }
  }
}

/// `1 cell`, `2 cells`.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
  "\(grouped(count)) \(count == 1 ? one : many ?? one + "s")"
}
