/// The largest gap between two distribution functions.
public enum KolmogorovSmirnov {
  /// The gap between values (ascending) and a distribution function; nothing without values.
  public static func distance(
    _ sorted: [Double], from distribution: (Double) -> Double
  ) -> Double? {
    guard !sorted.isEmpty else { return nil }
    let count = Double(sorted.count)
    var largest = 0.0
    for (index, value) in sorted.enumerated() {
      let expected = distribution(value)
      largest = max(largest, Double(index + 1) / count - expected, expected - Double(index) / count)
    }
    return largest
  }

  /// The gap between two samples, both ascending; nothing if one is empty.
  public static func distance(_ left: [Double], _ right: [Double]) -> Double? {
    guard !left.isEmpty, !right.isEmpty else { return nil }
    guard left.allSatisfy(\.isFinite), right.allSatisfy(\.isFinite) else { return nil }
    var (i, j) = (0, 0)
    var largest = 0.0
    while i < left.count, j < right.count {
      let value = min(left[i], right[j])
      while i < left.count, left[i] == value { i += 1 }
      while j < right.count, right[j] == value { j += 1 }
      let gap = Double(i) / Double(left.count) - Double(j) / Double(right.count)
      largest = max(largest, abs(gap))
    }
    return largest
  }
}
