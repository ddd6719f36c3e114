/// The help texts, all made from the commands' own tables.
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
    lines += [
      "",
      "COMMON OPTIONS:",
    ]
    lines += OptionSpec.common.flatMap { row($0.label, $0.help) }
    lines += row("--version", "The version of this program")
    lines += [
      "",
      "Options are written --key value or --key=value.",
      "'switchboard help COMMAND' explains one command, 'switchboard help exit-codes' how it ends.",
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

  /// Explanations that belong to no single command.
  static let topics: [(name: String, text: String)] = [
    (
      "exit-codes",
      """
      How the program ends:
        0    done, whatever the goals say
        1    with check or --strict: a goal missed, a case failed, a record changed
        2    wrong usage, an output folder that cannot be written included: nothing was run
        3    invalid input of any kind (scenario, case, export, result)
        4    an invariant broke or the run failed
        5    not reproducible
        6    target unreachable
        130  interrupted; the partial result is written and marked
      """
    )
  ]

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
