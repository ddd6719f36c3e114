public import Statistics

/// A share over runs, such as that of the conversations of one hour answered in time, with the interval
/// that every share in every table has.
public struct ShareOfRuns: Sendable {
  private var tops: [Double] = []
  private var bottoms: [Double] = []

  /// A share of nothing yet.
  public init() {}

  /// Takes in a run: how many of how many.
  public mutating func record(_ count: Int, of all: Int) {
    tops.append(Double(count))
    bottoms.append(Double(all))
  }

  /// The sums over runs.
  public var sums: (top: Double, bottom: Double) { (tops.reduce(0, +), bottoms.reduce(0, +)) }

  /// The share of all runs together; nil where there was nothing.
  public var value: Double? {
    let (top, bottom) = sums
    return bottom > 0 ? top / bottom : nil
  }

  /// The interval at a level; nil where the runs cannot tell.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    guard let reference = MetricReference(.firstResponse, .within(0)) else { return nil }
    let values = zip(tops, bottoms).map { MetricValue(sum: $0, over: $1) }
    return MetricEstimate(reference, values)?.interval(level)
  }
}
