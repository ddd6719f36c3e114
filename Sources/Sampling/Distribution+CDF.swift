import Glibc

extension Distribution {
  /// The probability of a draw of at most `x`.
  public func cdf(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard x >= 0 else { return 0 }
    switch law {
    case .constant(let value): return x >= value ? 1 : 0
    case .exponential(let mean): return -expm1(-x / mean)
    case .gamma(let shape, let scale):
      return GSLFunctions.gammaCDF(x, shape: shape, scale: scale)
    case .erlang(let stages, let scale):
      return GSLFunctions.gammaCDF(x, shape: Double(stages), scale: scale)
    case .lognormal(let mu, let sigma):
      guard x > 0 else { return 0 }
      guard sigma > 0 else { return x >= exp(mu) ? 1 : 0 }
      return GSLFunctions.normalCDF((log(x) - mu) / sigma)
    case .weibull(let shape, let scale): return -expm1(-pow(x / scale, shape))
    case .pareto(let minimum, let shape): return x > minimum ? 1 - pow(minimum / x, shape) : 0
    case .uniform(let from, let to): return min(1, max(0, (x - from) / (to - from)))
    case .triangular(let from, let mode, let to):
      if x <= from { return 0 }
      if x >= to { return 1 }
      return x < mode
        ? (x - from) * (x - from) / ((to - from) * (mode - from))
        : 1 - (to - x) * (to - x) / ((to - from) * (to - mode))
    case .hyperexponential(let p, let mean1, let mean2):
      return -(p * expm1(-x / mean1) + (1 - p) * expm1(-x / mean2))
    case .beta(let a, let b, let from, let to):
      return GSLFunctions.betaCDF(min(1, max(0, (x - from) / (to - from))), a, b)
    case .empirical(let values):
      return Double(Self.count(of: values, upTo: x)) / Double(values.count)
    case .mixture(let shares, let parts):
      return parts.indices.reduce(0) { $0 + shares[$1] * parts[$1].cdf(x) }
    }
  }

  /// The smallest value that a draw stays at or below with probability `p`.
  public func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    switch law {
    case .constant(let value): return value
    case .exponential(let mean): return -mean * log1p(-p)
    case .gamma(let shape, let scale):
      return GSLFunctions.gammaQuantile(p, shape: shape, scale: scale) ?? searchedQuantile(p)
    case .erlang(let stages, let scale):
      return GSLFunctions.gammaQuantile(p, shape: Double(stages), scale: scale)
        ?? searchedQuantile(p)
    case .lognormal(let mu, let sigma):
      return sigma > 0 ? exp(mu + sigma * GSLFunctions.normalQuantile(p)) : exp(mu)
    case .weibull(let shape, let scale): return scale * pow(-log1p(-p), 1 / shape)
    case .pareto(let minimum, let shape): return minimum * exp(-log1p(-p) / shape)
    case .uniform(let from, let to): return from + (to - from) * p
    case .triangular(let from, let mode, let to):
      return Self.triangularQuantile(p, from, mode, to)
    case .beta(_, _, let from, let to):
      // GSL's own inverse does not come back for some steep shapes.
      if p == 0 { return from }
      return p == 1 ? to : searchedQuantile(p, from: from, to: to)
    case .empirical(let values):
      let rank = Int((p * Double(values.count)).rounded(.up))
      return values[min(values.count, max(1, rank)) - 1]
    case .hyperexponential, .mixture: return searchedQuantile(p)
    }
  }

  /// Finds an interval that holds the quantile and searches it.
  private func searchedQuantile(_ p: Double) -> Double {
    guard p > 0 else { return 0 }
    var high = 1.0
    while cdf(high) < p {
      high *= 2
      guard high.isFinite else { return .infinity }
    }
    return searchedQuantile(p, from: 0, to: high)
  }

  /// Halves an interval until the distribution function crosses `p` between two neighbours.
  private func searchedQuantile(_ p: Double, from: Double, to: Double) -> Double {
    var low = from
    var high = to
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if cdf(middle) < p { low = middle } else { high = middle }
    }
  }

  /// How many of the ascending values are at most `x`.
  private static func count(of values: [Double], upTo x: Double) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
