import Measurement

/// What is asked of a load test again and again: which rate decides, what held, which quantile is told.
struct LoadIndex: Sendable {
  let document: LoadDocument

  /// Looks at a document; a goal that a measurement says nothing of is open in it.
  init(_ document: LoadDocument) {
    var whole = document
    for place in whole.steps.indices {
      for goal in document.goals
      where !document.steps[place].goalOutcomes.contains(where: { $0.goal == goal.text }) {
        whole.steps[place].goalOutcomes.append(.init(goal: goal.text, result: .inconclusive))
      }
    }
    self.document = whole
  }

  var steps: [LoadStep] { document.steps }

  /// The quantile that sentences speak of: that of the first goal on the latency of all events, else p99.
  var quotedLevel: Double {
    document.goals.lazy.compactMap { LoadGoal($0).level }.first ?? 0.99
  }

  /// The goal on the latency of all events whose quantile the curve shows.
  var latencyGoal: (level: Double, limit: Double)? {
    document.goals.lazy.compactMap { goal in
      LoadGoal(goal).level.map { ($0, goal.limit) }
    }.first
  }

  /// The measurement that answer, goals and operations are told of; nil if there is none.
  ///
  /// With a limit it is one at the highest rate that held: of several the slowest that held. Without one
  /// it is the highest rate that held, else the lowest that was tried.
  var decisive: Int? {
    guard steps.count > 1 else { return steps.indices.first }
    if let held = document.limit?.held {
      let tries = steps.indices.filter { isAt(held, steps[$0]) }
      let good = tries.filter { steps[$0].holds }
      if let place = slowest(good.isEmpty ? tries : good) { return place }
    }
    if let missed = document.limit?.missed {
      let tries = steps.indices.filter { isAt(missed, steps[$0]) }
      if let place = slowest(tries) { return place }
    }
    let holding = document.limit == nil ? steps.indices.filter { steps[$0].holds } : []
    if let best = highest(holding) { return best }
    let counting = steps.indices.filter { steps[$0].counts }
    let rest = counting.isEmpty ? Array(steps.indices) : counting
    return rest.min { (steps[$0].rate, $0) < (steps[$1].rate, $1) }
  }

  /// Whether a measurement was made at a rate.
  func isAt(_ rate: Double, _ step: LoadStep) -> Bool {
    step.isConstant && abs(step.toRate - rate) <= rate * 1e-9
  }

  /// Measurements at the same rate as one of them.
  func tries(at place: Int) -> [Int] {
    steps.indices.filter { $0 == place || isAt(steps[place].rate, steps[$0]) }
  }

  private func slowest(_ places: [Int]) -> Int? {
    let level = quotedLevel
    return places.max {
      (steps[$0].all?.at(level) ?? -1, $0) < (steps[$1].all?.at(level) ?? -1, $1)
    }
  }

  private func highest(_ places: [Int]) -> Int? {
    guard let top = places.max(by: { steps[$0].rate < steps[$1].rate }) else { return nil }
    return slowest(places.filter { steps[$0].rate == steps[top].rate })
  }

  /// The places of the measurements from the lowest rate to the highest.
  var ascending: [Int] {
    steps.indices.sorted { (steps[$0].rate, $0) < (steps[$1].rate, $1) }
  }

  /// How many different rates were tried.
  var rateCount: Int { Set(steps.map(\.rate)).count }

  /// The goal's outcome in a measurement.
  func outcome(
    _ goal: ResultDocument.Goal, _ step: LoadStep
  ) -> ResultDocument.GoalOutcome? {
    step.goalOutcomes.first { $0.goal == goal.text }
  }

  /// `the goal`, `both goals`, `all three goals`.
  var allGoals: String {
    switch document.goals.count {
    case 1: "the goal"
    case 2: "both goals"
    default: "all \(spokenCount(document.goals.count)) goals"
    }
  }

  /// The second at which each measurement begins when they follow each other without a pause.
  var starts: [Int] {
    var starts: [Int] = []
    var next = 0
    for step in steps {
      starts.append(next)
      next += step.wholeSeconds
    }
    return starts
  }
}

extension LoadStep {

  /// All operations together.
  var all: Times? { latency.first { $0.operation == "all" } }

  /// Whether the rate was the same all the time.
  var isConstant: Bool { fromRate == toRate && (shape == "constant" || shape == "soak") }

  /// The rate that it goes by: the one that was asked for, or the average of one that changed.
  var rate: Double { isConstant ? toRate : offered }

  /// Whether clearly fewer or more events were due than were asked for.
  var isOff: Bool { isConstant && offeredCount > 0 && abs(offered - toRate) > toRate * 0.05 }

  /// Whether the measurement may be believed.
  var counts: Bool { invalid == nil && offeredCount > 0 }

  /// What became of all goals together; nil if there are none.
  var result: Goal.Outcome? {
    if goalOutcomes.isEmpty { return nil }
    if goalOutcomes.contains(where: { $0.result == .missed }) { return .missed }
    return goalOutcomes.allSatisfy { $0.result == .met } ? .met : .inconclusive
  }

  /// Whether every goal is met, the engine keeps up, and the measurement counts.
  var holds: Bool { counts && violations.isEmpty && keepsUp && (result ?? .met) == .met }

  /// How many seconds it has in a list of all seconds.
  var wholeSeconds: Int {
    let last = seconds.map(\.second).max() ?? -1
    return max(last + 1, Int(max(0, min(1e9, duration.rounded(.up)))))
  }
}

extension LoadStep.Times {
  /// The time at a level, if so many were measured that it is not simply the longest.
  func meant(_ level: Double) -> Double? {
    Double(count) * (1 - level) >= 0.999_999 ? at(level) : nil
  }

  /// The name of its operation in tables and sentences.
  var words: String { Self.words(of: operation) }

  /// The name of an operation, whose parts are joined by underscores in files.
  static func words(of operation: String) -> String {
    printable(String(operation.map { $0 == "_" ? " " : $0 }))
  }
}
