import Measurement
import Statistics

/// What the reader's terminal can show.
public struct TerminalStyle: Sendable, Equatable {
  /// Columns of the terminal; laid out for 80 and for 100, narrower in smaller blocks.
  public var columns: Int
  /// Whether more than ASCII may be shown.
  public var isUTF8: Bool
  /// Whether marks may be coloured.
  public var hasColor: Bool

  /// A style; without arguments that of a pipe.
  public init(columns: Int = 80, isUTF8: Bool = true, hasColor: Bool = false) {
    self.columns = columns
    self.isUTF8 = isUTF8
    self.hasColor = hasColor
  }
}

/// Signs and colours as a terminal can show them.
struct Glyphs: Sendable {
  let isUTF8: Bool
  let hasColor: Bool

  init(_ style: TerminalStyle) {
    isUTF8 = style.isUTF8
    hasColor = style.hasColor
  }

  var plusMinus: String { isUTF8 ? "±" : "+/-" }
  var ellipsis: String { isUTF8 ? "…" : "..." }

  func mark(_ result: Goal.Outcome) -> String {
    switch result {
    case .met: isUTF8 ? "✓" : "+"
    case .missed: isUTF8 ? "✗" : "x"
    case .inconclusive: "?"
    }
  }

  func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .better: "+"
    case .worse: "-"
    case .noDifference: "~"
    case .differs: "."
    case .inconclusive: "?"
    }
  }

  /// A mark in the colour that repeats what it says.
  func colored(_ text: String, _ result: Goal.Outcome) -> String {
    switch result {
    case .met: painted(text, green)
    case .missed: painted(text, red)
    case .inconclusive: painted(text, faint)
    }
  }

  /// A sign in the colour that repeats what it says.
  func colored(_ text: String, _ verdict: Verdict) -> String {
    switch verdict {
    case .better: painted(text, green)
    case .worse: painted(text, red)
    case .noDifference, .differs, .inconclusive: painted(text, faint)
    }
  }

  /// A line whose marks are coloured where they stand: its width is that of what is seen.
  func coloredMarks(_ line: String) -> String {
    guard hasColor else { return line }
    return line.map { character in
      switch character {
      case "✓": colored("✓", Goal.Outcome.met)
      case "✗": colored("✗", Goal.Outcome.missed)
      default: String(character)
      }
    }.joined()
  }

  private var green: String { "32" }
  private var red: String { "31" }
  private var faint: String { "2" }

  private func painted(_ text: String, _ code: String) -> String {
    hasColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }

  /// Words of others as this terminal can show them.
  func safe(_ text: String) -> String {
    let shown = printable(text)
    return isUTF8 ? shown : ascii(shown)
  }

  /// Words of ours in ASCII where nothing else can be shown.
  func ascii(_ text: String) -> String {
    guard !isUTF8, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var shown = ""
    for character in text {
      switch character {
      case "±": shown += "+/-"
      case "µ", "μ": shown += "u"
      case "€": shown += "EUR"
      case "…": shown += "..."
      case "✓": shown += "+"
      case "✗": shown += "x"
      case "×": shown += "x"
      case "−", "–", "—": shown += "-"
      case "“", "”": shown += "\""
      case "‘", "’": shown += "'"
      case _ where character.isASCII: shown.append(character)
      default: shown += String(repeating: "?", count: max(1, displayWidth(of: character)))
      }
    }
    return shown
  }
}
