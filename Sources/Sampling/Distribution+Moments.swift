import Glibc

extension Distribution {
  /// The mean; infinite where the tail is too heavy to have one.
  public var mean: Double {
    switch law {
    case .constant(let value): value
    case .exponential(let mean): mean
    case .gamma(let shape, let scale): shape * scale
    case .erlang(let stages, let scale): Double(stages) * scale
    case .lognormal(let mu, let sigma): exp(mu + sigma * sigma / 2)
    case .weibull(let shape, let scale): scale * Self.gammaFunction(1 + 1 / shape)
    case .pareto(let minimum, let shape): shape > 1 ? shape * minimum / (shape - 1) : .infinity
    case .uniform(let from, let to): from + (to - from) / 2
    case .triangular(let from, let mode, let to): (from + mode + to) / 3
    case .hyperexponential(let p, let mean1, let mean2): p * mean1 + (1 - p) * mean2
    case .beta(let a, let b, let from, let to): from + (to - from) * a / (a + b)
    case .empirical(let values): values.reduce(0, +) / Double(values.count)
    case .mixture(let shares, let parts):
      parts.indices.reduce(0) { $0 + (shares[$1] > 0 ? shares[$1] * parts[$1].mean : 0) }
    }
  }

  /// The variance; infinite where the tail is too heavy to have one.
  public var variance: Double {
    switch law {
    case .constant: return 0
    case .exponential(let mean): return mean * mean
    case .gamma(let shape, let scale): return shape * scale * scale
    case .erlang(let stages, let scale): return Double(stages) * scale * scale
    case .lognormal(let mu, let sigma):
      let square = sigma * sigma
      return expm1(square) * exp(2 * mu + square)
    case .weibull(let shape, let scale):
      let first = Self.gammaFunction(1 + 1 / shape)
      let second = Self.gammaFunction(1 + 2 / shape)
      return second.isFinite ? scale * scale * (second - first * first) : .infinity
    case .pareto(let minimum, let shape):
      guard shape > 2 else { return .infinity }
      return minimum * minimum * shape / ((shape - 1) * (shape - 1) * (shape - 2))
    case .uniform(let from, let to): return (to - from) * (to - from) / 12
    case .triangular(let from, let mode, let to):
      let up = mode - from
      let down = to - mode
      return (up * up + up * down + down * down) / 18
    case .hyperexponential(let p, let mean1, let mean2):
      let gap = mean1 - mean2
      return p * mean1 * mean1 + (1 - p) * mean2 * mean2 + p * (1 - p) * gap * gap
    case .beta(let a, let b, let from, let to):
      let width = to - from
      return width * width * a * b / ((a + b) * (a + b) * (a + b + 1))
    case .empirical(let values):
      let mean = mean
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    case .mixture(let shares, let parts):
      let mean = mean
      guard mean.isFinite else { return .infinity }
      return parts.indices.reduce(0) { sum, index in
        let part = parts[index]
        let share = shares[index]
        guard share > 0 else { return sum }
        return sum + share * (part.variance + (part.mean - mean) * (part.mean - mean))
      }
    }
  }

  /// The standard deviation over the mean.
  public var coefficientOfVariation: Double {
    let mean = mean
    return mean == 0 ? 0 : variance.squareRoot() / mean
  }

  private static func gammaFunction(_ x: Double) -> Double {
    GSLFunctions.logGamma(x).map { exp($0) } ?? .infinity
  }
}
