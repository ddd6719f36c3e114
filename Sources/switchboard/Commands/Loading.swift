import Experiments
import FoundationEssentials
import Measurement
import Reporting
import Scenarios
import Service
import World

/// One call of `load`.
struct Loading {
  static let options: [OptionSpec] = [
    .rate, .forTime, .ramp, .steps, .spike, .soak, .speed, .loadWarmup, .findLimit, .goal, .target,
    .connections, .tokenFile,
    .strategies,
    .seed, .set, .output, .format, .strict, .allowHuge,
  ]

  let arguments: Arguments
  let terminal: Terminal
  let interruption: Interruption

  func run() -> ExitCode {
    guard LoadWish(arguments, nil) != nil, let asked = goals() else { return .usage }
    guard let input = ScenarioInput(arguments, terminal, takesGoals: false) else {
      return .invalidInput
    }
    let settings = input.scenario.load
    guard let wish = LoadWish(arguments, settings) else { return .usage }
    let goals = asked.isEmpty ? usualGoals(settings) : asked
    guard let strategy = input.onlyStrategy(arguments, "load drives") else { return .usage }
    let world = WorldPlan(input.scenario, strategy)
    guard !world.model.populations.isEmpty, !world.model.agents.isEmpty else {
      complain(
        "switchboard: error: \(printable(input.path)) has nobody who writes or nobody who answers")
      return .invalidInput
    }
    var target: LoadTarget?
    if let code = findTarget(input, &target) { return code }
    let plan = LoadPlan(
      world: world, seed: input.scenario.seed, course: wish.course, warmup: wish.warmup,
      speed: wish.speed)
    return measure(plan, goals, target, input, strategy)
  }

  private func measure(
    _ plan: LoadPlan, _ goals: [Goal], _ target: LoadTarget?, _ input: ScenarioInput,
    _ strategy: Scenario.Strategy
  ) -> ExitCode {
    let output = StudyOutput(
      command: "load", stem: input.stem, arguments: arguments, terminal: terminal)
    guard var folder = output.start() else { return .usage }
    let watch = Stopwatch()
    let progress = LoadProgressLine(terminal)
    do {
      let session = LoadSession(
        plan: plan, goals: goals, target: target, isInterrupted: { interruption.isSet },
        onSecond: { progress.show($0) })
      let found =
        arguments.has(.findLimit)
        ? try session.findLimit(from: plan.course.highest) : try session.measure()
      progress.clear()
      var document = LoadDocument(
        head: head(input, found), target: describe(target, strategy),
        goals: goals.map { ResultDocument.Goal($0) }, steps: found.steps, limit: found.limit)
      if target == nil, !arguments.has(.findLimit), !interruption.isSet {
        document.predictions = try predictions(plan, found)
      }
      let end = output.finish(
        document, into: &folder, input: input,
        environment: Manifest.Environment(
          seconds: watch.seconds, threads: 2, zone: input.scenario.timeZone))
      guard end == .done else { return end }
      if found.steps.contains(where: { !$0.violations.isEmpty }) { return .failed }
      let isKept =
        arguments.has(.findLimit) ? found.limit?.held != nil : found.steps.allSatisfy(\.holds)
      return arguments.has(.strict) && !isKept ? .missed : .done
    } catch {
      progress.clear()
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  /// The service that is to be driven, if one is named; how the command ends where it cannot be.
  private func findTarget(_ input: ScenarioInput, _ target: inout LoadTarget?) -> ExitCode? {
    guard arguments.has(.target) else {
      guard arguments.has(.connections) else { return nil }
      complain(
        "switchboard: error: --connections goes with --target: here the engine is in this process")
      return .usage
    }
    guard let wished = wishedTarget() else { return .usage }
    switch wished.scenario {
    case .success(let name) where name == input.scenario.name:
      target = wished
      return nil
    case .success(let name):
      complain(
        "switchboard: error: \(printable(arguments.text(.target) ?? "")) serves '\(printable(name))', "
          + "not '\(printable(input.scenario.name))'")
      return .usage
    case .failure(let problem):
      complain("switchboard: error: \(printable(problem.description))")
      return .unreachable
    }
  }

  /// The goals of the command line; nil, and told, if one is wrong.
  private func goals() -> [Goal]? {
    var goals: [Goal] = []
    for text in arguments.texts(.goal) {
      do throws(GrammarError) {
        let goal = try Goal(text, in: .load)
        if let problem = LoadStep.problem(of: goal) {
          complain("switchboard: error: --goal: \(printable(problem))")
          return nil
        }
        goals.append(goal)
      } catch {
        complain("switchboard: error: --goal: \(printable(error.description))")
        return nil
      }
    }
    if goals.isEmpty, arguments.has(.findLimit),
      let usual = try? Goal("latency.p99 <= 1 ms", in: .load)
    {
      goals = [usual]
    }
    return goals
  }

  /// The scenario's goals of load; a search for a limit needs one.
  private func usualGoals(_ settings: LoadSettings?) -> [Goal] {
    let goals = settings?.goals ?? []
    guard goals.isEmpty, arguments.has(.findLimit) else { return goals }
    return (try? Goal("latency.p99 <= 1 ms", in: .load)).map { [$0] } ?? []
  }

  /// The service that the command line names; nil, and told, if it is none.
  private func wishedTarget() -> LoadTarget? {
    let text = arguments.text(.target) ?? ""
    guard let address = ServiceAddress(text) else {
      complain(
        "switchboard: error: --target takes an address such as http://127.0.0.1:8080, got "
          + "'\(printable(text))'")
      return nil
    }
    var token = environment("SWITCHBOARD_TOKEN").flatMap { $0.isEmpty ? nil : $0 }
    if let path = arguments.text(.tokenFile) { token = Journals.firstLine(ofFile: path) }
    return LoadTarget(
      address: address, token: token, connections: Int(arguments.integer(.connections) ?? 8))
  }

  private func describe(
    _ target: LoadTarget?, _ strategy: Scenario.Strategy
  ) -> LoadDocument.Target {
    LoadDocument.Target(
      address: target == nil ? nil : arguments.text(.target), strategy: strategy.name,
      agents: strategy.model.agents.count, connections: target?.connections ?? 1,
      machine: counted(ProcessInfo.processInfo.activeProcessorCount, "core"))
  }

  private func head(_ input: ScenarioInput, _ found: LoadSession.Found) -> StudyHead {
    StudyHead(
      version: Program.version, command: "load", scenario: input.scenario.name,
      description: input.scenario.description, path: input.path,
      digest: DocumentBuilder.digest(input.scenario.resolved), seed: input.scenario.seed,
      fingerprint: DocumentBuilder.text(fingerprint: found.fingerprint),
      repeatedBy: arguments.repeated(
        "load", path: input.path, Self.options, seed: input.scenario.seed),
      strategies: 1, replications: found.steps.count, runs: found.steps.count,
      events: found.steps.reduce(0) { $0 + $1.doneCount },
      partial: interruption.isSet ? "before the test was over" : nil)
  }

  /// What virtual time foretells of the same people, beside what was seen; nothing where the rate changes.
  private func predictions(
    _ plan: LoadPlan, _ found: LoadSession.Found
  ) throws -> [LoadDocument.Prediction] {
    guard let seen = found.seen,
      var world = try plan.steadyWorld(atMost: Self.foretoldConversations)
    else { return [] }
    let pairs: [(MetricReference?, Double?)] = [
      (MetricReference(.timeToAssignment, .mean), seen.assignedMean),
      (MetricReference(.timeToAssignment, .quantile(perMille: 900)), seen.assignedP90),
      (MetricReference(.firstResponse, .mean), seen.answeredMean),
      (MetricReference(.firstResponse, .quantile(perMille: 900)), seen.answeredP90),
      (MetricReference(.waiting), seen.waiting),
    ]
    for case let (metric?, _) in pairs { world.ask(for: metric) }
    let campaign = Campaign(
      entries: [Campaign.Entry(name: "steady", plan: world)], seed: plan.seed,
      replications: Self.foretellings, threads: 2)
    let result = try campaign.run(interruption: interruption) { _, _ in }
    guard let outcome = result.outcomes.first else { return [] }
    return pairs.compactMap { metric, value in
      guard let metric else { return nil }
      let summary = outcome.result.summary(of: metric)
      return LoadDocument.Prediction(
        metric: metric.description, unit: metric.unit, predicted: summary?.mean,
        low: summary?.low, high: summary?.high, seen: value)
    }
  }

  /// So many conversations tell what steady people meet.
  private static let foretoldConversations = 20_000.0
  private static let foretellings = 8
}
