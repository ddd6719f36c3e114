import Glibc

/// How far the mean of values may lie above what was seen of them, if their logarithms spread evenly.
///
/// Mean waits of runs on different days differ by factors, and the few worst decide the mean: while none
/// of them was seen, every interval that goes by the spread of the values is too short above. Cox's method
/// for the mean of lognormal values (Land 1972; Zhou and Gao 1997) goes by the spread of the logarithms,
/// which the usual days show as well.
enum LognormalLimit {
  /// The upper limit over the plain mean; nothing for fewer than three values, or where one is not positive.
  static func factor(_ values: [Double], level: Double) -> Double? {
    guard values.count > 2, values.allSatisfy({ $0 > 0 && $0.isFinite }),
      let mean = Moments(values).mean
    else { return nil }
    let logarithms = Moments(values.map { log($0) })
    let freedom = Double(values.count - 1)
    guard let center = logarithms.mean, let variance = logarithms.variance,
      let factor = StudentT.critical(level: level, freedom: freedom)
    else { return nil }
    let error = (variance / Double(values.count) + variance * variance / (2 * freedom)).squareRoot()
    let limit = exp(center + variance / 2 + factor * error) / mean
    return limit.isFinite ? limit : nil
  }
}

extension ConfidenceInterval {
  /// The interval, with its upper end where it would be if the logarithms of the runs' values spread
  /// evenly, if that is farther away.
  public func reaching(forRuns values: [Double]) -> ConfidenceInterval {
    guard estimate > 0, let factor = LognormalLimit.factor(values, level: level) else {
      return self
    }
    return ConfidenceInterval(
      estimate: estimate, low: low, high: max(high, estimate * factor), level: level)
  }
}
