import Engine

/// The rule at the end of a zone file, such as `WET0WEST,M3.5.0/1,M10.5.0` (POSIX, RFC 8536 3.3).
struct PosixZone {
  /// Seconds to add to UTC in winter.
  let standardOffset: Int64
  /// Summer time, if the zone has one.
  let daylight: Daylight?

  /// The offset in summer and when it begins and ends.
  struct Daylight {
    let offset: Int64
    let start: Day
    let end: Day
  }

  /// A day of every year and the time of the change, by the clock before the change.
  struct Day {
    enum Rule {
      /// `Jn`: 1 to 365, 29 February never counted.
      case julian(Int)
      /// `n`: 0 to 365, 29 February counted.
      case zeroBased(Int)
      /// `Mm.w.d`: the w-th weekday d of a month, 5 for the last.
      case month(Int, week: Int, weekday: Int)
    }
    let rule: Rule
    let seconds: Int64
  }

  init?(_ text: String) {
    var input = Scanner(text: Array(text.utf8))
    guard input.name(), let standard = input.time() else { return nil }
    standardOffset = -standard
    if input.isAtEnd {
      daylight = nil
      return
    }
    guard input.name() else { return nil }
    var summer = standardOffset + 3_600
    if !input.next(is: ",") {
      guard let written = input.time() else { return nil }
      summer = -written
    }
    guard input.skip(","), let start = input.day(), input.skip(","), let end = input.day(),
      input.isAtEnd
    else { return nil }
    daylight = Daylight(offset: summer, start: start, end: end)
  }

  /// Every change of the clock in some years, in order.
  func changes(years: ClosedRange<Int>) -> [TimeZoneRules.Change] {
    guard let daylight else { return [] }
    return years.flatMap { year in
      [
        TimeZoneRules.Change(
          at: daylight.start.seconds(in: year) - standardOffset, offset: daylight.offset),
        TimeZoneRules.Change(
          at: daylight.end.seconds(in: year) - daylight.offset, offset: standardOffset),
      ]
    }.sorted { $0.at < $1.at }
  }
}

extension PosixZone.Day {
  /// Seconds from 1970 to the change in a year, on the wall's clock before it.
  fileprivate func seconds(in year: Int) -> Int64 {
    Int64(day(in: year)) * 86_400 + seconds
  }

  private func day(in year: Int) -> Int {
    let newYear = daysSince1970(year, 1, 1)
    switch rule {
    case .julian(let day): return newYear + day - 1 + (isLeap(year) && day >= 60 ? 1 : 0)
    case .zeroBased(let day): return newYear + day
    case .month(let month, let week, let weekday):
      let first = daysSince1970(year, month, 1)
      // 1970-01-01 was a Thursday, which POSIX calls 4.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      while day >= days(inMonth: month, of: year) { day -= 7 }
      return first + day
    }
  }
}

/// Reads the parts of a POSIX rule.
private struct Scanner {
  let text: [UInt8]
  private var at = 0

  init(text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { at == text.count }

  func next(is character: Unicode.Scalar) -> Bool {
    at < text.count && text[at] == UInt8(ascii: character)
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next(is: character) else { return false }
    at += 1
    return true
  }

  /// `WET` or `<+03>`.
  mutating func name() -> Bool {
    let start = at
    if skip("<") {
      while at < text.count, !next(is: ">") { at += 1 }
      return skip(">")
    }
    while at < text.count, (0x41...0x5A).contains(text[at]) || (0x61...0x7A).contains(text[at]) {
      at += 1
    }
    return at - start >= 3
  }

  mutating func number(upTo limit: Int) -> Int? {
    var value = 0
    let start = at
    while at < text.count, (0x30...0x39).contains(text[at]), at - start < 4 {
      value = value * 10 + Int(text[at] - 0x30)
      at += 1
    }
    return at > start && value <= limit ? value : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds; hours reach 167 in newer files.
  mutating func time() -> Int64? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hours = number(upTo: 167) else { return nil }
    var seconds = hours * 3_600
    if skip(":") {
      guard let minutes = number(upTo: 59) else { return nil }
      seconds += minutes * 60
      if skip(":") {
        guard let rest = number(upTo: 59) else { return nil }
        seconds += rest
      }
    }
    return Int64(isNegative ? -seconds : seconds)
  }

  /// A day and the time of its change, 02:00 if not given.
  mutating func day() -> PosixZone.Day? {
    let rule: PosixZone.Day.Rule
    if skip("J") {
      guard let day = number(upTo: 365), day >= 1 else { return nil }
      rule = .julian(day)
    } else if skip("M") {
      guard let month = number(upTo: 12), month >= 1, skip("."), let week = number(upTo: 5),
        week >= 1, skip("."), let weekday = number(upTo: 6)
      else { return nil }
      rule = .month(month, week: week, weekday: weekday)
    } else {
      guard let day = number(upTo: 365) else { return nil }
      rule = .zeroBased(day)
    }
    if skip("/") {
      guard let seconds = time() else { return nil }
      return PosixZone.Day(rule: rule, seconds: seconds)
    }
    return PosixZone.Day(rule: rule, seconds: 7_200)
  }
}
