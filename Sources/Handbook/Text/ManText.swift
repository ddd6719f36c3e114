/// The pages as one manual page, in the language of `man`.
public struct ManPage: Sendable {
  private let name: String
  private let version: String
  private let summary: String
  private let topics: [Topic]

  /// A manual page of these topics.
  ///
  /// - Parameters:
  ///   - name: The program's name.
  ///   - version: Its version, at the foot of the page.
  ///   - summary: What it does, in a line.
  ///   - topics: What is told, each as a section.
  public init(name: String, version: String, summary: String, topics: [Topic]) {
    self.name = name
    self.version = version
    self.summary = summary
    self.topics = topics
  }

  /// The page, without a line feed at its end.
  public var text: String {
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"\(name) \(version)\" \"User Commands\"",
      ".SH NAME", "\(name) \\- \(Self.safe(summary))",
      ".SH SYNOPSIS", ".B \(name)", "COMMAND [OPTIONS]",
    ]
    for topic in topics {
      lines.append(".SH \(Self.safe(topic.title).uppercased())")
      lines += topic.blocks.flatMap(Self.lines)
    }
    return lines.joined(separator: "\n")
  }

  private static func lines(_ block: Topic.Block) -> [String] {
    switch block {
    case .heading(let heading): [".SS \(safe(heading))"]
    case .text(let paragraph): [".PP", bold(paragraph)]
    case .entries(let entries):
      entries.flatMap { [".TP", ".B \(safe($0.term))", bold($0.about)] }
    case .code(let code, _):
      [".PP", ".nf"]
        + code.split(separator: "\n", omittingEmptySubsequences: false).map { safe("  \($0)") }
        + [".fi"]
    }
  }

  /// A paragraph with what is typed in bold letters.
  private static func bold(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.isMultiple(of: 2) ? safe(String($1)) : "\\fB" + safe(String($1)) + "\\fR" }.joined()
  }

  /// Hyphens that can be typed, and no line that the language would take for its own.
  private static func safe(_ text: String) -> String {
    var safe = ""
    for character in text {
      switch character {
      case "\\": safe += "\\e"
      case "-": safe += "\\-"
      default: safe.append(character)
      }
    }
    return [".", "'"].contains(safe.first) ? "\\&" + safe : safe
  }
}
