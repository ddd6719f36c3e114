import Measurement

@testable import Reporting

/// Documents of load tests, built by hand.
enum LoadFixture {
  static let p99 = goal("latency.p99 <= 1 ms", "latency.p99", .atMost, 0.001, "ms")
  static let p999 = goal("latency.p999 <= 1 ms", "latency.p999", .atMost, 0.001, "ms")
  static let achieved = goal("achieved >= 99.9%", "achieved", .atLeast, 0.999, "%")
  static let late = goal("lateness.p99 <= 1 ms", "lateness.p99", .atMost, 0.001, "ms")

  static func goal(
    _ text: String, _ metric: String, _ relation: Goal.Relation, _ limit: Double,
    _ unit: String
  ) -> ResultDocument.Goal {
    ResultDocument.Goal(text: text, metric: metric, relation: relation, limit: limit, unit: unit)
  }

  /// Times at the levels, in microseconds, and the longest.
  static func times(_ operation: String, _ count: Int, _ micros: [Double]) -> LoadStep.Times {
    LoadStep.Times(
      operation: operation, count: count, mean: micros[0] * 1.1e-6, levels: micros.map { $0 / 1e6 })
  }

  static func outcome(
    _ goal: ResultDocument.Goal, _ value: Double?, _ result: Goal.Outcome
  ) -> ResultDocument.GoalOutcome {
    ResultDocument.GoalOutcome(
      goal: goal.text, value: value, low: value, high: value, result: result)
  }

  /// A constant rate for ten seconds, the first two not counted.
  static func step(
    _ rate: Double, achieved: Double? = nil,
    micros: [Double] = [150, 191, 245, 391, 714, 1_219, 1_768, 2_500],
    goals: [ResultDocument.GoalOutcome] = []
  ) -> LoadStep {
    var step = LoadStep(
      shape: "constant", fromRate: rate, toRate: rate, duration: 10, warmup: 2)
    let done = achieved ?? rate
    step.offeredCount = Int(rate * 8)
    step.doneCount = Int(done * 8)
    step.offered = rate
    step.achieved = done
    step.greatestBacklog = 120
    step.latency = [times("all", Int(done * 8), micros)]
    step.lateness = times("lateness", Int(rate * 8), [5, 8, 12, 80, 95, 110, 130, 140])
    var backlog = 0.0
    for second in 0..<10 {
      backlog += rate - done
      let row = LoadStep.Second(
        second: second, operation: "all", offeredCount: Int(rate), doneCount: Int(done),
        latency: [micros[0], micros[2], micros[3], micros[4], micros[7]].map { $0 / 1e6 },
        late: 1.1e-4 + Double(second % 3) * 1e-5, backlog: Int(backlog) + 3)
      step.seconds.append(row)
    }
    step.goalOutcomes = goals
    return step
  }

  static func document(
    _ steps: [LoadStep], goals: [ResultDocument.Goal] = [], limit: LoadDocument.Limit? = nil,
    predictions: [LoadDocument.Prediction] = []
  ) -> LoadDocument {
    LoadDocument(
      head: StudyHead(
        version: "1.0.0", command: "load", scenario: "Support desk, Monday", description: "",
        path: "Scenarios/support-desk.yaml", digest: "0", seed: 20_261_123,
        fingerprint: "f2c8-6b04-91e3",
        repeatedBy: [
          "switchboard", "load", "Scenarios/support-desk.yaml", "--seed", "20261123",
        ], strategies: 1, replications: steps.count, runs: steps.count,
        events: LoadWords.sum(steps.map(\.doneCount))),
      target: LoadDocument.Target(
        address: nil, strategy: "least open", agents: 10_000, connections: 1, machine: "2 cores"),
      goals: goals, steps: steps, limit: limit, predictions: predictions)
  }

  /// One rate that meets both goals, with all operations, a service line that hides a stall, predictions.
  static func single() -> LoadDocument {
    var step = step(
      65_000,
      goals: [outcome(p999, 0.000_714, .met), outcome(achieved, 0.9998, .met)])
    step.achieved = 64_987
    step.doneCount = 519_896
    step.latency = [
      times("all", 519_896, [150, 191, 245, 391, 714, 1_219, 1_768, 2_500]),
      times("message_in", 310_020, [160, 201, 255, 405, 740, 1_250, 1_800, 2_500]),
      times("reply", 150_400, [120, 150, 190, 310, 560, 980, 1_400, 1_500]),
      times("status", 9_476, [60, 71, 92, 140, 230, 400, 400, 400]),
      times("close", 40_000, [110, 140, 170, 280, 490, 870, 900, 910]),
      times("assign", 10_000, [90, 110, 140, 220, 400, 700, 700, 700]),
      times("timer", 5_210, [210, 260, 330, 540, 970, 1_600, 1_700, 1_700]),
    ]
    step.service = times("service", 519_896, [28, 33, 41, 90, 212, 640, 1_010, 1_900])
    return document(
      [step], goals: [p999, achieved],
      predictions: [
        LoadDocument.Prediction(
          metric: "time_to_assignment.mean", unit: "s", predicted: 12.4, low: 11.9, high: 12.9,
          seen: 12.6),
        LoadDocument.Prediction(
          metric: "first_response.p90", unit: "s", predicted: 335, low: 318, high: 352, seen: 361),
        LoadDocument.Prediction(
          metric: "waiting", unit: "count", predicted: 41.2, low: nil, high: nil, seen: 39.9),
      ])
  }

  /// Ten rates up to one that the engine does not keep up with, and the limit between two of them.
  static func limit(isNarrow: Bool = true) -> LoadDocument {
    let rates: [(Double, [Double])] = [
      (10_000, [113, 129, 144, 173, 203, 733, 1_432, 1_700]),
      (20_000, [115, 131, 146, 177, 211, 789, 1_368, 1_650]),
      (40_000, [120, 138, 156, 196, 248, 917, 1_521, 1_900]),
      (80_000, [88_000, 180_000, 310_000, 420_000, 455_000, 470_000, 480_000, 482_000]),
      (56_568.54, [130, 153, 181, 248, 367, 911, 1_392, 1_700]),
      (65_000, [150, 191, 245, 391, 714, 1_219, 1_768, 2_500]),
      (65_000, [149, 189, 244, 388, 702, 1_204, 1_701, 2_100]),
      (72_000, [243, 378, 561, 1_064, 2_055, 2_383, 2_520, 2_600]),
      (68_000, [170, 232, 310, 520, 1_080, 1_300, 1_800, 2_300]),
      (68_000, [172, 230, 314, 540, 1_110, 1_290, 1_790, 2_310]),
    ]
    let steps = rates.map { rate, micros -> LoadStep in
      let done = rate == 80_000 ? 73_504.0 : rate * 0.9998
      let value = micros[4] / 1e6
      return step(
        rate, achieved: done, micros: micros,
        goals: [
          outcome(p999, value, value <= 0.001 ? .met : .missed),
          outcome(achieved, done / rate, done / rate >= 0.999 ? .met : .missed),
          outcome(late, 0.000_08, .met),
        ])
    }
    return document(
      steps, goals: [p999, achieved, late],
      limit: LoadDocument.Limit(held: 65_000, missed: 68_000, isNarrow: isNarrow))
  }

  /// A measurement that does not count, with the reason.
  static func invalid() -> LoadDocument {
    var step = step(65_000, goals: [outcome(p999, 0.000_714, .inconclusive)])
    step.invalid =
      "the generator itself was late: 1 % of its events by more than 4.2 ms, where at most 1 ms is "
      + "allowed"
    return document([step], goals: [p999])
  }

  /// A rising rate that the engine falls behind.
  static func ramp() -> LoadDocument {
    var step = LoadStep(shape: "ramp", fromRate: 1_000, toRate: 80_000, duration: 120, warmup: 0)
    let micros = [300.0, 500, 900, 400_000, 800_000, 900_000, 950_000, 960_000]
    var backlog = 0
    for second in 0..<120 {
      let due = 1_000 + second * 660
      let done = second == 50 ? 9_000 : second == 51 ? due + 25_000 : min(due, 70_000)
      backlog = max(0, backlog + due - done)
      step.seconds.append(
        LoadStep.Second(
          second: second, operation: "all", offeredCount: due, doneCount: done,
          latency: [3e-4, 9e-4, 0.4, 0.8, 0.96], late: second == 51 ? 0.012 : 9e-5,
          backlog: backlog))
      step.offeredCount += due
      step.doneCount += done
      step.greatestBacklog = max(step.greatestBacklog, backlog)
    }
    step.offered = Double(step.offeredCount) / 120
    step.achieved = step.offered * 0.97
    step.doneCount = step.offeredCount - 51_000
    step.latency = [times("all", step.doneCount, micros)]
    step.lateness = times("lateness", step.offeredCount, [5, 8, 12, 80, 95, 900, 9_000, 12_000])
    return document([step])
  }

  /// Words that would steer a terminal or a page.
  static func hostile() -> LoadDocument {
    var document = limit()
    let bad = "=<b>\u{1B}[2J</b>\u{202E}\"'&,\n<script>alert(1)</script>"
    document.head.scenario = bad
    document.head.remarks = [bad]
    document.target.address = bad
    document.target.strategy = bad
    document.target.machine = bad
    document.goals[0].text = bad
    document.goals[1].metric = bad
    for place in document.steps.indices { document.steps[place].goalOutcomes[0].goal = bad }
    document.steps[0].invalid = bad
    document.steps[1].violations = [bad, bad]
    document.steps[2].shape = bad
    document.steps[5].latency.append(times(bad, 100, [1, 2, 3, 4, 5, 6, 7, 8]))
    document.predictions = [
      LoadDocument.Prediction(
        metric: bad, unit: bad, predicted: 1, low: 0, high: 2, seen: 3)
    ]
    return document
  }

  /// Every shape of document, by name.
  static let all: [(name: String, document: LoadDocument)] = [
    ("single", single()), ("limit", limit()), ("invalid", invalid()), ("ramp", ramp()),
    ("hostile", hostile()), ("empty", document([])), ("nothing", nothing()), ("huge", huge()),
    ("tiny", tiny()), ("several", several()),
  ]

  /// A step of which nothing is known.
  static func nothing() -> LoadDocument {
    document([LoadStep(shape: "constant", fromRate: 0, toRate: 0, duration: 0, warmup: 0)])
  }

  /// Numbers as large as a saved result may hold.
  static func huge() -> LoadDocument {
    var step = step(1e12, micros: [1e9, 2e9, 3e9, 4e9, 5e9, 6e9, 1e15, 1e20])
    step.offeredCount = .max
    step.doneCount = .max
    step.refusedCount = .max
    step.greatestBacklog = .max
    step.latency[0].count = .max
    step.duration = 1e9
    step.seconds[9].second = 1_000_000_000
    return document([step, step])
  }

  /// Nanoseconds, and one event.
  static func tiny() -> LoadDocument {
    var step = step(0.125, micros: Array(repeating: 0.000_4, count: 8))
    step.offeredCount = 1
    step.doneCount = 1
    step.latency[0].count = 1
    return document([step], goals: [p99])
  }

  /// Three rates without a limit, the middle one broken in two ways.
  static func several() -> LoadDocument {
    let goals = [outcome(p99, 0.000_391, .met)]
    var middle = step(2_000, goals: goals)
    middle.violations = ["contact 58 is assigned to Ana and to Hugo"]
    middle.refusedCount = 12
    return document(
      [step(1_000, goals: goals), middle, step(4_000, achieved: 3_100, goals: goals)],
      goals: [p99])
  }
}
