import Experiments
import Measurement
import Reporting
import Scenarios
import World

extension Command {
  /// `switchboard sweep`: what happens over a range of settings, and which parameter matters most.
  static let sweep = Command(
    name: "sweep", summary: "Run every setting of a grid and tell which parameter matters most",
    operands: "SCENARIO", operandCount: 1...1, options: Sweeping.options,
    details: """
      Every combination of the values that --vary names is run on the same customers. Each --vary takes
      a parameter or a path, as --set does, with a list (round_robin,least_open; values with commas in
      quotes or brackets) or a range (4..40, 4..40:4, '1 min..60 min:5 min', 80%..120%:10%).

      Strategies: those of --strategies; else all of the scenario, unless a name that is varied is a
      parameter that one of them sets: then the parameters as they stand (strategy 'default').

      The answer is about the metrics of --metric, then those of the goals, else first_response.mean.
      What matters is read off means over all other names, from the value with the lowest to the one
      with the highest; intervals are paired by run and hold for all pairs of values at once.

      A finished setting is kept at once, in DIR.points beside the result and then in its folder
      'points': a sweep that was stopped, or one with more values, runs only what is missing. Where
      threads are at work on several settings, finished runs are kept too: what is lost of a sweep that
      is killed is of one setting, and each thread's unfinished run.

      Every setting is run as often as the scenario or --replications says, 30 times where it has a
      precision: settings are compared run by run, on the same customers, so all need the same runs. A
      precision would end each where its own interval is narrow, and that is not the interval of a
      difference, which the answer is about. If that is too wide, ask for more --replications.
      """,
    example: "switchboard sweep Scenarios/support-desk.yaml --vary agents=10..14 "
      + "--vary logic=round_robin,least_open"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt(sayHeard)
    return Sweeping(arguments: arguments, terminal: terminal, interruption: interruption).run()
  }
}

extension OptionSpec {
  static let metric = OptionSpec(
    name: "metric", placeholder: "METRIC", value: .text, isRepeatable: true,
    help: "What the answer is about first, such as reassignments or first_response.p90")
}

/// One call of `sweep`.
struct Sweeping {
  static let options: [OptionSpec] =
    [
      .vary, .metric, .goal, .strategies, .seed, .replications, .threads, .set, .duration, .output,
      .format, .strict, .allowHuge, .allowCommand,
    ] + OptionSpec.sharing

  let arguments: Arguments
  let terminal: Terminal
  let interruption: Interruption

  var threads: Int { arguments.threads }

  func run() -> ExitCode {
    guard let variations = ScenarioInput.variations(arguments), let wanted = metrics(),
      areVariable(variations)
    else { return .usage }
    guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
    guard
      let strategies = input.strategies(
        arguments, otherwise: Self.usual(input.scenario, variations))
    else { return .usage }
    let names = strategies.map(\.name)
    guard isBearable(variations, names) else { return .usage }
    let settings = Planning.settings(variations)
    guard let scenarios = input.scenarios(settings, terminal) else { return .invalidInput }
    guard
      input.scenario.warmup == .automatic || !scenarios.contains(where: { $0.warmup == .automatic })
    else {
      complain(
        "switchboard: error: a warm-up that is to be found is the same for all settings: --set warmup=auto"
      )
      return .usage
    }
    let asked = SweepDocumentBuilder.asked(wanted, input.scenario)
    guard speak(of: asked, input.scenario) else { return .usage }
    var plans = scenarios.flatMap { scenario in
      names.compactMap { name in
        scenario.strategy(named: name).map { strategy in
          var plan = WorldPlan(scenario, strategy)
          for metric in asked { plan.ask(for: metric) }
          return plan
        }
      }
    }
    let replications = replications(input)
    guard input.isBearable(&plans, arguments, atOnce: min(threads, plans.count * replications)),
      isBearable(plans, replications, input)
    else { return .invalidInput }
    guard input.leavesNames(arguments) else { return .invalidInput }
    let (sharing, end) = Sharing.read(
      arguments, PartialFile.Origin(arguments, "sweep", input, Self.options))
    if let end { return end }
    // The warm-up is found on the scenario as it stands, and used for all.
    var base = [WorldPlan(input.scenario, strategies[0])]
    if let end = input.findWarmup(&base, threads: threads, interruption: interruption) {
      return end
    }
    for index in plans.indices where scenarios[index / names.count].warmup == .automatic {
      plans[index].warmup = base[0].warmup
    }
    let runner = SweepRunner(
      entries: entries(input, settings, scenarios, names, plans, replications, asked),
      replications: replications, threads: threads)
    if let sharing, sharing.isShare { return share(runner, sharing, input) }
    let output = StudyOutput(
      command: "sweep", stem: input.stem, arguments: arguments, terminal: terminal)
    guard var folder = output.start() else { return .usage }
    let builder = SweepDocumentBuilder(
      scenario: input.scenario, variations: variations, strategies: names,
      metrics: plans[0].metrics, asked: asked)
    return carryOut(runner, builder, input, output, sharing, &folder)
  }
}
