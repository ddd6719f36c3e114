import Statistics

@testable import Measurement
@testable import Reporting

/// Sweeps for tests: drawn at random, hostile, or partial.
enum SweepFixture {
  /// A generator with a state of its own.
  struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
    mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }
  }

  private static let lists: [(name: String, values: [String])] = [
    ("agents", ["10", "11", "12", "13", "14"]),
    ("logic", ["round_robin", "least_open"]),
    ("after", ["1 min", "5 min", "30 min", "60 min"]),
    ("teams.support.attention.parallel", ["1", "2", "3"]),
    ("volume", ["80%", "100%", "120%"]),
    ("reply", ["{lognormal: {median: 1 min, p90: 2 min}}", "{exponential: 2 min}"]),
  ]

  private static func metric(_ number: Int) -> (metric: ResultDocument.Metric, scale: Double) {
    switch number % 4 {
    case 0:
      (
        .init(
          name: "first_response.within(5 min)", label: "first response in 5 min",
          group: "Answering",
          unit: "ratio", shownUnit: "%", shownFactor: 100, decimals: 1, polarity: .higher), 1
      )
    case 1:
      (
        .init(
          name: "first_response.mean", label: "first response, mean", group: "Answering", unit: "s",
          shownUnit: "s", decimals: 1, polarity: .lower), 900
      )
    case 2:
      (
        .init(
          name: "reassignments", label: "reassignments", group: "Changing hands", unit: "count",
          shownUnit: "/100", shownFactor: 100, decimals: 1, polarity: .lower), 2
      )
    default:
      (
        .init(
          name: "busy", label: "busy", group: "Agents", unit: "ratio", shownUnit: "%",
          shownFactor: 100, decimals: 1, polarity: .neither), 1
      )
    }
  }

  /// A sweep with everything that may be in one, the same for the same number.
  static func random(_ seed: UInt64) -> SweepDocument {
    var dice = Dice(state: seed)
    let count = 1 + dice.below(3)
    let first = dice.below(lists.count)
    let names = (0..<count).map { number -> SweepDocument.Name in
      let list = lists[(first + number) % lists.count]
      return .init(name: list.name, values: Array(list.values.prefix(2 + dice.below(4))))
    }
    let strategies = dice.below(3) == 0 ? ["as it is", "look first"] : ["default"]
    let replications = dice.below(6) == 0 ? 1 : 5 + dice.below(30)
    let metrics = (0..<2).map { metric(Int(seed % 4) + $0) }
    var document = SweepDocument(
      head: head(names, strategies, replications), names: names, strategies: strategies,
      metrics: metrics.map(\.metric), asked: metrics.map(\.metric.name),
      goals: dice.below(3) == 0 ? [] : [goal(metrics[0].metric, dice.share() * metrics[0].scale)],
      pointCount: 0, points: [])
    let sizes = names.map(\.values.count) + [strategies.count]
    let all = sizes.reduce(1, *)
    document.pointCount = all
    let shifts = sizes.map { size in (0..<size).map { _ in dice.share() } }
    for index in 0..<all {
      var rest = index
      let place = Array(
        sizes.reversed().map { size -> Int in
          defer { rest /= size }
          return rest % size
        }.reversed())
      document.points.append(point(place, metrics, shifts, replications, document.goals, &dice))
    }
    if dice.below(8) == 0, all > 2 {
      document.points.removeLast()
      document.head.partial = "after \(all - 1) of \(all) settings"
    } else {
      document.effects = metrics.enumerated().map { number, metric in
        effects(metric.metric.name, document, metric.scale, &dice)
      }
    }
    document.head.runs = document.points.count * replications
    return document
  }

  private static func head(
    _ names: [SweepDocument.Name], _ strategies: [String], _ replications: Int
  ) -> StudyHead {
    StudyHead(
      version: "0.1.0", command: "sweep", scenario: "Support desk, Monday",
      description: "Which way?", path: "Scenarios/support-desk.yaml", digest: "0", seed: 7,
      fingerprint: "a07e-52c1-9f36",
      repeatedBy: ["switchboard", "sweep", "Scenarios/support-desk.yaml"],
      strategies: strategies.count, replications: replications, runs: 0, events: 123_456)
  }

  private static func goal(
    _ metric: ResultDocument.Metric, _ limit: Double
  ) -> ResultDocument.Goal {
    let isUpper = metric.polarity != .lower
    let shown = (limit * 100).rounded() / 100
    return .init(
      text: "\(metric.name) \(isUpper ? ">=" : "<=") \(shown)", metric: metric.name,
      relation: isUpper ? .atLeast : .atMost, limit: shown, unit: metric.unit == "s" ? "s" : "")
  }

  private static func point(
    _ place: [Int], _ metrics: [(metric: ResultDocument.Metric, scale: Double)],
    _ shifts: [[Double]], _ replications: Int, _ goals: [ResultDocument.Goal], _ dice: inout Dice
  ) -> SweepDocument.Point {
    let values = metrics.map { metric, scale -> ResultDocument.MetricValue in
      let share = zip(place, shifts).reduce(0.0) { $0 + $1.1[$1.0] } / Double(place.count)
      let mean = scale * (share * 0.8 + dice.share() * 0.2)
      guard replications > 1 else { return .init(metric: metric.name, mean: mean, replications: 1) }
      let half = scale * (0.001 + 0.05 * dice.share())
      return .init(
        metric: metric.name, mean: mean, low: mean - half, high: mean + half, halfWidth: half,
        replications: replications)
    }
    let outcomes = goals.map { goal -> ResultDocument.GoalOutcome in
      let value = values[0]
      let isUpper = goal.relation == .atLeast
      let (low, high) = (value.low ?? -.infinity, value.high ?? .infinity)
      let result: Goal.Outcome =
        low >= goal.limit
        ? (isUpper ? .met : .missed)
        : high <= goal.limit ? (isUpper ? .missed : .met) : .inconclusive
      return .init(
        goal: goal.text, value: value.mean, low: value.low, high: value.high, result: result)
    }
    return .init(
      place: place, fingerprint: "0000-0000-0000", isOverloaded: false, values: values,
      goals: outcomes)
  }

  /// Effects that are those of the points, with intervals drawn at random.
  private static func effects(
    _ metric: String, _ document: SweepDocument, _ scale: Double, _ dice: inout Dice
  ) -> SweepDocument.Effects {
    let factors = document.factors
    let hasIntervals = document.head.replications > 1
    func mean(_ wanted: [Int: Int]) -> Double {
      let values = document.points.filter { point in
        wanted.allSatisfy { point.place[$0.key] == $0.value }
      }.compactMap { point in point.values.first { $0.metric == metric }?.mean }
      return values.reduce(0, +) / Double(max(1, values.count))
    }
    var rows: [SweepDocument.Effect] = []
    for factor in factors.indices {
      let levels = factors[factor].values.indices.map { mean([factor: $0]) }
      let from = levels.indices.min { (levels[$0], $0) < (levels[$1], $1) } ?? 0
      let to = levels.indices.min { (-levels[$0], $0) < (-levels[$1], $1) } ?? 0
      let change = levels[to] - levels[from]
      let half = hasIntervals ? scale * 0.2 * dice.share() : nil
      rows.append(
        .init(
          factor: factor, levels: levels.map { .init(mean: $0, low: $0 - 0.01, high: $0 + 0.01) },
          from: from, to: to, change: change, low: half.map { change - $0 },
          high: half.map { change + $0 }))
    }
    rows.sort {
      ($0.isShown ? 0 : 1, -$0.change, $0.factor) < ($1.isShown ? 0 : 1, -$1.change, $1.factor)
    }
    var interactions: [SweepDocument.Interaction] = []
    if factors.count > 1, hasIntervals, dice.below(2) == 0 {
      let last = factors[0].values.count - 1
      let changes = [0, 1].map { mean([0: last, 1: $0]) - mean([0: 0, 1: $0]) }
      interactions.append(
        .init(
          factor: 0, from: 0, to: last, other: 1, places: [0, 1], changes: changes,
          halfWidth: scale * 0.01))
    }
    return .init(metric: metric, rows: rows, interactions: interactions)
  }

  /// Names and values that try to break out of every file.
  static func hostile() -> SweepDocument {
    var document = random(3)
    document.head.scenario = "=cmd|' <script>alert(1)</script>\u{1B}[31m"
    for index in document.names.indices {
      document.names[index].name = "strategy" + String(repeating: "x", count: 60 * index)
      document.names[index].values = document.names[index].values.indices.map {
        "<b>\($0)</b>\u{202E},\"\n=1+1"
      }
    }
    return document
  }
}
