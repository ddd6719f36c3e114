import CGSL
import Glibc

/// Square-root staffing: R + beta sqrt(R) servers for an offered load of R erlangs.
///
/// Approximations for many servers; the exact values are those of ``ErlangC`` and ``ErlangA``.
public enum SquareRootStaffing {
  /// The number of servers, rounded up; nothing for impossible arguments.
  public static func servers(offeredLoad: Double, beta: Double) -> Int? {
    guard offeredLoad > 0, beta.isFinite else { return nil }
    let count = (offeredLoad + beta * offeredLoad.squareRoot()).rounded(.up)
    return count >= 1 && count <= Double(ClosedFormLimits.servers) ? Int(count) : nil
  }

  /// The probability of having to wait without patience (Halfin and Whitt 1981); beta positive.
  public static func pWait(beta: Double) -> Double? {
    guard beta > 0, beta.isFinite else { return nil }
    return 1 / (1 + beta / hazard(-beta))
  }

  /// The beta at which a share `pWait` has to wait: the inverse of ``pWait(beta:)``.
  public static func beta(pWait target: Double) -> Double? {
    guard target > 1e-12, target < 1 - 1e-9 else { return nil }
    return Numerics.root(from: 1e-10, to: 40) { (pWait(beta: $0) ?? 0) - target }
  }

  /// The mean wait in units of the mean service, without patience; beta positive.
  public static func meanWait(beta: Double, offeredLoad: Double) -> Double? {
    guard offeredLoad > 0, offeredLoad.isFinite, let pWait = pWait(beta: beta) else { return nil }
    return pWait / (beta * offeredLoad.squareRoot())
  }

  /// The probability of having to wait with patience (Garnett, Mandelbaum and Reiman 2002).
  ///
  /// `patienceRatio` is the rate of giving up over the rate of service; beta may be negative.
  public static func pWait(beta: Double, patienceRatio: Double) -> Double? {
    guard beta.isFinite, patienceRatio > 0, patienceRatio.isFinite else { return nil }
    let root = patienceRatio.squareRoot()
    let value = 1 / (1 + root * hazard(beta / root) / hazard(-beta))
    return value.isFinite ? value : nil
  }

  /// The share of everybody who give up: the square root law of the same paper.
  public static func pAbandon(
    beta: Double, patienceRatio: Double, offeredLoad: Double
  ) -> Double? {
    guard offeredLoad > 0, offeredLoad.isFinite,
      let pWait = pWait(beta: beta, patienceRatio: patienceRatio)
    else { return nil }
    let root = patienceRatio.squareRoot()
    let value = pWait * (root * hazard(beta / root) - beta) / offeredLoad.squareRoot()
    return value.isFinite ? value : nil
  }

  /// The hazard rate of the normal distribution, phi / (1 - Phi).
  private static func hazard(_ x: Double) -> Double {
    Special.silenceErrors()
    return gsl_sf_hazard(x)
  }
}
