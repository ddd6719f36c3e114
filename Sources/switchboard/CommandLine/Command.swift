/// One verb of the program: how it is called, what it explains of itself, what it does.
struct Command: Sendable {
  var name: String
  /// One line for the list of commands.
  var summary: String
  /// What follows the name, such as `SCENARIO`; empty where nothing does.
  var operands: String
  /// How many operands it takes.
  var operandCount: ClosedRange<Int>
  var options: [OptionSpec]
  /// A few lines that follow the summary in `help NAME`.
  var details: String
  /// One call that works as it stands.
  var example: String
  /// Why the documents' test does not try it, where it does not.
  var exampleNotRun: String?
  var run: @Sendable (Arguments, Terminal) async -> ExitCode

  /// Its own options, then what every command takes.
  var allOptions: [OptionSpec] { options + OptionSpec.common }

  var usage: String {
    "switchboard \(name)\(operands.isEmpty ? "" : " " + operands) [options]"
  }
}
