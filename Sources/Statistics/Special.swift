import CGSL
import Glibc

/// The few distribution functions taken from GSL, behind one gate.
///
/// GSL's default error handler ends the process, so the gate switches it off before the first call;
/// what GSL cannot compute comes back as NaN and is turned into nothing here.
enum Special {
  private static let ready: Void = sb_gsl_errors_off()

  /// To be called before any function of GSL.
  static func silenceErrors() { ready }

  /// The standard normal distribution function.
  static func normal(_ x: Double) -> Double {
    0.5 * erfc(-x * 0.5.squareRoot())
  }

  static func normalDensity(_ x: Double) -> Double {
    exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
  }

  static func normalQuantile(_ p: Double) -> Double? {
    ready
    guard p > 0, p < 1 else { return nil }
    return finite(gsl_cdf_ugaussian_Pinv(p))
  }

  /// The probability that Student's t exceeds `t` in size.
  static func studentTwoSided(_ t: Double, _ freedom: Double) -> Double? {
    ready
    guard freedom > 0, !t.isNaN else { return nil }
    if t.isInfinite { return 0 }
    return finite(2 * gsl_cdf_tdist_Q(abs(t), freedom))
  }

  static func studentQuantile(_ p: Double, _ freedom: Double) -> Double? {
    ready
    guard p > 0, p < 1, freedom > 0, freedom.isFinite else { return nil }
    return finite(gsl_cdf_tdist_Pinv(p, freedom))
  }

  static func chiSquaredQuantile(_ p: Double, _ freedom: Double) -> Double? {
    ready
    guard p > 0, p < 1, freedom > 0, freedom.isFinite else { return nil }
    return finite(gsl_cdf_chisq_Pinv(p, freedom))
  }

  static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double? {
    ready
    guard p > 0, p < 1, a > 0, b > 0 else { return nil }
    return finite(gsl_cdf_beta_Pinv(p, a, b))
  }

  static func logGamma(_ x: Double) -> Double {
    ready
    return gsl_sf_lngamma(x)
  }

  /// The probability that a gamma variate is at most `x`.
  static func gammaBelow(_ x: Double, _ shape: Double, _ scale: Double) -> Double {
    ready
    return x > 0 ? gsl_cdf_gamma_P(x, shape, scale) : 0
  }

  /// The probability that a gamma variate exceeds `x`.
  static func gammaAbove(_ x: Double, _ shape: Double, _ scale: Double) -> Double {
    ready
    return x > 0 ? gsl_cdf_gamma_Q(x, shape, scale) : 1
  }

  /// The probability that chi-squared exceeds `x`.
  static func chiSquaredAbove(_ x: Double, _ freedom: Double) -> Double? {
    ready
    guard freedom > 0, x >= 0 else { return nil }
    return finite(gsl_cdf_chisq_Q(x, freedom))
  }

  static func finite(_ x: Double) -> Double? { x.isFinite ? x : nil }
}
