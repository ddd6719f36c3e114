public import Measurement

/// Reads rates as they are written on the command line: `50000/s`, `50k/s`, `3000/min`, `90 per hour`.
public enum RateText {
  /// Events a second.
  public static func parse(_ text: String) throws(GrammarError) -> Double {
    let bytes = Array(text.utf8)
    let sample = "a rate is written as '50000/s' or '3000/min'"
    var digits = bytes.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
    guard !digits.isEmpty, var number = Double(String(decoding: digits, as: UTF8.self)) else {
      throw GrammarError(sample, range: 0..<bytes.count)
    }
    var rest = String(decoding: bytes[digits.count...], as: UTF8.self)
    digits = []
    for (suffix, factor) in [("k", 1e3), ("M", 1e6)] where rest.hasPrefix(suffix) {
      number *= factor
      rest.removeFirst()
    }
    let unit = rest.replacing("per", with: "/", maxReplacements: 1).filter { $0 != " " }
    guard let seconds = units.first(where: { $0.key == unit })?.value else {
      throw GrammarError(
        rest.isEmpty ? "a rate needs a time" : sample, suggestion: "\(text.prefix { $0 != "/" })/s",
        range: 0..<bytes.count)
    }
    let rate = number / seconds
    guard rate > 0, rate <= most else {
      throw GrammarError(
        "a rate is more than 0 and at most \(Int(most)) events a second", range: 0..<bytes.count)
    }
    return rate
  }

  /// Two rates, as `1000/s..100000/s`.
  public static func range(_ text: String) throws(GrammarError) -> (from: Double, to: Double) {
    let parts = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw GrammarError(
        "two rates are written as '1000/s..100000/s'", range: 0..<text.utf8.count)
    }
    return (try parse(parts[0]), try parse(parts[1]))
  }

  private static let most = 1e8

  private static let units: KeyValuePairs<String, Double> = [
    "/s": 1, "/second": 1, "/min": 60, "/minute": 60, "/h": 3_600, "/hour": 3_600,
  ]

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
