/// The mean of one long run, its interval from batches, and whether the batches are long enough.
struct BatchMeans: Sendable, Equatable {
  /// The means of the batches, in turn.
  let means: [Double]

  /// The interval for the mean, as if the batch means were independent.
  let interval: ConfidenceInterval

  /// The correlation of each batch mean with the next (biased form); nothing if all are equal.
  let lag1: Double?

  /// Von Neumann's ratio (1941): about 2 if the batch means are independent, less if they follow
  /// each other; nothing if all are equal.
  let vonNeumannRatio: Double?

  /// Cuts `series` into `batches` equal batches; what is left over at the end is not used.
  ///
  /// Nothing with fewer than two batches or fewer values than batches.
  init?(_ series: [Double], batches: Int, level: Double = 0.95) {
    guard batches >= 2, series.count >= batches else { return nil }
    let length = series.count / batches
    let means = (0..<batches).map { batch in
      series[batch * length..<(batch + 1) * length].reduce(0, +) / Double(length)
    }
    guard let interval = ConfidenceInterval.student(Moments(means), level: level) else {
      return nil
    }
    self.means = means
    self.interval = interval
    lag1 = Series.autocorrelation(means, lag: 1)
    vonNeumannRatio = Series.vonNeumannRatio(means)
  }

  /// Whether the batch means show no correlation at 5 %: the interval may be trusted.
  ///
  /// Von Neumann's ratio of n independent normal values has mean 2 and variance
  /// 4 (n - 2) / (n^2 - 1); a ratio below its 5 % quantile tells of correlation.
  var looksIndependent: Bool {
    guard let vonNeumannRatio, means.count > 2 else { return false }
    let n = Double(means.count)
    let spread = (4 * (n - 2) / (n * n - 1)).squareRoot()
    return vonNeumannRatio >= 2 - 1.6448536269514722 * spread
  }
}

/// What can be read off a series of values in order.
enum Series {
  /// The correlation of values `lag` apart (biased: both sums over the whole series).
  ///
  /// Nothing if the series is not longer than the lag or all its values are equal.
  static func autocorrelation(_ series: [Double], lag: Int) -> Double? {
    guard lag >= 0, series.count > lag, let mean = Moments(series).mean else { return nil }
    var spread = 0.0
    for value in series { spread += (value - mean) * (value - mean) }
    guard spread > 0 else { return nil }
    var product = 0.0
    for index in lag..<series.count {
      product += (series[index] - mean) * (series[index - lag] - mean)
    }
    return product / spread
  }

  /// The mean square of successive differences over the variance (both divided by count - 1).
  static func vonNeumannRatio(_ series: [Double]) -> Double? {
    guard series.count > 1, let variance = Moments(series).variance, variance > 0 else {
      return nil
    }
    var total = 0.0
    for index in 1..<series.count {
      let step = series[index] - series[index - 1]
      total += step * step
    }
    return total / Double(series.count - 1) / variance
  }

  /// The variance of the mean by overlapping batches (Meketon and Schmeiser 1984).
  static func overlappingBatchVariance(_ series: [Double], length: Int) -> Double? {
    let count = series.count
    guard length >= 1, count > length, let mean = Moments(series).mean else { return nil }
    var sum = series[0..<length].reduce(0, +)
    var total = 0.0
    for start in 0...(count - length) {
      if start > 0 { sum += series[start + length - 1] - series[start - 1] }
      let apart = sum / Double(length) - mean
      total += apart * apart
    }
    let n = Double(count)
    let m = Double(length)
    return n * m / ((n - m + 1) * (n - m)) * total / n
  }
}
