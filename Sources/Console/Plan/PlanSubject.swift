import Engine
import Experiments
import Measurement
import Reporting
import Scenarios
import World

/// What is planned: a day of a scenario under one of its ways, with some number of agents in its largest team.
struct PlanSubject: Sendable {
  /// Why there is no plan, in two sentences as markup.
  struct Obstacle: Error {
    let verdict: String
    let details: String
  }

  let runs: StaffingRuns
  /// How many agents the team has in the scenario.
  let present: Int
  /// The team's name; nil where there is no other.
  let team: String?
  let isFirstDay: Bool
  let formulas: WritingFormulas?
  let key: WorldKey

  /// The times that may always be asked for, in seconds.
  static let usualBounds: [Double] = [60, 120, 180, 300, 480, 600, 900, 1_200, 1_800]
  private static let day: Int64 = 86_400_000_000_000
  /// Runs shorter than this are one period.
  private static let shortest: Int64 = 7_200_000_000_000
  /// Events that a core gets through in a minute, rather too few.
  private static let mostEvents = 1.2e8

  /// The times that may be asked for: the usual ones and those of the scenario's own goals.
  static func bounds(_ scenario: Scenario) -> [Double] {
    let own = scenario.goals.compactMap { PeriodGoal($0) }.map { Double($0.bound) / 1e9 }
      .filter { $0 > 0 && $0 <= 86_400 }
    var bounds = usualBounds
    for bound in own where !bounds.contains(bound) { bounds.append(bound) }
    return bounds.sorted()
  }

  /// The day of a text under a way; `goal` is what the command line would be asked to keep.
  init(
    _ text: DraftText, _ scenario: Scenario, way: Int, goal: String, threads: Int
  ) throws(Obstacle) {
    let ways = DraftReading.ways(of: scenario)
    let model = ways[way].model
    guard
      let largest = model.teams.indices.max(by: { model.teams[$0].size < model.teams[$1].size }),
      model.teams[largest].size > 0
    else {
      throw Obstacle(
        verdict: "There is nobody to plan.",
        details:
          "The scenario has no team with agents whose number could be varied; add one in Text.")
    }
    let name = model.teams[largest].name
    present = model.teams[largest].size
    team = model.teams.count(where: { $0.size > 0 }) > 1 ? name : nil
    let duration = min(scenario.duration.nanoseconds, Self.day)
    isFirstDay = scenario.duration.nanoseconds > Self.day
    guard
      let grid = PeriodGrid(
        length: duration < Self.shortest ? Self.shortest / 1_000_000_000 : 3_600,
        start: scenario.start, duration: EngineDuration(nanoseconds: duration))
    else {
      throw Obstacle(verdict: "There is no day to plan.", details: "A run has no length.")
    }
    let world: @Sendable ([Int]) -> WorldPlan? = { agents in
      let count = max(1, agents.max() ?? 1)
      guard let changed = text.with(count, ofTeam: name),
        let other = DraftReading.ways(of: changed).at(way),
        other.model.teams.at(largest)?.size == count
      else { return nil }
      var plan = WorldPlan(changed, other)
      plan.staff(largest, agents, by: grid)
      return plan
    }
    runs = StaffingRuns(
      grid: grid, duration: duration, bounds: Self.bounds(scenario), seed: scenario.seed,
      threads: threads, world: world)
    formulas = WritingFormulas(model)
    key = WorldKey(scenario, ways[way], metrics: runs.metrics)
    try check(name) { counts in
      text.command(name, counts, goal: goal, way: ways.count > 1 ? ways[way].name : nil)
    }
  }

  /// Whether there are such worlds, and whether they are not too much to wait for.
  private func check(_ team: String, command: ([Int]) -> String) throws(Obstacle) {
    let most = StaffingSearch.counts(around: present)
    guard var plan = runs.world([present]), runs.world([most.last ?? present]) != nil else {
      throw Obstacle(
        verdict: "The number of agents cannot be varied here.",
        details: "With another number of agents in \(markup(of: team)) the scenario is not valid: "
          + "somewhere it names single agents. Write <code>agents: \(present)</code> for the team.")
    }
    plan.duration = runs.duration
    let events = WorkEstimate(plan).events * Double(most.count * StaffingRuns.replications)
    guard events > Self.mostEvents else { return }
    let minutes = max(2, Int(min(1e6, events / Self.mostEvents).rounded()))
    throw Obstacle(
      verdict: "This day is too much to plan while you wait.",
      details:
        "\(most.count) numbers of agents, \(StaffingRuns.replications) runs each, would take a core about "
        + "\(minutes) minutes. On the command line: <code>\(CommandMarkup.html(command(most)))</code>"
    )
  }
}

extension TeamSettings {
  /// Those who are there from the start.
  fileprivate var size: Int { members.count }
}

extension Array {
  fileprivate func at(_ place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}

/// A text with what is needed to read it again with another number of agents.
struct DraftText: Sendable {
  var text: String
  /// The path within the folder.
  var path: String
  /// Where the files are that it names.
  var folder: String

  private static func place(_ team: String) -> ScenarioPath {
    ScenarioPath([.key("teams"), .key(team), .key("agents")])
  }

  /// The scenario with so many agents in a team; nil where it cannot be.
  func with(_ count: Int, ofTeam team: String) -> Scenario? {
    guard let text = try? ScenarioText(text: text, file: path),
      let changed = try? text.setting(Self.place(team), toYAML: "\(count)")
    else { return nil }
    return try? Scenario.read(
      SourceFile(name: path, text: changed.text), folder: folder, offersStrategies: true)
  }

  /// The same question on the command line.
  func command(_ team: String, _ counts: [Int], goal: String, way: String?) -> String {
    let written = (try? ScenarioText(text: text, file: path))?.value(at: Self.place(team))?.scalar
    let parameter = written.flatMap { $0.hasPrefix("$") ? String($0.dropFirst()) : nil }
    let name = parameter ?? "teams.\(team).agents"
    var words = ["switchboard", "plan", path, "--by", "hour", "--vary"]
    words += ["\(name)=\(counts.first ?? 1)..\(counts.last ?? 1)", "--goal", goal]
    // A name with a comma would be two.
    if let way { words += ["--strategies", way.contains(",") ? "\"\(way)\"" : way] }
    return CommandText(words: words).line
  }
}
