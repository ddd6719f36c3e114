import Measurement

/// So many in so much time: arrivals, messages, money.
public struct Rate: Sendable, Hashable {
  /// How many.
  public var count: Double
  /// In how many seconds.
  public var seconds: Double

  /// Makes a rate.
  public init(_ count: Double, perSeconds seconds: Double) {
    self.count = count
    self.seconds = seconds
  }

  /// How many in a second.
  public var perSecond: Double { count / seconds }
}

/// What may stand after `per`.
private let rateUnits: KeyValuePairs<String, Double> = [
  "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "s": 1, "min": 60, "h": 3_600,
  "d": 86_400,
]

/// Reads `90 per hour`.
func parseRate(_ text: String) throws(ValueProblem) -> Rate {
  let scalars = Array(text.unicodeScalars)
  var index = skipBlanks(scalars, 0)
  let sample = ValueProblem(
    message: "expected a rate, found \(text.isEmpty ? "nothing" : quoted(text))",
    hint: "for example '90 per hour'")
  guard let number = takeNumber(scalars, &index) else { throw sample }
  let rest = String(String.UnicodeScalarView(scalars[index...]))
  let words = rest.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
  if words.isEmpty {
    throw ValueProblem(message: "a rate needs a time", hint: "write '\(text) per hour'")
  }
  guard words.count == 2, words[0] == "per" else { throw sample }
  guard let unit = rateUnits.first(where: { $0.key == words[1] }) else {
    let known = rateUnits.map(\.key)
    let plural = words[1].hasSuffix("s") ? String(words[1].dropLast()) : words[1]
    let meant = known.contains(plural) ? plural : nearestName(to: words[1], in: known)
    throw ValueProblem(
      message: "unknown time \(quoted(words[1])) in a rate, expected second, minute, hour or day",
      hint: meant.map { "did you mean 'per \($0)'?" })
  }
  guard number >= 0 else { throw ValueProblem(message: "a rate cannot be negative") }
  return Rate(number, perSeconds: unit.value)
}

/// Reads `35%` as 0.35.
func parseShare(_ text: String) throws(ValueProblem) -> Double {
  let scalars = Array(text.unicodeScalars)
  var index = skipBlanks(scalars, 0)
  guard let number = takeNumber(scalars, &index) else {
    throw ValueProblem(
      message: "expected a share, found \(text.isEmpty ? "nothing" : quoted(text))",
      hint: "for example '35%'")
  }
  index = skipBlanks(scalars, index)
  if index == scalars.count {
    let percent = number <= 1 ? number * 100 : number
    let whole = percent == percent.rounded() && percent.magnitude < 1e15
    let shown = whole ? String(Int64(percent)) : String(percent)
    throw ValueProblem(message: "a share needs '%'", hint: "write '\(shown)%'")
  }
  guard scalars[index] == "%", skipBlanks(scalars, index + 1) == scalars.count else {
    throw ValueProblem(
      message: "expected a share, found \(quoted(text))", hint: "for example '35%'")
  }
  return number / 100
}

extension ValueReader {
  /// So many in so much time, more than none.
  func rate(_ what: String = "a rate") -> Rate? {
    guard let rate = parsed(what, { text throws(ValueProblem) in try parseRate(text) }) else {
      return nil
    }
    guard rate.count > 0 else {
      error("\(what) must be more than 0")
      return nil
    }
    return rate
  }

  /// So many in so much time, perhaps none.
  func rateOrNone(_ what: String = "a rate") -> Rate? {
    parsed(what) { text throws(ValueProblem) in try parseRate(text) }
  }

  /// A share from 0% to 100%.
  func share(_ what: String = "a share") -> Double? {
    guard let share = parsed(what, { text throws(ValueProblem) in try parseShare(text) }) else {
      return nil
    }
    guard (0...1).contains(share) else {
      error("\(what) must be from 0% to 100%, not \(quoted(scalarText ?? ""))")
      return nil
    }
    return share
  }

  /// A multiple: `150%` or `1.5`.
  func multiple(_ what: String) -> Double? {
    guard let text = scalar(what) else { return nil }
    guard let factor = parseNumber(text) ?? (try? parseShare(text)) else {
      expected("\(what) such as 150% or 1.5")
      return nil
    }
    guard factor >= 0, factor <= 1e9 else {
      error("\(what) must be from 0% to 1e9, not \(quoted(text))")
      return nil
    }
    return factor
  }
}
