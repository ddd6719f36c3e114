import Glibc

/// An estimate with the interval that covers the truth at a stated level.
public struct ConfidenceInterval: Sendable, Equatable, Codable {
  /// The best single guess.
  public var estimate: Double

  /// The lower limit.
  public var low: Double

  /// The upper limit.
  public var high: Double

  /// The share of such intervals that cover the truth, such as 0.95.
  public var level: Double

  /// An interval with the given limits.
  public init(estimate: Double, low: Double, high: Double, level: Double) {
    self.estimate = estimate
    self.low = low
    self.high = high
    self.level = level
  }

  /// Half the width of the interval.
  public var halfWidth: Double { (high - low) / 2 }

  /// Whether `value` lies in the interval, limits included.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// Student's t interval for the mean of independent values, such as one value a replication.
  ///
  /// Nothing with fewer than two values, or for a level that is not between 0 and 1.
  public static func student(_ moments: Moments, level: Double = 0.95) -> ConfidenceInterval? {
    guard let mean = moments.mean, let error = moments.standardError else { return nil }
    return student(
      estimate: mean, error: error, freedom: Double(moments.count - 1), level: level)
  }

  /// Student's t interval around an estimate with a known standard error and degrees of freedom.
  public static func student(
    estimate: Double, error: Double, freedom: Double, level: Double
  ) -> ConfidenceInterval? {
    guard let factor = StudentT.critical(level: level, freedom: freedom) else { return nil }
    let half = factor * error
    guard half.isFinite, estimate.isFinite else { return nil }
    return ConfidenceInterval(
      estimate: estimate, low: estimate - half, high: estimate + half, level: level)
  }

  /// Wilson's score interval (1927) for a share: `successes` out of `trials` independent tries.
  ///
  /// It stays inside 0...1 and is sensible even when nothing or everything succeeded.
  public static func wilson(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard trials > 0, (0...trials).contains(successes), level > 0, level < 1,
      let z = Special.normalQuantile(0.5 + level / 2)
    else { return nil }
    let n = Double(trials)
    let share = Double(successes) / n
    let scale = 1 + z * z / n
    let middle = (share + z * z / (2 * n)) / scale
    let half = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return ConfidenceInterval(
      estimate: share, low: successes == 0 ? 0 : max(0, middle - half),
      high: successes == trials ? 1 : min(1, middle + half), level: level)
  }

  /// The interval of Clopper and Pearson (1934) for a share: never covers less than its level.
  public static func clopperPearson(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard trials > 0, (0...trials).contains(successes), level > 0, level < 1 else { return nil }
    let tail = (1 - level) / 2
    let hits = Double(successes)
    let misses = Double(trials - successes)
    var low = 0.0
    var high = 1.0
    if successes > 0 {
      guard let limit = Special.betaQuantile(tail, hits, misses + 1) else { return nil }
      low = limit
    }
    if successes < trials {
      guard let limit = Special.betaQuantile(1 - tail, hits + 1, misses) else { return nil }
      high = limit
    }
    return ConfidenceInterval(
      estimate: hits / Double(trials), low: low, high: high, level: level)
  }
}

/// The chi-squared distribution.
public enum ChiSquared {
  /// The quantile at share `p`; nothing for impossible arguments.
  public static func quantile(_ p: Double, freedom: Double) -> Double? {
    Special.chiSquaredQuantile(p, freedom)
  }
}

/// Student's t distribution.
public enum StudentT {
  /// The factor of a two-sided interval at `level`; nothing for impossible arguments.
  public static func critical(level: Double, freedom: Double) -> Double? {
    guard level > 0, level < 1 else { return nil }
    return quantile(0.5 + level / 2, freedom: freedom)
  }

  /// The quantile at share `p`.
  public static func quantile(_ p: Double, freedom: Double) -> Double? {
    Special.studentQuantile(p, freedom)
  }

  /// The probability of a value at least as far from 0 as `t`.
  static func twoSided(_ t: Double, freedom: Double) -> Double? {
    Special.studentTwoSided(t, freedom)
  }

  /// The factor of two-sided intervals that hold together for several comparisons (Bonferroni).
  static func bonferroni(comparisons: Int, level: Double, freedom: Double) -> Double? {
    guard comparisons > 0, level > 0, level < 1 else { return nil }
    return quantile(1 - (1 - level) / (2 * Double(comparisons)), freedom: freedom)
  }
}
