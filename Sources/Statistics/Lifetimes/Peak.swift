import Glibc

/// The top of a smooth function of a few variables, with its curvature there.
struct Peak {
  /// Where it is.
  var place: [Double]
  /// Its height.
  var value: Double
  /// The inverse of the negative curvature: under a log-likelihood, the covariance of the place.
  var covariance: [[Double]]

  /// Climbs from a start by Newton's steps on differences; by the simplex first where that fails.
  static func of(_ function: ([Double]) -> Double, from start: [Double]) -> Peak? {
    if let peak = newton(function, start) { return peak }
    guard let near = Minimizer.simplex(from: start, of: { -function($0) }) else { return nil }
    return newton(function, near)
  }

  /// Steps of differences: variables are logarithms, logits or shares of a spread, of order 1.
  private static let step = 1e-4

  private static func newton(_ function: ([Double]) -> Double, _ start: [Double]) -> Peak? {
    var place = start
    var value = function(place)
    guard value.isFinite else { return nil }
    for _ in 0..<60 {
      let (slope, curvature) = derivatives(function, place, value)
      guard let covariance = inverse(curvature.map { $0.map { -$0 } }), isPositive(covariance)
      else { return nil }
      var move = covariance.map { row in zip(row, slope).reduce(0) { $0 + $1.0 * $1.1 } }
      // The step in units of the likelihood: where it is below rounding the top is reached.
      let gain = zip(move, slope).reduce(0) { $0 + $1.0 * $1.1 }
      guard gain.isFinite else { return nil }
      let longest = move.map(\.magnitude).max() ?? 0
      if longest > 2 { move = move.map { $0 * 2 / longest } }
      var factor = 1.0
      var isBetter = false
      while factor > 1e-4 {
        let next = zip(place, move).map { $0 + factor * $1 }
        let height = function(next)
        if height.isFinite, height >= value {
          place = next
          value = height
          isBetter = true
          break
        }
        factor /= 2
      }
      if gain < 1e-9 || !isBetter && gain < 1e-4 {
        return Peak(place: place, value: value, covariance: covariance)
      }
      if !isBetter { return nil }
    }
    return nil
  }

  private static func derivatives(
    _ function: ([Double]) -> Double, _ place: [Double], _ value: Double
  ) -> ([Double], [[Double]]) {
    let count = place.count
    var slope = [Double](repeating: 0, count: count)
    var curvature = [[Double]](repeating: slope, count: count)
    func at(_ moves: (Int, Double)...) -> Double {
      var moved = place
      for (index, move) in moves { moved[index] += move }
      return function(moved)
    }
    for i in 0..<count {
      let up = at((i, step))
      let down = at((i, -step))
      slope[i] = (up - down) / (2 * step)
      curvature[i][i] = (up - 2 * value + down) / (step * step)
      for j in 0..<i {
        let mixed =
          at((i, step), (j, step)) - at((i, step), (j, -step)) - at((i, -step), (j, step))
          + at((i, -step), (j, -step))
        curvature[i][j] = mixed / (4 * step * step)
        curvature[j][i] = curvature[i][j]
      }
    }
    return (slope, curvature)
  }

  private static func isPositive(_ matrix: [[Double]]) -> Bool {
    guard matrix.indices.allSatisfy({ matrix[$0][$0] > 0 && matrix[$0][$0].isFinite }) else {
      return false
    }
    // By Sylvester: the leading minors of at most three rows.
    guard matrix.count > 1 else { return true }
    let minor = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]
    guard minor > 0 else { return false }
    return matrix.count < 3 || determinant(matrix) > 0
  }

  private static func determinant(_ m: [[Double]]) -> Double {
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
      - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
      + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
  }

  /// Gauss and Jordan with pivots; nothing where the matrix has no inverse.
  static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
    let count = matrix.count
    var left = matrix
    var right = (0..<count).map { row in (0..<count).map { row == $0 ? 1.0 : 0 } }
    for column in 0..<count {
      var pivot = column
      for row in column..<count where abs(left[row][column]) > abs(left[pivot][column]) {
        pivot = row
      }
      let size = left[pivot][column]
      guard size.isFinite, size != 0 else { return nil }
      left.swapAt(column, pivot)
      right.swapAt(column, pivot)
      for index in 0..<count {
        left[column][index] /= size
        right[column][index] /= size
      }
      for row in 0..<count where row != column {
        let factor = left[row][column]
        guard factor != 0 else { continue }
        for index in 0..<count {
          left[row][index] -= factor * left[column][index]
          right[row][index] -= factor * right[column][index]
        }
      }
    }
    return right
  }
}
