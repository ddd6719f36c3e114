/// What a field of a kind takes, however it comes in: by hand, by an import, by a workflow, by an answer.
extension FieldDefinition.Kind {
  /// A value as a field of this kind holds it; nil where it is none of the kind.
  ///
  /// The words of a number are a number, a number among words is its words. An empty text where words
  /// are held is as good as nothing set, of whatever kind the words must be.
  public func accept(_ value: Value) -> Value? {
    switch self {
    case .number:
      return value.number.flatMap { $0.isFinite ? .number($0) : nil }
    case .checkbox:
      switch value.text {
      case "true": return .flag(true)
      case "false": return .flag(false)
      default: return nil
      }
    case .text, .list: return .text(value.text)
    case .email, .url, .date, .time, .phone:
      let words = value.text
      return words.isEmpty || isWritten(words) ? .text(words) : nil
    }
  }

  /// Whether words are written as this kind wants them.
  private func isWritten(_ words: String) -> Bool {
    switch self {
    case .email: words.isEmail
    case .url: words.isWebAddress
    case .date: words.isDate
    case .time: words.isTimeOfDay
    case .phone: words.isPhoneNumber
    case .text, .list, .checkbox, .number: true
    }
  }
}

extension String {
  /// The number that these words are, written as people write numbers; nil for all others.
  ///
  /// Not what programmers also read as one: `0x4`, `nan`, `inf`.
  var decimal: Double? {
    let isPlain = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): true
      default: false
      }
    }
    return isPlain ? Double(self).flatMap { $0.isFinite ? $0 : nil } : nil
  }

  /// The whole number that these digits are, without any sign.
  var digits: Int? {
    utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(self) : nil
  }

  /// `09:00` or `09:00:30`, on the clock.
  var isTimeOfDay: Bool {
    let parts = split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }) else {
      return false
    }
    let numbers = parts.compactMap { String($0).digits }
    return numbers.count == parts.count && numbers[0] < 24
      && numbers.dropFirst().allSatisfy { $0 < 60 }
  }
}
