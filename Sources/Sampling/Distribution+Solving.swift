import Glibc

/// The parametrisations that people know, solved for the native parameters.
extension Distribution {
  /// Gamma by mean and coefficient of variation; at 0 it is a constant.
  public static func gamma(mean: Double, cv: Double) throws(ImpossibleParameter) -> Distribution {
    try Require.size("mean", mean)
    guard try variation(cv) > 0 else { return try .constant(mean) }
    let shape = 1 / (cv * cv)
    return try .gamma(shape: shape, scale: mean / shape)
  }

  /// Lognormal by mean and coefficient of variation; at 0 it is a constant.
  public static func lognormal(
    mean: Double, cv: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.size("mean", mean)
    guard try variation(cv) > 0 else { return try .constant(mean) }
    let variance = log1p(cv * cv)
    return try .lognormal(mu: log(mean) - variance / 2, sigma: variance.squareRoot())
  }

  /// Lognormal by median and 90th percentile.
  public static func lognormal(
    median: Double, p90: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try lognormal(median: median, name: "p90", quantile: p90, at: 0.90)
  }

  /// Lognormal by median and 95th percentile.
  public static func lognormal(
    median: Double, p95: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try lognormal(median: median, name: "p95", quantile: p95, at: 0.95)
  }

  private static func lognormal(
    median: Double, name: String, quantile: Double, at p: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.size("median", median)
    try Require.greater(name, quantile, than: "the median", median, .seconds)
    try Require.size(name, quantile)
    let sigma = (log(quantile) - log(median)) / GSLFunctions.normalQuantile(p)
    return try .lognormal(mu: log(median), sigma: sigma)
  }

  /// Weibull by shape and mean.
  public static func weibull(
    shape: Double, mean: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.shape("shape", shape)
    try Require.size("mean", mean)
    // The mean of scale 1 is the gamma function of 1 + 1/shape.
    guard let logMean = GSLFunctions.logGamma(1 + 1 / shape), logMean < 700 else {
      throw ImpossibleParameter("shape", mustBe: "at least 0.006", got: Quantity(shape))
    }
    return try .weibull(shape: shape, scale: mean / exp(logMean))
  }

  /// Hyperexponential by mean and coefficient of variation, with balanced means.
  ///
  /// Both branches carry half of the total, the usual way to settle the third parameter.
  public static func hyperexponential(
    mean: Double, cv: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.size("mean", mean)
    try Require.within(1...1000, "cv", cv)
    let scv = cv * cv
    let p = (1 + ((scv - 1) / (scv + 1)).squareRoot()) / 2
    // 1 - p without cancellation: p (1 - p) = 1 / (2 (scv + 1)).
    let q = 1 / (2 * (scv + 1) * p)
    return try .hyperexponential(p: p, mean1: mean / (2 * p), mean2: mean / (2 * q))
  }

  /// Checks a coefficient of variation; 0 means a constant.
  private static func variation(_ cv: Double) throws(ImpossibleParameter) -> Double {
    try Require.notNegative("cv", cv)
    guard cv == 0 || (1e-3...1e3).contains(cv) else {
      throw ImpossibleParameter("cv", mustBe: "0 or from 0.001 to 1000", got: Quantity(cv))
    }
    return cv
  }
}
