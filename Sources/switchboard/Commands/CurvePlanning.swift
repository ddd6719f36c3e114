import Engine
import Experiments
import Measurement
import Reporting
import Scenarios
import Synchronization
import World

extension OptionSpec {
  static let by = OptionSpec(
    name: "by", placeholder: "PERIOD", value: .text,
    help: "Agents for each period: hour, '30 min', '15 min' or day; one --vary of a team's agents")
}

/// Scenarios with so many agents, each read once.
final class ScenariosByCount: Sendable {
  private let known = Mutex<[Int: Scenario]>([:])
  private let load: @Sendable (Int) -> Scenario?

  init(_ load: @escaping @Sendable (Int) -> Scenario?) { self.load = load }

  subscript(count: Int) -> Scenario? {
    if let found = known.withLock({ $0[count] }) { return found }
    guard let made = load(count) else { return nil }
    known.withLock { $0[count] = made }
    return made
  }
}

extension Planning {
  /// The length of a period in seconds; nil, and told, where it cannot be.
  private func periodLength(_ text: String) -> Int64? {
    switch trimmed(text) {
    case "hour": return 3_600
    case "half hour": return 1_800
    case "day", "weekday", "day of the week": return 86_400
    default:
      if let nanoseconds = try? DurationText.parse(text), nanoseconds % 60_000_000_000 == 0 {
        return nanoseconds / 1_000_000_000
      }
      complain(
        "switchboard: error: --by takes hour, '30 min', '15 min' or day, got '\(printable(text))'")
      return nil
    }
  }

  /// `plan --by hour`: the staffing curve.
  func curve(_ period: String) -> ExitCode {
    guard let length = periodLength(period), let variations = ScenarioInput.variations(arguments)
    else { return .usage }
    let counts = variations.count == 1 ? variations[0].values.compactMap { Int($0) } : []
    guard counts.count == variations[0].values.count, let low = counts.min(),
      let high = counts.max(), low >= 0, high >= 1, counts.count == high - low + 1
    else {
      complain(
        "switchboard: error: with --by one number of agents is varied over a whole range: "
          + "--vary agents=2..18")
      return .usage
    }
    guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
    guard let strategies = input.strategies(arguments, otherwise: [input.scenario.standard]),
      let strategy = strategies.first?.name
    else { return .usage }
    guard strategies.count == 1 else {
      complain("switchboard: error: --by plans one strategy at a time; name it with --strategies")
      return .usage
    }
    guard let wanted = input.scenario.goals.first else { return sayNoGoal(input) }
    guard input.scenario.goals.count == 1, let goal = PeriodGoal(wanted) else {
      complain(
        "switchboard: error: --by takes one goal about first responses within a time, such as "
          + "--goal 'first_response.within(5 min) >= 80%' or 'first_response.p90 <= 10 min'")
      return .usage
    }
    guard
      let grid = PeriodGrid(
        length: length, start: input.scenario.start, duration: input.scenario.duration)
    else {
      complain("switchboard: error: --by needs a period that divides a week")
      return .usage
    }
    // The ends of the range must be possible before anything is run.
    let name = variations[0].name
    let ends = [max(1, low), high].map { [Override(name, "\($0)", option: "--vary")] }
    guard let scenarios = input.scenarios(ends, terminal) else { return .invalidInput }
    guard let team = Self.variedTeam(scenarios, low: max(1, low), high: high) else {
      complain(
        "switchboard: error: --by counts the agents of one team, and '\(printable(name))' does not "
          + "set their number: expected as many more agents in one team as the value is larger")
      return .usage
    }
    return searchCurve(
      input, variations[0], scenarios[1], strategy,
      CurveTask(grid: grid, goal: goal, bounds: low...high, team: team))
  }

  struct CurveTask {
    var grid: PeriodGrid
    var goal: PeriodGoal
    var bounds: ClosedRange<Int>
    var team: Int
  }

  /// The team that has as many members as the value says; nil if none or several do.
  private static func variedTeam(_ scenarios: [Scenario], low: Int, high: Int) -> Int? {
    guard let first = scenarios.first?.standard.model, let last = scenarios.last?.standard.model,
      first.teams.count == last.teams.count
    else { return nil }
    let grown = last.teams.indices.filter {
      last.teams[$0].members.count == high && first.teams[$0].members.count == low
    }
    let changed = last.teams.indices.filter {
      last.teams[$0].members.count != first.teams[$0].members.count
    }
    return grown.count == 1 && (low == high || changed == grown) ? grown[0] : nil
  }

  private func searchCurve(
    _ input: ScenarioInput, _ variation: Variation, _ largest: Scenario, _ strategy: String,
    _ task: CurveTask
  ) -> ExitCode {
    let watch = Stopwatch()
    guard var model = largest.strategy(named: strategy).map({ [WorldPlan(largest, $0)] }) else {
      return .invalidInput
    }
    guard input.isBearable(&model, arguments, atOnce: threads) else { return .invalidInput }
    let output = StudyOutput(
      command: "plan", stem: input.stem, arguments: arguments, terminal: terminal)
    guard input.leavesNames(arguments) else { return .invalidInput }
    let (sharing, wrong) = sharing(input)
    if let wrong { return wrong }
    if let end = input.findWarmup(&model, threads: threads, interruption: interruption) {
      return end
    }
    let search = curveSearch(
      input, variation, strategy, task, warmup: model.first?.warmup ?? 0)
    let builder = CurveBuilder(search: search, strategy: strategy, team: task.team)
    if let sharing, sharing.isShare {
      return sharing.make(input.stem, terminal) { _ in
        var ground = CurveSearch.Ground(
          seed: input.scenario.seed, threads: threads, interruption: interruption,
          sharing: sharing.runs, progress: { _ in })
        if let guess = try builder.guess(&ground), let found = try search.find(from: guess, &ground)
        {
          _ = try builder.curve(found, &ground)
        }
      }
    }
    guard var folder = output.start() else { return .usage }
    let bar = ProgressOfRuns(terminal, title: input.stem)
    defer { bar.clear() }
    var ground = CurveSearch.Ground(
      seed: input.scenario.seed, threads: threads, interruption: interruption,
      sharing: sharing?.runs, progress: { bar.show($0) })
    do throws(Trials.Failure) {
      guard let guess = try builder.guess(&ground),
        let found = try search.find(from: guess, &ground)
      else { return .invalidInput }
      let curve = try builder.curve(found, &ground)
      bar.clear()
      let document = document(input, variation, curve, ground)
      let end = output.finish(
        document, into: &folder, input: input,
        environment: Manifest.Environment(
          seconds: watch.seconds, threads: threads, zone: input.scenario.timeZone))
      return end == .done && arguments.has(.strict) && !curve.unmet.isEmpty ? .missed : end
    } catch {
      bar.clear()
      switch error {
      case .interrupted:
        complain("switchboard: interrupted before the curve was known; nothing is written")
        return .interrupted
      case .run(let failure):
        if let sharing { return sharing.end(failure) }
        complain("switchboard: error: \(SimulationCommand.text(failure))")
        return .failed
      }
    }
  }

  private func curveSearch(
    _ input: ScenarioInput, _ variation: Variation, _ strategy: String, _ task: CurveTask,
    warmup: Int64
  ) -> CurveSearch {
    let known = ScenariosByCount { count in
      try? Scenario.load(
        input.path, overrides: input.overrides + [Override(variation.name, "\(count)")])
    }
    return CurveSearch(
      grid: task.grid, goal: task.goal, bounds: task.bounds, confidence: confidence,
      replications: arguments.integer(.mostReplications).map { Int($0) } ?? Self.usualCurveRuns
    ) { curve in
      guard let scenario = known[max(1, curve.max() ?? 0)],
        let strategy = scenario.strategy(named: strategy)
      else { return nil }
      var plan = WorldPlan(scenario, strategy)
      plan.staff(task.team, curve, by: task.grid)
      plan.warmup = warmup
      plan.metrics = [task.goal.metric].compactMap { $0 }
      return plan
    }
  }

  /// Replications of the search for a curve where nothing else is said.
  private static var usualCurveRuns: Int { 40 }

  private func document(
    _ input: ScenarioInput, _ variation: Variation, _ curve: PlanDocument.Curve,
    _ ground: CurveSearch.Ground
  ) -> PlanDocument {
    PlanDocument(
      head: head(
        input, strategies: 1, replications: curve.verification, runs: ground.runs,
        events: ground.events, fingerprint: ground.fingerprint, isPartial: false),
      confidence: confidence,
      names: [PlanDocument.Name(name: variation.name, values: variation.values)],
      metrics: PlanDocumentBuilder.metrics(input.scenario),
      goals: PlanDocumentBuilder.goals(input.scenario), settings: variation.values.count,
      exhaustiveRuns: 0, hasMoney: curve.costPerHour != nil,
      duration: input.scenario.duration.inSeconds, answers: [], curve: curve)
  }
}
