/// Where the start of a series stops mattering: MSER-5 (White, Cobb and Spratt 2000).
public struct WarmUp: Sendable, Equatable {
  /// How many batches of five are deleted.
  let batchesDeleted: Int

  /// How many observations are deleted.
  public var observationsDeleted: Int { batchesDeleted * Self.batchSize }

  /// The statistic at its minimum: the squared error of the mean, as far as batches tell.
  public let statistic: Double

  /// The mean of what is left, whole batches only.
  let truncatedMean: Double

  /// Whether the minimum lies at the limit of half the series: the series is too short to tell.
  public let isAtLimit: Bool

  /// Observations in a batch.
  static let batchSize = 5

  /// Finds the deletion of at most half the batches of `series` that minimises the statistic.
  ///
  /// Among equal minima the smallest deletion wins. Nothing with fewer than two batches.
  public init?(_ series: [Double]) {
    let count = series.count / Self.batchSize
    guard count >= 2 else { return nil }
    var batches: [Double] = []
    for batch in 0..<count {
      let start = batch * Self.batchSize
      let sum = series[start..<start + Self.batchSize].reduce(0, +)
      batches.append(sum / Double(Self.batchSize))
    }
    // From the end backwards each deletion needs only one more value.
    var tail = Moments()
    var best: (deleted: Int, statistic: Double, mean: Double)?
    let limit = count / 2
    for deleted in stride(from: count - 1, through: 0, by: -1) {
      tail.record(batches[deleted])
      guard deleted <= limit, let spread = tail.populationVariance, let mean = tail.mean else {
        continue
      }
      let statistic = spread / Double(tail.count)
      if best.map({ statistic <= $0.statistic }) ?? true { best = (deleted, statistic, mean) }
    }
    guard let best, best.statistic.isFinite else { return nil }
    batchesDeleted = best.deleted
    statistic = best.statistic
    truncatedMean = best.mean
    isAtLimit = best.deleted == limit
  }
}
