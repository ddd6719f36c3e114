/// The ways to name a distribution by numbers: what a reader of scenario files needs to know.
public enum DistributionForm: String, CaseIterable, Codable, Hashable, Sendable {
  case exponential
  case gammaMeanCV
  case gammaShapeScale
  case erlang
  case lognormalMedianP90
  case lognormalMedianP95
  case lognormalMeanCV
  case lognormalMuSigma
  case weibullShapeScale
  case weibullShapeMean
  case pareto
  case uniform
  case triangular
  case hyperexponentialMeanCV
  case hyperexponentialBranches
  case beta

  /// A parameter of a form.
  public struct Parameter: Hashable, Sendable {
    /// What the number is.
    public enum Kind: Hashable, Sendable {
      /// A duration in seconds, or a plain number where the distribution is not one of durations.
      case value
      /// A plain number: a shape, a coefficient of variation.
      case number
      /// A whole number.
      case count
      /// A share from 0 to 1.
      case share
    }

    /// The key in a scenario file.
    public let name: String
    /// What the number is.
    public let kind: Kind
  }

  /// The name of the distribution in a scenario file.
  public var family: String {
    switch self {
    case .exponential: "exponential"
    case .gammaMeanCV, .gammaShapeScale: "gamma"
    case .erlang: "erlang"
    case .lognormalMedianP90, .lognormalMedianP95, .lognormalMeanCV, .lognormalMuSigma:
      "lognormal"
    case .weibullShapeScale, .weibullShapeMean: "weibull"
    case .pareto: "pareto"
    case .uniform: "uniform"
    case .triangular: "triangular"
    case .hyperexponentialMeanCV, .hyperexponentialBranches: "hyperexponential"
    case .beta: "beta"
    }
  }

  /// The parameters, in the order in which values are given to `distribution(_:)`.
  public var parameters: [Parameter] {
    func value(_ name: String) -> Parameter { Parameter(name: name, kind: .value) }
    func number(_ name: String) -> Parameter { Parameter(name: name, kind: .number) }
    return switch self {
    case .exponential: [value("mean")]
    case .gammaMeanCV, .lognormalMeanCV, .hyperexponentialMeanCV: [value("mean"), number("cv")]
    case .gammaShapeScale, .weibullShapeScale: [number("shape"), value("scale")]
    case .erlang: [Parameter(name: "k", kind: .count), value("mean")]
    case .lognormalMedianP90: [value("median"), value("p90")]
    case .lognormalMedianP95: [value("median"), value("p95")]
    case .lognormalMuSigma: [number("mu"), number("sigma")]
    case .weibullShapeMean: [number("shape"), value("mean")]
    case .pareto: [value("minimum"), number("shape")]
    case .uniform: [value("from"), value("to")]
    case .triangular: [value("from"), value("mode"), value("to")]
    case .hyperexponentialBranches:
      [Parameter(name: "p", kind: .share), value("mean1"), value("mean2")]
    case .beta: [number("a"), number("b"), value("from"), value("to")]
    }
  }

  /// The distribution with these values, in the order of `parameters`.
  public func distribution(_ values: [Double]) throws(ImpossibleParameter) -> Distribution {
    guard values.count == parameters.count else {
      throw ImpossibleParameter(
        "the number of parameters of \(family)", mustBe: "\(parameters.count)",
        got: Quantity(Double(values.count)))
    }
    switch self {
    case .exponential: return try .exponential(mean: values[0])
    case .gammaMeanCV: return try .gamma(mean: values[0], cv: values[1])
    case .gammaShapeScale: return try .gamma(shape: values[0], scale: values[1])
    case .erlang:
      guard let k = Int(exactly: values[0]), k <= 1_000_000 else {
        throw ImpossibleParameter(
          "k", mustBe: "a whole number from 1 to 1000000", got: Quantity(values[0]))
      }
      return try .erlang(k: k, mean: values[1])
    case .lognormalMedianP90: return try .lognormal(median: values[0], p90: values[1])
    case .lognormalMedianP95: return try .lognormal(median: values[0], p95: values[1])
    case .lognormalMeanCV: return try .lognormal(mean: values[0], cv: values[1])
    case .lognormalMuSigma: return try .lognormal(mu: values[0], sigma: values[1])
    case .weibullShapeScale: return try .weibull(shape: values[0], scale: values[1])
    case .weibullShapeMean: return try .weibull(shape: values[0], mean: values[1])
    case .pareto: return try .pareto(minimum: values[0], shape: values[1])
    case .uniform: return try .uniform(from: values[0], to: values[1])
    case .triangular: return try .triangular(from: values[0], mode: values[1], to: values[2])
    case .hyperexponentialMeanCV: return try .hyperexponential(mean: values[0], cv: values[1])
    case .hyperexponentialBranches:
      return try .hyperexponential(p: values[0], mean1: values[1], mean2: values[2])
    case .beta:
      return try .beta(a: values[0], b: values[1], from: values[2], to: values[3])
    }
  }
}
