import Glibc

/// Decides, replication by replication in their order, when the interval is narrow enough.
///
/// After the first replication at which the half-width is small enough, it must stay so for some
/// more (the look-ahead of Hoad, Robinson and Davies 2010), because an early narrow interval is
/// often luck. The decision depends on the values in replication order alone.
public struct StoppingRule: Sendable, Equatable {
  /// How narrow the interval must be.
  public enum Target: Sendable, Equatable {
    /// A share of the mean (or of the mean of the scale given with each value).
    case relative(Double)

    /// A half-width in the unit of the metric.
    case absolute(Double)
  }

  /// What is to be done after a replication.
  public enum Decision: Sendable, Equatable {
    /// Go on; `more` is the number of further replications expected to be needed, if it can be told.
    case goOn(more: Int?)

    /// The interval is narrow enough and stayed so.
    case reached

    /// The cap came first; the interval is as wide as it is.
    case gaveUp
  }

  /// The wanted half-width.
  public let target: Target

  /// The level of the interval.
  public let level: Double

  /// Replications before the first look.
  public let first: Int

  /// Replications during which the half-width must stay small; 5 for every 100, at least this.
  let lookAhead: Int

  /// The most replications ever made.
  public let cap: Int

  /// The values so far.
  public private(set) var values = Moments()

  private var scale = Moments()
  private var narrowSince: Int?

  /// Nothing for a target or level out of range, fewer than two first replications or no room.
  public init?(
    _ target: Target, level: Double = 0.95, first: Int = 10, lookAhead: Int = 5, cap: Int = 500
  ) {
    let size: Double
    switch target {
    case .relative(let share): size = share
    case .absolute(let width): size = width
    }
    guard size > 0, size.isFinite, level > 0, level < 1, first >= 2, lookAhead >= 0, cap >= 2
    else { return nil }
    self.target = target
    self.level = level
    self.first = first
    self.lookAhead = lookAhead
    self.cap = cap
  }

  /// How many replications gave the first interval that was narrow enough and has stayed so.
  var reachedAt: Int? { narrowSince }

  /// The interval after the replications so far.
  public var interval: ConfidenceInterval? { ConfidenceInterval.student(values, level: level) }

  /// The half-width that is aimed at, as far as it can be told already.
  public var wantedHalfWidth: Double? {
    switch target {
    case .absolute(let width): return width
    case .relative(let share):
      return (scale.count > 0 ? scale.mean : values.mean).map { abs($0) * share }
    }
  }

  /// Takes in the value of the next replication.
  ///
  /// `scale` is what a relative target relates to where that is not the value itself: for a
  /// difference between strategies the baseline's value.
  public mutating func record(_ value: Double, scale other: Double? = nil) -> Decision {
    values.record(value)
    if let other { scale.record(other) }
    let count = values.count
    if count >= min(first, cap) {
      if isNarrow {
        let since = narrowSince ?? count
        narrowSince = since
        if count >= since + max(lookAhead, lookAhead * since / 100) { return .reached }
      } else {
        narrowSince = nil
      }
    }
    if count >= cap { return .gaveUp }
    return .goOn(more: expectedMore)
  }

  private var isNarrow: Bool {
    guard let half = interval?.halfWidth, let wanted = wantedHalfWidth else { return false }
    return half <= wanted
  }

  /// Further replications expected until the rule is content, never beyond the cap.
  private var expectedMore: Int? {
    if let narrowSince {
      let rest = narrowSince + max(lookAhead, lookAhead * narrowSince / 100) - values.count
      return min(max(1, rest), cap - values.count)
    }
    guard let spread = values.standardDeviation, let wanted = wantedHalfWidth,
      let needed = Self.replications(standardDeviation: spread, halfWidth: wanted, level: level)
    else { return nil }
    let start = max(needed, first)
    let more = start.addingReportingOverflow(max(lookAhead, start / 100 * lookAhead))
    let wish = more.overflow ? cap : more.partialValue
    return min(max(1, wish - values.count), cap - values.count)
  }

  /// The fewest replications whose interval is expected to have at most this half-width.
  ///
  /// Nothing if no number of replications that could ever be run is enough.
  public static func replications(
    standardDeviation: Double, halfWidth: Double, level: Double = 0.95
  ) -> Int? {
    guard standardDeviation >= 0, halfWidth >= 0, level > 0, level < 1 else { return nil }
    if standardDeviation == 0 { return 2 }
    func isEnough(_ count: Int) -> Bool {
      guard let factor = StudentT.critical(level: level, freedom: Double(count - 1)) else {
        return false
      }
      return factor * standardDeviation / Double(count).squareRoot() <= halfWidth
    }
    let limit = 1_000_000_000
    guard isEnough(limit) else { return nil }
    var low = 1
    var high = 2
    while !isEnough(high) {
      low = high
      high *= 2
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
