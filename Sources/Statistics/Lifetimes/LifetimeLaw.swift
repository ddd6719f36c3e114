import CGSL
import Glibc

/// The families of laws that a time can be fitted with.
public enum LifetimeFamily: String, Sendable, Codable, CaseIterable {
  /// No memory.
  case exponential
  /// Sums of exponentials, and what lies between.
  case gamma
  /// The logarithm is normal.
  case lognormal
  /// The risk of an end rises or falls as a power of the time.
  case weibull
  /// One of two exponentials.
  case hyperexponential

  /// How many parameters it has.
  public var parameterCount: Int {
    switch self {
    case .exponential: 1
    case .gamma, .lognormal, .weibull: 2
    case .hyperexponential: 3
    }
  }
}

/// A law of times with its parameters, as likelihoods need it: densities and tails in logarithms.
public enum LifetimeLaw: Hashable, Sendable {
  /// By the mean.
  case exponential(mean: Double)
  /// By shape and scale.
  case gamma(shape: Double, scale: Double)
  /// By mean and standard deviation of the logarithm.
  case lognormal(mu: Double, sigma: Double)
  /// By shape and scale.
  case weibull(shape: Double, scale: Double)
  /// The first mean with probability `p`, otherwise the second.
  case hyperexponential(p: Double, mean1: Double, mean2: Double)

  /// The family.
  public var family: LifetimeFamily {
    switch self {
    case .exponential: .exponential
    case .gamma: .gamma
    case .lognormal: .lognormal
    case .weibull: .weibull
    case .hyperexponential: .hyperexponential
    }
  }

  /// The mean.
  public var mean: Double {
    switch self {
    case .exponential(let mean): mean
    case .gamma(let shape, let scale): shape * scale
    case .lognormal(let mu, let sigma): exp(mu + sigma * sigma / 2)
    case .weibull(let shape, let scale): scale * exp(Special.logGamma(1 + 1 / shape))
    case .hyperexponential(let p, let mean1, let mean2): p * mean1 + (1 - p) * mean2
    }
  }

  /// The probability of at most `x`.
  public func cdf(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < .infinity else { return 1 }
    switch self {
    case .exponential(let mean): return -expm1(-x / mean)
    case .gamma(let shape, let scale): return Special.gammaBelow(x, shape, scale)
    case .lognormal(let mu, let sigma): return Special.normal((log(x) - mu) / sigma)
    case .weibull(let shape, let scale): return -expm1(-pow(x / scale, shape))
    case .hyperexponential(let p, let mean1, let mean2):
      return -(p * expm1(-x / mean1) + (1 - p) * expm1(-x / mean2))
    }
  }

  /// The probability of more than `x`.
  public func survival(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x < .infinity else { return 0 }
    switch self {
    case .exponential(let mean): return exp(-x / mean)
    case .gamma(let shape, let scale): return Special.gammaAbove(x, shape, scale)
    case .lognormal(let mu, let sigma): return Special.normal((mu - log(x)) / sigma)
    case .weibull(let shape, let scale): return exp(-pow(x / scale, shape))
    case .hyperexponential(let p, let mean1, let mean2):
      return p * exp(-x / mean1) + (1 - p) * exp(-x / mean2)
    }
  }

  /// The logarithm of the density at `x` above 0.
  func logDensity(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return -.infinity }
    switch self {
    case .exponential(let mean): return -log(mean) - x / mean
    case .gamma(let shape, let scale):
      return (shape - 1) * log(x) - x / scale - shape * log(scale) - Special.logGamma(shape)
    case .lognormal(let mu, let sigma):
      let z = (log(x) - mu) / sigma
      return -0.5 * z * z - log(x * sigma) - Self.halfLogTwoPi
    case .weibull(let shape, let scale):
      let ratio = log(x / scale)
      return log(shape / scale) + (shape - 1) * ratio - exp(shape * ratio)
    case .hyperexponential(let p, let mean1, let mean2):
      return log(p / mean1 * exp(-x / mean1) + (1 - p) / mean2 * exp(-x / mean2))
    }
  }

  /// The logarithm of the probability of more than `x`; exact far out in the tail too.
  func logSurvival(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    switch self {
    case .exponential(let mean): return -x / mean
    case .weibull(let shape, let scale): return -pow(x / scale, shape)
    case .lognormal(let mu, let sigma):
      Special.silenceErrors()
      return gsl_sf_log_erfc((log(x) - mu) / sigma * 0.5.squareRoot()) - log(2)
    case .gamma, .hyperexponential:
      let share = survival(x)
      // Below what doubles hold the tail is that of its slowest exponential.
      if share > 0 { return log(share) }
      return logDensity(x) + log(max(mean, Double.leastNormalMagnitude))
    }
  }

  /// The logarithm of the probability between two times, from the side where digits are kept.
  func logProbability(_ low: Double, _ high: Double) -> Double {
    if high == .infinity { return logSurvival(low) }
    let below = cdf(low)
    let share = below < 0.5 ? cdf(high) - below : survival(low) - survival(high)
    if share > 1e-300 { return log(share) }
    // Narrow, or far out: the density in the middle times the width.
    return logDensity(low + (high - low) / 2) + log(high - low)
  }

  static let halfLogTwoPi = 0.5 * log(2 * Double.pi)
}

extension LifetimeLaw {
  /// The probability that the difference of two instants cut to a unit is the one that was seen.
  ///
  /// A time x shows as d with the weight 1 - |x - d| / unit. Twice integrated by parts that is a
  /// second difference of the integral of the distribution function.
  func logProbabilityOfDifference(_ seen: Double, unit: Double) -> Double {
    let above = integralOfCDF(seen + unit)
    let here = integralOfCDF(seen)
    let share = (above - 2 * here + integralOfCDF(seen - unit)) / unit
    // The difference loses the digits that the integrals share.
    if share > 1e-8 * max(1, above / unit) { return log(share) }
    return logDensity(max(seen, unit / 3)) + log(unit)
  }

  /// The integral of the distribution function from 0 to `x`: x F(x) less the mean up to x.
  func integralOfCDF(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    switch self {
    case .exponential(let mean): return x + mean * expm1(-x / mean)
    case .gamma(let shape, let scale):
      return x * cdf(x) - shape * scale * Special.gammaBelow(x, shape + 1, scale)
    case .lognormal(let mu, let sigma):
      let z = (log(x) - mu) / sigma
      return x * Special.normal(z) - mean * Special.normal(z - sigma)
    case .weibull(let shape, let scale):
      let power = pow(x / scale, shape)
      return x * cdf(x) - mean * Special.gammaBelow(power, 1 + 1 / shape, 1)
    case .hyperexponential(let p, let mean1, let mean2):
      return p * (x + mean1 * expm1(-x / mean1)) + (1 - p) * (x + mean2 * expm1(-x / mean2))
    }
  }
}
