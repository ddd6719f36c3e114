import Handbook
import Measurement

extension Command {
  /// Explains a command, a page of the reference, or any word of it.
  static let help = Command(
    name: "help", summary: "Explain a command, a topic, or any key, metric, logic or step",
    operands: "[WORD]", operandCount: 0...1, options: [.page],
    details: """
      A word that several places explain is explained for each. A path says which is meant:
      'switchboard help teams.limit'. The pages are also in Sources/Reference, as Markdown.
      """,
    example: "switchboard help metrics"
  ) { arguments, terminal in
    guard let word = arguments.positionals.first else {
      say(
        arguments.text(.page) == "man" ? Help.manual : Help.overview(Program.commands))
      return .done
    }
    if arguments.text(.page) == "man" {
      complain("switchboard: error: the manual page is one: switchboard help --format man")
      return .usage
    }
    if arguments.text(.page) == "markdown" {
      guard let topic = Help.topics.first(where: { $0.name == word }) else {
        return Program.unknown(word, kind: "topic", known: Help.topics.map(\.name))
      }
      say(topic.markdown)
      return .done
    }
    guard let text = Help.text(on: word, columns: min(terminal.columns, 100)) else {
      return Program.unknown(word, kind: "topic", known: Help.words)
    }
    say(text)
    return .done
  }
}

extension OptionSpec {
  fileprivate static let page = OptionSpec(
    name: "format", placeholder: "text|markdown|man", value: .choice(["text", "markdown", "man"]),
    help: "How a topic is written (default: text); man: the whole manual page, without a word")
}
