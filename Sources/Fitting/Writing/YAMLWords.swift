import Scenarios
import Statistics

/// Names, times and shares as a scenario file has them.
enum YAMLWords {
  /// A name of the file's, in quotes where YAML would read something else.
  static func name(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.utf8.count <= 60
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: " "):
          true
        default: false
        }
      }
    if isPlain, let first = text.utf8.first, let last = text.utf8.last,
      (0x41...0x7A).contains(first), first != UInt8(ascii: "_"), last != UInt8(ascii: " "),
      !["yes", "no", "on", "off", "y", "n", "null", "true", "false"].contains(text.lowercased())
    {
      return text
    }
    return YAMLText.quoted(text)
  }

  /// What a comment may have: no line break and nothing that YAML refuses.
  static func comment(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if YAMLText.isPrintable(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += " "
      }
    }
    return result
  }

  /// `09:05`; the end of a day as `24:00`.
  static func clock(_ minutes: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return two(minutes / 60) + ":" + two(minutes % 60)
  }

  private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// `mon-fri`, `sat, sun`.
  static func days(_ days: [Int]) -> String {
    let sorted = days.sorted()
    var parts: [String] = []
    var place = 0
    while place < sorted.count {
      var end = place
      while end + 1 < sorted.count, sorted[end + 1] == sorted[end] + 1 { end += 1 }
      if end - place >= 2 {
        parts.append(dayNames[sorted[place]] + "-" + dayNames[sorted[end]])
      } else {
        for at in place...end { parts.append(dayNames[sorted[at]]) }
      }
      place = end + 1
    }
    return parts.joined(separator: ", ")
  }

  /// A share as a percentage.
  static func share(_ value: Double) -> String { LawText.number(value * 100, digits: 4) + "%" }

  /// A text in lines of a comment, each with its margin and mark.
  static func comments(_ text: String, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent) + "#"
    var lines: [String] = []
    var line = margin
    for word in comment(text).split(separator: " ") {
      if line.count + 1 + word.count > 100, line != margin {
        lines.append(line)
        line = margin
      }
      line += " " + word
    }
    return line == margin ? lines : lines + [line]
  }
}
