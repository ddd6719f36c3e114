import Foundation
import Sampling

/// Statistical tests that know how many of them there are.
///
/// `family` is the chance that a correct sampler fails anywhere in a whole table; each check gets an
/// equal part of it (Bonferroni). Seeds are fixed, so a pass stays a pass until the draws change.
struct TestLevel {
  let family: Double
  let checks: Int

  /// The level of one two-sided check.
  var each: Double { family / Double(checks) }

  /// Whether a standardised deviation is small enough.
  func accepts(z: Double) -> Bool {
    erfc(z.magnitude / 2.0.squareRoot()) >= each
  }

  /// Whether counts agree with the expected ones by Pearson's chi-square.
  func accepts(counts: [Int], probabilities: [Double]) throws -> Bool {
    let total = Double(counts.reduce(0, +))
    let statistic = zip(counts, probabilities).reduce(0.0) { sum, cell in
      let expected = cell.1 * total
      return sum + (Double(cell.0) - expected) * (Double(cell.0) - expected) / expected
    }
    let freedom = Double(counts.count - 1)
    let chiSquare = try Distribution.gamma(shape: freedom / 2, scale: 2)
    return 1 - chiSquare.cdf(statistic) >= each
  }
}

/// Mean, variance and the standard errors of both, from independent values.
struct Sample {
  let count: Double
  let mean: Double
  let variance: Double
  let fourth: Double

  init(_ values: [Double]) {
    let count = Double(values.count)
    var sum = 0.0
    for value in values { sum += value }
    let mean = sum / count
    var second = 0.0
    var fourth = 0.0
    for value in values {
      let square = (value - mean) * (value - mean)
      second += square
      fourth += square * square
    }
    self.count = count
    self.mean = mean
    self.variance = second / (count - 1)
    self.fourth = fourth / count
  }

  var standardErrorOfMean: Double { (variance / count).squareRoot() }

  var standardErrorOfVariance: Double {
    (max(0, fourth - variance * variance) / count).squareRoot()
  }

  func z(mean exact: Double) -> Double { (mean - exact) / standardErrorOfMean }

  func z(variance exact: Double) -> Double { (variance - exact) / standardErrorOfVariance }
}
