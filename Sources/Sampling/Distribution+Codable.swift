extension Distribution: Codable {
  /// Reads native parameters and checks them again: a file may have been edited.
  public init(from decoder: any Decoder) throws {
    self = try Law(from: decoder).checked()
  }

  /// Writes the native parameters.
  public func encode(to encoder: any Encoder) throws {
    try law.encode(to: encoder)
  }
}

extension Distribution.Law {
  fileprivate func checked() throws(ImpossibleParameter) -> Distribution {
    switch self {
    case .constant(let value): try .constant(value)
    case .exponential(let mean): try .exponential(mean: mean)
    case .gamma(let shape, let scale): try .gamma(shape: shape, scale: scale)
    case .erlang(let stages, let scale):
      // Through the mean the scale could change in its last bit.
      try { () throws(ImpossibleParameter) in
        _ = try Distribution.erlang(k: stages, mean: scale * Double(stages))
        return Distribution(law: self)
      }()
    case .lognormal(let mu, let sigma): try .lognormal(mu: mu, sigma: sigma)
    case .weibull(let shape, let scale): try .weibull(shape: shape, scale: scale)
    case .pareto(let minimum, let shape): try .pareto(minimum: minimum, shape: shape)
    case .uniform(let from, let to): try .uniform(from: from, to: to)
    case .triangular(let from, let mode, let to): try .triangular(from: from, mode: mode, to: to)
    case .hyperexponential(let p, let mean1, let mean2):
      try .hyperexponential(p: p, mean1: mean1, mean2: mean2)
    case .beta(let a, let b, let from, let to): try .beta(a: a, b: b, from: from, to: to)
    case .empirical(let values): try .empirical(values)
    case .mixture(let shares, let parts):
      if shares.count == parts.count {
        Distribution(law: self)
      } else {
        throw ImpossibleParameter(
          "the mixture", mustBe: "of as many parts as shares (\(shares.count))",
          got: Quantity(Double(parts.count)))
      }
    }
  }
}
