import Handbook
import Measurement

/// The help texts, all made from the commands' own tables and from the reference.
enum Help {
  /// What `switchboard --help` shows.
  static func overview(_ commands: [Command]) -> String {
    var lines = [
      "Switchboard tries strategies for assigning customers' conversations before they are",
      "switched on: the real assignment engine, under a virtual clock.",
      "",
      "USAGE: switchboard <command> [options]",
      "",
      "COMMANDS:",
    ]
    lines += commands.map {
      row($0.name + ($0.operands.isEmpty ? "" : " " + $0.operands), $0.summary)
    }
    .flatMap { $0 }
    lines += ["", "COMMON OPTIONS:"]
    lines += OptionSpec.common.flatMap { row($0.label, $0.help) }
    lines += row("--version", "The version of this program")
    lines += ["", "TOPICS: switchboard help TOPIC"]
    lines += topics.flatMap { row($0.name, $0.summary) }
    lines += [
      "",
      "Options are written --key value or --key=value. 'switchboard help COMMAND' explains one command,",
      "'switchboard help WORD' any key, metric, logic or step: 'switchboard help patience'.",
    ]
    return lines.joined(separator: "\n")
  }

  /// What `switchboard help NAME` and `switchboard NAME --help` show.
  static func command(_ command: Command) -> String {
    var lines = [command.summary + ".", "", "USAGE: " + command.usage]
    if !command.details.isEmpty { lines += ["", command.details] }
    lines += ["", "OPTIONS:"]
    lines += command.allOptions.flatMap { row($0.label, $0.help) }
    lines += ["", "EXAMPLE:", "  " + command.example]
    return lines.joined(separator: "\n")
  }

  /// Every page of the reference.
  static let topics: [Topic] = Handbook.topics + [commands, exitCodes]

  private static let exitCodes = Topic(
    "exit-codes", "Exit codes", "How the program ends",
    [.entries(ExitCode.allCases.map { Topic.Entry("\($0.rawValue)", $0.about) })])

  private static let commands = Topic(
    "commands", "The command line", "Every command with its options",
    [
      .text(
        "Options are written `--key value` or `--key=value`. Answers go to standard output, progress and "
          + "diagnostics to standard error.")
    ]
      + Program.commands.flatMap { command -> [Topic.Block] in
        [
          .heading(command.name), .text(command.summary + "."), .code(command.usage),
          .entries(command.options.map { Topic.Entry($0) }), .text("For example:"),
          .code(command.example, notRun: command.exampleNotRun),
        ]
      } + [.heading("All commands"), .entries(OptionSpec.common.map { Topic.Entry($0) })])

  /// The manual page.
  static let manual = ManPage(
    name: "switchboard", version: Program.version,
    summary: "tries strategies for assigning customers' conversations before they are switched on",
    topics: [commands, exitCodes]
  ).text

  /// What a topic, a command or any word that the reference explains is; nil if it explains none.
  static func text(on word: String, columns: Int) -> String? {
    if let command = Program.commands.first(where: { $0.name == word }) {
      return Self.command(command)
    }
    if let topic = topics.first(where: { $0.name == word }) { return topic.text(columns: columns) }
    return Lookup(in: topics).text(of: word, columns: columns)
  }

  /// Everything that help can be asked for.
  static var words: [String] {
    Program.commands.map(\.name) + ["help"] + topics.map(\.name) + Lookup(in: topics).words
  }

  /// A label of 26 columns and its explanation, wrapped at 100.
  private static func row(_ label: String, _ text: String) -> [String] {
    let column = 26
    var lines: [String] = []
    var line = "  " + label
    line += String(repeating: " ", count: max(2, column - line.count))
    if line.count > column {
      lines.append("  " + label)
      line = String(repeating: " ", count: column)
    }
    for word in text.split(separator: " ") {
      if line.count + word.count > 100 {
        lines.append(line)
        line = String(repeating: " ", count: column)
      }
      line += (line.count == column || line.hasSuffix(" ") ? "" : " ") + word
    }
    return lines + [line]
  }
}

extension Topic.Entry {
  fileprivate init(_ option: OptionSpec) {
    self.init(option.label, option.help + ".")
  }
}
