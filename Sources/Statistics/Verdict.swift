/// Which way of a number is better.
public enum Polarity: String, Sendable, Codable, CaseIterable {
  /// More is better: answered within five minutes.
  case higher

  /// Less is better: waits, moves.
  case lower

  /// Neither way is better: how busy agents are.
  case neither
}

/// What a difference against the baseline says, in one word.
public enum Verdict: String, Sendable, Codable, CaseIterable {
  /// The interval excludes 0 on the good side.
  case better

  /// The interval excludes 0 on the bad side.
  case worse

  /// The interval excludes 0, and neither way is better.
  case differs

  /// The whole interval lies within plus or minus the indifference.
  case noDifference = "no_difference"

  /// Everything else: more replications would settle it.
  case inconclusive

  /// Judges the interval of a difference.
  ///
  /// `indifference` is the size that matters to nobody, in the unit of the metric.
  public init(difference: ConfidenceInterval, indifference: Double, polarity: Polarity) {
    let margin = indifference.isFinite ? abs(indifference) : 0
    if difference.low >= -margin, difference.high <= margin {
      self = .noDifference
    } else if difference.contains(0) || difference.low.isNaN || difference.high.isNaN {
      self = .inconclusive
    } else {
      switch polarity {
      case .neither: self = .differs
      case .higher: self = difference.low > 0 ? .better : .worse
      case .lower: self = difference.high < 0 ? .better : .worse
      }
    }
  }
}
