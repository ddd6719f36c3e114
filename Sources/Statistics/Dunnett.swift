import Glibc

/// Dunnett's comparison (1955) of several treatments with one baseline, all at once.
///
/// The statistics are T_i = (sqrt(rho) Z_0 + sqrt(1 - rho) Z_i) / S with one S on `freedom` degrees;
/// equal sizes and independent samples have rho = 1/2.
struct Dunnett: Sendable {
  /// How many treatments are compared with the baseline.
  let treatments: Int

  /// Degrees of freedom of the common spread.
  let freedom: Double

  /// The correlation between two treatments' statistics.
  let correlation: Double

  private let spread: [(point: Double, weight: Double)]

  /// Nothing if there is no treatment, no degree of freedom, or a correlation outside 0..<1.
  init?(treatments: Int, freedom: Double, correlation: Double = 0.5) {
    guard treatments >= 1, freedom >= 1, freedom <= 1e8, correlation >= 0, correlation < 1 else {
      return nil
    }
    self.treatments = treatments
    self.freedom = freedom
    self.correlation = correlation
    spread = Numerics.chiSquaredPoints(freedom: freedom)
  }

  /// The probability that every statistic lies within plus or minus `q`, if nothing differs.
  func coverage(twoSided q: Double) -> Double {
    integral(q) { bound, shift in Special.normal(bound - shift) - Special.normal(-bound - shift) }
  }

  /// The probability that every statistic lies below `q`, if nothing differs.
  func coverage(oneSided q: Double) -> Double {
    integral(q) { bound, shift in Special.normal(bound - shift) }
  }

  /// The probability of a statistic as far from 0 as `t` in any comparison, if nothing differs.
  func pValue(_ t: Double) -> Double? {
    guard !t.isNaN else { return nil }
    if t.isInfinite { return 0 }
    return min(1, max(0, 1 - coverage(twoSided: abs(t))))
  }

  /// The factor of intervals on both sides that hold together at `level`.
  func critical(level: Double) -> Double? {
    critical(level) { coverage(twoSided: $0) }
  }

  /// The factor of bounds on one side that hold together at `level`, which is at least 1/2.
  func criticalOneSided(level: Double) -> Double? {
    guard level >= 0.5 else { return nil }
    return critical(level) { coverage(oneSided: $0) }
  }

  private func critical(_ level: Double, of coverage: (Double) -> Double) -> Double? {
    guard level > 0, level < 1 else { return nil }
    var high = 4.0
    while coverage(high) < level {
      high *= 2
      if high > 1e8 { return nil }
    }
    return Numerics.root(from: 0, to: high) { coverage($0) - level }
  }

  private func integral(_ q: Double, of share: (Double, Double) -> Double) -> Double {
    let own = (1 - correlation).squareRoot()
    let common = correlation.squareRoot()
    let power = Double(treatments)
    var total = 0.0
    for (ratio, weight) in spread {
      let bound = q * ratio.squareRoot() / own
      var inner = 0.0
      for (z, density) in Numerics.normalPoints {
        inner += density * pow(share(bound, common * z / own), power)
      }
      total += weight * inner
    }
    return total
  }
}

/// The studentized range: the spread of several equal means, for comparisons of all pairs (Tukey).
enum StudentizedRange {
  /// The value that the range of `means` means exceeds with probability 1 - `p`.
  static func quantile(_ p: Double, means: Int, freedom: Double) -> Double? {
    guard p > 0, p < 1, means >= 2, freedom >= 1, freedom <= 1e8 else { return nil }
    let spread = Numerics.chiSquaredPoints(freedom: freedom)
    func coverage(_ q: Double) -> Double {
      var total = 0.0
      for (ratio, weight) in spread {
        let width = q * ratio.squareRoot()
        var inner = 0.0
        for (z, density) in Numerics.normalPoints {
          let share = Special.normal(z) - Special.normal(z - width)
          inner += density * pow(share, Double(means - 1))
        }
        total += weight * Double(means) * inner
      }
      return total
    }
    var high = 8.0
    while coverage(high) < p {
      high *= 2
      if high > 1e8 { return nil }
    }
    return Numerics.root(from: 0, to: high) { coverage($0) - p }
  }
}
