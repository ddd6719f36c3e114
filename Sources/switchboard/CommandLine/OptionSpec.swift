/// One option of a command: its name, its value and the line of help that explains it.
struct OptionSpec: Sendable {
  /// What a value must look like; checked before anything runs.
  enum Value: Sendable {
    case none
    case text
    /// A whole number within bounds.
    case integer(ClosedRange<UInt64>)
    /// One of the listed words.
    case choice([String])
    /// `name=value`.
    case assignment
    /// A range of whole numbers, `1..1000`, or one number.
    case range
  }

  var name: String
  /// How the value is called in the help, such as `N`; empty where there is none.
  var placeholder: String
  var value: Value
  var isRepeatable = false
  var help: String

  /// The option as it is typed, such as `--seed N`.
  var label: String { placeholder.isEmpty ? "--\(name)" : "--\(name) \(placeholder)" }
}

extension OptionSpec {
  static let seed = OptionSpec(
    name: "seed", placeholder: "N", value: .integer(0...UInt64.max),
    help: "Root of all random streams (default: the scenario's, else 1)")
  static let replications = OptionSpec(
    name: "replications", placeholder: "N", value: .integer(1...1_000_000),
    help: "How many independent runs")
  static let precision = OptionSpec(
    name: "precision", placeholder: "2%", value: .text,
    help: "Run until the interval is this narrow, within the scenario's cap")
  static let threads = OptionSpec(
    name: "threads", placeholder: "N", value: .integer(1...1024),
    help: "Threads to run on; results do not depend on it (default: all cores)")
  static let allowHuge = OptionSpec(
    name: "allow-huge", placeholder: "", value: .none,
    help: "Run what seems too much for time or memory all the same")
  static let allowCommand = OptionSpec(
    name: "allow-command", placeholder: "", value: .none,
    help: "Let the scenario run the program that it names as its engine")
  static let set = OptionSpec(
    name: "set", placeholder: "NAME=VALUE", value: .assignment, isRepeatable: true,
    help: "Give a parameter, or a path such as teams.support.agents, another value")
  static let duration = OptionSpec(
    name: "duration", placeholder: "D", value: .text,
    help: "How long to simulate, such as '8 h' (default: the scenario's)")
  static let strategies = OptionSpec(
    name: "strategies", placeholder: "A,B", value: .text,
    help: "Only these strategies of the scenario; a name may have commas, or stand in quotes")
  static let output = OptionSpec(
    name: "output", placeholder: "DIR", value: .text,
    help: "Where results go; replaced only if it holds our manifest")
  static let format = OptionSpec(
    name: "format", placeholder: "text|json", value: .choice(["text", "json"]),
    help: "What is written to standard output (default: text)")
  static let strict = OptionSpec(
    name: "strict", placeholder: "", value: .none,
    help: "Exit with 1 when a goal is missed or inconclusive")
  static let conversations = OptionSpec(
    name: "conversations", placeholder: "", value: .none,
    help: "Also write every conversation and every assignment")
  static let quiet = OptionSpec(
    name: "quiet", placeholder: "", value: .none, help: "No progress on standard error")
  static let noColor = OptionSpec(
    name: "no-color", placeholder: "", value: .none,
    help: "No colour (also: NO_COLOR, or a pipe)")
  static let help = OptionSpec(
    name: "help", placeholder: "", value: .none, help: "This text")

  /// What every command takes.
  static let common: [OptionSpec] = [quiet, noColor, help]
}
