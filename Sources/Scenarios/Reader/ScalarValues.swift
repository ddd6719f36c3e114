extension ValueReader {
  /// A text as it stands.
  func text(_ what: String = "a text", limit: Int = 2_000_000) -> String? {
    guard let text = scalarText else {
      expected(what)
      return nil
    }
    return withinLimit(text, limit, what)
  }

  /// A text that may not be empty.
  func filledText(_ what: String, limit: Int = 2_000_000) -> String? {
    guard let text = text(what, limit: limit) else { return nil }
    if text.isEmpty {
      expected(what)
      return nil
    }
    return text
  }

  private func withinLimit(_ text: String, _ limit: Int, _ what: String) -> String? {
    let count = text.unicodeScalars.count
    guard count <= limit else {
      error("\(what) of \(count) characters, at most \(limit) are possible")
      return nil
    }
    return text
  }

  /// The name of something: short, one line, nothing that a file name could not contain.
  func name(_ what: String) -> Name? {
    guard let text = scalar("the name of \(what)") else { return nil }
    let scalars = text.unicodeScalars
    if text.isEmpty {
      error("expected the name of \(what), found nothing")
    } else if scalars.count > 100 {
      error("the name of \(what) has more than 100 characters")
    } else if text.utf8.first == UInt8(ascii: "$") {
      expected("the name of \(what)")
    } else if scalars.contains(where: { $0.properties.generalCategory == .control || $0 == "/" }) {
      error("a name cannot contain '/' or control characters: \(quoted(text))")
    } else if scalars.first?.properties.isWhitespace == true
      || scalars.last?.properties.isWhitespace == true
    {
      error("a name cannot begin or end with a blank: \(quoted(text))")
    } else {
      return Name(text: text, span: span)
    }
    return nil
  }

  /// A switch in any spelling of YAML 1.1.
  func toggle() -> Bool? {
    guard let text = scalar("true or false") else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on", "y": return true
    case "false", "no", "off", "n": return false
    default:
      expected("true or false")
      return nil
    }
  }

  /// A whole number.
  func whole(_ what: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = scalar(what) else { return nil }
    guard let number = parseNumber(text) else {
      expected(what)
      return nil
    }
    guard number == number.rounded() else {
      error("\(what) must be a whole number, not \(text)")
      return nil
    }
    // Beyond 2^53 a double has gaps; an integer's own digits do not.
    guard let whole = Int(text) ?? Int(exactly: number), range.contains(whole) else {
      let bounds =
        range.upperBound == Int.max
        ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
      error("\(what) must be \(bounds), not \(text)")
      return nil
    }
    return whole
  }

  /// A number of any kind.
  func number(_ what: String) -> Double? {
    guard let text = scalar(what) else { return nil }
    guard let number = parseNumber(text) else {
      expected(what)
      return nil
    }
    return number
  }

  /// One of several words, each with its meaning.
  func choice<T>(_ what: String, _ choices: KeyValuePairs<String, T>) -> T? {
    let names = choices.map(\.key)
    guard let text = scalar("one of " + names.joined(separator: ", ")) else { return nil }
    if let found = choices.first(where: { $0.key == text }) { return found.value }
    reading.problems.unknownName(what, text, at: span, known: names)
    return nil
  }
}

/// A decimal number with an optional exponent; never `inf`, `nan` or hexadecimal.
func parseNumber(_ text: some StringProtocol) -> Double? {
  let isPlain = text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
  guard isPlain, let number = Double(text), number.isFinite else { return nil }
  return number
}
