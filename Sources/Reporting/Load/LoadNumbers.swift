/// A unit that short times are written in.
enum TimeUnit: Int, CaseIterable, Sendable {
  case nanoseconds
  case microseconds
  case milliseconds
  case seconds

  /// How many of it make a second.
  var perSecond: Double {
    switch self {
    case .nanoseconds: 1e9
    case .microseconds: 1e6
    case .milliseconds: 1e3
    case .seconds: 1
    }
  }

  /// The sign for it.
  var sign: String {
    switch self {
    case .nanoseconds: "ns"
    case .microseconds: "µs"
    case .milliseconds: "ms"
    case .seconds: "s"
    }
  }

  /// The largest unit of which a time has one at least, as three digits show it.
  static func fitting(_ seconds: Double) -> TimeUnit {
    if seconds <= 0 { return .seconds }
    return allCases.first { seconds * $0.perSecond < 999.5 } ?? .seconds
  }

  /// The unit for a column: that of its shortest time, larger where its longest has too many digits.
  static func ofColumn(_ times: [Double]) -> TimeUnit {
    let positive = times.filter { $0 > 0 }
    guard let least = positive.min(), let most = positive.max() else { return .seconds }
    let first = fitting(least)
    return allCases.first { $0.rawValue >= first.rawValue && most * $0.perSecond < 9_999.5 }
      ?? .seconds
  }

  /// A time in this unit with three digits, without the sign.
  func digits(_ seconds: Double, least: Int = 0) -> String {
    threeDigits(seconds * perSecond, least: least)
  }
}

/// A number with three digits that mean something, but all of those before the point.
///
/// - Parameters:
///   - value: The number.
///   - least: Digits behind the point that are wanted in addition.
func threeDigits(_ value: Double, least: Int = 0) -> String {
  let size = value.magnitude
  let decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3
  return fixed(value, min(9, decimals + least), separator: ",")
}

/// A time on the clock on the wall: `714 µs`, `1.77 ms`, `2.50 s`.
func wallTime(_ seconds: Double) -> String {
  if seconds.magnitude >= 600 { return spokenDuration(seconds) }
  let unit = TimeUnit.fitting(seconds)
  return unit.digits(seconds) + " " + unit.sign
}

/// A round time, such as a limit, with no more digits than it has: `1 ms`.
func roundTime(_ seconds: Double) -> String {
  if seconds.magnitude >= 600 { return spokenDuration(seconds) }
  let unit = TimeUnit.fitting(seconds)
  return shortest((seconds * unit.perSecond * 1e6).rounded() / 1e6) + " " + unit.sign
}

/// A rate without its unit: `65,000`, `0.5`.
func rateDigits(_ rate: Double) -> String {
  if rate >= 1e9 { return threeDigits(rate / 1e9) + " billion" }
  if rate == rate.rounded() || rate.magnitude >= 99.95 { return fixed(rate, 0, separator: ",") }
  return fixed(rate, rate.magnitude >= 9.995 ? 1 : rate.magnitude >= 0.9995 ? 2 : 3, separator: ",")
}

/// A rate with its unit.
func eventRate(_ rate: Double) -> String {
  rateDigits(rate) + (rate == 1 ? " event a second" : " events a second")
}

/// A share as per cent, with so many digits that what is less than all does not read as all.
func sharePercent(_ share: Double) -> String {
  var decimals = 2
  while decimals < 6, share < 1, fixed(share * 100, decimals) == fixed(100, decimals) {
    decimals += 1
  }
  return share == 1 ? "100 %" : fixed(share * 100, decimals, separator: ",") + " %"
}

/// A count with its noun.
func countedEvents(_ count: Int) -> String {
  grouped(Int64(count)) + (count == 1 ? " event" : " events")
}

/// A text whose numbers stay on one line with their units: no break stands between them.
func withHeldUnits(_ text: String) -> String {
  let units: Set = ["%", "ns", "µs", "ms", "s", "min", "h"]
  var shown = ""
  var isAfterDigit = false
  for (place, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
    let bare = String(word.prefix { $0.isLetter || $0 == "%" })
    if place > 0 { shown += isAfterDigit && units.contains(bare) ? "\u{A0}" : " " }
    shown += word
    isAfterDigit = word.last?.isNumber == true
  }
  return shown
}
