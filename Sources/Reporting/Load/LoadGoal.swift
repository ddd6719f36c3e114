import Measurement

/// A goal of a load test in words, and how its values are written.
struct LoadGoal: Sendable {
  let goal: ResultDocument.Goal
  private let metric: MetricReference?

  init(_ goal: ResultDocument.Goal) {
    self.goal = goal
    metric = try? MetricReference(goal.metric, in: .load)
  }

  /// The unit in files; empty if the metric is not known.
  var unit: String { metric?.unit ?? "" }

  /// The level of `LoadStep.levels` that it speaks of, if it bounds the latency of all events from above.
  var level: Double? {
    guard let metric, metric.metric == .latency, metric.operation == nil, isUpper else {
      return nil
    }
    return quantile
  }

  private var isUpper: Bool { goal.relation == .atMost || goal.relation == .below }

  private var quantile: Double? {
    guard case .quantile(let perMille) = metric?.statistic else { return nil }
    return LoadStep.levels.first { abs($0 * 1_000 - Double(perMille)) < 1e-6 }
  }

  /// The title of its card, such as `99.9 % of the events within 1 ms`.
  var title: String {
    guard let metric else { return goal.metric }
    if metric.metric == .achieved, !isUpper { return "The engine keeps up" }
    let whose = metric.operation.map { "of " + LoadStep.Times.words(of: $0) } ?? "of the events"
    if isUpper, metric.unit == "s", let quantile {
      let share = LoadWords.percent(quantile)
      let limit = roundTime(goal.limit)
      return metric.metric == .lateness
        ? "\(share) sent at most \(limit) late" : "\(share) \(whose) within \(limit)"
    }
    return metric.label.capitalizedFirst
  }

  /// A value with its unit, and with so many digits that it stands on its side of the limit.
  func text(_ value: Double) -> String {
    switch unit {
    case "s":
      if value.magnitude >= 600 { return spokenDuration(value) }
      let unit = TimeUnit.fitting(value)
      let digits = telling { extra in
        let text = unit.digits(value, least: extra)
        return (text, (Double(text.filter { $0 != "," }) ?? value) / unit.perSecond)
      }
      return digits + " " + unit.sign
    case "ratio":
      return telling { extra in
        let text = value == 1 ? "100" : fixed(value * 100, 2 + extra, separator: ",")
        return (text, (Double(text.filter { $0 != "," }) ?? value) / 100)
      } + " %"
    default:
      return telling { extra in
        let text = threeDigits(value, least: extra)
        return (text, Double(text.filter { $0 != "," }) ?? value)
      }
    }
  }

  /// The first of ever finer texts that is on the same side of the limit as the value.
  private func telling(_ text: (Int) -> (text: String, value: Double)) -> String {
    let exact = text(7)
    for extra in 0..<7 {
      let shown = text(extra)
      if side(shown.value) == side(exact.value) { return shown.text }
    }
    return exact.text
  }

  /// Below the limit, at it or above; binary numbers are a hair beside it.
  private func side(_ value: Double) -> Int {
    let room = max(goal.limit.magnitude * 1e-12, 1e-300)
    return value > goal.limit + room ? 1 : value < goal.limit - room ? -1 : 0
  }
}
