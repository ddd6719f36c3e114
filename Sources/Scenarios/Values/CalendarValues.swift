import Engine
import Measurement

/// Reads `09:00`, as minutes after midnight; `24:00` only where a time ends something.
func parseClock(_ text: some StringProtocol, isEnd: Bool = false) throws(ValueProblem) -> Int32 {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  let sample = ValueProblem(
    message: "expected a time of day, found \(text.isEmpty ? "nothing" : quoted(String(text)))",
    hint: "for example '09:00'")
  guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
    let hour = digits(parts[0]), let minute = digits(parts[1])
  else { throw sample }
  guard minute < 60, hour < 24 || isEnd && hour == 24 && minute == 0 else {
    throw ValueProblem(
      message: "there is no time of day \(quoted(String(text)))", hint: "from 00:00 to 23:59")
  }
  return Int32(hour * 60 + minute)
}

/// Reads `09:00-13:00`; an end before the start is on the next day.
func parseHours(_ text: String) throws(ValueProblem) -> HoursOfDay {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(trimmed)
  guard parts.count == 2 else {
    throw ValueProblem(
      message: "expected hours, found \(text.isEmpty ? "nothing" : quoted(text))",
      hint: "for example '09:00-13:00'")
  }
  let from = try parseClock(parts[0])
  let to = try parseClock(parts[1], isEnd: true)
  guard from != to else {
    throw ValueProblem(
      message: "hours that end when they start", hint: "the whole day is '00:00-24:00'")
  }
  return HoursOfDay(from: from, to: to)
}

private let dayNames: KeyValuePairs<String, Weekday> = [
  "mon": .monday, "tue": .tuesday, "wed": .wednesday, "thu": .thursday, "fri": .friday,
  "sat": .saturday, "sun": .sunday, "monday": .monday, "tuesday": .tuesday,
  "wednesday": .wednesday, "thursday": .thursday, "friday": .friday, "saturday": .saturday,
  "sunday": .sunday,
]

/// Reads `mon`.
func parseDay(_ text: some StringProtocol) throws(ValueProblem) -> Weekday {
  let name = text.lowercased()
  if let found = dayNames.first(where: { $0.key == name }) { return found.value }
  let meant = nearestName(to: name, in: dayNames.map(\.key))
  throw ValueProblem(
    message: "expected a day of the week, found \(name.isEmpty ? "nothing" : quoted(String(text)))",
    hint: meant.map { "did you mean '\($0)'?" } ?? "for example 'mon-fri' or 'sat'")
}

/// Reads `mon-fri`, `sat`, `mon, wed`, `every day`; a range may go over Sunday.
func parseDays(_ text: String) throws(ValueProblem) -> [Weekday] {
  if ["every day", "daily", "all"].contains(text.lowercased()) { return Weekday.allCases }
  var days: [Weekday] = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(trimmed)
    guard ends.count <= 2 else {
      throw ValueProblem(
        message: "expected days, found \(quoted(text))",
        hint: "for example 'mon-fri' or 'mon, wed'")
    }
    let first = try parseDay(ends[0])
    let last = ends.count == 2 ? try parseDay(ends[1]) : first
    var number = first.rawValue
    while true {
      if let day = Weekday(rawValue: number) { days.append(day) }
      if number == last.rawValue { break }
      number = (number + 1) % 7
    }
  }
  return days
}

/// Reads `2026-11-23`, `2026-11-23 09:00` or `2026-11-23 09:00:30`.
func parseLocalTime(_ text: String) throws(ValueProblem) -> LocalTime {
  let sample = ValueProblem(
    message: "expected a date and time, found \(text.isEmpty ? "nothing" : quoted(text))",
    hint: "for example '2026-11-23 09:00'")
  let halves = text.split(omittingEmptySubsequences: true) { $0 == " " || $0 == "T" }
  guard (1...2).contains(halves.count) else { throw sample }
  let date = halves[0].split(separator: "-", omittingEmptySubsequences: false)
  guard date.count == 3, date[0].utf8.count == 4, date[1].utf8.count == 2,
    date[2].utf8.count == 2, let year = digits(date[0]), let month = digits(date[1]),
    let day = digits(date[2])
  else { throw sample }
  guard (1...12).contains(month), day >= 1, day <= days(inMonth: month, of: year) else {
    throw ValueProblem(message: "there is no day \(quoted(String(halves[0])))")
  }
  guard (1970...2200).contains(year) else {
    throw ValueProblem(message: "the year \(year), expected 1970 to 2200")
  }
  var seconds = 0
  if halves.count == 2 {
    let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(clock.count) else { throw sample }
    seconds = Int(try parseClock(clock[0...1].joined(separator: ":"))) * 60
    if clock.count == 3 {
      guard clock[2].utf8.count == 2, let second = digits(clock[2]), second < 60 else {
        throw sample
      }
      seconds += second
    }
  }
  return LocalTime(seconds: Int64(daysSince1970(year, month, day) * 86_400 + seconds))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
///
/// The method is that of Howard Hinnant, "chrono-compatible low-level date algorithms".
func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let year = month <= 2 ? year - 1 : year
  let era = (year >= 0 ? year : year - 399) / 400
  let yearOfEra = year - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/// The year, month and day so many days after 1970-01-01: the inverse of `daysSince1970`.
func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = days + 719_468
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

func days(inMonth month: Int, of year: Int) -> Int {
  switch month {
  case 2: isLeap(year) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

private func digits(_ text: some StringProtocol) -> Int? {
  guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
  return Int(text)
}

func trimmed(_ text: some StringProtocol) -> String {
  let scalars = text.unicodeScalars
  func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
  guard let first = scalars.firstIndex(where: { !isBlank($0) }),
    let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(String.UnicodeScalarView(scalars[first...last]))
}

extension ValueReader {
  /// Days of the week: a text or a list of texts, each day once.
  func days() -> [Weekday]? {
    guard let items = oneOrMore(of: "days") else { return nil }
    var days: [Weekday] = []
    var isSound = !items.isEmpty
    for item in items {
      let some = item.parsed("days") { text throws(ValueProblem) in try parseDays(text) }
      isSound = isSound && some != nil
      for day in some ?? [] {
        if days.contains(day) {
          item.error("a day that is listed twice")
          isSound = false
        }
        days.append(day)
      }
    }
    if items.isEmpty { expected("days such as mon-fri") }
    return isSound ? days.sorted { $0.rawValue < $1.rawValue } : nil
  }

  /// Hours of a day: a text or a list of texts that do not overlap.
  func hours() -> [HoursOfDay]? {
    guard let items = oneOrMore(of: "hours") else { return nil }
    if items.isEmpty { expected("hours such as \"09:00-13:00\"") }
    let hours = items.map { item in
      item.parsed("hours") { text throws(ValueProblem) in try parseHours(text) }
    }
    var minutes = Set<Int32>()
    for (item, part) in zip(items, hours) {
      guard let part else { return nil }
      let end = part.to > part.from ? part.to : part.to + 1_440
      for minute in part.from..<end where !minutes.insert(minute % 1_440).inserted {
        item.error("hours that overlap with others of the list")
        return nil
      }
    }
    return hours.isEmpty ? nil : hours.compactMap(\.self)
  }

  /// A date, perhaps with a time of day.
  func localTime() -> LocalTime? {
    parsed("a date and time") { text throws(ValueProblem) in try parseLocalTime(text) }
  }
}
