/// How evenly a load is spread over those who carry it.
public enum Fairness {
  /// Gini's index: 0 if all carry the same, near 1 if one carries all.
  ///
  /// Nothing without loads, with a negative one, or if nobody carries anything.
  public static func gini(_ loads: [Double]) -> Double? {
    guard let total = total(loads) else { return nil }
    let count = Double(loads.count)
    var weighted = 0.0
    for (index, load) in loads.sorted().enumerated() {
      weighted += (2 * Double(index + 1) - count - 1) * load
    }
    return weighted / (count * total)
  }

  /// Jain's index: 1 if all carry the same, 1/n if one of n carries all.
  public static func jain(_ loads: [Double]) -> Double? {
    guard let total = total(loads) else { return nil }
    // Shares of the total, so that squares neither overflow nor vanish.
    let squares = loads.reduce(0) { $0 + ($1 / total) * ($1 / total) }
    return 1 / (Double(loads.count) * squares)
  }

  /// The standard deviation of the loads (as a population) over their mean.
  public static func coefficientOfVariation(_ loads: [Double]) -> Double? {
    guard total(loads) != nil else { return nil }
    let moments = Moments(loads)
    guard let mean = moments.mean, let variance = moments.populationVariance, mean > 0 else {
      return nil
    }
    return variance.squareRoot() / mean
  }

  /// The largest load over the mean load.
  public static func peak(_ loads: [Double]) -> Double? {
    guard let total = total(loads), let largest = loads.max() else { return nil }
    return largest / total * Double(loads.count)
  }

  private static func total(_ loads: [Double]) -> Double? {
    guard loads.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    let sum = loads.reduce(0, +)
    return sum > 0 && sum.isFinite ? sum : nil
  }
}
