import Measurement
import Statistics

/// A difference from the baseline in words that say no more than its interval.
struct ChangeWords: Sendable {
  let index: ResultIndex
  let difference: ResultDocument.Difference
  let strategy: Int

  /// The words of a difference that has a change to speak of.
  init?(_ index: ResultIndex, strategy: Int, metric: String) {
    guard let difference = index.difference(strategy, metric), difference.change != nil else {
      return nil
    }
    self.index = index
    self.difference = difference
    self.strategy = strategy
  }

  private var format: MetricFormat { index.spokenFormat(difference.metric) }
  private var isMore: Bool { (difference.change ?? 0) > 0 }

  /// What may be said of it.
  var verdict: Verdict { index.verdict(difference) }

  /// `6.7 ± 0.7 points`.
  var size: String { format.spokenChange(difference) }

  /// `−0.1 ± 0.6 points`, with the sign.
  var signedSize: String {
    let sign = format.change(difference).first
    return (sign == "+" || sign == "-" ? String(sign ?? "+") : "") + size
  }

  /// Such as `6.6 ± 0.7 points more of the customers answered within 5 minutes than round robin`.
  var noun: Phrase {
    if let within = customersWithin {
      return Phrase("\(size) \(comparative) of the customers answered within \(within) than ")
        + .strategy(index.baseline)
    }
    return Phrase("\(format.spoken) \(size) \(comparative) than under ") + .strategy(index.baseline)
  }

  /// Such as `mean first response from 243.3 to 301.4 s (± 9.7)`.
  var step: String {
    guard let from = difference.baselineMean, let change = difference.change else {
      return "\(format.spoken) by \(signedSize)"
    }
    return format.spoken + " "
      + format.spokenStep(from: from, to: from + change, halfWidth: difference.halfWidth)
  }

  private var customersWithin: String? {
    guard let within = GoalWords.within(difference.metric), within.quantity == "first_response",
      !within.isOfAnswered
    else { return nil }
    return GoalWords.spelled(within.duration)
  }

  private var comparative: String {
    if customersWithin != nil { return isMore ? "more" : "fewer" }
    if format.isTime { return isMore ? "longer" : "shorter" }
    return isMore ? "higher" : "lower"
  }
}

/// What a strategy does to moves, as a fraction of the baseline's that the interval allows.
struct MoveWords: Sendable {
  let text: String
  /// The metric that it speaks of.
  let metric: String

  init?(_ index: ResultIndex, strategy: Int) {
    for (metric, thing) in [("reassignments", "moves"), ("reassigned", "conversations moved")] {
      guard let row = index.difference(strategy, metric),
        row.verdict == .better || row.verdict == .worse,
        let base = row.baselineMean, base > 0, let low = row.low, let high = row.high,
        let change = row.change,
        let fraction = Self.fraction(
          (base + change) / base, from: (base + low) / base, to: (base + high) / base)
      else { continue }
      text = "with about \(fraction) the \(thing)"
      self.metric = metric
      return
    }
    return nil
  }

  /// The everyday fraction nearest to a ratio, if the interval of the ratio contains it.
  private static func fraction(_ ratio: Double, from low: Double, to high: Double) -> String? {
    let everyday: [(Double, String)] = [
      (0.1, "a tenth of"), (0.2, "a fifth of"), (0.25, "a quarter of"), (1.0 / 3, "a third of"),
      (0.5, "half"), (2.0 / 3, "two thirds of"), (0.75, "three quarters of"), (2, "twice"),
      (3, "three times"), (4, "four times"),
    ]
    let nearest = everyday.min { abs($0.0 - ratio) < abs($1.0 - ratio) }
    guard let nearest, low <= nearest.0, nearest.0 <= high else { return nil }
    return nearest.1
  }
}
