/// Holm's step-down correction (1979) for several tests read together.
public enum Holm {
  /// The corrected p-values, in the order given: reject those at or below the family's level.
  ///
  /// Among equal p-values the earlier one comes first, so the result does not depend on sorting.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var result = pValues
    var largest = 0.0
    for (step, index) in order.enumerated() {
      let scaled = min(1, pValues[index] * Double(pValues.count - step))
      largest = max(largest, scaled)
      result[index] = largest
    }
    return result
  }

  /// The level at which each test is judged, in the order given, for a family at `level`.
  ///
  /// An interval at its level excludes 0 exactly when Holm rejects its test; those after the first
  /// that is not rejected all share that one's level.
  public static func levels(_ pValues: [Double], level: Double = 0.95) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var result = pValues
    var stopped: Double?
    for (step, index) in order.enumerated() {
      let alpha = stopped ?? (1 - level) / Double(pValues.count - step)
      if stopped == nil, pValues[index] > alpha { stopped = alpha }
      result[index] = 1 - alpha
    }
    return result
  }
}
