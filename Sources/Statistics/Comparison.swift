import Glibc

/// A difference of two means with its test: how far apart, how sure.
public struct Difference: Sendable, Equatable, Codable {
  /// The difference with its interval.
  public var interval: ConfidenceInterval

  /// The standard error of the difference.
  public var standardError: Double

  /// Degrees of freedom of the interval.
  public var freedom: Double

  /// The probability of a difference at least as large if there were none.
  public var pValue: Double

  /// The skewness of the estimate, which makes the interval reach further (``Reach``).
  public var skewness: Double

  /// Student's t; nothing when there is no spread at all.
  public var t: Double? { standardError > 0 ? interval.estimate / standardError : nil }

  /// A difference with a standard error of so many degrees of freedom.
  ///
  /// The p-value is that of the interval: the level at which it just reaches 0, as far to the side of 0
  /// as skewness makes it reach to either.
  public init?(
    estimate: Double, error: Double, freedom: Double, skewness: Double = 0, level: Double = 0.95
  ) {
    // Without any spread a difference is certain, and so is its absence.
    let p =
      error > 0
      ? StudentT.twoSided(
        Reach.factor(
          toNoughtFrom: estimate, error: error,
          skewness: estimate > 0 ? -skewness.magnitude : skewness.magnitude), freedom: freedom)
      : (estimate == 0 ? 1 : 0)
    guard let p, let factor = StudentT.critical(level: level, freedom: freedom),
      estimate.isFinite, error.isFinite
    else { return nil }
    interval = ConfidenceInterval(estimate: estimate, low: estimate, high: estimate, level: level)
    standardError = error
    self.freedom = freedom
    pValue = p
    self.skewness = skewness
    interval = widened(to: factor, level: level)
  }

  /// The same difference with a half-width of `factor` standard errors (Bonferroni, Dunnett).
  public func widened(to factor: Double, level: Double) -> ConfidenceInterval {
    let estimate = interval.estimate
    let limits = QuantityRange.anywhere.limits(
      estimate, Reach(factor: factor, error: standardError, skewness: skewness))
    // As far to both sides as to the farther one: tables have room for one number behind a plus or minus,
    // and a sign must not contradict it.
    let half = max(estimate - limits.low, limits.high - estimate)
    return ConfidenceInterval(
      estimate: estimate, low: estimate - half, high: estimate + half, level: level)
  }

  /// The difference of two estimates over the same runs; nothing if fewer than two runs speak of both.
  public static func paired(
    baseline: Double, _ errors: RunErrors, other: Double, _ otherErrors: RunErrors
  ) -> Difference? {
    let apart = otherErrors.less(errors)
    guard let error = apart.standardError else { return nil }
    return Difference(
      estimate: other - baseline, error: error, freedom: apart.freedom, skewness: apart.skewness)
  }

  /// The difference of two estimates over runs of their own (Welch 1947).
  public static func unpaired(
    baseline: Double, _ errors: RunErrors, other: Double, _ otherErrors: RunErrors
  ) -> Difference? {
    guard let left = errors.standardError, let right = otherErrors.standardError else { return nil }
    let error = (left * left + right * right).squareRoot()
    let third =
      otherErrors.skewness * right * right * right - errors.skewness * left * left * left
    return Difference(
      estimate: other - baseline, error: error,
      freedom: WelchComparison.freedom(left, errors.freedom, right, otherErrors.freedom),
      skewness: error > 0 ? third / (error * error * error) : 0)
  }
}

/// The same replications under two strategies: differences within each, free of what both share.
public struct PairedComparison: Sendable, Equatable {
  /// Values of the baseline.
  public private(set) var baseline = Moments()

  /// Values of the other strategy.
  public private(set) var other = Moments()

  /// Values of the other strategy minus the baseline's, replication by replication.
  public private(set) var differences = Moments()

  private var products = 0.0

  /// A comparison of nothing yet.
  public init() {}

  /// Takes in one replication, in replication order.
  public mutating func record(baseline value: Double, other: Double) {
    let meanBefore = self.other.mean ?? 0
    baseline.record(value)
    let meanAfter = baseline.mean ?? 0
    products += (other - meanBefore) * (value - meanAfter)
    self.other.record(other)
    differences.record(other - value)
  }

  /// The mean difference, other minus baseline; nothing below two replications.
  public func difference(level: Double = 0.95) -> Difference? {
    guard let mean = differences.mean, let error = differences.standardError else { return nil }
    return Difference(
      estimate: mean, error: error, freedom: Double(differences.count - 1), level: level)
  }

  /// The correlation that the common customers brought; nothing when one side never varies.
  public var correlation: Double? {
    guard let left = baseline.variance, let right = other.variance, left > 0, right > 0 else {
      return nil
    }
    let covariance = products / Double(differences.count - 1)
    let value = covariance / (left.squareRoot() * right.squareRoot())
    return value.isFinite ? min(1, max(-1, value)) : nil
  }

  /// How many times more replications the same sureness needs on independent customers.
  var varianceReduction: Double? {
    guard let left = baseline.variance, let right = other.variance,
      let paired = differences.variance, paired > 0
    else { return nil }
    return Special.finite((left + right) / paired)
  }
}

/// Two strategies on independent customers: Welch's test (1947), which allows unequal spreads.
enum WelchComparison {
  /// The difference of the means, `other` minus `baseline`; nothing below two values each.
  static func difference(
    baseline: Moments, other: Moments, level: Double = 0.95
  ) -> Difference? {
    guard let left = baseline.mean, let right = other.mean,
      let leftError = baseline.standardError, let rightError = other.standardError
    else { return nil }
    return Difference(
      estimate: right - left,
      error: (leftError * leftError + rightError * rightError).squareRoot(),
      freedom: freedom(
        leftError, Double(baseline.count - 1), rightError, Double(other.count - 1)),
      level: level)
  }

  /// Welch and Satterthwaite's degrees of freedom; without any spread they do not matter.
  static func freedom(
    _ left: Double, _ leftFreedom: Double, _ right: Double, _ rightFreedom: Double
  ) -> Double {
    let a = left * left
    let b = right * right
    let bottom = a * a / leftFreedom + b * b / rightFreedom
    return bottom > 0 ? (a + b) * (a + b) / bottom : leftFreedom + rightFreedom
  }
}
