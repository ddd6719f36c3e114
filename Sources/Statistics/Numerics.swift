import Glibc

/// Roots and integrals of smooth functions, as the closed forms and critical values need them.
enum Numerics {
  /// The root of `function` between `low` and `high`, where its sign changes (Brent 1973).
  static func root(
    from low: Double, to high: Double, of function: (Double) -> Double
  ) -> Double? {
    var a = low
    var b = high
    var valueA = function(a)
    var valueB = function(b)
    guard valueA.isFinite, valueB.isFinite, valueA * valueB <= 0 else { return nil }
    var c = a
    var valueC = valueA
    var step = b - a
    var before = step
    for _ in 0..<200 {
      if abs(valueC) < abs(valueB) {
        (a, b, c) = (b, c, b)
        (valueA, valueB, valueC) = (valueB, valueC, valueB)
      }
      let tolerance = 2 * abs(b).ulp
      let middle = 0.5 * (c - b)
      if abs(middle) <= tolerance || valueB == 0 { return b }
      if abs(before) >= tolerance, abs(valueA) > abs(valueB) {
        let (p, q) = interpolation(a, b, c, valueA, valueB, valueC)
        if 2 * p < min(3 * middle * q - abs(tolerance * q), abs(before * q)) {
          before = step
          step = p / q
        } else {
          step = middle
          before = middle
        }
      } else {
        step = middle
        before = middle
      }
      a = b
      valueA = valueB
      b += abs(step) > tolerance ? step : (middle > 0 ? tolerance : -tolerance)
      valueB = function(b)
      guard valueB.isFinite else { return nil }
      if (valueB > 0) == (valueC > 0) {
        c = a
        valueC = valueA
        step = b - a
        before = step
      }
    }
    return b
  }

  /// The step p/q (p never negative) of the secant or of the inverse parabola.
  private static func interpolation(
    _ a: Double, _ b: Double, _ c: Double, _ fa: Double, _ fb: Double, _ fc: Double
  ) -> (p: Double, q: Double) {
    let s = fb / fa
    var p: Double
    var q: Double
    if a == c {
      p = (c - b) * s
      q = 1 - s
    } else {
      let r = fb / fc
      let t = fa / fc
      p = s * ((c - b) * t * (t - r) - (b - a) * (r - 1))
      q = (t - 1) * (r - 1) * (s - 1)
    }
    if p > 0 { q = -q } else { p = -p }
    return (p, q)
  }

  /// Points and weights for the mean of a function of a standard normal variable.
  ///
  /// The trapezoidal rule converges faster than any power for such integrands (Trefethen and
  /// Weideman 2014): at this step the error is below rounding.
  static let normalPoints: [(point: Double, weight: Double)] = {
    let step = 0.2
    return (-45...45).map { index in
      let z = Double(index) * step
      return (z, step * Special.normalDensity(z))
    }
  }()

  /// Points and weights for the mean of a function of chi-squared over its degrees of freedom.
  ///
  /// In the logarithm of the variable the density decays at both ends as the rule above needs it.
  static func chiSquaredPoints(freedom: Double) -> [(point: Double, weight: Double)] {
    let half = freedom / 2
    // Density of t = ln(chi2 / freedom), relative to its peak at 0: exp(half (t + 1 - e^t)).
    func logDensity(_ t: Double) -> Double { half * (t - expm1(t)) }
    let step = min(0.25, 0.25 * (2 / freedom).squareRoot())
    var points: [(point: Double, weight: Double)] = []
    for direction in [-1.0, 1.0] {
      var index = direction < 0 ? 1.0 : 0.0
      while true {
        let t = direction * index * step
        let log = logDensity(t)
        if log < -40 { break }
        points.append((exp(t), exp(log)))
        index += 1
      }
    }
    let total = points.reduce(0) { $0 + $1.weight }
    return points.map { ($0.point, $0.weight / total) }
  }
}
