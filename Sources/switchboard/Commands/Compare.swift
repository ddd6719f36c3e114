import Experiments
import Measurement
import Scenarios
import World

extension Command {
  /// `switchboard compare`, the manager's question and its answer.
  static let compare = Command(
    name: "compare", summary: "Run each strategy on the same customers and tell them apart",
    operands: "SCENARIO", operandCount: 1...1, options: Comparing.options,
    details: """
      Every strategy meets the same customers, so differences are paired by run. The first strategy
      is the baseline. A scenario that names none is compared under the two logics that the platform
      offers, round robin and least open: in the parameter that assign_to takes its logic from, else in
      every assign_to that chooses by a logic. A strategy's 'description' is shown beside its name. Signs are corrected for the number of comparisons (Holm): + better, - worse,
      ~ no difference, ? inconclusive.

      With --precision runs are added until every difference from the baseline in one metric is known
      to that share of the baseline's mean: the scenario's metric under 'precision:', else that of its
      first goal, else first_response.mean. The cap is the scenario's, --replications, or 500.

      --best-of chooses one strategy (Kim and Nelson's sequential procedure): with a probability of
      at least 95 % the best one, if the best leads by the indifference. It runs more where it must.
      """,
    example: "switchboard compare Scenarios/support-desk.yaml"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt(sayHeard)
    guard let input = ScenarioInput(arguments, terminal, offersStrategies: true) else {
      return .invalidInput
    }
    guard input.scenario.strategies.count > 1 else {
      complain(Comparing.tooFew(input))
      return .invalidInput
    }
    if input.scenario.hasOfferedStrategies {
      complain(
        "switchboard: note: \(printable(input.path)) names no strategies; "
          + DocumentBuilder.offeredStrategies)
    }
    guard let strategies = input.strategies(arguments, otherwise: input.scenario.strategies),
      var counting = input.counting(arguments), let comparing = Comparing(arguments)
    else { return .usage }
    guard strategies.count > 1 else {
      complain(
        "switchboard: error: --strategies leaves one strategy, and compare needs two at least; "
          + "use 'switchboard run' for one")
      return .usage
    }
    var plans = comparing.plans(strategies, input, arguments)
    let atOnce = min(arguments.threads, counting.replications)
    guard input.isBearable(&plans, arguments, atOnce: atOnce) else { return .invalidInput }
    let command = SimulationCommand(
      command: .compare, arguments: arguments, terminal: terminal, input: input,
      interruption: interruption, options: Comparing.options)
    counting.rule?.subject = .differences
    return command.carryOut(strategies, plans, counting) { campaign, result, progress in
      try comparing.complete(campaign, &result, input, interruption, progress)
    }
  }
}

/// What the options of `compare` ask for beyond the runs themselves.
struct Comparing {
  static let options =
    ScenarioInput.options
    + [
      .conversations, .independentStreams, .indifference, .allPairs, .bestOf, .robust,
    ] + OptionSpec.sharing

  private var builder = ComparisonBuilder()
  private var best: BestSearch?
  private var isRobust: Bool

  /// Reads the options; nil after an error, which is told.
  init?(_ arguments: Arguments) {
    builder.isPaired = !arguments.has(.independentStreams)
    builder.comparesAllPairs = arguments.has(.allPairs)
    isRobust = arguments.has(.robust)
    if let text = arguments.text(.indifference) {
      guard let indifference = Self.indifference(text) else { return nil }
      builder.indifference = indifference
    }
    if let text = arguments.text(.bestOf) {
      guard let best = Self.best(of: text, builder.indifference) else { return nil }
      self.best = best
    }
  }

  /// What to write where a scenario does not name enough.
  static func tooFew(_ input: ScenarioInput) -> String {
    let found =
      input.scenario.strategies.first.map { "only '\(printable($0.name))'" }
      ?? "none, and none of its assign_to steps chooses by a logic that could be varied"
    return """
      switchboard: error: compare needs two strategies at least; \(printable(input.path)) names \(found).
      Write what is to be compared, '$agents' standing where the number of agents stands now:
          parameters: {agents: 3}
          strategies:
            as it is: {}
            one more: {agents: 4}
      or use 'switchboard run'
      """
  }

  private static func indifference(_ text: String) -> Indifference? {
    if text.hasSuffix("%"), let value = Double(trimmed(String(text.dropLast()))), value >= 0,
      value <= 1_000
    {
      return .share(value / 100)
    }
    if let nanoseconds = try? DurationText.parse(text) {
      return .seconds(Double(nanoseconds) / 1e9)
    }
    complain(
      "switchboard: error: --indifference takes a share of the baseline's mean such as 1%, or a "
        + "time such as '30 s', got '\(printable(text))'")
    return nil
  }

  private static func best(of text: String, _ indifference: Indifference) -> BestSearch? {
    func refused(_ why: String) -> BestSearch? {
      complain("switchboard: error: --best-of: \(why)")
      return nil
    }
    let metric: MetricReference
    do {
      metric = try MetricReference(text)
    } catch {
      return refused(printable("\(error)"))
    }
    switch indifference {
    case .share(0), .seconds(0):
      return refused("the indifference must be more than 0, or equals are never told apart")
    case .seconds where metric.unit != "s":
      return refused("\(metric) is no time; give --indifference as a share such as 1%")
    default: break
    }
    guard let search = BestSearch(metric: metric, indifference: indifference) else {
      return refused("neither way of '\(metric)' is better; choose another metric")
    }
    return search
  }

  /// The worlds of the strategies, the baseline first.
  func plans(
    _ strategies: [Scenario.Strategy], _ input: ScenarioInput, _ arguments: Arguments
  ) -> [WorldPlan] {
    strategies.enumerated().map { index, strategy in
      var plan = WorldPlan(input.scenario, strategy)
      plan.recordsConversations = arguments.has(.conversations)
      plan.recordsReports = plan.fitsReports
      // Any odd number tells the streams of one strategy from those of another.
      if !builder.isPaired { plan.streamShift = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 }
      if let best { plan.ask(for: best.metric) }
      return plan
    }
  }

  /// What follows the runs: the choice of the best, other worlds, and the comparison itself.
  func complete(
    _ campaign: Campaign, _ result: inout Campaign.Result, _ input: ScenarioInput,
    _ interruption: Interruption, _ progress: (Int, Int) -> Void
  ) throws -> (inout ResultDocument) -> Void {
    var chosen: ResultDocument.Best?
    var robustness: ResultDocument.Robustness?
    try campaign.drawLanes(&result)
    if let best, !result.isPartial {
      chosen = try best.best(
        campaign, &result, interruption: interruption, progress: progress)
    }
    if isRobust, !result.isPartial,
      let metric = input.scenario.goals.first?.metric ?? PrecisionRule.usualMetric
    {
      robustness = try RobustnessCheck(metric: metric, builder: builder).robustness(
        campaign, &result, interruption: interruption, progress: progress)
    }
    let asked = [best?.metric, campaign.precision?.metric].compactMap { $0?.description }
    return { [builder, result] document in
      // What was asked for stands in the tables, and is judged with the rest.
      for index in document.metrics.indices where asked.contains(document.metrics[index].name) {
        document.metrics[index].isShown = true
      }
      let shown = document.shownMetrics
      document.comparison = builder.comparison(result, shown: shown)
      document.comparison?.best = chosen
      document.comparison?.robustness = robustness
    }
  }
}

extension OptionSpec {
  static let independentStreams = OptionSpec(
    name: "independent-streams", placeholder: "", value: .none,
    help: "Give every strategy customers of its own (wider intervals; to see what pairing buys)")
  static let indifference = OptionSpec(
    name: "indifference", placeholder: "X", value: .text,
    help: "A difference that matters to nobody: a share such as 1%, or a time such as '30 s'")
  static let allPairs = OptionSpec(
    name: "all-pairs", placeholder: "", value: .none,
    help: "Compare every strategy with every other, not only with the first")
  static let bestOf = OptionSpec(
    name: "best-of", placeholder: "METRIC", value: .text,
    help: "Choose the best strategy by a metric such as first_response.p90, with a promise")
  static let robust = OptionSpec(
    name: "robust", placeholder: "", value: .none,
    help: "Judge again under load -10 % and +10 % and work that varies less and more")
}
