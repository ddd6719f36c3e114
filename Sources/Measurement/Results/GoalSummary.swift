/// A promise and what became of it.
public struct GoalSummary: Sendable, Equatable, Codable {
  /// The goal.
  public var goal: Goal
  /// The metric's value over replications, in the unit of files.
  public var value: Double?
  /// The lower limit of the interval.
  public var low: Double?
  /// The upper limit of the interval.
  public var high: Double?
  /// What became of it.
  public var outcome: Goal.Outcome

  /// Judges a goal by the interval of its metric, or, if it is about a quantile, by that of the share
  /// within its limit.
  public init(_ goal: Goal, _ summary: MetricSummary, evidence: MetricSummary? = nil) {
    self.goal = goal
    value = summary.mean
    low = summary.low
    high = summary.high
    if let asked = goal.evidence, let evidence {
      outcome = asked.outcome(low: evidence.low, high: evidence.high)
      agree()
    } else {
      outcome = goal.outcome(low: low, high: high)
    }
  }

  /// The interval of a quantile is made another way than that of the share that decides: where the two
  /// differ about the limit, the interval is cut or widened at the limit, so that it says the same.
  private mutating func agree() {
    guard let low, let high else { return }
    let isKeptBelow = goal.relation == .atMost || goal.relation == .below
    switch (outcome, isKeptBelow) {
    case (.inconclusive, _):
      self.low = min(low, goal.limit)
      self.high = max(high, goal.limit)
    case (.met, true), (.missed, false):
      self.low = min(low, goal.limit)
      self.high = min(high, goal.limit)
    case (.met, false), (.missed, true):
      self.low = max(low, goal.limit)
      self.high = max(high, goal.limit)
    }
  }
}
