import Engine
import Experiments
import Scenarios
import Synchronization
import Web
import World

/// What somebody asks to watch, checked against the scenario as it is now.
struct WatchRequest {
  /// Why it cannot be watched.
  struct Refusal: Error {
    var status: Int
    var title: String
    var detail: String

    var response: WebResponse { .problem(status, title, detail) }
  }

  let scenario: Scenario
  let revision: Int
  let ways: [Scenario.Strategy]
  /// How many runs there are to choose from.
  let runs: Int
  private let days: WatchedDays

  init(_ sitting: Sitting) throws(Refusal) {
    let (scenario, revision, problem) = sitting.state.withLock {
      (
        $0.reading.scenario, $0.draft.revision,
        $0.reading.problems.first { $0.severity == .error }
      )
    }
    guard let scenario else {
      throw Refusal(
        status: 409,
        title: "Nothing can be watched: \(problem?.message ?? "the text has a mistake").",
        detail: "What if shows where it is")
    }
    self.scenario = scenario
    self.revision = revision
    ways = DraftReading.ways(of: scenario)
    runs = max(1, Sitting.Surroundings.asked(scenario) ?? Looks(asked: nil).usualEnd)
    days = sitting.days
  }

  /// Where the scenario's clock stands at its beginning, in seconds since midnight.
  var start: Int64 { scenario.start.secondOfDay }

  /// As many lanes are drawn.
  private static let mostAgents = 1_000

  /// A run of a way.
  func day(_ way: Int, run: Int) throws(Refusal) -> WatchedDay {
    let plan = WorldPlan(scenario, ways[way])
    guard plan.model.agents.count <= Self.mostAgents else {
      throw Refusal(
        status: 422,
        title: "There are \(plan.model.agents.count) agents, too many to be watched one by one.",
        detail: "a page shows \(Self.mostAgents) of them")
    }
    let events = WorkEstimate(plan).events
    guard events <= WatchedDay.mostEvents else {
      throw Refusal(
        status: 422,
        title:
          "One run has about \(Int64(min(events, 9e15) / 1e6)) million events, too many to be watched.",
        detail: "shorten the duration, or lower the arrivals")
    }
    guard let day = days.day(scenario, ways[way], run: run) else {
      throw Refusal(
        status: 404, title: "There is no run \(run).",
        detail: "so many random streams there are not")
    }
    return day
  }

  /// A number that was asked for; nil where nothing is said.
  static func number(_ request: WebRequest, _ name: String) throws(Refusal) -> Int? {
    guard let text = request.query.first(where: { $0.name == name })?.value, !text.isEmpty else {
      return nil
    }
    guard let number = Int(text), number >= 0 else {
      throw Refusal(
        status: 400, title: "'\(name)' is a whole number.",
        detail: "it is '\(text)'")
    }
    return number
  }

  /// The number of a way that was asked for.
  func way(_ request: WebRequest, _ name: String) throws(Refusal) -> Int? {
    guard let way = try Self.number(request, name) else { return nil }
    guard ways.indices.contains(way) else {
      let last = ways.count - 1
      throw Refusal(
        status: 404, title: "There is no way of assigning of number \(way) any more.",
        detail: last == 0 ? "there is only number 0" : "they are numbered from 0 to \(last)")
    }
    return way
  }

  /// The number of a run that was asked for, or the first.
  func run(_ request: WebRequest) throws(Refusal) -> Int {
    guard let run = try Self.number(request, "run") else { return 1 }
    guard (1...runs).contains(run) else {
      throw Refusal(
        status: 404, title: "There is no run \(run).",
        detail: runs == 1 ? "there is only run 1" : "they are numbered from 1 to \(runs)")
    }
    return run
  }
}
