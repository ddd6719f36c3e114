import Glibc

/// A law of one family, fitted to a sample by maximum likelihood.
///
/// The likelihood is climbed in variables that may be any number (logarithms of means and shapes,
/// the logit of a share), so no step leaves the family, and intervals, made there from the observed
/// information and carried back, never leave it either. That of the exponential law, whose one parameter
/// few observations may have to tell, is where the likelihood itself has fallen far enough: it leans to
/// the long side, as the errors of such a mean do.
public struct LifetimeFit: Sendable {
  /// A number of the law with its interval.
  public struct Parameter: Sendable, Equatable {
    /// What the family calls it.
    public let name: String
    /// The estimate and its interval.
    public let interval: ConfidenceInterval
    /// Whether it is a time in seconds; otherwise it is a plain number.
    public let isTime: Bool
  }

  /// The law at its best parameters.
  public let law: LifetimeLaw
  /// The logarithm of the likelihood there.
  public let logLikelihood: Double
  /// How many observations it was fitted to.
  public let count: Int
  private let peak: Peak
  private let sample: LifetimeSample

  /// The most likely law of a family; nothing where the sample does not determine it.
  ///
  /// - Parameter start: A law of the family to start from; found from the sample where absent.
  public init?(_ family: LifetimeFamily, to sample: LifetimeSample, from start: LifetimeLaw? = nil)
  {
    // A time seen only once or more often, but always the same, has no spread to fit.
    guard sample.points + sample.intervals > 0 else { return nil }
    guard family == .exponential || sample.differentTimes > 1 || sample.intervals > 0 else {
      return nil
    }
    guard let first = start ?? Self.start(family, sample) else { return nil }
    let top = Peak.of(
      { place in Self.law(family, place).map { sample.logLikelihood($0) } ?? -.infinity },
      from: Self.place(of: first))
    guard let top, let law = Self.law(family, top.place) else { return nil }
    if case .hyperexponential(let p, let mean1, let mean2) = law {
      // A part that hardly ever comes, or two parts that are one, is a simpler law in disguise.
      guard p > 1e-6, p < 1 - 1e-6, abs(log(mean1 / mean2)) > 1e-3 else { return nil }
    }
    peak = top
    self.sample = sample
    self.law = law
    logLikelihood = top.value
    count = sample.count
  }

  /// Akaike's criterion: smaller is better.
  public var aic: Double { 2 * Double(law.family.parameterCount) - 2 * logLikelihood }

  /// The parameters by which a person knows the law, with intervals at a level.
  public func parameters(level: Double = 0.95) -> [Parameter] {
    guard let z = Special.normalQuantile(0.5 + level / 2) else { return [] }
    func time(_ name: String, _ weights: [Double], _ scale: Double = 1) -> Parameter {
      parameter(name, weights, z, level, isTime: true, scale)
    }
    func number(_ name: String, _ weights: [Double], _ scale: Double = 1) -> Parameter {
      parameter(name, weights, z, level, isTime: false, scale)
    }
    switch law {
    case .exponential: return [Parameter(name: "mean", interval: profiled(z, level), isTime: true)]
    case .gamma: return [time("mean", [0, 1]), number("cv", [-0.5, 0])]
    case .weibull: return [number("shape", [1, 0]), time("scale", [0, 1])]
    case .lognormal(_, let sigma):
      // ln p90 = mu + 1.28 sigma; its slope in ln sigma is 1.28 sigma.
      let reach = (Special.normalQuantile(0.9) ?? 0) * sigma
      return [
        time("median", [1, 0]),
        curved("p90", exp(peak.place[0] + reach), [1, reach], z, level),
      ]
    case .hyperexponential(let p, _, _):
      let half = z * deviation([1, 0, 0])
      func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
      let interval = ConfidenceInterval(
        estimate: p, low: share(peak.place[0] - half), high: share(peak.place[0] + half),
        level: level)
      return [
        Parameter(name: "p", interval: interval, isTime: false), time("mean1", [0, 1, 0]),
        time("mean2", [0, 0, 1]),
      ]
    }
  }

  /// A quantity whose logarithm is a sum of the variables.
  private func parameter(
    _ name: String, _ weights: [Double], _ z: Double, _ level: Double, isTime: Bool,
    _ scale: Double
  ) -> Parameter {
    let value = zip(weights, peak.place).reduce(0) { $0 + $1.0 * $1.1 }
    let half = z * deviation(weights)
    let interval = ConfidenceInterval(
      estimate: scale * exp(value), low: scale * exp(value - half),
      high: scale * exp(value + half), level: level)
    return Parameter(name: name, interval: interval, isTime: isTime)
  }

  /// A time whose logarithm has these slopes in the variables.
  private func curved(
    _ name: String, _ value: Double, _ slopes: [Double], _ z: Double, _ level: Double
  ) -> Parameter {
    let factor = exp(z * deviation(slopes))
    let interval = ConfidenceInterval(
      estimate: value, low: value / factor, high: value * factor, level: level)
    return Parameter(name: name, interval: interval, isTime: true)
  }

  /// The means of an exponential law under which the sample is not too unlikely beside the best one.
  ///
  /// Their logarithms of the likelihood lie at most half the square of `z` below the best (Wilks).
  private func profiled(_ z: Double, _ level: Double) -> ConfidenceInterval {
    let floor = logLikelihood - z * z / 2
    func isLikely(_ place: Double) -> Bool {
      Self.law(.exponential, [place]).map { sample.logLikelihood($0) >= floor } ?? false
    }
    func end(_ step: Double) -> Double {
      var inside = peak.place[0]
      var outside = inside + step
      while isLikely(outside) { (inside, outside) = (outside, outside + 2 * (outside - inside)) }
      while abs(outside - inside) > 1e-10 {
        let middle = (inside + outside) / 2
        if isLikely(middle) { inside = middle } else { outside = middle }
      }
      return exp(inside)
    }
    let half = max(z * deviation([1]), 1e-6)
    return ConfidenceInterval(
      estimate: exp(peak.place[0]), low: end(-half), high: end(half), level: level)
  }

  private func deviation(_ weights: [Double]) -> Double {
    var sum = 0.0
    for i in weights.indices {
      for j in weights.indices { sum += weights[i] * weights[j] * peak.covariance[i][j] }
    }
    return max(0, sum).squareRoot()
  }
}

extension LifetimeFit {
  /// The variables in which the likelihood is climbed.
  private static func place(of law: LifetimeLaw) -> [Double] {
    switch law {
    case .exponential(let mean): [log(mean)]
    case .gamma(let shape, let scale): [log(shape), log(shape * scale)]
    case .lognormal(let mu, let sigma): [mu, log(sigma)]
    case .weibull(let shape, let scale): [log(shape), log(scale)]
    case .hyperexponential(let p, let mean1, let mean2):
      [log(p / (1 - p)), log(mean1), log(mean2)]
    }
  }

  private static func law(_ family: LifetimeFamily, _ place: [Double]) -> LifetimeLaw? {
    // Beyond these no law of times is meant, and functions of GSL lose their way.
    guard place.allSatisfy({ $0.isFinite && $0.magnitude < 60 }) else { return nil }
    switch family {
    case .exponential: return .exponential(mean: exp(place[0]))
    case .gamma:
      let shape = exp(place[0])
      return shape > 1e-3 && shape < 1e5 ? .gamma(shape: shape, scale: exp(place[1]) / shape) : nil
    case .lognormal:
      let sigma = exp(place[1])
      return sigma > 1e-5 && sigma < 30 ? .lognormal(mu: place[0], sigma: sigma) : nil
    case .weibull:
      let shape = exp(place[0])
      return shape > 1e-2 && shape < 1e4 ? .weibull(shape: shape, scale: exp(place[1])) : nil
    case .hyperexponential:
      return .hyperexponential(
        p: 1 / (1 + exp(-place[0])), mean1: exp(place[1]), mean2: exp(place[2]))
    }
  }

  /// A first guess: the middles of what was seen, with the mean of the censored taken from the
  /// time that all spent over the number that ended.
  private static func start(_ family: LifetimeFamily, _ sample: LifetimeSample) -> LifetimeLaw? {
    var number = 0.0
    var time = 0.0
    var logs = 0.0
    var squares = 0.0
    for (observation, count) in sample.groups {
      let weight = Double(count)
      guard !observation.isCensored else {
        time += weight * observation.low
        continue
      }
      // The middle of a cut zero is a third of the unit: the weight falls towards it.
      let middle =
        observation.middle > 0 ? observation.middle : max(observation.high / 3, 1e-9)
      number += weight
      time += weight * middle
      logs += weight * log(middle)
      squares += weight * log(middle) * log(middle)
    }
    guard number > 0, time > 0, time.isFinite else { return nil }
    let mean = time / number
    let meanLog = logs / number
    let spread = max(squares / number - meanLog * meanLog, 1e-6).squareRoot()
    let isOpen = sample.censored > 0
    switch family {
    case .exponential: return .exponential(mean: mean)
    case .gamma:
      // Minka (2002): the first step of the shape from the gap of logarithms.
      let gap = max(log(mean) - meanLog, 1e-5)
      let shape =
        isOpen ? 1 : (3 - gap + ((gap - 3) * (gap - 3) + 24 * gap).squareRoot()) / (12 * gap)
      let kept = min(max(shape, 2e-3), 5e4)
      return .gamma(shape: kept, scale: mean / kept)
    case .lognormal:
      return isOpen
        ? .lognormal(mu: log(mean) - 0.5, sigma: max(spread, 0.5))
        : .lognormal(mu: meanLog, sigma: max(spread, 1e-3))
    case .weibull:
      // The logarithm of a Weibull variate has standard deviation pi / (shape sqrt 6).
      let shape = isOpen ? 1 : min(max(Double.pi / (spread * 6.0.squareRoot()), 0.05), 1e3)
      return .weibull(shape: shape, scale: isOpen ? mean : exp(meanLog + 0.5772 / shape))
    case .hyperexponential:
      return .hyperexponential(p: 0.7, mean1: mean / 3, mean2: mean * 2.5)
    }
  }
}
