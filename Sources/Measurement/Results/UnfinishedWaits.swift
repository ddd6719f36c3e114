import Statistics

extension StrategyResult {
  /// What leaving out the times that had not ended when runs ended does to the mean of a time.
  public struct Unfinished: Sendable, Equatable {
    /// Their share of all those that had ended or still might.
    public var share: Double
    /// By how much of itself the mean would be longer, had they been followed to their end.
    public var shift: Double
  }

  /// What is unfinished of a time; nothing if all or none had ended.
  ///
  /// What had not ended at an age is taken to last as long as those did, on average, that ended later
  /// than that. Long times are more often unfinished, so the mean of the others is too short: by little in
  /// a long run, by several per cent in an hour of a busy desk.
  public func unfinished(_ metric: MetricDefinition) -> Unfinished? {
    guard let ended = times?.histogram(of: metric), ended.count > 0,
      let open = unfinished?.histogram(of: metric), open.count > 0, let mean = ended.mean, mean > 0
    else { return nil }
    var sum = 0.0
    // From the longest down: how many ended later, and after how long in all.
    var later = (count: 0.0, sum: 0.0)
    var rest = ended.buckets[...]
    for age in open.buckets.reversed() {
      let length = Self.middle(age.range)
      while let bucket = rest.last, Self.middle(bucket.range) > length {
        later.count += Double(bucket.count)
        later.sum += Double(bucket.count) * Self.middle(bucket.range)
        rest.removeLast()
      }
      sum += Double(age.count) * (later.count > 0 ? later.sum / later.count : length)
    }
    let count = Double(ended.count + open.count)
    let whole = (mean * Double(ended.count) + sum) / count
    return Unfinished(share: Double(open.count) / count, shift: whole / mean - 1)
  }

  private static func middle(_ range: ClosedRange<Int64>) -> Double {
    (Double(range.lowerBound) + Double(range.upperBound)) / 2
  }
}
