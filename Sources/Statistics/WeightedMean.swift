/// A mean in which each value counts by its weight, such as agents by their hours online.
@frozen
public struct WeightedMean: Sendable, Equatable, Codable {
  /// The sum of the weights.
  public private(set) var weight: Double

  private var average: Double

  /// A mean of nothing yet.
  public init() {
    weight = 0
    average = 0
  }

  /// Takes in a value; weights that are not positive and finite count nothing.
  public mutating func record(_ value: Double, weight added: Double) {
    guard added > 0, added.isFinite else { return }
    weight += added
    // West (1979): the running form does not lose digits to a large sum.
    average += (value - average) * (added / weight)
  }

  /// Takes in everything that `other` has seen.
  public mutating func merge(_ other: WeightedMean) {
    record(other.average, weight: other.weight)
  }

  /// The weighted mean; nothing without weight.
  public var mean: Double? { weight > 0 ? average : nil }
}
