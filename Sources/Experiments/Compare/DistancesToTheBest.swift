import Statistics

/// How far each strategy is from the best of the others, all intervals together at 95 %.
///
/// Hsu's multiple comparisons with the best, from paired intervals of all pairs (Bonferroni): where
/// less is better, the distance to the best other is the largest of the differences to the others, so
/// the largest limits of their intervals are its limits.
struct DistancesToTheBest {
  /// One for each strategy; nil where too little is known.
  private(set) var intervals: [(low: Double, high: Double)?] = []

  /// Compares values by replication, each pair over those replications that both have.
  init(_ values: [[Double?]], isLowerBetter: Bool, level: Double = 0.95) {
    let pairs = values.count * (values.count - 1) / 2
    guard pairs > 0 else {
      intervals = values.map { _ in nil }
      return
    }
    let each = 1 - (1 - level) / Double(pairs)
    for one in values.indices {
      var limits: (low: Double, high: Double)?
      var isKnown = true
      for other in values.indices where other != one {
        var comparison = PairedComparison()
        for (own, theirs) in zip(values[one], values[other]) {
          if let own, let theirs { comparison.record(baseline: theirs, other: own) }
        }
        guard let interval = comparison.difference(level: each)?.interval else {
          isKnown = false
          break
        }
        guard let found = limits else {
          limits = (interval.low, interval.high)
          continue
        }
        limits =
          isLowerBetter
          ? (max(found.low, interval.low), max(found.high, interval.high))
          : (min(found.low, interval.low), min(found.high, interval.high))
      }
      intervals.append(isKnown ? limits : nil)
    }
  }
}
