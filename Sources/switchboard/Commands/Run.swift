import Experiments
import FoundationEssentials
import Measurement
import Reporting
import Scenarios
import Verification
import World

extension Command {
  /// `switchboard run`, one strategy after the other, each for itself.
  static let run = Command(
    name: "run", summary: "Simulate a scenario and tell what customers and agents meet",
    operands: "SCENARIO", operandCount: 1...1,
    options: ScenarioInput.options + [.conversations, .journal] + OptionSpec.sharing,
    details: """
      Runs the scenario's parameters as they stand (strategy 'default'), or the strategies named.
      Goals come first, then metrics with their 95 % intervals; everything is also written as CSV.
      """,
    example: "switchboard run Scenarios/support-desk.yaml"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt(sayHeard)
    guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
    guard
      let strategies = input.strategies(arguments, otherwise: [input.scenario.standard]),
      let counting = input.counting(arguments)
    else { return .usage }
    var plans = strategies.map { strategy in
      var plan = WorldPlan(input.scenario, strategy)
      plan.recordsConversations = arguments.has(.conversations)
      plan.recordsReports = plan.fitsReports
      return plan
    }
    let atOnce = min(arguments.threads, counting.replications)
    guard input.isBearable(&plans, arguments, atOnce: atOnce) else { return .invalidInput }
    let command = SimulationCommand(
      command: .run, arguments: arguments, terminal: terminal, input: input,
      interruption: interruption, options: ScenarioInput.options + [.conversations])
    var entry: Campaign.Entry?
    let code = command.carryOut(strategies, plans, counting) { campaign, _, _ in
      entry = campaign.entries[0]
      return { _ in }
    }
    guard let path = arguments.text(.journal), code == .done || code == .missed, let entry else {
      return code
    }
    return writeJournal(to: path, entry, input.scenario) ? code : .failed
  }

  /// Writes the engine's journal of the first run of the first strategy; false, and told, if it cannot be.
  private static func writeJournal(
    to path: String, _ entry: Campaign.Entry, _ scenario: Scenario
  ) -> Bool {
    do {
      let run = try JournaledRun(entry.plan, seed: scenario.seed, replication: 0, atMost: .max)
      let header = JournalFile.Header(
        version: Program.version, scenario: scenario.name, strategy: entry.name, replication: 1,
        seed: scenario.seed)
      let text = try JournalFile.text(header, EngineRecording(run))
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
      return true
    } catch {
      complain("switchboard: error: --journal: '\(printable(path))' cannot be written")
      return false
    }
  }
}

extension OptionSpec {
  static let journal = OptionSpec(
    name: "journal", placeholder: "FILE", value: .text,
    help: "Also write the engine's journal of the first strategy's first run, for 'replay'")
}
