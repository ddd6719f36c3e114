import Measurement
import Statistics

/// One metric of one strategy against another: the difference of the two numbers that stand in every
/// table (``MetricEstimate``), with the error that remains when both met the same customers.
struct PairOfStrategies {
  let baseline: Campaign.Outcome
  let other: Campaign.Outcome
  let metric: MetricReference
  let difference: Difference?
  let correlation: Double?
  let baselineMean: Double?
  let mean: Double?
  private let count: Int

  /// Compares; unpaired where the strategies met different customers.
  init(
    _ metric: MetricReference, baseline: Campaign.Outcome, other: Campaign.Outcome, isPaired: Bool
  ) {
    self.baseline = baseline
    self.other = other
    self.metric = metric
    let left = baseline.result.estimate(of: metric)
    let right = other.result.estimate(of: metric)
    baselineMean = left?.value
    mean = right?.value
    count = min(left?.errors.count ?? 0, right?.errors.count ?? 0)
    guard let left, let right else {
      difference = nil
      correlation = nil
      return
    }
    let compare = isPaired ? Difference.paired : Difference.unpaired
    difference = compare(left.value, left.errors, right.value, right.errors)
    correlation = isPaired ? left.errors.correlation(with: right.errors) : nil
  }

  /// What may be said at a level that several comparisons share.
  func row(
    level: Double, pValue: Double, family: ResultDocument.Family, indifference: Indifference,
    looks: Int = 1, isKept: Bool = true
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
    row.pValue = pValue
    row.correlation = correlation
    row.family = family
    row.verdict = Verdict(
      difference: interval, indifference: margin, polarity: metric.polarity)
    // No sign of what does not survive all looks; "no difference" is no sign, and lies within its margin.
    if !isKept, row.verdict != .noDifference { row.verdict = .inconclusive }
    if row.verdict == .inconclusive {
      row.settling =
        SettlingForecast(
          change: difference.interval.estimate, error: difference.standardError, count: count,
          margin: margin, level: 1 - (1 - level) / Double(looks)
        ).settling
    }
    return row
  }
}
