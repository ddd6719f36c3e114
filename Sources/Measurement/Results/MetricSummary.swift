import Statistics

/// A metric over all replications of a strategy.
public struct MetricSummary: Sendable, Equatable, Codable {
  /// The metric.
  public var metric: MetricReference
  /// The mean over replications; nothing if no replication had a value.
  public var mean: Double?
  /// The lower limit of the interval; nothing with fewer than two replications.
  public var low: Double?
  /// The upper limit of the interval.
  public var high: Double?
  /// The standard deviation over replications.
  public var standardDeviation: Double?
  /// How many replications had a value.
  public var replications: Int

  /// Half the width of the interval.
  public var halfWidth: Double? {
    guard let low, let high else { return nil }
    return (high - low) / 2
  }

  /// Sums up the values of a metric in replication order.
  ///
  /// - A number has Student's interval over replications.
  /// - A share or a mean per conversation whose replications differ in size by more than a factor
  ///   of two is the ratio of the sums, jackknifed: the mean of their ratios would be biased.
  /// - A share with fewer than ten successes or failures in all is so rare that replications may
  ///   all agree by luck; it has Wilson's interval over all conversations, if that is wider.
  public init(_ metric: MetricReference, _ values: [MetricValue?], level: Double = 0.95) {
    self.metric = metric
    let present = values.compactMap { $0 }
    let moments = Moments(present.map(\.value))
    replications = moments.count
    mean = moments.mean
    standardDeviation = moments.standardDeviation
    var interval = ConfidenceInterval.student(moments, level: level)
    let parts = present.compactMap(\.parts)
    if parts.count == present.count, parts.count > 1 {
      if Self.differInSize(parts), let ratio = Self.ratio(parts, level: level) {
        interval = ratio
        mean = ratio.estimate
      }
      if metric.isShare, let rare = Self.rare(parts, level: level), let usual = interval,
        rare.halfWidth > usual.halfWidth
      {
        interval = rare
      }
    }
    low = interval?.low
    high = interval?.high
  }

  private static func differInSize(_ parts: [MetricValue.Parts]) -> Bool {
    let sizes = parts.map(\.bottom)
    guard let least = sizes.min(), let most = sizes.max() else { return false }
    return most > 2 * least
  }

  private static func ratio(
    _ parts: [MetricValue.Parts], level: Double
  ) -> ConfidenceInterval? {
    var ratio = RatioEstimate()
    for part in parts { ratio.record(part.top, over: part.bottom) }
    return ratio.interval(level: level)
  }

  private static func rare(
    _ parts: [MetricValue.Parts], level: Double
  ) -> ConfidenceInterval? {
    let top = parts.reduce(0) { $0 + $1.top }
    let bottom = parts.reduce(0) { $0 + $1.bottom }
    guard top < 10 || bottom - top < 10, bottom < 1e15 else { return nil }
    return ConfidenceInterval.wilson(successes: Int(top), trials: Int(bottom), level: level)
  }
}
