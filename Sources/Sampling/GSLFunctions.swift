internal import CGSL

/// The functions of GSL that distributions need, with GSL's error handler off and its codes read.
enum GSLFunctions {
  /// GSL's default handler ends the process; it is switched off before the first call.
  private static let ready: Void = sb_gsl_errors_off()

  /// The logarithm of the gamma function; nil where GSL reports an error.
  static func logGamma(_ x: Double) -> Double? {
    ready
    var result = gsl_sf_result()
    let code = unsafe gsl_sf_lngamma_e(x, &result)
    return Int(code) == GSL_SUCCESS && result.val.isFinite ? result.val : nil
  }

  /// The standard normal distribution function.
  static func normalCDF(_ z: Double) -> Double {
    ready
    return gsl_cdf_ugaussian_P(z)
  }

  /// The standard normal quantile.
  static func normalQuantile(_ p: Double) -> Double {
    ready
    return gsl_cdf_ugaussian_Pinv(p)
  }

  /// The distribution function of a gamma variate.
  static func gammaCDF(_ x: Double, shape: Double, scale: Double) -> Double {
    ready
    return gsl_cdf_gamma_P(x, shape, scale)
  }

  /// The quantile of a gamma variate; nil where GSL does not converge.
  static func gammaQuantile(_ p: Double, shape: Double, scale: Double) -> Double? {
    ready
    let x = gsl_cdf_gamma_Pinv(p, shape, scale)
    return x.isFinite ? x : nil
  }

  /// The distribution function of a beta variate on (0, 1).
  static func betaCDF(_ x: Double, _ a: Double, _ b: Double) -> Double {
    ready
    return gsl_cdf_beta_P(x, a, b)
  }
}

/// What is behind the distributions.
public enum GSL {
  /// The version of the GNU Scientific Library, such as `2.7.1`.
  public static var version: String { unsafe String(cString: sb_gsl_version_text()) }
}
