import Statistics

/// A metric over all replications of a strategy.
public struct MetricSummary: Sendable, Equatable, Codable {
  /// The metric.
  public var metric: MetricReference
  /// The number of all runs together (``MetricEstimate``); nothing if no replication had a value.
  public var mean: Double?
  /// The lower limit of the interval; nothing with fewer than two replications, nor where they are too
  /// few to tell.
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

  /// Sums up what the runs say of a metric; `values` are those of the single runs.
  init(
    _ metric: MetricReference, _ values: [MetricValue?], _ estimate: MetricEstimate?,
    level: Double = 0.95
  ) {
    self.metric = metric
    let moments = Moments(values.lazy.compactMap { $0?.value })
    replications = moments.count
    standardDeviation = moments.standardDeviation
    mean = estimate?.value
    let interval = estimate?.interval(level)
    low = interval?.low
    high = interval?.high
  }
}
