/// Durations as people write them: `250 ms`, `90 s`, `1 h 30 min`, `2 d`.
public enum DurationText {
  /// The longest duration that is accepted: 100 years of 365.25 days.
  public static let longest: Int64 = 100 * 365 * 86_400_000_000_000 + 25 * 86_400_000_000_000

  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("min", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000),
  ]

  /// Nanoseconds of a duration as written; at least one number with its unit.
  public static func parse(_ text: some StringProtocol) throws(GrammarError) -> Int64 {
    var scanner = TextScanner(text)
    var total = 0.0
    var previous = Int.max
    scanner.skipSpaces()
    if scanner.isAtEnd {
      throw GrammarError("a duration is missing, such as '5 min'", range: scanner.rest)
    }
    while !scanner.isAtEnd {
      let start = scanner.position
      guard let number = scanner.number() else {
        throw GrammarError("a duration is written as '5 min' or '1 h 30 min'", range: scanner.rest)
      }
      scanner.skipSpaces()
      let unitStart = scanner.position
      let name = scanner.word()
      guard let unit = units.firstIndex(where: { $0.name == name }) else {
        throw unitError(name, number: number.text, range: start..<scanner.position, unitStart)
      }
      guard units[unit].nanoseconds < previous else {
        throw GrammarError(
          "units go from large to small, each once", range: unitStart..<scanner.position)
      }
      previous = Int(units[unit].nanoseconds)
      total += number.value * Double(units[unit].nanoseconds)
      guard total <= Double(longest) else {
        throw GrammarError("durations are at most 100 years", range: start..<scanner.position)
      }
      scanner.skipSpaces()
    }
    return Int64(total.rounded())
  }

  private static func unitError(
    _ name: String, number: String, range: Range<Int>, _ unitStart: Int
  ) -> GrammarError {
    if name.isEmpty {
      return GrammarError(
        "a duration needs a unit: write '\(number) s' or '\(number) min'", range: range)
    }
    let known: [String: String] = [
      "sec": "s", "secs": "s", "second": "s", "seconds": "s", "m": "min", "mins": "min",
      "minute": "min", "minutes": "min", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
      "day": "d", "days": "d",
    ]
    return GrammarError(
      "unknown unit '\(name)'; known: ms, s, min, h, d", suggestion: known[name],
      range: unitStart..<range.upperBound)
  }

  /// Whole seconds as the platform writes them: `1:05:09`, hours with any number of digits.
  public static func clock(seconds: Int64) -> String {
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(seconds / 3_600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  /// The duration as `1 h 30 min`; what is below a millisecond is written in decimals of one.
  public static func format(_ nanoseconds: Int64) -> String {
    if nanoseconds <= 0 { return "0 s" }
    var parts: [String] = []
    var rest = nanoseconds
    for unit in units.dropLast() where rest >= unit.nanoseconds {
      parts.append("\(rest / unit.nanoseconds) \(unit.name)")
      rest %= unit.nanoseconds
    }
    if rest > 0 {
      var decimals = String(1_000_000 + rest % 1_000_000).dropFirst()
      while decimals.last == "0" { decimals.removeLast() }
      parts.append("\(rest / 1_000_000)\(decimals.isEmpty ? "" : ".\(decimals)") ms")
    }
    return parts.joined(separator: " ")
  }
}

/// Reads numbers and words from the bytes of a short text.
struct TextScanner {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }

  /// What is left; the last byte or an empty place at the end if nothing is.
  var rest: Range<Int> { position..<bytes.count }

  var next: UInt8? { isAtEnd ? nil : bytes[position] }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func skip() { position += 1 }

  mutating func skipSpaces() {
    while let byte = next, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
  }

  mutating func take(_ literal: String) -> Bool {
    let wanted = Array(literal.utf8)
    guard bytes[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// Letters only; empty if the next byte is none.
  mutating func word() -> String {
    let start = position
    while let byte = next, Self.isLetter(byte) { position += 1 }
    return text(start..<position)
  }

  /// A number such as `5`, `0.5` or `1e3`, never negative; nothing moves if there is none.
  mutating func number() -> (value: Double, text: String)? {
    let start = position
    var index = position
    func digits() {
      while index < bytes.count, Self.isDigit(bytes[index]) { index += 1 }
    }
    digits()
    guard index > start else { return nil }
    if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), Self.isDigit(bytes[index + 1]) {
      index += 1
      digits()
    }
    var exponent = index
    if exponent < bytes.count, bytes[exponent] | 0x20 == UInt8(ascii: "e") {
      exponent += 1
      if exponent < bytes.count, [UInt8(ascii: "-"), UInt8(ascii: "+")].contains(bytes[exponent]) {
        exponent += 1
      }
      if exponent < bytes.count, Self.isDigit(bytes[exponent]) {
        index = exponent
        digits()
      }
    }
    let text = text(start..<index)
    guard let value = Double(text), value.isFinite else { return nil }
    position = index
    return (value, text)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
