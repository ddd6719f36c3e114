/// A date and a time of day as an export writes it, read from bytes.
struct CellTime: Equatable {
  /// How it is written; the times of one file are all written in one way.
  enum Shape: Equatable {
    /// `2026-10-05 09:13:00`, also with `T`.
    case dashes
    /// The same with `Z` or an offset behind it: a moment, not a time on the wall.
    case zoned
    /// `05/10/2026 09:13`: which of the two is the day, the file as a whole must tell.
    case slashes
    /// `05.10.2026 09:13`: the day comes first.
    case dots

    /// How it is called in a message.
    var name: String {
      switch self {
      case .dashes: "YYYY-MM-DD HH:MM:SS"
      case .zoned: "YYYY-MM-DDTHH:MM:SSZ"
      case .slashes: "DD/MM/YYYY HH:MM"
      case .dots: "DD.MM.YYYY HH:MM"
      }
    }
  }

  var shape: Shape
  var year: Int
  /// First and second of the two short numbers of the date, as they are written.
  var first: Int
  var second: Int
  /// Milliseconds after midnight; an offset from UTC taken off.
  var ofDay: Int64
  var hasSeconds: Bool
  var hasFraction: Bool
  /// Whether a time of day is there at all.
  var hasTime: Bool
  /// Whether AM or PM stands behind it.
  var hasHalf: Bool

  /// A time of day alone.
  struct OfDay: Equatable {
    /// Milliseconds after midnight.
    var milliseconds: Int64
    var hasSeconds = false
    var hasFraction = false
    /// Whether it is of a clock of twelve hours, with AM or PM.
    var hasHalf = false
  }

  /// Milliseconds from 1970-01-01 00:00 on the file's own clock; nil if there is no such day.
  func milliseconds(monthFirst: Bool) -> Int64? {
    let (month, day) =
      shape == .dashes || shape == .zoned || monthFirst && shape == .slashes
      ? (first, second) : (second, first)
    guard (1970...2200).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDay.length(ofMonth: month, year)
    else { return nil }
    return Int64(CivilDay.number(year, month, day)) * 86_400_000 + ofDay
  }

  /// Reads a date, perhaps with a time; nil if the bytes are something else.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    var reader = DigitReader(bytes, range)
    guard let head = reader.number(most: 4) else { return nil }
    let mark = reader.peek
    guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: "."),
      let mark
    else { return nil }
    reader.skip()
    guard let middle = reader.number(most: 2), reader.take(mark), let tail = reader.number(most: 4)
    else { return nil }
    if head.digits == 4, tail.digits <= 2, mark != UInt8(ascii: ".") {
      (shape, year, first, second) = (.dashes, head.value, middle.value, tail.value)
    } else if head.digits <= 2, tail.digits == 4 {
      shape = mark == UInt8(ascii: ".") ? .dots : .slashes
      (year, first, second) = (tail.value, head.value, middle.value)
    } else {
      return nil
    }
    (ofDay, hasSeconds, hasFraction, hasTime, hasHalf) = (0, false, false, false, false)
    if reader.isAtEnd { return }
    guard reader.take(UInt8(ascii: "T")) || reader.take(UInt8(ascii: " ")) else { return nil }
    reader.skipBlanks()
    if reader.isAtEnd { return }
    guard let time = Self.timeOfDay(&reader) else { return nil }
    take(time)
    if reader.isAtEnd { return }
    guard shape == .dashes, let offset = Self.offset(&reader) else { return nil }
    shape = .zoned
    ofDay -= offset
  }

  /// Puts a time of day to the date.
  mutating func take(_ time: OfDay) {
    (ofDay, hasTime, hasHalf) = (time.milliseconds, true, time.hasHalf)
    (hasSeconds, hasFraction) = (time.hasSeconds, time.hasFraction)
  }

  /// Reads a time of day alone: `9:05:00`, `9:05 PM`.
  static func timeOfDay(_ bytes: [UInt8], _ range: Range<Int>) -> OfDay? {
    var reader = DigitReader(bytes, range)
    guard let time = timeOfDay(&reader), reader.isAtEnd else { return nil }
    return time
  }

  private static func timeOfDay(_ reader: inout DigitReader) -> OfDay? {
    guard let hour = reader.number(most: 2), reader.take(UInt8(ascii: ":")),
      let minute = reader.number(most: 2), minute.digits == 2, minute.value < 60, hour.value < 24
    else { return nil }
    var time = OfDay(milliseconds: Int64(minute.value) * 60_000)
    if reader.take(UInt8(ascii: ":")) {
      guard let second = reader.number(most: 2), second.digits == 2, second.value < 60 else {
        return nil
      }
      time.hasSeconds = true
      time.milliseconds += Int64(second.value) * 1_000
      if reader.take(UInt8(ascii: ".")) {
        guard let fraction = reader.number(most: 9) else { return nil }
        time.hasFraction = true
        time.milliseconds += Int64(thousandths(fraction))
      }
    }
    var hours = hour.value
    if let half = reader.half() {
      // Twelve is the hour before one: 12:30 AM is half an hour after midnight.
      guard (1...12).contains(hours) else { return nil }
      hours = hours % 12 + (half == .afternoon ? 12 : 0)
      time.hasHalf = true
    }
    time.milliseconds += Int64(hours) * 3_600_000
    return time
  }

  private static func thousandths(_ fraction: (value: Int, digits: Int)) -> Int {
    var (value, digits) = fraction
    while digits > 3 { (value, digits) = (value / 10, digits - 1) }
    while digits < 3 { (value, digits) = (value * 10, digits + 1) }
    return value
  }

  /// `Z`, `+01:00`, `+0100` or `+01`, in milliseconds.
  private static func offset(_ reader: inout DigitReader) -> Int64? {
    reader.skipBlanks()
    if reader.take(UInt8(ascii: "Z")) { return reader.isAtEnd ? 0 : nil }
    let sign: Int64
    if reader.take(UInt8(ascii: "+")) {
      sign = 1
    } else if reader.take(UInt8(ascii: "-")) {
      sign = -1
    } else {
      return nil
    }
    guard let hours = reader.number(most: 2), hours.digits == 2, hours.value <= 14 else {
      return nil
    }
    var minutes = 0
    if !reader.isAtEnd {
      _ = reader.take(UInt8(ascii: ":"))
      guard let found = reader.number(most: 2), found.digits == 2, found.value < 60 else {
        return nil
      }
      minutes = found.value
    }
    return reader.isAtEnd ? sign * Int64(hours.value * 60 + minutes) * 60_000 : nil
  }
}

/// Digits and marks, from a range of bytes.
private struct DigitReader {
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { at >= end }
  var peek: UInt8? { at < end ? bytes[at] : nil }

  mutating func skip() { at += 1 }

  mutating func skipBlanks() {
    while at < end, bytes[at] == UInt8(ascii: " ") { at += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard at < end, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  enum HalfOfDay { case morning, afternoon }

  /// Takes ` AM`, ` pm` or ` p.m.`; nothing is taken where it is something else.
  ///
  /// Newer programs write a narrow blank or one that does not break before it.
  mutating func half() -> HalfOfDay? {
    var next = at
    while next < end {
      if bytes[next] == 0x20 {
        next += 1
      } else if next + 1 < end, bytes[next] == 0xC2, bytes[next + 1] == 0xA0 {
        next += 2
      } else if next + 2 < end, bytes[next...(next + 2)].elementsEqual([0xE2, 0x80, 0xAF]) {
        next += 3
      } else {
        break
      }
    }
    guard next < end, [0x61, 0x70].contains(bytes[next] | 0x20) else { return nil }
    let word = bytes[next..<end].map { $0 | 0x20 }
    switch String(decoding: word, as: UTF8.self) {
    case "am", "a.m.": at = end
    case "pm", "p.m.":
      at = end
      return .afternoon
    default: return nil
    }
    return .morning
  }

  mutating func number(most: Int) -> (value: Int, digits: Int)? {
    var value = 0
    var digits = 0
    while at < end, digits < most {
      let digit = Int(bytes[at]) - 0x30
      guard (0...9).contains(digit) else { break }
      value = value * 10 + digit
      digits += 1
      at += 1
    }
    return digits > 0 ? (value, digits) : nil
  }
}

/// Days of the Gregorian calendar as numbers.
///
/// The method is that of Howard Hinnant, "chrono-compatible low-level date algorithms".
enum CivilDay {
  static func length(ofMonth month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 to a date.
  static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date so many days after 1970-01-01, as `2026-11-23`.
  static func text(_ number: Int) -> String {
    let (year, month, day) = date(number)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  static func date(_ number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}
