public import Measurement
import Statistics

/// A promise that every period of a day or a week must keep: a share answered within a time.
public struct PeriodGoal: Sendable, Hashable {
  /// The share of the conversations opened in the period, 0 to 1.
  public let share: Double
  /// The time in nanoseconds.
  public let bound: Int64
  /// The goal as it was written.
  public let text: String

  /// The metric that a run must be asked for.
  public var metric: MetricReference? { MetricReference(.firstResponse, .within(bound)) }

  /// A goal that is, or amounts to, a share of first responses within a time; nil for others.
  ///
  /// A p90 of at most 10 min is a share of 90 % within 10 min.
  public init?(_ goal: Goal) {
    guard goal.metric.metric == .firstResponse, goal.metric.scope == nil, !goal.metric.isOffice,
      !goal.metric.isClosedOnly
    else { return nil }
    switch (goal.metric.statistic, goal.relation) {
    case (.within(let bound), .atLeast), (.within(let bound), .above):
      self.bound = bound
      share = goal.limit
    case (.quantile(let perMille), .atMost), (.quantile(let perMille), .below):
      guard goal.limit >= 0, goal.limit < 1e9 else { return nil }
      bound = Int64((goal.limit * 1e9).rounded())
      share = Double(perMille) / 1_000
    default: return nil
    }
    text = goal.text
  }

  /// What an interval says of the goal.
  public func outcome(_ share: ShareOfRuns, level: Double) -> Goal.Outcome {
    StaffingReach(share, level: level).outcome(self.share)
  }
}
