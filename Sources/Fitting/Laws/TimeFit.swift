import Glibc
public import Sampling
public import Statistics

/// One kind of time, fitted: the laws tried, the best of them, and how well it fits.
public struct TimeFit: Sendable {
  /// What is fitted, such as `reply time`; it names the random streams too.
  public let name: String
  /// The observations, grouped.
  public let sample: LifetimeSample
  /// The laws that could be fitted, the best by Akaike's criterion first; empty for a constant.
  public let candidates: [LifetimeFit]
  /// Every time is this one.
  public let constant: Double?
  /// The distances of each candidate, in the order of `candidates`; empty where times are censored.
  public let distances: [GoodnessOfFit]
  /// Whether the best law fits, by resampling; absent where it was not asked for or cannot be.
  public let goodness: BootstrapGoodness?
  /// The estimate without a law, where some were seen only to go on.
  let kaplanMeier: KaplanMeier?

  /// The limits of the work.
  public struct Effort: Sendable {
    /// How often the best law is drawn from and fitted again, for the p-value; 0 leaves it out.
    public var resamples = 199
    /// How many observations each of them has at most.
    var resampled = 1_000
    /// How many observations the distances are taken from at most.
    public var measured = 100_000

    /// The usual effort.
    public init() {}
  }

  /// Fits a kind of time; nothing where no observation says when a time ended.
  public init?(
    _ observations: some Sequence<Observation>, name: String, seed: UInt64,
    effort: Effort = Effort()
  ) {
    self.init(LifetimeSample(observations), name: name, seed: seed, effort: effort)
  }

  /// Fits a kind of time from observations already grouped.
  public init?(_ sample: LifetimeSample, name: String, seed: UInt64, effort: Effort = Effort()) {
    let ended = sample.count - sample.censored
    guard ended > 0 else { return nil }
    self.name = name
    self.sample = sample
    let same = Self.onlyTime(sample)
    var fits = same == nil ? Self.families(sample).compactMap { LifetimeFit($0, to: sample) } : []
    // The order of the families decides between equals.
    fits = fits.enumerated().sorted { ($0.1.aic, $0.0) < ($1.1.aic, $1.0) }.map(\.1)
      .filter { $0.law.distribution != nil }
    candidates = fits
    constant = fits.isEmpty ? same ?? Self.mean(sample) : nil
    kaplanMeier = sample.censored > 0 ? KaplanMeier(sample) : nil
    let draws = Draws(seed: seed, name: name)
    guard sample.censored == 0, let best = fits.first, var picks = draws.stream(0) else {
      distances = []
      goodness = nil
      return
    }
    let measured = UniformScores.some(effort.measured, of: sample, &picks)
    distances = fits.compactMap { fit in
      guard var stream = draws.stream(1) else { return nil }
      return GoodnessOfFit(ofUniform: UniformScores.of(measured, under: fit.law, &stream))
    }
    goodness = BootstrapGoodness(of: best, sample, draws, effort)
  }

  /// The best law.
  public var best: LifetimeFit? { candidates.first }

  /// What the simulation draws from.
  public var distribution: Distribution? {
    best?.law.distribution ?? constant.flatMap { try? .constant($0) }
  }

  /// The law as a scenario writes it.
  public var text: String {
    best.map { LawText.law($0) } ?? LawText.duration(constant ?? 0)
  }

  /// The parameters of the best law with their 95 % intervals, in words.
  public var intervals: String {
    (best?.parameters() ?? []).map(LawText.interval).joined(separator: ", ")
  }

  /// The largest gap between the best law and what was seen: of the distribution functions, or from
  /// Kaplan and Meier's estimate where times are censored.
  public var distance: Double? {
    if let kaplanMeier, let law = best?.law {
      return kaplanMeier.gap(from: { law.survival($0) }).gap
    }
    return distances.first?.distance
  }

  /// Whether all times are one and the same, or cut to the same one.
  private static func onlyTime(_ sample: LifetimeSample) -> Double? {
    guard sample.censored == 0, sample.groups.count == 1 else { return nil }
    let only = sample.groups[0].observation
    return only.cut > 0 ? only.high - only.cut : (only.low + only.high) / 2
  }

  private static func mean(_ sample: LifetimeSample) -> Double {
    var sum = 0.0
    var number = 0.0
    for (observation, count) in sample.groups where !observation.isCensored {
      sum += Double(count) * (observation.low + observation.high) / 2
      number += Double(count)
    }
    return number > 0 ? sum / number : 0
  }

  /// The families that so many observations can tell apart.
  private static func families(_ sample: LifetimeSample) -> [LifetimeFamily] {
    let ended = sample.count - sample.censored
    if ended < 10 { return [.exponential] }
    var families: [LifetimeFamily] = [.exponential, .gamma, .lognormal, .weibull]
    // Two exponentials spread more than one, and three parameters want many observations.
    if ended >= 200, sample.censored == 0, spread(sample) > 1.05 {
      families.append(.hyperexponential)
    }
    return families
  }

  /// The standard deviation over the mean.
  private static func spread(_ sample: LifetimeSample) -> Double {
    let mean = mean(sample)
    guard mean > 0 else { return 0 }
    var squares = 0.0
    var number = 0.0
    for (observation, count) in sample.groups where !observation.isCensored {
      let gap = (observation.low + observation.high) / 2 - mean
      squares += Double(count) * gap * gap
      number += Double(count)
    }
    return (squares / number).squareRoot() / mean
  }
}
