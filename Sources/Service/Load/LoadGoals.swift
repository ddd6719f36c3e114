public import Measurement

extension LoadStep {
  /// The value of a metric that a goal of `load` speaks of, in seconds or as a share; nil if there is none.
  public func value(of metric: MetricReference) -> Double? {
    let name = "\(metric)"
    var parts = name.split(separator: ".").map(String.init)
    if parts.first == "achieved" { return offered > 0 ? achieved / offered : nil }
    let quantity = parts.removeFirst()
    let reading = parts.popLast() ?? "mean"
    let times: Times?
    if quantity == "lateness" {
      times = lateness
    } else {
      let operation = parts.first ?? "all"
      times = latency.first { $0.operation == operation }
    }
    guard let times, times.count > 0 else { return nil }
    switch reading {
    case "mean": return times.mean
    case "max": return times.longest
    default: return Self.level(reading).flatMap { times.at($0) }
    }
  }

  /// `p99` is 0.99, `p999` 0.999.
  private static func level(_ text: String) -> Double? {
    guard text.hasPrefix("p"), let digits = Int(text.dropFirst()) else { return nil }
    return levels.first { level in
      var scaled = level
      for _ in 0..<(text.count - 1) { scaled *= 10 }
      return abs(scaled - Double(digits)) < 1e-6
    }
  }

  /// Judges goals by what was measured; a measurement that does not count meets none.
  public mutating func judge(_ goals: [Goal]) {
    goalOutcomes = goals.map { goal in
      let value = value(of: goal.metric)
      let result: Goal.Outcome
      if let value, invalid == nil {
        result = goal.relation.holds(value, goal.limit) ? .met : .missed
      } else {
        result = .inconclusive
      }
      return ResultDocument.GoalOutcome(
        goal: goal.text, value: value, low: value, high: value, result: result)
    }
  }

  /// Whether every goal is met, the engine keeps up, and the measurement counts.
  public var holds: Bool {
    invalid == nil && violations.isEmpty && goalOutcomes.allSatisfy { $0.result == .met }
      && keepsUp
  }

  /// Why a goal cannot be judged by what is measured; nil if it can.
  public static func problem(of goal: Goal) -> String? {
    let name = "\(goal.metric)"
    let parts = name.split(separator: ".").map(String.init)
    if parts.first == "achieved" { return nil }
    let operations = OperationKind.allCases.map(\.name)
    if parts.count == 3, parts[0] == "latency", !operations.contains(parts[1]) {
      return "load knows no operation '\(parts[1])', known: \(operations.joined(separator: ", "))"
    }
    let reading = parts.last ?? ""
    if parts.count < 2 || reading == "mean" || reading == "max" || level(reading) != nil {
      return nil
    }
    return
      "load tells \(parts[0]) as .mean, .p50, .p75, .p90, .p99, .p999 and .max, not as .\(reading)"
  }
}
