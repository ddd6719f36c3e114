public import Sampling
public import Statistics

extension LifetimeLaw {
  /// The law as the simulation draws from it; nothing where a parameter is beyond what it accepts.
  public var distribution: Distribution? {
    switch self {
    case .exponential(let mean): try? .exponential(mean: mean)
    case .gamma(let shape, let scale): try? .gamma(shape: shape, scale: scale)
    case .lognormal(let mu, let sigma): try? .lognormal(mu: mu, sigma: sigma)
    case .weibull(let shape, let scale): try? .weibull(shape: shape, scale: scale)
    case .hyperexponential(let p, let mean1, let mean2):
      try? .hyperexponential(p: p, mean1: mean1, mean2: mean2)
    }
  }
}
