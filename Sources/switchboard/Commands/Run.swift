import Experiments
import Measurement
import Reporting
import Scenarios
import World

extension Command {
  /// `switchboard run`, one strategy after the other, each for itself.
  static let run = Command(
    name: "run", summary: "Simulate a scenario and tell what customers and agents meet",
    operands: "SCENARIO", operandCount: 1...1,
    options: ScenarioInput.options + [.conversations],
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
    let threads = arguments.integer(.threads).map { Int($0) } ?? Replications.hardwareThreads
    var plans = strategies.map { strategy in
      var plan = WorldPlan(input.scenario, strategy)
      plan.recordsConversations = arguments.has(.conversations)
      return plan
    }
    let atOnce = min(threads, counting.replications)
    guard input.isBearable(&plans, arguments, atOnce: atOnce) else { return .invalidInput }
    let command = SimulationCommand(
      command: .run, arguments: arguments, terminal: terminal, input: input,
      interruption: interruption, options: ScenarioInput.options + [.conversations])
    guard var output = command.startOutput() else { return .usage }
    if let end = input.findWarmup(&plans, threads: threads, interruption: interruption) {
      return end
    }
    let campaign = Campaign(
      entries: zip(strategies, plans).map { Campaign.Entry(name: $0.name, plan: $1) },
      seed: input.scenario.seed, replications: counting.replications, precision: counting.rule,
      threads: threads)
    return command.carryOut(campaign, into: &output)
  }
}
