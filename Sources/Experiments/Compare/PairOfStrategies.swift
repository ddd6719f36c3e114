import Measurement
import Statistics

/// One metric of one strategy against another, replication by replication.
struct PairOfStrategies {
  let baseline: Campaign.Outcome
  let other: Campaign.Outcome
  let metric: MetricReference
  let difference: Difference?
  let correlation: Double?
  let baselineMean: Double?
  let mean: Double?
  private let standardDeviation: Double?
  private let count: Int

  /// Compares; unpaired where the strategies met different customers.
  init(
    _ metric: MetricReference, baseline: Campaign.Outcome, other: Campaign.Outcome, isPaired: Bool
  ) {
    self.baseline = baseline
    self.other = other
    self.metric = metric
    var pairs = PairedComparison()
    let left = baseline.result.values(of: metric) ?? []
    let right = other.result.values(of: metric) ?? []
    for (one, two) in zip(left, right) {
      // A metric that one of the two does not have in a replication cannot be compared there.
      if let one, let two { pairs.record(baseline: one.value, other: two.value) }
    }
    baselineMean = pairs.baseline.mean
    mean = pairs.other.mean
    count = pairs.differences.count
    if isPaired {
      difference = pairs.difference()
      correlation = pairs.correlation
      standardDeviation = pairs.differences.standardDeviation
    } else {
      difference = WelchComparison.difference(baseline: pairs.baseline, other: pairs.other)
      correlation = nil
      standardDeviation =
        (pairs.baseline.variance ?? 0) + (pairs.other.variance ?? 0) > 0
        ? ((pairs.baseline.variance ?? 0) + (pairs.other.variance ?? 0)).squareRoot() : nil
    }
  }

  /// What may be said at a level that several comparisons share.
  func row(
    level: Double, pValue: Double?, indifference: Indifference
  ) -> ResultDocument.Difference {
    var row = ResultDocument.Difference(
      baseline: baseline.name, strategy: other.name, metric: metric.description,
      baselineMean: baselineMean, mean: mean, verdict: .inconclusive)
    guard let difference, let baselineMean,
      let factor = StudentT.critical(level: level, freedom: difference.freedom)
    else { return row }
    let interval = difference.widened(to: factor, level: level)
    let margin = indifference.size(metric, baseline: baselineMean)
    row.change = difference.interval.estimate
    row.low = interval.low
    row.high = interval.high
    row.pValue = pValue ?? difference.pValue
    row.correlation = correlation
    row.verdict = Self.verdict(
      Verdict(difference: interval, indifference: margin, polarity: metric.polarity))
    if row.verdict == .inconclusive {
      row.settling = more(difference.interval.estimate, margin: margin, factor: factor)
        .map { ResultDocument.Settling(atLeast: $0, atMost: $0) }
    }
    return row
  }

  /// How many more replications would settle it, if the difference is what it seems to be.
  private func more(_ change: Double, margin: Double, factor: Double) -> Int? {
    guard let deviation = standardDeviation, deviation > 0 else { return nil }
    // Settled when the interval leaves 0 behind, or lies within the indifference.
    let wanted = max(change.magnitude, margin - change.magnitude)
    guard wanted > 0 else { return nil }
    let needed = (factor * deviation / wanted * (factor * deviation / wanted)).rounded(.up)
    guard needed < 1e7 else { return nil }
    return max(1, Int(needed) - count)
  }

  private static func verdict(_ verdict: Verdict) -> ResultDocument.Verdict {
    switch verdict {
    case .better: .better
    case .worse: .worse
    case .differs: .differs
    case .noDifference: .noDifference
    case .inconclusive: .inconclusive
    }
  }
}
