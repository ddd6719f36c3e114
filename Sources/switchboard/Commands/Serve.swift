import Engine
import Experiments
import Glibc
import Reporting
import Scenarios
import Service
import Web
import World

extension Command {
  /// `switchboard serve`: the engine as a service, behind HTTP and a journal.
  static let serve = Command(
    name: "serve", summary: "Run the engine as a service: HTTP in front, a journal behind",
    operands: "[SCENARIO]", operandCount: 0...1, options: Serving.options,
    details: """
      Takes events as JSON, answers with what came of them, and tells everybody who follows. Every event is
      in the journal, a SQLite file, before it is answered: a kill at any moment loses nothing that was
      answered, and an event that is sent again with its key is not carried out twice. The workspace begins
      as the scenario has it (users, teams, channels, workflows); without a scenario, as its journal has it.

      --sync full waits for the disk at every commit: what was answered survives a power cut. normal and
      off survive the end of the program at any moment, not a power cut. Requests that arrive together are
      committed together.

      --workspace may be repeated: each has an engine, a thread and a journal (--journal is then a folder).
      Beyond this machine (--address) a token is needed: in SWITCHBOARD_TOKEN, or a file with --token-file.
      GET /openapi.json describes all of it.
      """,
    example: "switchboard serve Scenarios/support-desk.yaml --port 8080 --journal desk.db",
    exampleNotRun: "it goes on until it is ended; the page on load-testing begins and ends one"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt()
    return Serving(arguments: arguments, terminal: terminal, interruption: interruption).run()
  }
}

extension OptionSpec {
  static let port = OptionSpec(
    name: "port", placeholder: "P", value: .integer(0...65_535),
    help: "Where to listen; 0 for any port that is free (default: 8080)")
  static let address = OptionSpec(
    name: "address", placeholder: "A", value: .text,
    help: "The address to listen on (default: 127.0.0.1, this machine alone)")
  static let host = OptionSpec(
    name: "host", placeholder: "NAME", value: .text, isRepeatable: true,
    help: "A name of this host that requests may use")
  static let journalOfService = OptionSpec(
    name: "journal", placeholder: "FILE", value: .text,
    help: "Where everything is that was answered; with several workspaces a folder")
  static let sync = OptionSpec(
    name: "sync", placeholder: "full|normal|off", value: .choice(["full", "normal", "off"]),
    help: "What a commit waits for (default: full)")
  static let tokenFile = OptionSpec(
    name: "token-file", placeholder: "FILE", value: .text,
    help: "The token that requests must show")
  static let workspace = OptionSpec(
    name: "workspace", placeholder: "NAME", value: .text, isRepeatable: true,
    help: "The name of the workspace; repeat it for several (default: main)")
  static let salvage = OptionSpec(
    name: "salvage", placeholder: "NEW", value: .text,
    help: "Copy what is whole of a damaged journal to a new one, and end")
  static let requestRate = OptionSpec(
    name: "requests-per-second", placeholder: "N", value: .integer(1...10_000_000),
    help: "The most requests a second from one address (default: no bound)")
  static let greatestBody = OptionSpec(
    name: "greatest-body", placeholder: "BYTES", value: .integer(1_024...1_073_741_824),
    help: "The greatest body of a request (default: 1048576)")
}
