import Statistics

/// The times of all runs together, and what each run adds to the error of their quantiles.
///
/// A quantile of a run with few conversations is biased, and most runs may agree on one by luck; both
/// are no trouble for the quantile of all times together. Its error is that of the share of times
/// below it (Woodruff 1952), which differs from run to run even where the runs' own quantiles do not.
struct PooledTimes: Sendable, Equatable, Codable {
  private var all: Histogram?
  private var runs: [CoarseCounts?] = []

  /// Takes in the times of the next replication; nothing where it has none.
  mutating func add(_ histogram: Histogram?) {
    runs.append(histogram.map { CoarseCounts($0) })
    guard let histogram else { return }
    if all == nil { all = histogram } else { all?.merge(histogram) }
  }

  /// The quantile of all times together, in seconds.
  func quantile(perMille: Int) -> MetricEstimate? {
    let share = Double(perMille) / 1_000
    guard let all, let value = all.quantile(share) else { return nil }
    var estimate = MetricEstimate(
      value: Double(value) / 1e9, errors: RunErrors(runs.map { _ in nil }))
    guard let errors = shareErrors(around: value, share: share, of: all.count),
      let error = errors.standardError,
      let factor = StudentT.critical(level: 0.95, freedom: errors.freedom)
    else { return estimate }
    // How far the quantile moves for a change of the share: the slope between the limits.
    let low = max(0, share - factor * error)
    let high = min(1, share + factor * error)
    let rise = seconds(all, high, orElse: all.maximum) - seconds(all, low, orElse: all.minimum)
    estimate.errors = high > low ? errors.scaled(by: -rise / (high - low)) : errors.scaled(by: 0)
    estimate.interval = { level in
      guard let factor = StudentT.critical(level: level, freedom: errors.freedom) else {
        return nil
      }
      let reach = Reach(factor: factor, error: error, skewness: errors.skewness)
      // More below it than was thought puts the quantile lower. Beyond the longest time that was seen
      // nothing is known: there is no upper limit, and no interval.
      guard share + reach.down <= 1, let high = all.quantile(share + reach.down),
        let low = all.quantile(max(0, share - reach.up))
      else { return nil }
      return ConfidenceInterval(
        estimate: Double(value) / 1e9, low: Double(low) / 1e9, high: Double(high) / 1e9,
        level: level)
    }
    return estimate
  }

  private func seconds(_ all: Histogram, _ share: Double, orElse end: Int64?) -> Double {
    Double(all.quantile(share) ?? end ?? 0) / 1e9
  }

  /// The errors of the share of times up to a value, before or with the cell that it lies in,
  /// whichever differs more; never less than if every conversation had been drawn by itself.
  private func shareErrors(around value: Int64, share: Double, of count: Int) -> RunErrors? {
    let counts = runs.map { $0?.counts(around: value) ?? (before: 0, through: 0) }
    let sizes = runs.map { Double($0?.count ?? 0) }
    guard let before = RunErrors(counts.map { Double($0.before) }, over: sizes),
      let through = RunErrors(counts.map { Double($0.through) }, over: sizes),
      let early = before.standardError, let late = through.standardError
    else { return nil }
    let errors = early > late ? before : through
    let error = max(early, late)
    let least = (share * (1 - share) / Double(count)).squareRoot()
    return error > 0 && error < least ? errors.scaled(by: least / error) : errors
  }
}
