import Glibc

/// What a random quantity looks like: how long a reply takes, how long a contact waits.
///
/// A distribution is made from the parameters a person knows (a median and a 90th percentile) and
/// holds the ones it is drawn from; what cannot be is refused when it is made. Durations are in
/// seconds. Nothing is ever below 0.
public struct Distribution: Hashable, Sendable {
  /// The parameters that draws need, already checked and solved for.
  indirect enum Law: Hashable, Sendable, Codable {
    case constant(Double)
    case exponential(mean: Double)
    case gamma(shape: Double, scale: Double)
    case erlang(stages: Int, scale: Double)
    case lognormal(mu: Double, sigma: Double)
    case weibull(shape: Double, scale: Double)
    case pareto(minimum: Double, shape: Double)
    case uniform(from: Double, to: Double)
    case triangular(from: Double, mode: Double, to: Double)
    case hyperexponential(p: Double, mean1: Double, mean2: Double)
    case beta(a: Double, b: Double, from: Double, to: Double)
    /// The recorded values in ascending order.
    case empirical([Double])
    case mixture(Shares, [Distribution])
  }

  let law: Law
  /// What the commonest laws need, where a draw finds it without following a reference.
  public let plain: PlainLaw

  init(law: Law) {
    self.law = law
    plain = PlainLaw(law)
  }

  /// A law that one or two numbers make up: it can be handed on where a reference would be counted.
  @frozen
  public enum PlainLaw: Hashable, Sendable, BitwiseCopyable {
    /// Always the same.
    case constant(Double)
    /// Exponential.
    case exponential(mean: Double)
    /// Every value of an interval equally likely.
    case uniform(from: Double, length: Double)
    /// Lognormal by mean and standard deviation of the logarithm.
    case lognormal(mu: Double, sigma: Double)
    /// Any law that takes more; it is drawn from by the distribution itself.
    case other

    init(_ law: Law) {
      switch law {
      case .constant(let value): self = .constant(value)
      case .exponential(let mean): self = .exponential(mean: mean)
      case .uniform(let from, let to): self = .uniform(from: from, length: to - from)
      case .lognormal(let mu, let sigma): self = .lognormal(mu: mu, sigma: sigma)
      default: self = .other
      }
    }
  }

  /// Always the same value.
  public static func constant(_ value: Double) throws(ImpossibleParameter) -> Distribution {
    try Require.sizeOrZero("the value", value)
    return Distribution(law: .constant(value))
  }

  /// Exponential: no memory, the mean says it all.
  public static func exponential(mean: Double) throws(ImpossibleParameter) -> Distribution {
    try Require.size("mean", mean)
    return Distribution(law: .exponential(mean: mean))
  }

  /// Gamma by its native parameters.
  public static func gamma(
    shape: Double, scale: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.shape("shape", shape)
    try Require.size("scale", scale)
    return Distribution(law: .gamma(shape: shape, scale: scale))
  }

  /// Erlang: `k` exponential stages one after the other.
  public static func erlang(k: Int, mean: Double) throws(ImpossibleParameter) -> Distribution {
    guard k >= 1, k <= 1_000_000 else {
      throw ImpossibleParameter("k", mustBe: "from 1 to 1000000", got: Quantity(Double(k)))
    }
    try Require.size("mean", mean)
    return Distribution(law: .erlang(stages: k, scale: mean / Double(k)))
  }

  /// Lognormal by mean and standard deviation of the logarithm of seconds.
  public static func lognormal(
    mu: Double, sigma: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.finite("mu", mu)
    try Require.within(-100...100, "mu", mu)
    try Require.notNegative("sigma", sigma)
    try Require.within(0...30, "sigma", sigma)
    return Distribution(law: .lognormal(mu: mu, sigma: sigma))
  }

  /// Weibull by its native parameters.
  public static func weibull(
    shape: Double, scale: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.shape("shape", shape)
    try Require.size("scale", scale)
    return Distribution(law: .weibull(shape: shape, scale: scale))
  }

  /// Pareto (type I): never below the minimum, with a heavy tail.
  public static func pareto(
    minimum: Double, shape: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.size("minimum", minimum)
    try Require.shape("shape", shape)
    return Distribution(law: .pareto(minimum: minimum, shape: shape))
  }

  /// Every value of an interval equally likely.
  public static func uniform(
    from: Double, to: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.sizeOrZero("from", from)
    try Require.greater("to", to, than: "from", from, .seconds)
    try Require.size("to", to)
    return Distribution(law: .uniform(from: from, to: to))
  }

  /// A triangle over an interval with its peak at the mode.
  public static func triangular(
    from: Double, mode: Double, to: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.sizeOrZero("from", from)
    try Require.greater("to", to, than: "from", from, .seconds)
    try Require.size("to", to)
    guard mode >= from, mode <= to else {
      throw ImpossibleParameter(
        "mode", mustBe: "from \(Quantity(from, .seconds)) to \(Quantity(to, .seconds))",
        got: Quantity(mode, .seconds))
    }
    return Distribution(law: .triangular(from: from, mode: mode, to: to))
  }

  /// One exponential with probability `p`, otherwise another.
  public static func hyperexponential(
    p: Double, mean1: Double, mean2: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.share("p", p)
    try Require.size("mean1", mean1)
    try Require.size("mean2", mean2)
    return Distribution(law: .hyperexponential(p: p, mean1: mean1, mean2: mean2))
  }

  /// Beta, stretched over an interval.
  public static func beta(
    a: Double, b: Double, from: Double, to: Double
  ) throws(ImpossibleParameter) -> Distribution {
    try Require.positive("a", a)
    try Require.within(1e-3...1e4, "a", a)
    try Require.positive("b", b)
    try Require.within(1e-3...1e4, "b", b)
    try Require.sizeOrZero("from", from)
    try Require.greater("to", to, than: "from", from, .seconds)
    try Require.size("to", to)
    return Distribution(law: .beta(a: a, b: b, from: from, to: to))
  }

  /// Recorded values, each drawn as often as it was recorded.
  public static func empirical(_ values: [Double]) throws(ImpossibleParameter) -> Distribution {
    guard !values.isEmpty else {
      throw ImpossibleParameter("the column", mustBe: "at least one value long", got: nil)
    }
    for value in values {
      try Require.sizeOrZero("every recorded value", value)
    }
    return Distribution(law: .empirical(values.sorted()))
  }

  /// One of several distributions, chosen anew at every draw; the shares add up to 1.
  public static func mixture(
    _ parts: [(share: Double, of: Distribution)]
  ) throws(ImpossibleParameter) -> Distribution {
    let shares = try Shares(parts.map(\.share))
    let sum = parts.reduce(0) { $0 + $1.share }
    guard (sum - 1).magnitude <= 1e-6 else {
      throw ImpossibleParameter(
        "the sum of the shares", mustBe: "100%", got: Quantity(sum, .share))
    }
    return Distribution(law: .mixture(shares, parts.map(\.of)))
  }

  /// The distribution of a multiple: the same shape, every draw `factor` times as long.
  public func scaled(by factor: Double) throws(ImpossibleParameter) -> Distribution {
    try Require.notNegative("the factor", factor)
    guard factor > 0 else { return Distribution(law: .constant(0)) }
    switch law {
    case .constant(let value): return try .constant(value * factor)
    case .exponential(let mean): return try .exponential(mean: mean * factor)
    case .gamma(let shape, let scale): return try .gamma(shape: shape, scale: scale * factor)
    case .erlang(let k, let scale): return try .erlang(k: k, mean: scale * factor * Double(k))
    case .lognormal(let mu, let sigma): return try .lognormal(mu: mu + log(factor), sigma: sigma)
    case .weibull(let shape, let scale): return try .weibull(shape: shape, scale: scale * factor)
    case .pareto(let minimum, let shape):
      return try .pareto(minimum: minimum * factor, shape: shape)
    case .uniform(let from, let to): return try .uniform(from: from * factor, to: to * factor)
    case .triangular(let from, let mode, let to):
      return try .triangular(from: from * factor, mode: mode * factor, to: to * factor)
    case .hyperexponential(let p, let mean1, let mean2):
      return try .hyperexponential(p: p, mean1: mean1 * factor, mean2: mean2 * factor)
    case .beta(let a, let b, let from, let to):
      return try .beta(a: a, b: b, from: from * factor, to: to * factor)
    case .empirical(let values): return try .empirical(values.map { $0 * factor })
    case .mixture(let shares, let parts):
      var scaled: [Distribution] = []
      for part in parts { scaled.append(try part.scaled(by: factor)) }
      return Distribution(law: .mixture(shares, scaled))
    }
  }
}
