@testable import Reporting

/// Takes a sentence apart from its beginning; names of strategies stand in it as `{0}`, `{1}` ...
struct SentenceScanner {
  private(set) var rest: Substring

  init(_ text: String) { rest = text[...] }

  init(_ phrase: Phrase) {
    self.init(
      phrase.parts.map { part in
        switch part {
        case .words(let words): String(words.map { $0 == "\u{A0}" ? " " : $0 })
        case .strategy(let place), .leadingStrategy(let place): "{\(place)}"
        }
      }.joined())
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes the first of these texts that comes next.
  mutating func take(_ texts: String...) -> String? {
    guard let text = texts.first(where: { rest.hasPrefix($0) }) else { return nil }
    rest = rest.dropFirst(text.count)
    return text
  }

  /// Takes what comes before a text, and the text.
  mutating func upTo(_ text: String) -> String? {
    guard let place = rest.indices.first(where: { rest[$0...].hasPrefix(text) }) else {
      return nil
    }
    defer { rest = rest[place...].dropFirst(text.count) }
    return String(rest[..<place])
  }

  /// A number with its decimals, commas between thousands left out.
  mutating func number() -> Printed? {
    let digits = rest.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" || $0 == "," }
    var text = String(digits)
    // What follows a number may be a comma or a full stop of the sentence.
    while let last = text.last, !last.isNumber { text.removeLast() }
    let plain = String(text.filter { $0 != "," && $0 != "+" })
    guard let value = Double(plain) else { return nil }
    rest = rest.dropFirst(text.count)
    let decimals = plain.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    return Printed(value: value, decimals: decimals)
  }

  /// A count in words or digits.
  mutating func count() -> Int? {
    let words = [
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ]
    let word = rest.prefix { $0.isLetter }
    if let place = words.firstIndex(of: String(word)) {
      rest = rest.dropFirst(word.count)
      return place
    }
    return number().map { Int($0.value) }
  }

  mutating func strategy() -> Int? {
    guard rest.first == "{", let place = rest.firstIndex(of: "}") else { return nil }
    defer { rest = rest[place...].dropFirst() }
    return Int(rest[rest.index(after: rest.startIndex)..<place])
  }

  /// `{0}`, `{0} and {1}`, `{0}, {1} and {2}`.
  mutating func strategies() -> [Int]? {
    guard let first = strategy() else { return nil }
    var all = [first]
    while true {
      var ahead = self
      guard ahead.take(", ", " and ") != nil, let next = ahead.strategy() else { return all }
      all.append(next)
      self = ahead
    }
  }

  /// A number as it was printed.
  struct Printed {
    var value: Double
    var decimals: Int

    /// Whether a value comes out so, in its digits.
    func shows(_ value: Double) -> Bool {
      let step = powerOfTen(decimals)
      return (self.value - value).magnitude * step <= 0.5 + 1e-6 * max(1, value.magnitude * step)
    }

    /// Whether it is the difference of two values as they come out in its digits: then the row of the
    /// table adds up, and the difference may be one off in its last digit.
    func isApart(_ one: Double, from other: Double) -> Bool {
      let step = powerOfTen(decimals)
      let apart = (one * step).rounded() - (other * step).rounded()
      return (value.magnitude * step - apart.magnitude).magnitude <= 1e-6 * max(1, value * step)
    }
  }
}
