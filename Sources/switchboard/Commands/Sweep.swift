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
      'points': a sweep that was stopped, or one with more values, runs only what is missing.
      Every setting is run as often as the scenario or --replications says (30 where it has a precision).
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
  static let options: [OptionSpec] = [
    .vary, .metric, .goal, .strategies, .seed, .replications, .threads, .set, .duration, .output,
    .format,
    .strict, .allowHuge,
  ]

  let arguments: Arguments
  let terminal: Terminal
  let interruption: Interruption

  /// Runs of a setting where the scenario has a precision instead.
  private static let usualReplications = 30

  private var threads: Int {
    arguments.integer(.threads).map { Int($0) } ?? Replications.hardwareThreads
  }

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
    if let taken = input.nameTaken(arguments) {
      complain(
        "switchboard: error: the scenario names a file '\(printable(taken))', and the result has one "
          + "of that name; rename the scenario's file")
      return .invalidInput
    }
    let output = StudyOutput(
      command: "sweep", stem: input.stem, arguments: arguments, terminal: terminal)
    guard var folder = output.start() else { return .usage }
    // The warm-up is found on the scenario as it stands, and used for all.
    var base = [WorldPlan(input.scenario, strategies[0])]
    if let end = input.findWarmup(&base, threads: threads, interruption: interruption) {
      return end
    }
    for index in plans.indices where scenarios[index / names.count].warmup == .automatic {
      plans[index].warmup = base[0].warmup
    }
    let runner = SweepRunner(
      entries: entries(input, settings, scenarios, names, plans, replications),
      replications: replications, threads: threads)
    let builder = SweepDocumentBuilder(
      scenario: input.scenario, variations: variations, strategies: names,
      metrics: plans[0].metrics, asked: asked)
    return carryOut(runner, builder, input, output, &folder)
  }

  // MARK: - What is asked

  /// The metrics of `--metric`; nil, and told, where one is none.
  private func metrics() -> [MetricReference]? {
    var metrics: [MetricReference] = []
    var isRight = true
    for text in arguments.texts(.metric) {
      do {
        metrics.append(try MetricReference(text))
      } catch {
        complain("switchboard: error: --metric \(printable(text)): \(printable("\(error)"))")
        isRight = false
      }
    }
    return isRight ? metrics : nil
  }

  /// Keys that are the same for all settings.
  private static let common: KeyValuePairs = [
    "name": "", "description": "", "replications": "; --replications says how often all are run",
    "precision": "; --replications says how often all are run",
    "goals": "; the goals are those of the scenario",
    "strategies": "; --strategies chooses among them",
    "parameters": "; vary one of them by its name",
  ]

  /// Whether every name can have a value for each setting; what speaks against it is told.
  private func areVariable(_ variations: [Variation]) -> Bool {
    var isRight = true
    for variation in variations {
      let first = variation.name.split(separator: ".").first.map(String.init) ?? ""
      let isWhole = variation.name == first || first == "goals" || first == "precision"
      guard isWhole, let (key, advice) = Self.common.first(where: { $0.key == first }) else {
        continue
      }
      complain("switchboard: error: '\(key)' is the same for all settings of a sweep\(advice)")
      isRight = false
    }
    return isRight
  }

  /// The strategies where none are named: all, unless they would undo what is varied.
  static func usual(_ scenario: Scenario, _ variations: [Variation]) -> [Scenario.Strategy] {
    let varied = Set(variations.map(\.name))
    let isSet = scenario.standard.parameters.contains { parameter in
      varied.contains(parameter.name)
        && scenario.strategies.contains {
          $0.parameters.contains { $0.name == parameter.name && $0.value != parameter.value }
        }
    }
    return scenario.strategies.isEmpty || isSet ? [scenario.standard] : scenario.strategies
  }

  private func replications(_ input: ScenarioInput) -> Int {
    if let number = arguments.integer(.replications) { return Int(number) }
    switch input.scenario.replications {
    case .fixed(let number): return number
    case .precision:
      complain(
        "switchboard: note: a sweep runs every setting as often as the others: \(Self.usualReplications) "
          + "times each, whatever precision the scenario asks for; --replications changes it")
      return Self.usualReplications
    }
  }

  /// Whether each metric can be spoken of in this scenario: a part of the customers must exist.
  private func speak(of metrics: [MetricReference], _ scenario: Scenario) -> Bool {
    var isRight = true
    let model = scenario.standard.model
    for metric in metrics {
      let known: [String]
      switch metric.scope {
      case .population: known = model.populations.map(\.name)
      case .team: known = model.teams.map(\.name)
      case .channel: known = model.channels.map(\.name)
      case .between, nil: continue
      }
      guard let name = metric.scope?.name, !known.contains(name) else { continue }
      let near = nearestName(to: name, in: known).map { ", did you mean '\(printable($0))'?" } ?? ""
      complain(
        "switchboard: error: --metric \(printable(metric.description)): there is no '\(printable(name))'\(near)"
      )
      isRight = false
    }
    return isRight
  }

  // MARK: - How much that is

  /// More settings than these are not read, unless somebody asks twice.
  private static let mostSettings = 10_000
  /// More events than these are not run, unless somebody asks twice: about a day's work.
  private static let mostEvents = 100 * WorkEstimate.mostEvents

  private func isBearable(_ variations: [Variation], _ strategies: [String]) -> Bool {
    var count = strategies.count
    for variation in variations where count <= Self.mostSettings * 1_000 {
      count *= variation.values.count
    }
    guard count > Self.mostSettings, !arguments.has(.allowHuge) else { return true }
    let sizes = variations.map { "\($0.values.count) of \(printable($0.name))" }
    complain(
      "switchboard: error: \(sizes.joined(separator: " times "))"
        + (strategies.count > 1 ? " times \(strategies.count) strategies" : "")
        + " are more than \(Self.mostSettings) settings; give a range a step, such as "
        + "agents=10..100:5, or --allow-huge")
    return false
  }

  private func isBearable(
    _ plans: [WorldPlan], _ replications: Int, _ input: ScenarioInput
  ) -> Bool {
    guard !arguments.has(.allowHuge) else { return true }
    let events = plans.reduce(0.0) { $0 + WorkEstimate($1).events } * Double(replications)
    guard events > Self.mostEvents else { return true }
    complain(
      "\(printable(input.path)): error: \(plans.count) settings with \(replications) runs each would have "
        + "about \(Int64(min(events / 1e9, 1e15))) billion events, the most is "
        + "\(Int64(Self.mostEvents / 1e9)) billion; fewer values or --replications take less, "
        + "--allow-huge runs it all the same")
    return false
  }

  // MARK: - The points

  private func entries(
    _ input: ScenarioInput, _ settings: [[Override]], _ scenarios: [Scenario],
    _ strategies: [String], _ plans: [WorldPlan], _ replications: Int
  ) -> [SweepRunner.Entry] {
    let files = Self.digests(input)
    let environment = Manifest.Environment(seconds: 0, threads: 0, zone: input.scenario.timeZone)
    return plans.indices.map { index in
      let (number, strategy) = (index / strategies.count, strategies[index % strategies.count])
      let scenario = scenarios[number]
      let given = (input.overrides + settings[number])
        .filter { $0.option != "--replications" && $0.option != "--goal" }
        .map { "\($0.name)=\($0.value)" }.sorted()
      let facts =
        [
          Program.version, environment.libmDigest, environment.gslDigest,
          environment.timeZoneDigest, "\(scenario.seed)", "\(replications)",
          "\(plans[index].warmup)", strategy,
        ] + given + plans[index].metrics.map(\.description) + scenario.goals.map(\.text) + files
      let setting = settings[number].map { "\($0.name)=\($0.value)" } + [strategy]
      return SweepRunner.Entry(
        setting: setting.joined(separator: ", "),
        key: DocumentBuilder.digest(facts.joined(separator: "\n") + "\n" + scenario.resolved),
        plan: plans[index], seed: scenario.seed, goals: scenario.goals)
    }
  }

  /// The data that the scenario reads decides as much as the scenario does.
  private static func digests(_ input: ScenarioInput) -> [String] {
    input.scenario.files.map { name in
      "\(name) \(digest(ofFile: input.location(of: name)) ?? "unreadable")"
    }
  }

  private func carryOut(
    _ runner: SweepRunner, _ builder: SweepDocumentBuilder, _ input: ScenarioInput,
    _ output: StudyOutput, _ folder: inout OutputFolder
  ) -> ExitCode {
    let watch = Stopwatch()
    var progress = Progress(terminal, title: input.stem)
    let kept = PointFolder(of: output.folder)
    let known = runner.entries.map { entry in
      kept.point(entry.key).flatMap { point in
        point.stands(
          for: entry.key, replications: runner.replications, metrics: entry.metrics,
          goals: entry.goals.map(\.text)) ? point : nil
      }
    }
    let count = known.count { $0 != nil }
    if count > 0 {
      complain(
        "switchboard: note: \(counted(count, "setting")) of \(known.count) "
          + "\(count == 1 ? "is" : "are") taken from an earlier sweep and not run again")
    }
    var problem: OutputError?
    do {
      defer { progress.clear() }
      let outcome = try runner.run(
        known: known, interruption: interruption,
        progress: { progress.show($0, of: $1) },
        finished: { _, point in
          do throws(OutputError) {
            try kept.keep(point)
          } catch {
            problem = problem ?? error
          }
        })
      progress.clear()
      if let problem {
        complain(
          "switchboard: warning: finished settings could not be kept while the sweep ran: \(problem)"
        )
      }
      guard outcome.points.contains(where: { $0 != nil }) else {
        complain(
          "switchboard: interrupted before the first setting was complete; nothing is written")
        return .interrupted
      }
      return try finish(builder, outcome, runner, input, output, kept, &folder, watch)
    } catch let failure as Campaign.Failure {
      complain("switchboard: error: \(SimulationCommand.text(failure))")
      return .failed
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  private func finish(
    _ builder: SweepDocumentBuilder, _ outcome: SweepRunner.Outcome, _ runner: SweepRunner,
    _ input: ScenarioInput, _ output: StudyOutput, _ kept: PointFolder,
    _ folder: inout OutputFolder, _ watch: Stopwatch
  ) throws -> ExitCode {
    let scenario = input.scenario
    let head = StudyHead(
      version: Program.version, command: "sweep", scenario: scenario.name,
      description: scenario.description, path: input.path,
      digest: DocumentBuilder.digest(scenario.resolved), seed: scenario.seed, fingerprint: "",
      repeatedBy: arguments.repeated(
        "sweep", path: input.path, Self.options, seed: scenario.seed),
      strategies: builder.strategies.count, replications: runner.replications, runs: 0, events: 0,
      remarks: scenario.remarks)
    let document = builder.document(head, outcome)
    for case let point? in outcome.points { try folder.write(try PointFolder.file(of: point)) }
    let end = output.finish(
      document, into: &folder, input: input,
      environment: Manifest.Environment(
        seconds: watch.seconds, threads: threads, zone: scenario.timeZone))
    // A result that could not be written leaves its points where they are.
    guard end == .done || end == .interrupted else { return end }
    kept.remove()
    let isMet = document.points.allSatisfy { $0.goals.allSatisfy { $0.result == .met } }
    return end == .done && arguments.has(.strict) && !isMet ? .missed : end
  }
}
