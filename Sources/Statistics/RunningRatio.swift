/// A ratio of two sums over runs, kept as a few sums: for the many numbers of figures.
///
/// Its error is that of the linear form, sum (top - ratio bottom)^2, which needs no list of the runs.
public struct RunningRatio: Sendable, Equatable, Codable {
  private var tops = Moments()
  private var bottoms = Moments()
  private var products = 0.0

  /// A ratio of nothing yet.
  public init() {}

  /// Takes in a run; one with nothing below says nothing.
  public mutating func record(_ top: Double, over bottom: Double) {
    guard bottom > 0 else { return }
    let before = bottoms.mean ?? 0
    tops.record(top)
    bottoms.record(bottom)
    products += (bottom - before) * (top - (tops.mean ?? 0))
  }

  /// How many runs say something.
  public var count: Int { tops.count }

  /// The ratio of the sums; nothing if no run says something.
  public var ratio: Double? {
    guard let top = tops.mean, let bottom = bottoms.mean else { return nil }
    return top / bottom
  }

  /// The interval; nothing if fewer than two runs say something.
  public func interval(
    within range: QuantityRange, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard let ratio, let bottom = bottoms.mean, let above = tops.populationVariance,
      let below = bottoms.populationVariance, count > 1,
      let factor = StudentT.critical(level: level, freedom: Double(count - 1))
    else { return nil }
    let apart = above - 2 * ratio * products / Double(count) + ratio * ratio * below
    let error = (max(0, apart) / Double(count - 1)).squareRoot() / bottom
    let limits = range.limits(ratio, Reach(factor: factor, error: error, skewness: 0))
    guard limits.low.isFinite, limits.high.isFinite else { return nil }
    return ConfidenceInterval(estimate: ratio, low: limits.low, high: limits.high, level: level)
  }
}
