import Experiments
import Measurement
import Scenarios
import World

extension OptionSpec {
  static let independentStreams = OptionSpec(
    name: "independent-streams", placeholder: "", value: .none,
    help: "Give every strategy customers of its own (wider intervals; to see what pairing buys)")
  static let indifference = OptionSpec(
    name: "indifference", placeholder: "X", value: .text,
    help: "A difference that matters to nobody: a share such as 1%, or a time such as 30 s")
  static let allPairs = OptionSpec(
    name: "all-pairs", placeholder: "", value: .none,
    help: "Compare every strategy with every other, not only with the first")
}

extension Command {
  /// `switchboard compare`, the manager's question and its answer.
  static let compare = Command(
    name: "compare", summary: "Run each strategy on the same customers and tell them apart",
    operands: "SCENARIO", operandCount: 1...1,
    options: ScenarioInput.options
      + [.conversations, .independentStreams, .indifference, .allPairs],
    details: """
      Every strategy meets the same customers, so differences are paired by run. The first strategy
      is the baseline. Signs are corrected for the number of comparisons (Holm): + better, - worse,
      ~ no difference, ? inconclusive.
      """,
    example: "switchboard compare Scenarios/support-desk.yaml"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt()
    guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
    let named =
      input.scenario.strategies.isEmpty
      ? [input.scenario.standard] : input.scenario.strategies
    guard let strategies = input.strategies(arguments, otherwise: named),
      let counting = input.counting(arguments), let builder = comparisonBuilder(arguments)
    else { return .usage }
    guard strategies.count > 1 else {
      complain(
        "switchboard: error: compare needs two strategies at least; the scenario "
          + (input.scenario.strategies.isEmpty ? "names none" : "was left with one")
          + ": see 'strategies:' in the scenario file, or use 'switchboard run'")
      return .invalidInput
    }
    let campaign = Campaign(
      entries: entries(strategies, input, arguments, isPaired: builder.isPaired),
      seed: input.scenario.seed, replications: counting.replications, precision: counting.rule,
      threads: arguments.integer(.threads).map { Int($0) } ?? Replications.hardwareThreads)
    let command = SimulationCommand(
      command: .compare, arguments: arguments, terminal: terminal, input: input,
      interruption: interruption)
    return command.carryOut(campaign) { document, result in
      let shown = Set(document.metrics.filter(\.isShown).map(\.name))
      document.comparison = builder.comparison(result, shown: shown)
    }
  }

  private static func entries(
    _ strategies: [Scenario.Strategy], _ input: ScenarioInput, _ arguments: Arguments,
    isPaired: Bool
  ) -> [Campaign.Entry] {
    strategies.enumerated().map { index, strategy in
      var plan = WorldPlan(input.scenario, strategy)
      plan.recordsConversations = arguments.has(.conversations)
      // Any odd number tells the streams of one strategy from those of another.
      if !isPaired { plan.streamShift = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 }
      plan.lanes = LaneRequest(middleOf: plan)
      return Campaign.Entry(name: strategy.name, plan: plan)
    }
  }

  /// How differences are judged; nil after an error.
  private static func comparisonBuilder(_ arguments: Arguments) -> ComparisonBuilder? {
    var builder = ComparisonBuilder()
    builder.isPaired = !arguments.has(.independentStreams)
    builder.comparesAllPairs = arguments.has(.allPairs)
    guard let text = arguments.text(.indifference) else { return builder }
    if text.hasSuffix("%"), let value = Double(trimmed(String(text.dropLast()))), value >= 0,
      value <= 1_000
    {
      builder.indifference = .share(value / 100)
      return builder
    }
    if let nanoseconds = try? DurationText.parse(text) {
      builder.indifference = .seconds(Double(nanoseconds) / 1e9)
      return builder
    }
    complain(
      "switchboard: error: --indifference takes a share such as 1% or a time such as 30 s, "
        + "got '\(printable(text))'")
    return nil
  }
}
