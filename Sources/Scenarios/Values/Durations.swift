import Engine
import Measurement

/// A unit of time as files write it.
private struct TimeUnit {
  let name: String
  let nanoseconds: Double
}

private let timeUnits = [
  TimeUnit(name: "d", nanoseconds: 86_400e9), TimeUnit(name: "h", nanoseconds: 3_600e9),
  TimeUnit(name: "min", nanoseconds: 60e9), TimeUnit(name: "s", nanoseconds: 1e9),
  TimeUnit(name: "ms", nanoseconds: 1e6), TimeUnit(name: "us", nanoseconds: 1e3),
  TimeUnit(name: "ns", nanoseconds: 1),
]

/// What people write for the units.
private let unitSynonyms: [String: String] = [
  "sec": "s", "secs": "s", "second": "s", "seconds": "s", "m": "min", "mins": "min",
  "minute": "min", "minutes": "min", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
  "day": "d", "days": "d", "msec": "ms", "millisecond": "ms", "milliseconds": "ms", "µs": "us",
  "μs": "us", "microseconds": "us", "nanoseconds": "ns",
]

/// The unit that a word in small letters means, as files write it; nil if it is none.
func durationUnit(_ word: String) -> String? {
  timeUnits.contains { $0.name == word } ? word : unitSynonyms[word]
}

/// Limits of times.
enum TimeLimits {
  /// 100 years of 365.25 days, in nanoseconds.
  static let longest = 100 * 365.25 * 86_400e9
}

/// What is wrong with a text that should be a number with a unit.
struct ValueProblem: Error {
  let message: String
  var hint: String?
  /// The characters of the text that are meant; all of them if nil.
  var part: Range<Int>?
}

/// Reads `250 ms`, `90 s`, `1 h 30 min`.
func parseDuration(_ text: String) throws(ValueProblem) -> EngineDuration {
  let scalars = Array(text.unicodeScalars)
  var total = 0.0
  var last = timeUnits.count
  var first = true
  var index = skipBlanks(scalars, 0)
  while index < scalars.count || first {
    let start = index
    guard let number = takeNumber(scalars, &index) else { throw notADuration(text) }
    let unitStart = skipBlanks(scalars, index)
    index = unitStart
    while index < scalars.count, scalars[index].properties.isAlphabetic || scalars[index] == "µ" {
      index += 1
    }
    let unit = String(String.UnicodeScalarView(scalars[unitStart..<index]))
    guard !unit.isEmpty else {
      let digits = String(String.UnicodeScalarView(scalars[start..<unitStart]))
        .split(separator: " ").joined()
      throw ValueProblem(
        message: "a duration needs a unit", hint: "write '\(digits) s' or '\(digits) min'")
    }
    guard let rank = timeUnits.firstIndex(where: { $0.name == unit }) else {
      throw unknownUnit(unit, unitStart..<index)
    }
    guard number >= 0 else { throw ValueProblem(message: "a duration cannot be negative") }
    guard first || rank > last else {
      throw ValueProblem(
        message: "the parts of a duration go from the largest unit to the smallest, each once",
        hint: "for example '1 h 30 min'", part: unitStart..<index)
    }
    total += number * timeUnits[rank].nanoseconds
    last = rank
    first = false
    index = skipBlanks(scalars, index)
  }
  guard total <= TimeLimits.longest else {
    throw ValueProblem(message: "a duration of more than 100 years", hint: "at most '36525 d'")
  }
  return EngineDuration(nanoseconds: Int64(total.rounded()))
}

private func notADuration(_ text: String) -> ValueProblem {
  ValueProblem(
    message: "expected a duration, found \(text.isEmpty ? "nothing" : quoted(text))",
    hint: "for example '40 s', '1 h 30 min' or '2 d'")
}

private func unknownUnit(_ unit: String, _ part: Range<Int>) -> ValueProblem {
  let known = timeUnits.map(\.name)
  let weeks = ["w", "week", "weeks"].contains(unit.lowercased())
  let meant = unitSynonyms[unit.lowercased()] ?? nearestName(to: unit, in: known)
  return ValueProblem(
    message: "unknown unit of time \(quoted(unit)), expected d, h, min, s, ms, us or ns",
    hint: weeks ? "a week is '7 d'" : meant.map { "did you mean '\($0)'?" }, part: part)
}

/// Reads a decimal number at an index and moves behind it.
func takeNumber(_ scalars: [Unicode.Scalar], _ index: inout Int) -> Double? {
  let start = index
  var end = start
  func isDigit(_ at: Int) -> Bool { at < scalars.count && ("0"..."9").contains(scalars[at]) }
  if end < scalars.count, scalars[end] == "-" || scalars[end] == "+" { end += 1 }
  while isDigit(end) || end < scalars.count && scalars[end] == "." { end += 1 }
  // An exponent only if digits follow: the `e` of a word is not one.
  if end < scalars.count, scalars[end] == "e" || scalars[end] == "E" {
    let signed = end + 1 < scalars.count && (scalars[end + 1] == "-" || scalars[end + 1] == "+")
    let digits = end + (signed ? 2 : 1)
    if isDigit(digits) {
      end = digits
      while isDigit(end) { end += 1 }
    }
  }
  var text = ""
  for scalar in scalars[start..<end] { text.unicodeScalars.append(scalar) }
  guard let number = parseNumber(text) else { return nil }
  index = end
  return number
}

func skipBlanks(_ scalars: [Unicode.Scalar], _ index: Int) -> Int {
  var index = index
  while index < scalars.count, scalars[index] == " " || scalars[index] == "\t" { index += 1 }
  return index
}

extension ValueReader {
  /// A length of time.
  func duration(_ what: String = "a duration") -> EngineDuration? {
    parsed(what) { text throws(ValueProblem) in try parseDuration(text) }
  }

  /// A length of time that is longer than none.
  func positiveDuration(_ what: String = "a duration") -> EngineDuration? {
    guard let duration = duration(what) else { return nil }
    guard duration > .zero else {
      error("\(what) must be longer than 0 s")
      return nil
    }
    return duration
  }

  /// A scalar read by a function that says what is wrong with it.
  func parsed<T>(_ what: String, _ parse: (String) throws(ValueProblem) -> T) -> T? {
    guard let text = scalar(what) else { return nil }
    do throws(ValueProblem) {
      return try parse(text)
    } catch {
      report(error)
      return nil
    }
  }

  /// Reports a problem at the part of the text that is meant.
  func report(_ problem: ValueProblem) {
    guard let part = problem.part, case .scalar(let scalar) = node.content, scalar.isVerbatim else {
      error(problem.message, hint: problem.hint)
      return
    }
    let place = span.part(from: scalar.inset + part.lowerBound, length: max(1, part.count))
    reading.problems.error(place, problem.message, hint: problem.hint)
  }
}
