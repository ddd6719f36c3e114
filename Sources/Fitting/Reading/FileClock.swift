/// How a file writes times, found out on the way: one way for the whole file.
struct FileClock {
  /// A time that was met, to be named when another contradicts it.
  struct Sample {
    let text: String
    let place: ExportPlace
  }

  private(set) var shape: (CellTime.Shape, Sample)?
  /// Whether its clock has twelve hours, with AM and PM, and a time that shows it.
  private var half: (isUsed: Bool, Sample)?
  /// A date that only makes sense with the day first, and one with the month first.
  private(set) var dayFirst: Sample?
  private(set) var monthFirst: Sample?
  private var isMixedTold = false
  private var isOrderTold = false
  private var times = 0
  private var hasSeconds = false
  private var hasOddSeconds = false
  private var hasFraction = false

  /// What a cell is.
  enum Reading {
    case absent
    case time(Int64)
    /// The order of day and month is known from here on: what was read before must be turned around.
    case turned
    case bad
  }

  /// Whether the month stands before the day.
  var isMonthFirst: Bool { monthFirst != nil && dayFirst == nil }

  /// Whether nothing in the file says which of the two numbers of a date is the day.
  var isAmbiguous: Bool { shape?.0 == .slashes && dayFirst == nil && monthFirst == nil }

  /// Whether times are moments in UTC.
  var isZoned: Bool { shape?.0 == .zoned }

  /// To how many milliseconds times are cut.
  var resolution: Int64 {
    if hasFraction { return 1 }
    // That twenty times all fall on a full minute by chance has a probability of 60 to the power -20.
    return hasOddSeconds || hasSeconds && times < 20 ? 1_000 : 60_000
  }

  /// Whether seconds are written, and all of them are zero.
  var isCutToMinutes: Bool { hasSeconds && !hasOddSeconds && !hasFraction && times >= 20 }

  /// Reads the cell that `rows` has in a column.
  mutating func read(
    _ rows: borrowing CSVRows, _ cell: CSVRows.Cell, _ problems: inout ExportProblems
  ) -> Reading {
    let range = Self.inner(rows, cell)
    if Self.isAbsent(rows, range) { return .absent }
    guard let time = CellTime(rows.buffer, range) else {
      tellUnreadable(rows, range, &problems)
      return .bad
    }
    return take(time, rows, range, &problems)
  }

  /// Reads a date and a time that stand in two columns.
  ///
  /// A time of exactly midnight stands for "did not happen", as such files have it, where that can be.
  mutating func read(
    _ rows: borrowing CSVRows, date: CSVRows.Cell, time: CSVRows.Cell, midnightIsAbsent: Bool,
    _ problems: inout ExportProblems
  ) -> Reading {
    let dates = Self.inner(rows, date)
    let times = Self.inner(rows, time)
    if Self.isAbsent(rows, dates) || Self.isAbsent(rows, times) { return .absent }
    guard let found = CellTime.timeOfDay(rows.buffer, times) else {
      tellUnreadable(rows, times, &problems, expected: "a time of day such as 9:05:00")
      return .bad
    }
    if found.milliseconds == 0, midnightIsAbsent { return .absent }
    guard var whole = CellTime(rows.buffer, dates), !whole.hasTime else {
      tellUnreadable(rows, dates, &problems, expected: "a date such as 2026-10-05")
      return .bad
    }
    whole.take(found)
    return take(whole, rows, dates, &problems)
  }

  private mutating func take(
    _ time: CellTime, _ rows: borrowing CSVRows, _ range: Range<Int>,
    _ problems: inout ExportProblems
  ) -> Reading {
    guard let known = shape else {
      shape = (time.shape, sample(rows, range))
      return take(time, rows, range, &problems)
    }
    guard known.0 == time.shape else {
      if !isMixedTold {
        problems.error(
          rows, at: range.lowerBound, to: range.upperBound,
          "the time \(text(rows, range)) is written as \(time.shape.name), but line "
            + "\(known.1.place.line), column \(known.1.place.column) has \(quoted(known.1.text)), "
            + "\(known.0.name)",
          hint: "one file must write its times in one way")
        isMixedTold = true
      }
      return .bad
    }
    if time.hasTime {
      guard tellsHalf(time, rows, range, &problems) else { return .bad }
    }
    if time.shape == .slashes, time.first > 12 || time.second > 12 {
      if let turned = takeOrder(time, rows, range, &problems) { return turned }
    }
    guard let value = time.milliseconds(monthFirst: isMonthFirst) else {
      tellUnreadable(rows, range, &problems)
      return .bad
    }
    times += 1
    if time.hasSeconds { hasSeconds = true }
    if time.hasFraction { hasFraction = true }
    if time.ofDay % 60_000 != 0 { hasOddSeconds = true }
    return .time(value)
  }

  /// Whether the time is of the same clock as those before: with AM and PM, or without.
  private mutating func tellsHalf(
    _ time: CellTime, _ rows: borrowing CSVRows, _ range: Range<Int>,
    _ problems: inout ExportProblems
  ) -> Bool {
    guard let half else {
      half = (time.hasHalf, sample(rows, range))
      return true
    }
    guard half.isUsed != time.hasHalf else { return true }
    if !isMixedTold {
      problems.error(
        rows, at: range.lowerBound, to: range.upperBound,
        "the time \(text(rows, range)) is written \(time.hasHalf ? "with" : "without") AM or PM, but "
          + "line \(half.1.place.line), column \(half.1.place.column) has \(quoted(half.1.text))",
        hint: "one file must write its times in one way")
      isMixedTold = true
    }
    return false
  }

  /// Learns which number is the day; nil if there is nothing to do about it.
  private mutating func takeOrder(
    _ time: CellTime, _ rows: borrowing CSVRows, _ range: Range<Int>,
    _ problems: inout ExportProblems
  ) -> Reading? {
    let isDayFirst = time.first > 12
    guard time.first <= 12 || time.second <= 12 else { return nil }
    if isDayFirst, dayFirst == nil { dayFirst = sample(rows, range) }
    let isNew = !isDayFirst && monthFirst == nil
    if isNew { monthFirst = sample(rows, range) }
    guard let day = dayFirst, let month = monthFirst else { return isNew ? .turned : nil }
    guard !isOrderTold else { return .bad }
    let other = isDayFirst ? month : day
    problems.error(
      rows, at: range.lowerBound, to: range.upperBound,
      "the date \(text(rows, range)) has the \(isDayFirst ? "day" : "month") first, but line "
        + "\(other.place.line), column \(other.place.column) has \(quoted(other.text)), the "
        + "\(isDayFirst ? "month" : "day") first",
      hint: "one file must write its dates in one way")
    isOrderTold = true
    return .bad
  }

  private func sample(_ rows: borrowing CSVRows, _ range: Range<Int>) -> Sample {
    Sample(
      text: String(decoding: rows.buffer[range], as: UTF8.self),
      place: ExportPlace(rows, range.lowerBound, range.upperBound))
  }

  private func text(_ rows: borrowing CSVRows, _ range: Range<Int>) -> String {
    quoted(String(decoding: rows.buffer[range], as: UTF8.self))
  }

  private func tellUnreadable(
    _ rows: borrowing CSVRows, _ range: Range<Int>, _ problems: inout ExportProblems,
    expected: String? = nil
  ) {
    problems.error(
      rows, at: range.lowerBound, to: range.upperBound,
      "expected \(expected ?? "a date and time"), found \(text(rows, range))",
      hint: expected == nil ? "YYYY-MM-DD HH:MM:SS or DD/MM/YYYY HH:MM" : nil)
  }

  /// The bytes of a cell without blanks around them.
  static func inner(_ rows: borrowing CSVRows, _ cell: CSVRows.Cell) -> Range<Int> {
    var (start, end) = (Int(cell.start), Int(cell.end))
    while start < end, rows.buffer[start] == 0x20 || rows.buffer[start] == 0x09 { start += 1 }
    while end > start, rows.buffer[end - 1] == 0x20 || rows.buffer[end - 1] == 0x09 { end -= 1 }
    return start..<end
  }

  /// Whether a cell says that there is nothing: empty, a dash, or a data base's word for it.
  static func isAbsent(_ rows: borrowing CSVRows, _ range: Range<Int>) -> Bool {
    switch range.count {
    case 0: true
    case 1: rows.buffer[range.lowerBound] == UInt8(ascii: "-")
    case 4:
      rows.buffer[range].elementsEqual("null".utf8) || rows.buffer[range].elementsEqual("NULL".utf8)
    default: false
    }
  }

  /// A time read with the day first, as it is with the month first.
  static func turned(_ time: Int64) -> Int64 {
    let ofDay = time.remainder86400000
    let date = CivilDay.date(Int((time - ofDay) / 86_400_000))
    guard date.day <= 12 else { return time }
    return Int64(CivilDay.number(date.year, date.day, date.month)) * 86_400_000 + ofDay
  }
}

extension History {
  /// Turns day and month around in the times of what agents did.
  mutating func turnActions() {
    for index in actions.indices { actions[index].at = FileClock.turned(actions[index].at) }
  }
}

extension Int64 {
  /// Milliseconds after midnight.
  var remainder86400000: Int64 {
    let rest = self % 86_400_000
    return rest < 0 ? rest + 86_400_000 : rest
  }
}
