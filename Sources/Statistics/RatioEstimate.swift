/// A ratio of two sums over replications, such as abandoned over all conversations.
///
/// Where replications differ in size, the mean of their ratios is biased; the ratio of the sums,
/// jackknifed over replications (Quenouille 1956), is not to first order and knows its spread.
public struct RatioEstimate: Sendable, Equatable, Codable {
  private var numerators: [Double] = []
  private var denominators: [Double] = []

  /// A ratio of nothing yet.
  public init() {}

  /// Takes in one replication, in replication order.
  public mutating func record(_ numerator: Double, over denominator: Double) {
    numerators.append(numerator)
    denominators.append(denominator)
  }

  /// The ratio of the sums; nothing if the denominators add up to nought.
  public var ratio: Double? {
    let bottom = denominators.reduce(0, +)
    guard bottom != 0 else { return nil }
    return Special.finite(numerators.reduce(0, +) / bottom)
  }

  /// The jackknifed ratio with its Student interval; nothing below two replications.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    let count = Double(numerators.count)
    guard count > 1, let ratio else { return nil }
    let top = numerators.reduce(0, +)
    let bottom = denominators.reduce(0, +)
    var pseudo = Moments()
    for index in numerators.indices {
      let rest = bottom - denominators[index]
      guard rest != 0 else { return nil }
      pseudo.record(count * ratio - (count - 1) * (top - numerators[index]) / rest)
    }
    return ConfidenceInterval.student(pseudo, level: level)
  }
}
