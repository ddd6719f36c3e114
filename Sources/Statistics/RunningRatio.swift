/// A ratio of two sums over runs, kept as a few sums: for the many numbers of figures.
///
/// Its error is that of the linear form, sum (top - ratio bottom)^2, which needs no list of the runs.
public struct RunningRatio: Sendable, Equatable, Codable {
  /// How many runs say something.
  public private(set) var count = 0
  private var top = Side()
  private var bottom = Side()
  private var products = 0.0

  /// What a side of the ratio was on average, and the sum of the squares of how far it was from that.
  private struct Side: Sendable, Equatable, Codable {
    var mean = 0.0
    var squares = 0.0

    /// Takes in the value after so many others, as `Moments` does.
    mutating func record(_ value: Double, after before: Double) {
      let delta = value - mean
      let step = delta / (before + 1)
      squares += delta * step * before
      mean += step
    }
  }

  /// A ratio of nothing yet.
  public init() {}

  /// Takes in a run; one with nothing below says nothing.
  public mutating func record(_ top: Double, over bottom: Double) {
    guard bottom > 0 else { return }
    let mean = self.bottom.mean
    self.top.record(top, after: Double(count))
    self.bottom.record(bottom, after: Double(count))
    products += (bottom - mean) * (top - self.top.mean)
    count += 1
  }

  /// The ratio of the sums; nothing if no run says something.
  public var ratio: Double? { count > 0 ? top.mean / bottom.mean : nil }

  /// The interval; nothing if fewer than two runs say something.
  public func interval(
    within range: QuantityRange, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard let ratio, count > 1,
      let factor = StudentT.critical(level: level, freedom: Double(count - 1))
    else { return nil }
    let above = top.squares / Double(count)
    let below = bottom.squares / Double(count)
    let apart = above - 2 * ratio * products / Double(count) + ratio * ratio * below
    let error = (max(0, apart) / Double(count - 1)).squareRoot() / bottom.mean
    let limits = range.limits(ratio, Reach(factor: factor, error: error, skewness: 0))
    guard limits.low.isFinite, limits.high.isFinite else { return nil }
    return ConfidenceInterval(estimate: ratio, low: limits.low, high: limits.high, level: level)
  }
}
