import Glibc
public import Sampling
public import Statistics

/// A number of things fitted: questions in a conversation.
public struct CountFit: Sendable {
  /// The laws of counts that a scenario knows.
  public enum Family: String, Sendable, CaseIterable {
    /// Always the same.
    case constant
    /// On 1, 2, ...: after each one another with the same probability.
    case geometric
    /// On 0, 1, 2, ...
    case poisson
  }

  /// How many counts.
  public let count: Int
  /// The best family.
  public let family: Family
  /// The mean with its 95 % interval.
  public let mean: ConfidenceInterval
  /// Akaike's criterion of each family that is possible, the best first.
  let criteria: [(family: Family, aic: Double)]
  /// The largest gap between the fitted and the observed distribution function.
  public let distance: Double

  /// Fits counts; nothing where there are none, or one is negative.
  public init?(_ counts: some Sequence<Int>) {
    var tally: [Int: Int] = [:]
    for count in counts {
      guard count >= 0, count <= CountDistribution.largest else { return nil }
      tally[count, default: 0] += 1
    }
    let sorted = tally.sorted { $0.key < $1.key }.map { (value: $0.key, number: Double($0.value)) }
    guard let least = sorted.first, let most = sorted.last else { return nil }
    let number = sorted.reduce(0) { $0 + $1.number }
    let mean = sorted.reduce(0) { $0 + $1.number * Double($1.value) } / number
    count = Int(number)
    guard least.value != most.value else {
      family = .constant
      criteria = [(.constant, 0)]
      distance = 0
      self.mean = ConfidenceInterval(estimate: mean, low: mean, high: mean, level: 0.95)
      return
    }
    var criteria: [(family: Family, aic: Double)] = []
    if least.value >= 1 {
      let stop = 1 / mean
      criteria.append(
        (.geometric, 2 - 2 * number * ((mean - 1) * log1p(-stop) + log(stop))))
    }
    let factorials = sorted.reduce(0) { $0 + $1.number * lgamma(Double($1.value) + 1) }
    criteria.append((.poisson, 2 - 2 * (number * mean * (log(mean) - 1) - factorials)))
    criteria.sort { $0.aic < $1.aic }
    self.criteria = criteria
    let best = criteria[0].family
    family = best
    self.mean = Self.interval(best, mean, number)
    distance = Self.distance(best, mean, sorted, number)
  }

  /// The interval on the scale where it is nearly symmetric: the logarithm of what varies.
  private static func interval(
    _ family: Family, _ mean: Double, _ number: Double
  ) -> ConfidenceInterval {
    let z = StudentT.critical(level: 0.95, freedom: max(1, number - 1)) ?? 1.96
    let base = family == .geometric ? 1.0 : 0.0
    let variable = max(mean - base, 1e-12)
    let variance = family == .geometric ? mean * variable : mean
    let factor = exp(z * (variance / number).squareRoot() / variable)
    return ConfidenceInterval(
      estimate: mean, low: base + variable / factor, high: base + variable * factor, level: 0.95)
  }

  private static func distance(
    _ family: Family, _ mean: Double, _ sorted: [(value: Int, number: Double)], _ number: Double
  ) -> Double {
    var largest = 0.0
    var seen = 0.0
    for group in sorted {
      // Between two counts that occurred the gap is widest just before the second.
      largest = max(largest, abs(cdf(family, mean, group.value - 1) - seen / number))
      seen += group.number
      largest = max(largest, abs(cdf(family, mean, group.value) - seen / number))
    }
    return largest
  }

  /// The probability of at most so many.
  private static func cdf(_ family: Family, _ mean: Double, _ value: Int) -> Double {
    guard value >= 0 else { return 0 }
    switch family {
    case .constant: return Double(value) >= mean ? 1 : 0
    case .geometric: return mean > 1 ? -expm1(Double(value) * log1p(-1 / mean)) : 1
    case .poisson:
      // At most n come before the time m if the one after them comes later.
      return LifetimeLaw.gamma(shape: Double(value) + 1, scale: 1).survival(mean)
    }
  }

  /// What the simulation draws from.
  public var distribution: CountDistribution? {
    switch family {
    case .constant: try? .constant(Int(mean.estimate.rounded()))
    case .geometric: try? .geometric(mean: mean.estimate)
    case .poisson: try? .poisson(mean: mean.estimate)
    }
  }

  /// The law as a scenario writes it: `{geometric: 2.4}`.
  public var text: String {
    let number = LawText.number(mean.estimate)
    return family == .constant ? number : "{\(family.rawValue): \(number)}"
  }

  /// The mean with its interval, in words.
  public var intervals: String {
    "mean \(LawText.number(mean.estimate, digits: 4)) (\(LawText.number(mean.low, digits: 4)) to "
      + "\(LawText.number(mean.high, digits: 4)))"
  }
}
