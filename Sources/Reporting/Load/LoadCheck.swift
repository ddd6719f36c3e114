import Measurement

/// What a saved load test must fulfil before anything is made from it: it may have been changed by hand.
struct LoadCheck: Sendable {
  /// Where the first number stands that cannot be; nil if all can.
  let problem: String?

  /// No time, rate or value is larger.
  private static let largest = 1e15
  /// Nothing is faster, in events a second.
  private static let fastest = 1e12
  /// No test is longer than thirty years.
  private static let longest = 1e9

  init(_ document: LoadDocument) {
    problem =
      Self.frame(document)
      ?? document.steps.indices.lazy.compactMap { place in
        Self.step(document.steps[place]).map { "steps.[\(place)].\($0)" }
      }.first
  }

  private static func frame(_ document: LoadDocument) -> String? {
    let head = document.head
    if ![head.strategies, head.replications, head.runs, head.events].allSatisfy({ $0 >= 0 }) {
      return "head"
    }
    if document.target.agents < 0 { return "target.agents" }
    if document.target.connections < 0 { return "target.connections" }
    for (place, goal) in document.goals.enumerated() where !isNumber(goal.limit) {
      return "goals.[\(place)].limit"
    }
    if let limit = document.limit {
      guard isRate(limit.held), limit.held != 0 else { return "limit.held" }
      guard isRate(limit.missed), limit.missed != 0 else { return "limit.missed" }
    }
    for (place, row) in document.predictions.enumerated() {
      guard [row.predicted, row.low, row.high, row.seen].allSatisfy(isNumber),
        row.low.flatMap({ low in row.high.map { low <= $0 } }) ?? true
      else { return "predictions.[\(place)]" }
    }
    return nil
  }

  private static func step(_ step: LoadStep) -> String? {
    let rates: [(name: String, value: Double)] = [
      ("from_rate", step.fromRate), ("to_rate", step.toRate), ("offered", step.offered),
      ("achieved", step.achieved),
    ]
    for rate in rates where !isRate(rate.value) { return rate.name }
    guard step.duration >= 0, step.duration <= longest else { return "duration" }
    guard step.warmup >= 0, step.warmup <= longest else { return "warmup" }
    guard step.speed > 0, step.speed <= largest else { return "speed" }
    let counts: [(name: String, value: Int)] = [
      ("offered_count", step.offeredCount), ("done_count", step.doneCount),
      ("greatest_backlog", step.greatestBacklog), ("refused_count", step.refusedCount),
    ]
    for count in counts where count.value < 0 { return count.name }
    for (place, times) in step.latency.enumerated() where !isOrdered(times) {
      return "latency.[\(place)]"
    }
    if let service = step.service, !isOrdered(service) { return "service" }
    if !isOrdered(step.lateness) { return "lateness" }
    for (place, outcome) in step.goalOutcomes.enumerated() {
      guard [outcome.value, outcome.low, outcome.high].allSatisfy(isNumber) else {
        return "goal_outcomes.[\(place)]"
      }
    }
    return seconds(step.seconds).map { "seconds.[\($0)]" }
  }

  /// Quantiles grow with their level, and there is one for each level and one for the longest.
  private static func isOrdered(_ times: LoadStep.Times) -> Bool {
    guard times.count >= 0, isTime(times.mean) else { return false }
    if times.count == 0 { return times.levels.isEmpty }
    return times.levels.count == LoadStep.levels.count + 1 && isGrowing(times.levels)
  }

  private static func isGrowing(_ levels: [Double]) -> Bool {
    levels.allSatisfy(isTime) && zip(levels, levels.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// The place of the first second that cannot be.
  private static func seconds(_ seconds: [LoadStep.Second]) -> Int? {
    var last = 0
    for (place, row) in seconds.enumerated() {
      let isPossible =
        row.second >= last && Double(row.second) <= longest && row.offeredCount >= 0
        && row.doneCount >= 0 && row.backlog >= 0 && isTime(row.late)
        && [0, 5].contains(row.latency.count) && isGrowing(row.latency)
      guard isPossible else { return place }
      last = row.second
    }
    return nil
  }

  private static func isNumber(_ value: Double?) -> Bool {
    value.map { $0.magnitude <= largest } ?? true
  }

  private static func isRate(_ value: Double?) -> Bool {
    value.map { $0 >= 0 && $0 <= fastest } ?? true
  }

  private static func isTime(_ value: Double?) -> Bool {
    value.map { $0 >= 0 && $0 <= largest } ?? true
  }
}
