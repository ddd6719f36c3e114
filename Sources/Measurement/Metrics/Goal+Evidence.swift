extension Goal {
  /// What decides a goal about a quantile: the share within its limit, which is counted exactly.
  ///
  /// A p90 is at most 10 min just when at least 90 % are within 10 min. The quantile itself is known
  /// only to its bucket, and where many times are equal to the limit no interval of it says anything.
  public struct Evidence: Sendable, Hashable {
    /// The share that is counted.
    public let metric: MetricReference
    /// The quantile's level: what the share must reach, or must not.
    public let level: Double
    /// Whether the goal is kept by a share that reaches the level.
    let isKeptAbove: Bool

    /// Judges the limits of the share's interval.
    public func outcome(low: Double?, high: Double?) -> Outcome {
      guard let low, let high, low.isFinite, high.isFinite else { return .inconclusive }
      switch (low >= level, high >= level) {
      case (true, true): return isKeptAbove ? .met : .missed
      case (false, false): return isKeptAbove ? .missed : .met
      default: return .inconclusive
      }
    }
  }

  /// What decides the goal, if it is about a quantile of a time.
  public var evidence: Evidence? {
    guard case .quantile(let perMille) = metric.statistic, metric.metric.group != .service,
      limit >= 0, limit <= Double(DurationText.longest) / 1e9
    else { return nil }
    let nanoseconds = Int64((limit * 1e9).rounded())
    // Less than the limit, in whole nanoseconds: at most the one before it.
    let isStrict = relation == .below || relation == .atLeast
    let bound = isStrict ? nanoseconds - 1 : nanoseconds
    guard
      let share = MetricReference(
        metric.metric, .answeredWithin(bound), office: metric.isOffice,
        closedOnly: metric.isClosedOnly)?.limited(to: metric.scope)
    else { return nil }
    return Evidence(
      metric: share, level: Double(perMille) / 1_000,
      isKeptAbove: relation == .atMost || relation == .below)
  }
}
