import Glibc
public import Statistics

/// What the runs of a strategy say of a metric: one number, and how sure it is.
///
/// Every metric has one estimand, the same in every file whatever the number of runs. Shares and means
/// weigh conversations alike: the ratio of the sums over all runs. Quantiles are those of all times
/// together. What a run has one of (a level, a maximum, an index, a count) is averaged over runs.
public struct MetricEstimate: Sendable {
  /// The number.
  public var value: Double
  /// What each run adds to its error, in the metric's unit.
  public var errors: RunErrors
  /// The interval at a level; nothing where the runs cannot tell.
  var interval: @Sendable (Double) -> ConfidenceInterval? = { _ in nil }

  /// The ratio of the sums over runs, where a run without parts counts as one.
  init?(_ metric: MetricReference, _ values: [MetricValue?]) {
    let tops = values.map { $0.map { $0.parts?.top ?? $0.value } ?? 0 }
    let bottoms = values.map { $0.map { $0.parts?.bottom ?? 1 } ?? 0 }
    let bottom = bottoms.reduce(0, +)
    guard bottom > 0 else { return nil }
    // Where all agree, their value it is, not one that rounding put beside it.
    let first = values.lazy.compactMap { $0?.value }.first
    let agree = values.allSatisfy { $0 == nil || $0?.value == first }
    let value = agree ? first ?? 0 : tops.reduce(0, +) / bottom
    self.value = value
    guard let errors = RunErrors(tops, over: bottoms) else {
      errors = RunErrors(values.map { _ in nil })
      return
    }
    self.errors = agree ? errors.scaled(by: 0) : errors
    let known = self.errors
    let rare = Self.rare(metric, tops, bottoms)
    let single = metric.isMeanOfTimes ? values.compactMap { $0?.value } : []
    interval = { level in
      let usual = ConfidenceInterval.over(
        known, estimate: value, within: metric.range, level: level
      )?.reaching(forRuns: single)
      guard let usual, let rare = rare(level), rare.halfWidth > usual.halfWidth else {
        return usual
      }
      return rare
    }
  }

  init(value: Double, errors: RunErrors) {
    self.value = value
    self.errors = errors
  }

  /// Events so rare that runs may all agree by luck: fewer than ten successes or failures have
  /// Wilson's interval over all conversations; no event at all in any
  /// conversation, the same, and none in any run what a Poisson count may have had.
  private static func rare(
    _ metric: MetricReference, _ tops: [Double], _ bottoms: [Double]
  ) -> @Sendable (Double) -> ConfidenceInterval? {
    let top = tops.reduce(0, +)
    let bottom = bottoms.reduce(0, +)
    if metric.isShare, top < 10 || bottom - top < 10, bottom < 1e15 {
      return { .wilson(successes: Int(top), trials: Int(bottom), level: $0) }
    }
    if metric.metric.kind == .perConversation, top == 0 {
      return { level in
        ConfidenceInterval.wilson(successes: 0, trials: Int(bottom), level: level)
      }
    }
    if metric.metric.kind == .count, top == 0 {
      return { level in
        ConfidenceInterval(
          estimate: 0, low: 0, high: -log((1 - level) / 2) / Double(tops.count), level: level)
      }
    }
    return { _ in nil }
  }
}

extension MetricReference {
  /// What values it can have.
  var range: QuantityRange {
    guard unit == "ratio", metric != .workloadCV else { return .positive }
    return .share
  }
}
