/// Count, mean, variance, skewness and range of numbers seen one at a time.
///
/// Updates follow Welford (1962) and parts are merged as in Chan, Golub and LeVeque (1983), so the
/// variance does not lose digits when the mean is large. Merging the same parts in the same order
/// gives the same bits. Values must be finite.
@frozen
public struct Moments: Sendable, Equatable, Codable {
  /// How many values were recorded.
  public var count: Int { storedCount }

  @usableFromInline var storedCount: Int
  @usableFromInline var storedMean: Double
  @usableFromInline var squares: Double
  @usableFromInline var cubes: Double
  @usableFromInline var storedMinimum: Double
  @usableFromInline var storedMaximum: Double

  /// Moments of nothing yet.
  @inlinable
  public init() {
    storedCount = 0
    storedMean = 0
    squares = 0
    cubes = 0
    storedMinimum = 0
    storedMaximum = 0
  }

  /// The moments of all `values`, recorded in their order.
  @inlinable
  public init(_ values: some Sequence<Double>) {
    self.init()
    for value in values { record(value) }
  }

  /// Takes in one finite value.
  @inlinable
  public mutating func record(_ value: Double) {
    if storedCount == 0 {
      storedMinimum = value
      storedMaximum = value
    } else {
      if value < storedMinimum { storedMinimum = value }
      if value > storedMaximum { storedMaximum = value }
    }
    let before = Double(storedCount)
    storedCount += 1
    let after = before + 1
    let delta = value - storedMean
    let step = delta / after
    let term = delta * step * before
    cubes += term * step * (after - 2) - 3 * step * squares
    squares += term
    storedMean += step
  }

  /// Takes in everything that `other` has seen.
  @inlinable
  public mutating func merge(_ other: Moments) {
    if other.storedCount == 0 { return }
    if storedCount == 0 {
      self = other
      return
    }
    let left = Double(storedCount)
    let right = Double(other.storedCount)
    let all = left + right
    let delta = other.storedMean - storedMean
    let shift = delta / all
    cubes +=
      other.cubes + delta * shift * shift * left * right * (left - right)
      + 3 * shift * (left * other.squares - right * squares)
    squares += other.squares + delta * shift * left * right
    storedMean += shift * right
    storedCount += other.storedCount
    storedMinimum = Swift.min(storedMinimum, other.storedMinimum)
    storedMaximum = Swift.max(storedMaximum, other.storedMaximum)
  }
}

extension Moments {
  /// The mean; nothing without values.
  public var mean: Double? { storedCount > 0 ? storedMean : nil }

  /// The sum of all values.
  public var sum: Double { storedMean * Double(storedCount) }

  /// The smallest value; nothing without values.
  public var minimum: Double? { storedCount > 0 ? storedMinimum : nil }

  /// The largest value; nothing without values.
  public var maximum: Double? { storedCount > 0 ? storedMaximum : nil }

  /// The unbiased variance (divided by count - 1); nothing with fewer than two values.
  public var variance: Double? {
    storedCount > 1 ? squares / Double(storedCount - 1) : nil
  }

  /// The variance of the values as a whole population (divided by count).
  var populationVariance: Double? {
    storedCount > 0 ? squares / Double(storedCount) : nil
  }

  /// The standard deviation, the root of ``variance``.
  public var standardDeviation: Double? { variance.map { $0.squareRoot() } }

  /// The standard error of the mean of independent values.
  public var standardError: Double? {
    variance.map { ($0 / Double(storedCount)).squareRoot() }
  }

  /// The skewness of the population; nothing if all values are equal.
  public var skewness: Double? {
    guard storedCount > 0, squares > 0 else { return nil }
    let value = Double(storedCount).squareRoot() * cubes / (squares * squares.squareRoot())
    return value.isFinite ? value : nil
  }
}
