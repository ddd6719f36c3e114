import Experiments
import Measurement
import Reporting
import Scenarios
import World

extension Command {
  /// `switchboard plan`, the capacity planner's question and its answer.
  static let plan = Command(
    name: "plan", summary: "Find the fewest agents (or the cheapest setting) that keep all goals",
    operands: "SCENARIO", operandCount: 1...1, options: Planning.options,
    details: """
      Searches the settings that --vary names for the cheapest that meets every goal, with the stated
      confidence: more is taken never to hurt, so that a few settings tell of all the others, and each is
      run on the same customers and only as often as it takes to tell (10, 20, 40 ... runs). One name is
      searched for its first value that does; of several names the cheapest combination is wanted, by the
      agents' 'cost' (agent hours where nothing costs anything). Goals are the scenario's, or those of
      --goal. If no setting meets them, the nearest is shown; with --strict the program then ends with 1.

      With --roster the scenario's 'roster:' says which shifts people can work, and the cheapest number of
      agents in each is found such that every hour (or --by) of the week keeps the first goal about first
      responses within a time: see Scenarios/README.md.
      """,
    example: "switchboard plan Scenarios/support-desk.yaml --vary agents=8..24 "
      + "--goal 'first_response.within(5 min) >= 80%'"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt(sayHeard)
    guard let planning = Planning(arguments, terminal, interruption) else { return .usage }
    if arguments.has(.roster) {
      guard !arguments.has(.shard), !arguments.has(.estimate) else {
        complain(
          "switchboard: error: --roster is searched by one machine: leave out --shard and --estimate"
        )
        return .usage
      }
      return RosterCommand.run(
        arguments, terminal, interruption, confidence: planning.confidence,
        options: Planning.options)
    }
    return planning.run()
  }
}

extension OptionSpec {
  static let goal = OptionSpec(
    name: "goal", placeholder: "GOAL", value: .text, isRepeatable: true,
    help: "What must be kept instead of the scenario's goals: 'first_response.p90 <= 5 min'")
  static let confidence = OptionSpec(
    name: "confidence", placeholder: "95%", value: .text,
    help: "How sure the answer must be (default: 95%)")
  static let mostReplications = OptionSpec(
    name: "replications", placeholder: "N", value: .integer(2...1_000_000),
    help: "The most runs of one setting (default: 160)")
}

/// One call of `plan`.
struct Planning {
  static let options: [OptionSpec] =
    [
      .vary, .by, .roster, .goal, .confidence, .mostReplications, .strategies, .seed, .threads,
      .set,
      .duration, .output, .format, .strict, .allowHuge, .allowCommand,
    ] + OptionSpec.sharing

  let arguments: Arguments
  let terminal: Terminal
  let interruption: Interruption
  let confidence: Double

  /// The most runs of a setting where nothing else is said.
  static let usualCap = 160
  /// More combinations than these are not weighed against each other.
  private static let mostSettings = 10_000

  /// Nil, and told, where an option is wrong.
  init?(_ arguments: Arguments, _ terminal: Terminal, _ interruption: Interruption) {
    self.arguments = arguments
    self.terminal = terminal
    self.interruption = interruption
    guard let confidence = Self.confidence(arguments.text(.confidence)) else { return nil }
    self.confidence = confidence
  }

  private static func confidence(_ text: String?) -> Double? {
    guard let text else { return 0.95 }
    if text.hasSuffix("%"), let value = Double(trimmed(String(text.dropLast()))),
      value >= 50, value <= 99.99
    {
      return value / 100
    }
    complain(
      "switchboard: error: --confidence takes a share from 50% to 99.99%, got '\(printable(text))'")
    return nil
  }

  /// The most runs of one setting.
  var cap: Int { arguments.integer(.mostReplications).map { Int($0) } ?? Self.usualCap }

  var threads: Int { arguments.threads }

  func sayNoGoal(_ input: ScenarioInput) -> ExitCode {
    complain(
      "switchboard: error: \(printable(input.path)) has no goals, and a plan needs one: "
        + "--goal 'first_response.within(5 min) >= 80%'")
    return .usage
  }

  func run() -> ExitCode {
    if let period = arguments.text(.by) { return curve(period) }
    guard let variations = ScenarioInput.variations(arguments) else { return .usage }
    guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
    guard !input.scenario.goals.isEmpty else { return sayNoGoal(input) }
    guard let strategies = input.strategies(arguments, otherwise: [input.scenario.standard]) else {
      return .usage
    }
    let settings = Self.settings(variations)
    guard settings.count <= Self.mostSettings else {
      complain(
        "switchboard: error: \(settings.count) settings are more than \(Self.mostSettings); "
          + "give a range a step, such as agents=10..100:5")
      return .usage
    }
    guard let scenarios = input.scenarios(settings, terminal) else { return .invalidInput }
    return search(input, variations, scenarios, strategies.map(\.name))
  }

  /// All combinations, the last name's values turning fastest.
  static func settings(_ variations: [Variation]) -> [[Override]] {
    variations.reduce([[]]) { settings, variation in
      settings.flatMap { setting in
        variation.values.map { setting + [Override(variation.name, $0, option: "--vary")] }
      }
    }
  }

  private func search(
    _ input: ScenarioInput, _ variations: [Variation], _ scenarios: [Scenario],
    _ strategies: [String]
  ) -> ExitCode {
    let watch = Stopwatch()
    // The last setting first: with most agents it is most likely to come to rest.
    var plans = strategies.flatMap { name in
      scenarios.reversed().compactMap { scenario in
        scenario.strategy(named: name).map { WorldPlan(scenario, $0) }
      }
    }
    guard input.isBearable(&plans, arguments, atOnce: threads) else { return .invalidInput }
    let output = StudyOutput(
      command: "plan", stem: input.stem, arguments: arguments, terminal: terminal)
    guard input.leavesNames(arguments) else { return .invalidInput }
    let (sharing, end) = sharing(input)
    if let end { return end }
    if let sharing, sharing.isShare {
      if let end = input.findWarmup(&plans, threads: threads, interruption: interruption) {
        return end
      }
      return sharing.make(input.stem, terminal) { progress in
        _ = try document(
          input, variations, strategies,
          plans.chunked(by: scenarios.count).map { Array($0.reversed()) }, sharing
        ) { _ in }
      }
    }
    guard var folder = output.start() else { return .usage }
    if let end = input.findWarmup(&plans, threads: threads, interruption: interruption) {
      return end
    }
    let bar = ProgressOfRuns(terminal, title: input.stem)
    defer { bar.clear() }
    do {
      let document = try document(
        input, variations, strategies,
        plans.chunked(by: scenarios.count).map { Array($0.reversed()) }, sharing
      ) { bar.show($0) }
      bar.clear()
      guard document.head.runs > 0, !document.answers.isEmpty else {
        complain("switchboard: interrupted before the first run was complete; nothing is written")
        return .interrupted
      }
      let end = output.finish(
        document, into: &folder, input: input,
        environment: Manifest.Environment(
          seconds: watch.seconds, threads: threads, zone: input.scenario.timeZone))
      let isKept = document.answers.allSatisfy { $0.chosen != nil }
      return end == .done && arguments.has(.strict) && !isKept ? .missed : end
    } catch {
      bar.clear()
      if let sharing { return sharing.end(error) }
      complain("switchboard: error: \(SimulationCommand.text(error))")
      return .failed
    }
  }

  /// What the words ask for of runs that machines share.
  func sharing(_ input: ScenarioInput) -> (sharing: Sharing?, end: ExitCode?) {
    Sharing.read(arguments, PartialFile.Origin(arguments, "plan", input, Self.options))
  }

  private func document(
    _ input: ScenarioInput, _ variations: [Variation], _ strategies: [String],
    _ plans: [[WorldPlan]], _ sharing: Sharing?, show: @escaping @Sendable (Int) -> Void
  ) throws(Campaign.Failure) -> PlanDocument {
    let goals = input.scenario.goals
    let test = StagedTest(goals, confidence: confidence, cap: cap)
    var all = Trials(
      seed: input.scenario.seed, threads: threads, interruption: interruption, progress: show)
    var answers: [PlanDocument.Answer] = []
    var isPartial = false
    var most = 0
    let staff = plans.map { $0.map { StaffHours($0) } }
    let hasMoney = staff.joined().contains { $0.money != nil }
    for (name, (plans, staff)) in zip(strategies, zip(plans, staff)) where !isPartial {
      let search = PlanSearch(
        sizes: variations.map(\.values.count),
        costs: staff.map { hasMoney ? $0.money ?? 0 : $0.hours }, test: test
      ) { plans[$0] }
      let outcome = try search.run(
        Trials(
          seed: input.scenario.seed, threads: threads, interruption: interruption,
          sharing: sharing?.runs, progress: show), name)
      all.count(outcome.trials)
      isPartial = outcome.isPartial
      most = max(most, outcome.trials.all.map(\.count).max() ?? 0)
      guard !outcome.tried.isEmpty else { continue }
      answers.append(
        PlanDocumentBuilder(search: search, scenario: input.scenario, hasMoney: hasMoney)
          .answer(name, outcome))
    }
    let settings = variations.reduce(1) { $0 * $1.values.count }
    let head = head(
      input, strategies: strategies.count, replications: most, runs: all.runs, events: all.events,
      fingerprint: all.fingerprint, isPartial: isPartial)
    let plan = plans.first?.first
    return PlanDocument(
      head: head, confidence: confidence,
      names: variations.map { PlanDocument.Name(name: $0.name, values: $0.values) },
      metrics: PlanDocumentBuilder.metrics(input.scenario),
      goals: PlanDocumentBuilder.goals(input.scenario), settings: settings,
      exhaustiveRuns: settings * most * strategies.count, hasMoney: hasMoney,
      duration: Double((plan?.duration ?? 0) - (plan?.warmup ?? 0)) / 1e9, answers: answers)
  }
}

extension Planning {
  /// What the plan says of itself.
  func head(
    _ input: ScenarioInput, strategies: Int, replications: Int, runs: Int, events: UInt64,
    fingerprint: UInt64, isPartial: Bool
  ) -> StudyHead {
    StudyHead(
      version: Program.version, command: "plan", scenario: input.scenario.name,
      description: input.scenario.description, path: input.path,
      digest: DocumentBuilder.digest(input.scenario.resolved), seed: input.scenario.seed,
      fingerprint: DocumentBuilder.text(fingerprint: fingerprint),
      repeatedBy: arguments.repeated(
        "plan", path: input.path, Self.options, seed: input.scenario.seed),
      strategies: strategies, replications: replications, runs: runs, events: Int(events),
      partial: isPartial ? "before the search was done; what follows is what was known" : nil)
  }
}

extension Array {
  /// The elements in blocks of so many.
  fileprivate func chunked(by size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: Swift.max(1, size)).map {
      self[$0..<Swift.min($0 + size, count)]
    }
  }
}
