import Engine
import Experiments
import Measurement
import Reporting
import Scenarios
import World

extension OptionSpec {
  static let roster = OptionSpec(
    name: "roster", placeholder: "", value: .none,
    help: "Choose how many agents get each shift of the scenario's 'roster:'")
}

/// `plan --roster`: from the shifts of a scenario to the cheapest number of agents in each.
struct RosterCommand {
  private let arguments: Arguments
  private let terminal: Terminal
  private let interruption: Interruption
  private let confidence: Double
  private let options: [OptionSpec]

  /// Runs to begin with; there may be eight times as many where it comes close.
  private static let start = 20

  /// Carries out the command; `options` are those of `plan`, for the words that repeat it.
  static func run(
    _ arguments: Arguments, _ terminal: Terminal, _ interruption: Interruption,
    confidence: Double, options: [OptionSpec]
  ) -> ExitCode {
    RosterCommand(
      arguments: arguments, terminal: terminal, interruption: interruption,
      confidence: confidence, options: options
    ).run()
  }

  private func run() -> ExitCode {
    guard IntegerProgram.isAvailable else {
      complain("switchboard: error: \(IntegerProgram.advice)")
      return .usage
    }
    guard arguments.texts(.vary).isEmpty else {
      complain(
        "switchboard: error: --roster chooses the number of agents itself; leave out --vary, or --roster"
      )
      return .usage
    }
    guard let length = Self.length(arguments.text(.by) ?? "hour") else { return .usage }
    guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
    guard let strategy = strategy(input) else { return .usage }
    guard let roster = input.scenario.roster else {
      complain(Self.missing(input))
      return .invalidInput
    }
    guard let goal = input.scenario.goals.lazy.compactMap({ PeriodGoal($0) }).first else {
      complain(
        "switchboard: error: a roster needs a goal about first responses within a time, which can be told "
          + "of each period: --goal 'first_response.within(5 min) >= 80%' or "
          + "'first_response.p90 <= 10 min'")
      return .usage
    }
    guard
      let frame = RosterFrame(input.scenario, roster, length: length, bound: goal.bound)
    else {
      complain("switchboard: error: the run is too short for a period of \(length / 60) min")
      return .usage
    }
    let cap = arguments.integer(.mostReplications).map { Int($0) } ?? Planning.usualCap
    let question = RosterSearch.Question(
      frame: frame, roster: roster, goal: goal, level: confidence, start: min(Self.start, cap),
      cap: cap)
    return search(question, input, strategy)
  }

  /// The one strategy that the roster is for.
  private func strategy(_ input: ScenarioInput) -> String? {
    guard let chosen = input.strategies(arguments, otherwise: [input.scenario.standard]) else {
      return nil
    }
    guard chosen.count == 1, let one = chosen.first else {
      complain("switchboard: error: a roster is made for one strategy; name it with --strategies")
      return nil
    }
    return one.name
  }

  /// `hour`, or a time that divides a day: seconds.
  static func length(_ text: String) -> Int64? {
    let words = trimmed(text)
    if words == "hour" { return 3_600 }
    if let nanoseconds = try? DurationText.parse(words), nanoseconds % 60_000_000_000 == 0,
      nanoseconds > 0, 86_400_000_000_000 % nanoseconds == 0
    {
      return nanoseconds / 1_000_000_000
    }
    complain(
      "switchboard: error: with --roster --by takes hour, or whole minutes that divide a day such as "
        + "'30 min', got '\(printable(text))'")
    return nil
  }

  private static func missing(_ input: ScenarioInput) -> String {
    let team = input.scenario.standard.model.teams.first?.name ?? "support"
    return """
      switchboard: error: \(printable(input.path)) names no shifts. Write which there are, what one costs \
      each time it is worked, and how many agents it can have:
          roster:
            team: \(printable(team))
            shifts:
              early: {days: mon-fri, hours: "08:00-16:00", breaks: [{after: 4 h, for: 30 min}], cost: 8}
              late: {days: mon-fri, hours: "14:00-22:00", cost: 9, at_most: 20}
      """
  }

  private func search(
    _ question: RosterSearch.Question, _ input: ScenarioInput, _ strategy: String
  ) -> ExitCode {
    let watch = Stopwatch()
    let threads = arguments.threads
    guard let standard = input.scenario.strategy(named: strategy) else { return .usage }
    var plans = [WorldPlan(model: standard.model, duration: question.frame.duration)]
    guard input.isBearable(&plans, arguments, atOnce: threads) else { return .invalidInput }
    guard input.leavesNames(arguments) else { return .invalidInput }
    let output = StudyOutput(
      command: "roster", stem: input.stem, arguments: arguments, terminal: terminal)
    guard var folder = output.start() else { return .usage }
    let planner = RosterPlanner(
      question: question, scenario: input.scenario, model: standard.model, threads: threads
    ) { agents in
      let scenario = try Scenario.load(
        input.path,
        overrides: input.overrides + [
          Override("teams.\(question.roster.teamName).agents", "\(agents)", option: "--roster")
        ], offersStrategies: input.offersStrategies)
      return scenario.strategy(named: strategy)?.model ?? scenario.standard.model
    }
    let bar = ProgressOfRuns(terminal, title: input.stem)
    defer { bar.clear() }
    do {
      let outcome = try planner.run(interruption) { bar.show($0) }
      bar.clear()
      let document = RosterDocumentBuilder(
        outcome, version: Program.version, path: input.path,
        repeatedBy: arguments.repeated(
          "plan", path: input.path, options, seed: input.scenario.seed)
      ).document(input.scenario)
      let end = output.finish(
        document, into: &folder, input: input,
        environment: Manifest.Environment(
          seconds: watch.seconds, threads: threads, zone: input.scenario.timeZone))
      return end == .done && arguments.has(.strict) && !document.keepsAll ? .missed : end
    } catch {
      bar.clear()
      return told(error)
    }
  }

  private func told(_ failure: RosterPlanner.Failure) -> ExitCode {
    switch failure {
    case .run(let failure):
      complain("switchboard: error: \(SimulationCommand.text(failure))")
      return .failed
    case .unreadable(let why):
      complain("switchboard: error: \(printable(why))")
      return .invalidInput
    case .solver(let why):
      complain("switchboard: error: the integer program: \(why)")
      return .failed
    case .interrupted:
      complain("switchboard: interrupted before the first run was complete; nothing is written")
      return .interrupted
    }
  }
}
