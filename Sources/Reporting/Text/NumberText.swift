/// The shortest text that reads back as the same number, without a needless fraction.
func shortest(_ value: Double) -> String {
  var bytes: [UInt8] = []
  bytes.append(shortest: value)
  return String(decoding: bytes, as: UTF8.self)
}

extension [UInt8] {
  /// Adds the shortest text that reads back as the same number, without a needless fraction.
  mutating func append(shortest value: Double) {
    // Most are counts.
    if value.magnitude < 1e15, let whole = Int64(exactly: value) { return append(whole: whole) }
    append(contentsOf: value.description.utf8)
    // Whole numbers that are too large for the way above.
    if value.magnitude >= 1e15, suffix(2).elementsEqual(".0".utf8) { removeLast(2) }
  }

  /// Adds the digits of a whole number.
  mutating func append(whole value: Int64) {
    // Most have one digit.
    if value >= 0, value < 10 {
      return append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
    }
    if value < 0 { append(UInt8(ascii: "-")) }
    let first = count
    var rest = value.magnitude
    repeat {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    // They came with the last one first.
    var (low, high) = (first, count - 1)
    while low < high {
      swapAt(low, high)
      (low, high) = (low + 1, high - 1)
    }
  }
}

/// A number with a fixed count of decimals, half away from zero, and a hyphen as its minus.
///
/// - Parameters:
///   - value: Any number; beyond what 64 bits hold it is printed in its shortest form.
///   - decimals: Digits after the point.
///   - separator: What stands between groups of three digits.
func fixed(_ value: Double, _ decimals: Int, separator: String = "") -> String {
  guard value.isFinite else { return "-" }
  let scale = powerOfTen(decimals)
  let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
  guard scaled < 9e15 else { return shortest(value) }
  let units = Int64(scaled)
  let whole = units / Int64(scale)
  let fraction = units % Int64(scale)
  var text = grouped(whole, separator: separator)
  if decimals > 0 {
    let digits = String(fraction)
    text += "."
    for _ in 0..<max(0, decimals - digits.utf8.count) { text += "0" }
    text += digits
  }
  return value < 0 && units != 0 ? "-" + text : text
}

/// A number with its sign, plus included; zero has none.
func signed(_ value: Double, _ decimals: Int) -> String {
  let text = fixed(value, decimals)
  let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
  return isZero || text.hasPrefix("-") ? text : "+" + text
}

/// A count with its groups of three digits separated.
func grouped(_ value: Int64, separator: String = ",") -> String {
  let digits = String(value)
  guard !separator.isEmpty, value.magnitude >= 1_000 else { return digits }
  var text = ""
  for (index, digit) in digits.unicodeScalars.enumerated() {
    if index > 0, (digits.utf8.count - index) % 3 == 0, value > 0 || index > 1 { text += separator }
    text.unicodeScalars.append(digit)
  }
  return text
}

/// A count of things in words that stay short: `412`, `1,020`, `1.2 million`.
func roundCount(_ value: Int) -> String {
  let number = Double(value)
  if value >= 1_000_000_000 { return fixed(number / 1e9, 1) + " billion" }
  // 999,950 rounds to the same text as a million.
  if value >= 999_950 { return fixed(number / 1e6, 1) + " million" }
  if value >= 100_000 { return fixed(number / 1e6, 1) + " million" }
  return grouped(Int64(value))
}

/// Ten to a small power, exactly.
func powerOfTen(_ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<max(0, min(exponent, 15)) { power *= 10 }
  return power
}

/// The decimals that show two digits of a half-width, at most so many.
func decimalsForTwoDigits(of halfWidth: Double, atMost most: Int) -> Int {
  guard halfWidth.isFinite, halfWidth > 0 else { return most }
  var decimals = 0
  var bound = 9.95
  while decimals < most, halfWidth < bound {
    decimals += 1
    bound /= 10
  }
  return decimals
}

/// Seconds as people say them: `250 ms`, `71 s`, `8 h`, `1 h 30 min`.
func spokenDuration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds.magnitude < 9e12 else { return shortest(seconds) + " s" }
  if seconds < 1, seconds > 0 {
    let milliseconds = seconds * 1000
    return shortest((milliseconds * 1000).rounded() / 1000) + " ms"
  }
  let whole = Int64(seconds.rounded(.down))
  let fraction = seconds - Double(whole)
  if fraction > 1e-9 && seconds < 600 { return shortest((seconds * 1000).rounded() / 1000) + " s" }
  return spokenWholeSeconds(whole)
}

private func spokenWholeSeconds(_ whole: Int64) -> String {
  if whole < 60 { return "\(whole) s" }
  var rest = whole
  var parts: [String] = []
  for (name, size) in [("d", Int64(86_400)), ("h", 3600), ("min", 60), ("s", 1)] where rest >= size
  {
    parts.append("\(rest / size) \(name)")
    rest %= size
  }
  // Two parts are what people say: days and hours, hours and minutes, minutes and seconds.
  return parts.prefix(2).joined(separator: " ")
}

/// Seconds as a clock shows a stretch of time: `0:19`, `6:27`, `1:02:05`.
func clockDuration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds.magnitude < 9e12 else { return shortest(seconds) + " s" }
  let whole = Int64(seconds.magnitude.rounded(.toNearestOrAwayFromZero))
  let sign = seconds < 0 && whole > 0 ? "-" : ""
  let second = twoDigits(whole % 60)
  if whole < 3600 { return "\(sign)\(whole / 60):\(second)" }
  return "\(sign)\(whole / 3600):\(twoDigits(whole / 60 % 60)):\(second)"
}

/// A number below a hundred in two digits.
func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

/// Small numbers as words, larger ones as digits.
func spokenCount(_ count: Int) -> String {
  let words = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
  ]
  return words.indices.contains(count) ? words[count] : grouped(Int64(count))
}
