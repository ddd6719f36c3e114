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
  public let criteria: [(family: Family, aic: Double)]
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
    var expected = 0.0
    var value = 0
    // Beyond a thousand means nothing is expected any more.
    for group in sorted where Double(group.value) < 1_000 * mean + 1_000 {
      // Between two counts that occurred the gap is widest just before the second.
      while value < group.value {
        expected += probability(family, mean, value)
        value += 1
      }
      largest = max(largest, abs(expected - seen / number))
      seen += group.number
      expected += probability(family, mean, value)
      value += 1
      largest = max(largest, abs(expected - seen / number))
    }
    return largest
  }

  private static func probability(_ family: Family, _ mean: Double, _ value: Int) -> Double {
    switch family {
    case .constant: return Double(value) == mean ? 1 : 0
    case .geometric:
      return value < 1 ? 0 : exp(Double(value - 1) * log1p(-1 / mean)) / mean
    case .poisson: return exp(Double(value) * log(mean) - mean - lgamma(Double(value) + 1))
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
