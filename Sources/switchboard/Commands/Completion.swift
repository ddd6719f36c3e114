extension Command {
  /// Writes the script that completes command lines in a shell.
  static let completion = Command(
    name: "completion", summary: "Write the script that completes command lines in a shell",
    operands: "bash|zsh|fish", operandCount: 1...1, options: [],
    details: """
      For this shell alone:   source <(switchboard completion bash)
      It knows commands and options, and of a scenario on the line its strategies, parameters and
      paths.
      """,
    example: "switchboard completion bash"
  ) { arguments, _ in
    let shell = arguments.positionals[0]
    guard let script = CompletionScript.text(for: shell) else {
      return Program.unknown(shell, kind: "shell", known: CompletionScript.shells)
    }
    say(script)
    return .done
  }
}
