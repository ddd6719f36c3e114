import Experiments
import Foundation
import Measurement
import Scenarios
import Statistics
import Testing
import World

@Suite struct `A sweep` {
  /// Agents who take from one queue: M/M/c, whose waits are known.
  private static func text(goals: String = "", minutes: Int = 50) -> String {
    """
    name: A queue
    duration: \(minutes + minutes / 10) min
    warmup: \(minutes / 10) min
    parameters: {agents: 2, rate: 0.9 per minute}
    contacts: {people: {arrivals: {poisson: $rate}}}
    teams:
      desk: {agents: $agents, picks: oldest, reply_time: {exponential: 1 min}}
    \(goals)
    """
  }

  private static let agents = Variation("agents", ["2", "3", "4"])
  private static let rates = Variation("rate", ["0.9 per minute", "1.2 per minute"])

  /// The points of a sweep of agents and rate.
  private static func runner(
    threads: Int = 2, replications: Int = 2, goals: String = "", minutes: Int = 50,
    _ variations: [Variation] = [agents, rates]
  ) throws -> (runner: SweepRunner, builder: SweepDocumentBuilder, scenarios: [Scenario]) {
    let source = SourceFile(name: "queue.yaml", text: text(goals: goals, minutes: minutes))
    let settings = variations.reduce([[]]) { settings, variation in
      settings.flatMap { setting in
        variation.values.map { setting + [Override(variation.name, $0)] }
      }
    }
    let scenarios = try settings.map { try Scenario.read(source, overrides: $0) }
    let entries = scenarios.enumerated().map { number, scenario in
      SweepRunner.Entry(
        setting: "\(number)", key: "key \(number)", plan: WorldPlan(scenario, scenario.standard),
        seed: scenario.seed, goals: scenario.goals)
    }
    let base = try Scenario.read(source)
    return (
      SweepRunner(entries: entries, replications: replications, threads: threads),
      SweepDocumentBuilder(
        scenario: base, variations: variations, strategies: ["default"],
        metrics: entries[0].plan.metrics, asked: SweepDocumentBuilder.asked([], base)),
      scenarios
    )
  }

  /// All points, run once for all tests.
  private static let whole = Result { try runner().runner.run() }

  private static let head = StudyHead(
    version: "0", command: "sweep", scenario: "A queue", description: "", path: "queue.yaml",
    digest: "", seed: 1, fingerprint: "", repeatedBy: [], strategies: 1, replications: 2, runs: 0,
    events: 0)

  @Test func `a point is what run finds with the same settings, fingerprint and numbers`() throws {
    let (_, builder, scenarios) = try Self.runner()
    let outcome = try Self.whole.get()
    let document = builder.document(Self.head, outcome)
    #expect(
      document.points.map(\.place) == [
        [0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 0], [2, 0, 0], [2, 1, 0],
      ])
    for (scenario, point) in zip(scenarios, document.points) {
      let campaign = Campaign(
        entries: [Campaign.Entry(name: "default", plan: WorldPlan(scenario, scenario.standard))],
        seed: scenario.seed, replications: 2, threads: 1)
      let result = try campaign.run()
      let run = DocumentBuilder(version: "0", path: "", repeatedBy: [])
        .document(.run, scenario, campaign, result)
      #expect(point.fingerprint == run.fingerprint)
      #expect(point.values.map(\.metric) == run.strategies[0].values.map(\.metric))
      for (own, theirs) in zip(point.values, run.strategies[0].values) {
        #expect(own.mean == theirs.mean && own.low == theirs.low && own.high == theirs.high)
      }
    }
    #expect(document.head.runs == 12)
    #expect(document.head.partial == nil)
  }

  @Test func `the same on one thread and on two, and no point is run that is known`() throws {
    let first = try Self.runner(threads: 1).runner.run()
    let runner = try Self.runner().runner
    #expect(first.points == (try Self.whole.get().points))
    let known = first.points.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : nil }
    var finished: [Int] = []
    var totals: Set<Int> = []
    let third = try runner.run(
      known: SweepRunner.Known(points: known), progress: { totals.insert($1) },
      keep: { if case .point(let index, _) = $0 { finished.append(index) } })
    #expect(third.points == first.points)
    #expect(finished.sorted() == [1, 3, 5])
    #expect(totals == [6])
  }

  @Test func `what is kept survives being written and read, bit by bit`() throws {
    let outcome = try Self.whole.get()
    for point in outcome.points.compactMap(\.self) {
      let data = try JSONEncoder().encode(point)
      #expect(try JSONDecoder().decode(SweptPoint.self, from: data) == point)
      let metrics = point.values.map(\.metric)
      #expect(point.stands(for: point.key, replications: 2, metrics: metrics, goals: []))
      #expect(!point.stands(for: "another", replications: 2, metrics: metrics, goals: []))
      #expect(!point.stands(for: point.key, replications: 5, metrics: metrics, goals: []))
      #expect(!point.stands(for: point.key, replications: 2, metrics: [], goals: []))
      var damaged = point
      damaged.terms.removeLast()
      #expect(!damaged.stands(for: point.key, replications: 2, metrics: metrics, goals: []))
    }
  }

  @Test func `an interrupted sweep keeps every point that is complete`() throws {
    let (runner, builder, _) = try Self.runner(threads: 1)
    let interruption = Interruption()
    let outcome = try runner.run(
      interruption: interruption,
      keep: { if case .point(1, _) = $0 { interruption.set() } })
    #expect(outcome.isPartial)
    // What the thread had begun by then may have been finished too.
    let count = outcome.points.count { $0 != nil }
    #expect((2..<6).contains(count))
    #expect(outcome.points.prefix(count).allSatisfy { $0 != nil })
    let document = builder.document(Self.head, outcome)
    #expect(document.head.partial == "after \(count) of 6 settings")
    #expect(document.effects == [])
    let rest = try runner.run(known: SweepRunner.Known(points: outcome.points))
    #expect(rest.points == (try Self.whole.get().points))
  }

  /// The effect of agents and of the rate on the mean wait, against Erlang C, at 99.9 %.
  @Test func `effects are those of Erlang C`() throws {
    let (runner, builder, _) = try Self.runner(
      replications: 10, minutes: 400, [Variation("agents", ["2", "4"]), Self.rates])
    let points = try runner.run().points.compactMap(\.self)
    let cells = try points.map { point -> Factorial.Cell in
      let place = try #require(point.values.firstIndex { $0.metric == "wait.mean" })
      return Factorial.Cell(
        value: try #require(point.values[place].mean), errors: RunErrors(point.terms[place]))
    }
    let grid = try #require(
      Factorial(sizes: [2, 2], isOrdered: [true, true], cells: cells))
    func exact(_ servers: Int, _ rate: Double) throws -> Double {
      try #require(ErlangC(servers: servers, arrivalRate: rate / 60, meanService: 60)).meanWait
    }
    let waits = try [2, 4].map { servers in try [0.9, 1.2].map { try exact(servers, $0) } }
    let effects = grid.effects(level: 0.999)
    let agents = (waits[0][0] + waits[0][1] - waits[1][0] - waits[1][1]) / 2
    let rate = waits.reduce(0) { $0 + $1[1] - $1[0] } / 2
    for (effect, truth) in zip(effects, [agents, rate]) {
      let interval = try #require(effect.interval)
      #expect(interval.low <= truth && truth <= interval.high, "\(truth) in \(interval)")
      #expect(effect.change > 0)
    }
    #expect((effects[0].from, effects[0].to) == (1, 0))
    // The document says the same of the metric that it is about, the larger effect first.
    var about = builder
    about.asked = [try MetricReference("wait.mean")]
    let document = about.document(
      Self.head, try runner.run(known: SweepRunner.Known(points: points)))
    let rows = try #require(document.effects.first?.rows)
    #expect(rows.map(\.factor) == (agents > rate ? [0, 1] : [1, 0]))
    #expect(rows.first { $0.factor == 0 }?.change == effects[0].change)
    // More customers cost more waiting where agents are few: that is said.
    let interaction = try #require(document.effects.first?.interactions.first)
    #expect(interaction.factor == 0 && interaction.other == 1)
    #expect(interaction.changes[1] < interaction.changes[0])
  }

  @Test func `goals decide what the answer is about`() throws {
    let goals = "goals: [first_response.p90 <= 5 min, abandoned <= 3%]"
    let scenario = try Scenario.read(SourceFile(name: "q", text: Self.text(goals: goals)))
    let wanted = try MetricReference("reassignments")
    func names(_ metrics: [MetricReference], _ scenario: Scenario) -> [String] {
      SweepDocumentBuilder.asked(metrics, scenario).map(\.description)
    }
    #expect(names([], scenario) == ["first_response.p90", "abandoned"])
    #expect(names([wanted], scenario) == ["reassignments", "first_response.p90", "abandoned"])
    let plain = try Scenario.read(SourceFile(name: "q", text: Self.text()))
    #expect(names([], plain) == ["first_response.mean"])
    #expect(names([wanted], plain) == ["reassignments"])
  }

  @Test func `too much work is remarked upon`() throws {
    let (runner, builder, _) = try Self.runner(
      minutes: 150,
      [
        Self.agents, Variation("rate", ["0.9 per minute", "2.5 per minute"]),
      ])
    let document = builder.document(Self.head, try runner.run())
    #expect(document.points.map(\.isOverloaded) == [false, true, false, false, false, false])
    #expect(
      document.head.remarks.contains { $0.hasPrefix("In 1 of 6 settings more work comes in") })
  }
}
