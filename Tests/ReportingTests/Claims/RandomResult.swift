import Statistics

@testable import Measurement
@testable import Reporting

/// A result with numbers, verdicts and names by chance, as consistent as a real one.
struct RandomResult {
  private var random: FixtureRandom
  private let names: [String]
  private let runs: Int
  private let populations: [String]
  /// Whether the strategies do the same.
  private let isAlike: Bool

  /// The result of a seed.
  static func document(seed: UInt64) -> ResultDocument {
    var result = RandomResult(seed: seed)
    return result.make()
  }

  private init(seed: UInt64) {
    var random = FixtureRandom(state: seed &* 0x9E37_79B9 &+ 77)
    let pool = [
      ["round robin", "least open", "look first", "newest first"],
      ["picking and grabbing", "picking", "welcome, users count", "50 % more. Really"],
      ["A", "B (by hand)", "does", "who pays: nobody"],
      ["from 3 to 4 s", "is better than", "“quoted”", "VIP routing; least open"],
    ][Int(random.unit() * 4)]
    names = Array(pool.prefix(1 + Int(random.unit() * 4)))
    runs = random.unit() < 0.1 ? 1 : 2 + Int(random.unit() * 40)
    isAlike = random.unit() < 0.1
    populations = random.unit() < 0.4 ? ["vip", "regular", "on trial"] : []
    self.random = random
  }

  private mutating func chance(_ share: Double) -> Bool { random.unit() < share }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(random.unit() * Double(elements.count))]
  }

  private mutating func make() -> ResultDocument {
    var document = Fixture.bare()
    document.replications = runs
    document.runs = runs * names.count
    document.metrics = metrics()
    document.goals = goals(document.metrics)
    let bases = document.metrics.map { _ in 0.02 + random.unit() * 0.9 }
    document.strategies = names.map { name in
      var strategy = ResultDocument.Strategy(name: name, values: [])
      strategy.values = zip(document.metrics, bases).map { value($0, near: $1) }
      strategy.goals = document.goals.map { outcome($0, of: strategy) }
      strategy.agents = (0..<4).map { agent in
        .init(
          agent: "a\(agent)", team: "t", conversations: random.unit() * 50, replies: 1, online: 1,
          busy: 1, openMean: 1, openMax: 1, reassignedIn: 0, reassignedOut: 0)
      }
      strategy.moves = moves()
      strategy.timeline = (0..<8).map { step in
        .init(
          start: Double(step) * 900, arrivals: .init(mean: 9), open: .init(mean: 1),
          waiting: .init(mean: chance(0.1) ? 0 : random.unit() * 9), agentsOnline: .init(mean: 4),
          busyRatio: .init(mean: 0.5), firstResponse: .init(mean: 60))
      }
      return strategy
    }
    document.timeline = .init(step: 900)
    document.comparison = names.count > 1 && !chance(0.15) ? comparison(document) : nil
    if chance(0.1) {
      document.partial = .init(
        finishedRuns: runs, requestedRuns: runs + 9, requestedReplications: runs + 3)
    }
    addPictures(&document)
    return document
  }

  // MARK: - Overload and pictures

  /// Curves, lanes and overload: drawn last, so that the rest is what it was before they came.
  private mutating func addPictures(_ document: inout ResultDocument) {
    document.scenario.warmup = chance(0.2) ? 900 : 0
    document.scenario.agentCount = 4
    let shared = chance(0.5) ? overload(document) : nil
    let times = [10.0, 60, 300, 600, 1_800, 7_200]
    let hasLanes = chance(0.5)
    for strategy in document.strategies.indices {
      if chance(0.3) {
        document.strategies[strategy].overload = shared.map { jittered($0) } ?? overload(document)
      }
      var share = 1.0
      let points = times.map { time in
        share *= random.unit()
        return ResultDocument.CurvePoint(time: time, share: share)
      }
      document.strategies[strategy].waits = .init(unanswered: points, tail: points)
      for row in document.strategies[strategy].timeline.indices where chance(0.1) {
        document.strategies[strategy].timeline[row].known = random.unit()
      }
      if hasLanes {
        let transfers = (0..<pick([0, 1, 5])).map { number in
          ResultDocument.LaneTransfer(
            at: 100, conversation: number, fromLane: 0, toLane: 1, helped: true)
        }
        document.lanes.append(
          .init(
            strategy: names[strategy], replication: 1, from: 0, to: 2_700, agents: ["a", "b"],
            spans: [], transfers: transfers))
      }
    }
  }

  private mutating func overload(_ document: ResultDocument) -> ResultDocument.Overload {
    let end = document.scenario.duration
    let growth = chance(0.3) ? random.unit() * 50 : nil
    var places: [ResultDocument.Overload.Place] = []
    for team in [nil, "sales", "support: second line"] where chance(0.4) {
      places.append(place(team, document.scenario.warmup, end))
    }
    var hour = 3_600.0
    while hour < end - 1_800, chance(0.8) {
      let length = 900 * (1 + (random.unit() * 2).rounded(.down))
      places.append(place(pick([nil, "sales"]), hour, min(end, hour + length)))
      hour += length + 900
    }
    if growth == nil, places.isEmpty { places = [place(nil, document.scenario.warmup, end)] }
    return .init(growthPerHour: growth, places: places)
  }

  private mutating func place(
    _ team: String?, _ from: Double, _ to: Double
  ) -> ResultDocument.Overload.Place {
    let available = 0.5 + random.unit() * pick([3, 30, 300])
    let offered = available * (1.02 + random.unit())
    return .init(
      team: team, from: from, to: to, offered: offered, available: available,
      enough: chance(0.9) ? Int(offered.rounded(.up)) : nil)
  }

  /// The same places with other numbers: what strategies that share a sentence have.
  private mutating func jittered(
    _ overload: ResultDocument.Overload
  ) -> ResultDocument.Overload {
    var overload = overload
    for index in overload.places.indices where chance(0.5) {
      let old = overload.places[index]
      overload.places[index] = place(old.team, old.from, old.to)
    }
    return overload
  }

  // MARK: - Metrics and goals

  private mutating func metrics() -> [ResultDocument.Metric] {
    func metric(
      _ name: String, _ label: String, _ unit: (String, String, Double), _ decimals: Int,
      _ polarity: Polarity
    ) -> ResultDocument.Metric {
      .init(
        name: name, label: label, group: "G", unit: unit.0, shownUnit: unit.1,
        shownFactor: unit.2, decimals: decimals, polarity: polarity)
    }
    let share = ("ratio", "%", 100.0)
    let seconds = ("s", "s", 1.0)
    let all = [
      metric("first_response.within(5 min)", "first response in 5 min", share, 1, .higher),
      metric("first_response.mean", "first response, mean", seconds, 1, .lower),
      metric("first_response.p90", "first response, p90", seconds, 0, .lower),
      metric("first_response.p99", "first response, p99", seconds, 0, .lower),
      metric("abandoned", "abandoned", share, 2, .lower),
      metric("same_agent", "same agent again", share, 1, .higher),
      metric("reassigned", "reassigned", share, 1, .lower),
      metric("moves_no_sooner", "moves that did not help", ("count", "/100", 100), 1, .lower),
      metric("reassignments", "moves", ("count", "/100", 100), 1, .lower),
      metric("busy", "busy", share, 1, .neither),
      metric("open_contacts.max", "open contacts, most", ("count", "", 1), 1, .lower),
      metric("workload.gini", "workload, Gini x 100", ("ratio", "", 100), 1, .lower),
      metric("workload.jain", "workload, Jain x 100", ("ratio", "", 100), 1, .higher),
      metric("cost", "cost", ("", "", 1), 2, .lower),
    ]
    var chosen: [ResultDocument.Metric] = []
    for var metric in all where chosen.isEmpty || chance(0.8) {
      metric.isShown = metric.name != "reassignments" && !chance(0.1)
      chosen.append(metric)
    }
    for metric in chosen.prefix(2) {
      for population in populations {
        var scoped = metric
        scoped.name = "population \(population): \(metric.name)"
        scoped.scope = .init(.population, population)
        scoped.label = "\(population): \(metric.label)"
        scoped.isShown = true
        chosen.append(scoped)
      }
    }
    return chosen
  }

  private mutating func goals(_ metrics: [ResultDocument.Metric]) -> [ResultDocument.Goal] {
    var goals: [ResultDocument.Goal] = []
    let share = pick([0.08, 0.25])
    for metric in metrics where goals.count < 4 && chance(share) && metric.polarity != .neither {
      let isMore = metric.polarity == .higher
      let unit =
        metric.unit == "s" ? pick(["s", "min", "h"]) : metric.shownUnit == "%" ? "%" : ""
      let limit = scale(metric) * (0.1 + 0.8 * random.unit())
      goals.append(
        .init(
          text: "\(metric.name) \(isMore ? ">=" : "<=") \(limit)\(unit)", metric: metric.name,
          relation: isMore ? pick([.atLeast, .above]) : pick([.atMost, .below]), limit: limit,
          unit: unit, scope: metric.scope))
    }
    return goals
  }

  /// What a metric's values are about, in its file unit.
  private func scale(_ metric: ResultDocument.Metric) -> Double {
    switch metric.unit {
    case "s": 900
    case "ratio": 1
    case "": 3000
    default: metric.shownUnit == "/100" ? 0.3 : 9
    }
  }

  // MARK: - Numbers

  private mutating func value(
    _ metric: ResultDocument.Metric, near base: Double
  ) -> ResultDocument.MetricValue {
    if chance(0.03) { return .init(metric: metric.name, replications: 0) }
    let spread = isAlike ? 0 : pick([0, 1e-6, 0.003, 0.1, 0.4])
    let mean =
      !isAlike && chance(0.05)
      ? 0 : scale(metric) * min(1, max(0, base + spread * (random.unit() - 0.5)))
    guard runs > 1 else { return .init(metric: metric.name, mean: mean, replications: 1) }
    let half = scale(metric) * pick([0, 0.001, 0.02, 0.1]) * random.unit()
    return .init(
      metric: metric.name, mean: mean, low: mean - half, high: mean + half, halfWidth: half,
      sd: half, replications: runs)
  }

  private func outcome(
    _ goal: ResultDocument.Goal, of strategy: ResultDocument.Strategy
  ) -> ResultDocument.GoalOutcome {
    let value = strategy.values.first { $0.metric == goal.metric }
    var outcome = ResultDocument.GoalOutcome(
      goal: goal.text, value: value?.mean, low: value?.low, high: value?.high,
      result: .inconclusive)
    func holds(_ value: Double) -> Bool {
      switch goal.relation {
      case .atLeast: value >= goal.limit
      case .atMost: value <= goal.limit
      case .above: value > goal.limit
      case .below: value < goal.limit
      }
    }
    if let low = value?.low, let high = value?.high, holds(low) == holds(high) {
      outcome.result = holds(low) ? .met : .missed
    }
    return outcome
  }

  private mutating func moves() -> ResultDocument.Moves? {
    func estimate(_ mean: Double, _ half: Double) -> ResultDocument.Estimate {
      runs > 1 ? .init(mean: mean, low: max(0, mean - half), high: mean + half) : .init(mean: mean)
    }
    if chance(0.2) { return nil }
    if chance(0.2) {
      return .init(helped: estimate(0, 0), noSooner: estimate(0, 0), pingPong: estimate(0, 0))
    }
    return .init(
      helped: estimate(random.unit() * pick([0.001, 0.1]), 0.002),
      noSooner: estimate(random.unit() * 0.1, 0.01),
      unjudged: chance(0.5) ? estimate(random.unit() * 0.01, 0.001) : nil,
      pingPong: estimate(0, 0))
  }

  // MARK: - Differences

  private mutating func comparison(_ document: ResultDocument) -> ResultDocument.Comparison {
    var rows: [ResultDocument.Difference] = []
    for other in names.indices.dropFirst() {
      rows += document.metrics.map { difference($0, other, 0, document) }
    }
    var comparison = ResultDocument.Comparison(
      baseline: names[0], isPaired: chance(0.8), correction: "Holm", comparisonCount: rows.count,
      indifference: "1 % of the baseline's mean", differences: rows)
    if names.count > 2, chance(0.3) {
      comparison.allPairs = document.metrics.flatMap { metric in
        names.indices.flatMap { base in
          names.indices.filter { $0 > base }.map { difference(metric, $0, base, document) }
        }
      }
    }
    if let metric = document.metrics.first, chance(0.3) {
      comparison.robustness = .init(
        metric: metric.name,
        rows: ["as described", "load -10 %", "load +10 %", "work cv 0.3"].map { world in
          let again = chance(0.5)
          return .init(
            world: world,
            differences: names.indices.dropFirst().map { other in
              var row = difference(metric, other, 0, document)
              if !again { row.verdict = pick([.better, .worse, .inconclusive]) }
              return row
            })
        })
    }
    return comparison
  }

  private mutating func difference(
    _ metric: ResultDocument.Metric, _ other: Int, _ base: Int, _ document: ResultDocument
  ) -> ResultDocument.Difference {
    func mean(_ strategy: Int) -> Double? {
      document.strategies[strategy].values.first { $0.metric == metric.name }?.mean
    }
    var row = ResultDocument.Difference(
      baseline: names[base], strategy: names[other], metric: metric.name,
      baselineMean: mean(base), mean: mean(other), verdict: .inconclusive)
    guard let from = row.baselineMean, let to = row.mean else { return row }
    row.change = to - from
    guard runs > 1 else { return row }
    let half = scale(metric) * pick([0, 0.0001, 0.01, 0.05]) * random.unit()
    let (low, high) = (to - from - half, to - from + half)
    (row.low, row.high) = (low, high)
    let indifferent = 0.01 * from.magnitude
    if low >= -indifferent, high <= indifferent {
      row.verdict = .noDifference
    } else if low > 0 || high < 0 {
      switch metric.polarity {
      case .neither: row.verdict = .differs
      case .higher: row.verdict = low > 0 ? .better : .worse
      case .lower: row.verdict = low > 0 ? .worse : .better
      }
    } else if chance(0.8) {
      let least = 1 + Int(random.unit() * 50)
      row.settling = .init(atLeast: least, atMost: chance(0.5) ? least * pick([1, 4]) : nil)
    }
    return row
  }
}
