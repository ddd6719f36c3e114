import Glibc

/// Constants of the procedures that select the best of several strategies.
public enum Selection {
  /// Rinott's constant h (1978): take ceil((h s / indifference)^2) replications of each strategy.
  ///
  /// With `first` replications each to estimate the spreads s, the best is selected with at least
  /// `probability` whenever it leads by the indifference.
  static func rinott(strategies: Int, first: Int, probability: Double) -> Double? {
    guard strategies >= 2, first >= 2, first <= 1_000_000,
      probability > 1 / Double(strategies), probability < 1
    else { return nil }
    let freedom = Double(first - 1)
    let spread = Numerics.chiSquaredPoints(freedom: freedom)
    func coverage(_ h: Double) -> Double {
      var total = 0.0
      for (x, weight) in spread {
        var inner = 0.0
        for (y, other) in spread {
          inner += other * Special.normal(h / (1 / x + 1 / y).squareRoot())
        }
        total += weight * pow(inner, Double(strategies - 1))
      }
      return total
    }
    var high = 4.0
    while coverage(high) < probability {
      high *= 2
      if high > 1e6 { return nil }
    }
    return Numerics.root(from: 0, to: high) { coverage($0) - probability }
  }

  /// The constants of Kim and Nelson's fully sequential procedure (2001), with c = 1.
  public struct KimNelson: Sendable, Equatable {
    /// The slope constant eta.
    var eta: Double

    /// The squared constant h2 = 2 eta (first - 1).
    public var h2: Double

    /// Nothing if there are not two strategies or not two first replications.
    public init?(strategies: Int, first: Int, alpha: Double) {
      guard strategies >= 2, first >= 2, alpha > 0, alpha < 1 else { return nil }
      let share = 2 * alpha / Double(strategies - 1)
      eta = 0.5 * expm1(-2 / Double(first - 1) * log(share))
      h2 = 2 * eta * Double(first - 1)
      guard eta.isFinite, eta > 0 else { return nil }
    }

    /// How far one strategy may fall behind another, after `count` replications, and stay.
    ///
    /// `variance` is that of the paired differences over the first replications.
    public func continuation(count: Int, variance: Double, indifference: Double) -> Double {
      max(0, h2 * variance / (2 * indifference) - indifference / 2 * Double(count))
    }
  }
}
