/// By how much days differ beyond what chance does to a Poisson number of arrivals.
///
/// If a day's rate is the expected one times a factor with mean 1 and coefficient of variation c, the
/// total has variance m + c^2 m^2. The estimate sets the sum of (total - m)^2 / (m + c^2 m^2) to its
/// degrees of freedom, the limits set it to quantiles of chi-squared, as Viechtbauer (2007) does for
/// differences between studies.
public struct DaySpread: Sendable, Equatable {
  /// The coefficient of variation with its interval; 0 where days differ no more than by chance.
  public let cv: ConfidenceInterval
  /// The probability of totals as unequal as these if every day had its expected rate.
  public let pValue: Double
  /// Days less the means that were estimated from them.
  public let freedom: Int

  /// From each day's total and the number expected on it.
  ///
  /// Nothing where fewer than two degrees of freedom are left.
  public init?(
    _ days: [(total: Double, expected: Double)], means: Int, level: Double = 0.95
  ) {
    let days = days.filter { $0.expected > 0 }
    let freedom = days.count - means
    guard freedom >= 2, level > 0, level < 1 else { return nil }
    func distance(_ square: Double) -> Double {
      days.reduce(0) { sum, day in
        let gap = day.total - day.expected
        return sum + gap * gap / (day.expected + square * day.expected * day.expected)
      }
    }
    func cv(at target: Double) -> Double? {
      guard distance(0) > target else { return 0 }
      var high = 1e-4
      while distance(high) > target {
        high *= 4
        if high > 1e6 { return nil }
      }
      return Numerics.root(from: 0, to: high) { distance($0) - target }.map { $0.squareRoot() }
    }
    let tail = (1 - level) / 2
    guard let p = Special.chiSquaredAbove(distance(0), Double(freedom)),
      let upper = Special.chiSquaredQuantile(1 - tail, Double(freedom)),
      let lower = Special.chiSquaredQuantile(tail, Double(freedom)),
      let estimate = cv(at: Double(freedom)), let low = cv(at: upper), let high = cv(at: lower)
    else { return nil }
    self.cv = ConfidenceInterval(estimate: estimate, low: low, high: high, level: level)
    pValue = p
    self.freedom = freedom
  }
}

extension ConfidenceInterval {
  /// The interval of Garwood (1936) for a mean of counts, widened where they vary more than Poisson.
  ///
  /// - Parameters:
  ///   - count: All events together.
  ///   - units: In how many units, such as days.
  ///   - dispersion: The variance of a unit's count over its mean, at least 1.
  ///   - freedom: The degrees of freedom behind the dispersion; none where it is known.
  public static func meanCount(
    _ count: Int, units: Int, dispersion: Double = 1, freedom: Double? = nil, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard count >= 0, units > 0, dispersion >= 1, dispersion.isFinite, level > 0, level < 1 else {
      return nil
    }
    let tail = (1 - level) / 2
    // Counts that vary more say as much as fewer counts that do not.
    let fewer = Double(count) / dispersion
    let low = count == 0 ? 0 : Special.chiSquaredQuantile(tail, 2 * fewer).map { $0 / 2 }
    guard let low, let high = Special.chiSquaredQuantile(1 - tail, 2 * fewer + 2) else {
      return nil
    }
    var widening = 1.0
    if let freedom, dispersion > 1, let z = Special.normalQuantile(1 - tail),
      let t = StudentT.critical(level: level, freedom: max(1, freedom))
    {
      widening = t / z
    }
    let scale = dispersion / Double(units)
    let estimate = Double(count) / Double(units)
    return ConfidenceInterval(
      estimate: estimate, low: max(0, estimate - widening * (estimate - low * scale)),
      high: estimate + widening * (high / 2 * scale - estimate), level: level)
  }
}
