/// The mean of values that come one by one: of `Moments` the first, for what there is a hundred thousand times.
public struct RunningMean: Sendable, Equatable, Codable {
  private var count = 0
  private var soFar = 0.0

  /// A mean of nothing yet.
  public init() {}

  /// Takes in one finite value, as `Moments` does.
  public mutating func record(_ value: Double) {
    count += 1
    soFar += (value - soFar) / Double(count)
  }

  /// The mean; nothing without values.
  public var mean: Double? { count > 0 ? soFar : nil }
}
