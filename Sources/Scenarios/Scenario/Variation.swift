public import Measurement

/// A parameter or a path with the values that it takes in turn: `--vary agents=4..40`,
/// `--vary logic=round_robin,least_open`, `--vary reassign_after="1 min..60 min:5 min"`.
public struct Variation: Sendable, Hashable {
  /// A parameter, or a path of keys with dots between them, as `--set` takes them.
  public let name: String
  /// The values as YAML, in the order given, each once.
  public let values: [String]

  /// Names the values of a parameter.
  public init(_ name: String, _ values: [String]) {
    self.name = name
    self.values = values
  }

  /// The most values of one name.
  static let mostValues = 10_000

  /// Reads `name=values`: a list with commas, ranges `from..to` and `from..to:step` among its parts.
  ///
  /// Commas inside quotes, brackets and braces do not part. A range counts by ones where it has no step;
  /// its ends and its step have the same unit.
  public init(parsing text: String) throws(GrammarError) {
    let bytes = Array(text.utf8)
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
      throw GrammarError("expected name=values, such as agents=4..40", range: 0..<bytes.count)
    }
    let name = trimmed(String(decoding: bytes[..<equals], as: UTF8.self))
    guard !name.isEmpty else {
      throw GrammarError("the name before '=' is missing", range: 0..<equals)
    }
    var values: [String] = []
    var seen: Set<String> = []
    for part in try Self.parts(bytes, from: equals + 1) {
      let written = trimmed(String(decoding: bytes[part], as: UTF8.self))
      guard !written.isEmpty else {
        throw GrammarError("a value of '\(name)' is missing", range: part)
      }
      let room = Self.mostValues - values.count
      for value in try ValueRange(written, at: part)?.values(atMost: room) ?? [written] {
        guard seen.insert(value).inserted else {
          throw GrammarError("'\(name)' takes the value '\(value)' twice", range: part)
        }
        values.append(value)
      }
      guard values.count <= Self.mostValues else {
        throw GrammarError("'\(name)' takes more than \(Self.mostValues) values", range: part)
      }
    }
    self.init(name, values)
  }

  /// What stands between commas outside quotes, brackets and braces.
  private static func parts(
    _ bytes: [UInt8], from start: Int
  ) throws(GrammarError) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var first = start
    var depth = 0
    var quote: UInt8?
    for place in start..<bytes.count {
      let byte = bytes[place]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // An apostrophe inside a word is none.
        let isFirst = bytes[first..<place].allSatisfy { $0 == UInt8(ascii: " ") } || depth > 0
        if isFirst { quote = byte }
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        parts.append(first..<place)
        first = place + 1
      default: break
      }
    }
    guard quote == nil else {
      throw GrammarError("a quote is not closed", range: first..<bytes.count)
    }
    guard depth == 0 else {
      throw GrammarError("a bracket is not closed", range: first..<bytes.count)
    }
    return parts + [first..<bytes.count]
  }
}

/// `4..40`, `10%..50%:5%`, `1 min..60 min:5 min`: equal steps from one number to another.
private struct ValueRange {
  private let from: Int64
  private let to: Int64
  private let step: Int64
  /// Digits after the point of the finest of the three.
  private let decimals: Int
  private let unit: String
  private let place: Range<Int>

  /// Reads a range; nil for a text that is none.
  init?(_ text: String, at place: Range<Int>) throws(GrammarError) {
    guard let dots = Self.dots(text) else { return nil }
    let rest = String(text[dots.upperBound...])
    let colon = rest.lastIndex(of: ":")
    let first = String(text[..<dots.lowerBound])
    let last = colon.map { String(rest[..<$0]) } ?? rest
    let step = colon.map { String(rest[rest.index(after: $0)...]) }
    guard let low = NumberText(first), let high = NumberText(last) else { return nil }
    let by = step.map { NumberText($0) } ?? NumberText("1", unit: high.unit)
    guard let by else {
      throw GrammarError("the step '\(step ?? "")' of a range is no number", range: place)
    }
    unit = high.unit
    // `1..60 min` is what people write; its ends have one unit.
    guard low.unit == unit || low.unit.isEmpty, by.unit == unit || by.unit.isEmpty else {
      throw GrammarError(
        "the ends and the step of a range have one unit: '\(text)'",
        suggestion: "\(low.digits) \(unit)..\(high.digits) \(unit)", range: place)
    }
    decimals = max(low.decimals, high.decimals, by.decimals)
    guard let from = low.scaled(decimals), let to = high.scaled(decimals),
      let size = by.scaled(decimals)
    else { throw GrammarError("a number of the range is too large: '\(text)'", range: place) }
    guard from <= to else {
      throw GrammarError(
        "a range goes upwards", suggestion: "\(last)..\(first)" + (step.map { ":\($0)" } ?? ""),
        range: place)
    }
    guard size > 0 else { throw GrammarError("the step of a range is more than 0", range: place) }
    (self.from, self.to, self.step, self.place) = (from, to, size, place)
  }

  func values(atMost most: Int) throws(GrammarError) -> [String] {
    let count = UInt64(to - from) / UInt64(step)
    guard count < UInt64(max(0, most)) else {
      throw GrammarError(
        "the range has more than \(Variation.mostValues) values; give it a step, such as ':10'",
        range: place)
    }
    return (0...Int64(count)).map { NumberText.text(from + $0 * step, decimals, unit) }
  }

  /// Two dots between digits, units and blanks.
  private static func dots(_ text: String) -> Range<String.Index>? {
    var index = text.startIndex
    while index < text.endIndex {
      let next = text.index(after: index)
      if text[index] == ".", next < text.endIndex, text[next] == "." {
        return index..<text.index(after: next)
      }
      index = next
    }
    return nil
  }
}

/// A decimal number with a unit behind it, kept exactly.
private struct NumberText {
  let digits: String
  let decimals: Int
  let unit: String
  private let whole: Int64?

  init?(_ text: String, unit: String? = nil) {
    let text = trimmed(text)
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    let rest = trimmed(text.dropFirst(number.count))
    guard !number.isEmpty, rest.allSatisfy({ $0.isLetter || $0 == "%" || $0 == " " }) else {
      return nil
    }
    let sign = number.hasPrefix("-") ? "-" : ""
    let parts = number.dropFirst(sign.count)
      .split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }),
      parts.allSatisfy({ $0.allSatisfy { $0.isNumber } })
    else { return nil }
    digits = String(number)
    decimals = parts.count == 2 ? parts[1].count : 0
    self.unit = unit ?? rest
    whole = Int64(sign + parts.joined())
  }

  /// The number times ten to a power, if that is a whole number of 60 bits.
  func scaled(_ power: Int) -> Int64? {
    guard var value = whole, power < 18 else { return nil }
    for _ in decimals..<max(decimals, power) {
      let (next, isOver) = value.multipliedReportingOverflow(by: 10)
      guard !isOver else { return nil }
      value = next
    }
    return value.magnitude < 1 << 60 ? value : nil
  }

  static func text(_ value: Int64, _ decimals: Int, _ unit: String) -> String {
    var digits = String(value.magnitude)
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      var fraction = String(digits.suffix(decimals))
      while fraction.hasSuffix("0") { fraction.removeLast() }
      digits = digits.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
    }
    let gap = unit.isEmpty || unit == "%" ? "" : " "
    return (value < 0 ? "-" : "") + digits + gap + unit
  }
}
