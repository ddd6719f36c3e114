/// A command line that can be copied, wrapped at options.
public struct CommandText: Sendable {
  let words: [String]

  /// Takes the words of a command.
  public init(words: [String]) { self.words = words }

  /// The whole command in one line.
  public var line: String { words.map(Self.quoted).joined(separator: " ") }

  /// The command in lines of at most so many columns where its words allow it.
  ///
  /// - Parameters:
  ///   - columns: The width of the terminal.
  ///   - first: What stands before the first line.
  ///   - indent: What stands before the others.
  func lines(columns: Int, first: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    let groups = options
    for (place, group) in groups.enumerated() {
      // A line that goes on ends in a space and a backslash.
      let room = columns - (place == groups.count - 1 ? 0 : 2)
      if !isEmpty, displayWidth(line) + 1 + displayWidth(group) > room {
        lines.append(line + " \\")
        line = indent
        isEmpty = true
      }
      line += isEmpty ? group : " " + group
      isEmpty = false
    }
    return lines + [line]
  }

  /// The words, each option together with what follows it.
  private var options: [String] {
    var groups: [String] = []
    for word in words {
      let text = Self.quoted(word)
      let isValue = groups.last.map { $0.hasPrefix("--") && !$0.contains(" ") } ?? false
      if isValue, !word.hasPrefix("--") {
        groups[groups.count - 1] += " " + text
      } else {
        groups.append(text)
      }
    }
    return groups
  }

  /// A word as a shell reads it back.
  static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_./:=,@%+".unicodeScalars.contains(scalar))
    }
    if isPlain, !word.isEmpty { return word }
    if printable(word) != word { return escaped(word) }
    let isSpecial = word.contains { "\"$`\\!'".contains($0) }
    if !isSpecial { return "\"\(word)\"" }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  /// A word with characters that must not be shown, in the form that shells know for them.
  private static func escaped(_ word: String) -> String {
    var text = "$'"
    for scalar in word.unicodeScalars {
      let single = String(scalar)
      if scalar == "'" || scalar == "\\" {
        text += "\\" + single
      } else if printable(single) != single {
        let digits = String(scalar.value, radix: 16)
        text += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      } else {
        text += single
      }
    }
    return text + "'"
  }
}
