import Glibc

/// How a quantile is read from values in ascending order.
enum QuantileRule: Sendable, CaseIterable {
  /// The smallest value with at least a share p at or below it: always a value that occurred.
  case nearestRank

  /// A straight line between the two neighbours (Hyndman and Fan, 1996, type 7).
  case interpolated

  /// The quantile at share `p` of `sorted` (ascending); nothing without values or outside 0...1.
  func quantile(_ p: Double, of sorted: [Double]) -> Double? {
    guard !sorted.isEmpty, p >= 0, p <= 1 else { return nil }
    switch self {
    case .nearestRank:
      return sorted[Self.rank(p, of: sorted.count) - 1]
    case .interpolated:
      let position = p * Double(sorted.count - 1)
      let below = Int(position)
      let above = min(below + 1, sorted.count - 1)
      let share = position - Double(below)
      return sorted[below] + share * (sorted[above] - sorted[below])
    }
  }

  /// The rank from 1 of the quantile at share `p` of `count` values: ceil(count p).
  static func rank(_ p: Double, of count: Int) -> Int {
    // 0.95 x 20 is 19.000000000000004 in doubles: a product that close to a whole number is one.
    let product = p * Double(count)
    let nearest = product.rounded()
    let rank = abs(product - nearest) <= 1e-12 * nearest ? nearest : product.rounded(.up)
    return min(max(Int(rank), 1), count)
  }
}
