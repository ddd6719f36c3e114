import Glibc

/// How far values that should be uniform between 0 and 1 are from being so.
public struct GoodnessOfFit: Sendable, Equatable {
  /// The largest gap between the distribution functions (Kolmogorov and Smirnov).
  public let distance: Double
  /// Anderson and Darling's squared distance, which counts the tails more.
  public let andersonDarling: Double

  /// The distances of values in ascending order; nothing without values.
  public init?(ofUniform sorted: [Double]) {
    guard let distance = KolmogorovSmirnov.distance(sorted, from: { $0 }) else { return nil }
    self.distance = distance
    let count = sorted.count
    var sum = 0.0
    for index in 0..<count {
      // Rounding may bring a value to an end, where the logarithm has none.
      let low = min(max(sorted[index], 1e-300), 1 - 1e-16)
      let high = min(max(sorted[count - 1 - index], 1e-16), 1 - 1e-16)
      sum += Double(2 * index + 1) * (log(low) + log1p(-high))
    }
    andersonDarling = max(0, -Double(count) - sum / Double(count))
  }
}

extension KolmogorovSmirnov {
  /// The probability of a distance at least so large if the law, known beforehand, is right.
  ///
  /// Kolmogorov's limit with Stephens' correction (1970) for finite samples. Not for a law whose
  /// parameters were estimated from the same values.
  public static func pValue(distance: Double, count: Int) -> Double? {
    guard count > 0, distance >= 0, distance <= 1 else { return nil }
    let root = Double(count).squareRoot()
    let x = distance * (root + 0.12 + 0.11 / root)
    guard x > 0.2 else { return 1 }
    var sum = 0.0
    for index in 1...100 {
      let k = Double(index)
      let term = exp(-2 * k * k * x * x)
      sum += index % 2 == 1 ? term : -term
      if term < 1e-16 { break }
    }
    return min(1, max(0, 2 * sum))
  }
}
