import Measurement

/// The words of one command, taken apart and checked against its options.
struct Arguments: Sendable {
  private(set) var positionals: [String] = []
  /// The shares that are put together, where `merge` carries out the command that they are of.
  var merging: Merging?
  private var values: [String: [String]] = [:]

  /// Whether an option was given.
  func has(_ option: OptionSpec) -> Bool { values[option.name] != nil }

  /// The value of an option; nil where it was not given.
  func text(_ option: OptionSpec) -> String? { values[option.name]?.last }

  /// Every value of an option that may be repeated, in the order given.
  func texts(_ option: OptionSpec) -> [String] { values[option.name] ?? [] }

  /// The value of an option that takes a whole number.
  func integer(_ option: OptionSpec) -> UInt64? { text(option).flatMap { UInt64($0) } }

  /// Takes the words apart; every problem is reported, not only the first.
  static func parse(
    _ words: [String], options: [OptionSpec]
  ) -> (arguments: Arguments, problems: [String]) {
    var result = Arguments()
    var problems: [String] = []
    var index = 0
    var onlyPositionals = false
    while index < words.count {
      let word = words[index]
      index += 1
      if onlyPositionals || !word.hasPrefix("-") || word == "-" {
        result.positionals.append(word)
        continue
      }
      if word == "--" {
        onlyPositionals = true
        continue
      }
      let spelled = word == "-h" ? "--help" : word
      let body = spelled.drop(while: { $0 == "-" })
      let name = String(body.prefix(while: { $0 != "=" }))
      var value: String? = body.count > name.count ? String(body.dropFirst(name.count + 1)) : nil
      guard spelled.hasPrefix("--"), let option = options.first(where: { $0.name == name }) else {
        problems.append(unknownOption(spelled, name: name, options: options))
        // The word after an unknown option may be its value: it is not a second problem.
        if value == nil, index < words.count, !words[index].hasPrefix("-") { index += 1 }
        continue
      }
      if case .none = option.value {
        if let value {
          problems.append("--\(name) takes no value, got '\(value)'")
        }
        value = ""
      } else if value == nil {
        guard index < words.count, !words[index].hasPrefix("--") else {
          problems.append("--\(name) needs a value: \(option.label)")
          continue
        }
        value = words[index]
        index += 1
      }
      result.take(value ?? "", for: option, problems: &problems)
    }
    return (result, problems)
  }

  private mutating func take(
    _ value: String, for option: OptionSpec, problems: inout [String]
  ) {
    if !option.isRepeatable, values[option.name] != nil {
      problems.append("--\(option.name) is given twice")
    }
    if let problem = Self.problem(value, of: option) { problems.append(problem) }
    values[option.name, default: []].append(value)
  }

  private static func unknownOption(
    _ spelled: String, name: String, options: [OptionSpec]
  ) -> String {
    let shown = String(spelled.prefix(while: { $0 != "=" }))
    if let near = nearestName(to: name, in: options.map(\.name)) {
      return "unknown option '\(printable(shown))', did you mean '--\(near)'?"
    }
    return "unknown option '\(printable(shown))'"
  }

  private static func problem(_ value: String, of option: OptionSpec) -> String? {
    switch option.value {
    case .none: return nil
    case .text:
      return trimmed(value).isEmpty ? "--\(option.name) needs a value: \(option.label)" : nil
    case .integer(let bounds):
      guard let number = UInt64(value), bounds.contains(number) else {
        let upper = bounds.upperBound == UInt64.max ? "" : " to \(bounds.upperBound)"
        return "--\(option.name) takes a whole number from \(bounds.lowerBound)\(upper), "
          + "got '\(printable(value))'"
      }
      return nil
    case .choice(let words):
      if words.contains(value) { return nil }
      let near = nearestName(to: value, in: words).map { ", did you mean '\($0)'?" } ?? ""
      return "--\(option.name) takes \(words.joined(separator: " or ")), "
        + "got '\(printable(value))'\(near)"
    case .assignment:
      guard let equals = value.firstIndex(of: "="), equals != value.startIndex else {
        return "--\(option.name) takes name=value, got '\(printable(value))'"
      }
      return nil
    case .range:
      return Self.range(value) == nil
        ? "--\(option.name) takes a range such as 1..1000, got '\(printable(value))'" : nil
    }
  }

  /// Reads `1..1000` or `417`.
  static func range(_ text: String) -> ClosedRange<UInt64>? {
    if let single = UInt64(text) { return single...single }
    let parts = text.split(separator: ".", omittingEmptySubsequences: true)
    guard parts.count == 2, text.contains(".."), let low = UInt64(parts[0]),
      let high = UInt64(parts[1]), low <= high
    else { return nil }
    return low...high
  }
}

/// A text without the blanks around it.
func trimmed(_ text: String) -> String {
  func isBlank(_ character: Character?) -> Bool { character == " " || character == "\t" }
  var rest = text[...]
  while isBlank(rest.first) { rest.removeFirst() }
  while isBlank(rest.last) { rest.removeLast() }
  return String(rest)
}

extension Arguments {
  /// The words that do the same again: what was typed, with the seed that was used.
  ///
  /// - Parameters:
  ///   - command: The command's name.
  ///   - path: Its operand.
  ///   - options: The options that it takes.
  ///   - seed: The seed that was used.
  ///   - left: Names of options that are left out beside those that change no result.
  ///   - added: Words that stand for what was left out.
  func repeated(
    _ command: String, path: String, _ options: [OptionSpec], seed: UInt64,
    without left: Set<String> = [], and added: [String] = []
  ) -> [String] {
    let left = left.union(["seed", "output", "threads", "format"])
    return ["switchboard", command, path] + words(of: options, without: left) + added
      + ["--seed", "\(seed)"]
  }

  /// Options as they were given, in the order of `options`.
  func words(of options: [OptionSpec], without left: Set<String> = []) -> [String] {
    var words: [String] = []
    for option in options where !left.contains(option.name) {
      for text in texts(option) {
        words.append("--\(option.name)")
        if !option.placeholder.isEmpty { words.append(text) }
      }
    }
    return words
  }
}
