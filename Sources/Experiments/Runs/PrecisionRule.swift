public import Measurement
import Statistics

/// Enough is enough when an interval is narrow enough, and stays so for a few more replications.
public struct PrecisionRule: Sendable {
  /// What must be known.
  public enum Subject: Sendable {
    /// Each strategy's mean, to a share of itself.
    case means
    /// Each strategy's difference from the baseline, to a share of the baseline's mean.
    case differences
  }

  /// The metric that must be known.
  public var metric: MetricReference
  /// The half-width, as a share of the mean.
  public var within: Double
  /// The most replications.
  public var atMost: Int
  /// What of the metric must be known.
  public var subject: Subject

  /// Describes what is enough.
  public init(
    metric: MetricReference, within: Double, atMost: Int, of subject: Subject = .means
  ) {
    self.metric = metric
    self.within = within
    self.atMost = atMost
    self.subject = subject
  }

  /// What is looked at when neither scenario nor goals name a metric.
  public static let usualMetric = MetricReference(.firstResponse, .mean)

  /// Replications before the first look.
  static let first = 10

  /// The rule at work, one stopping rule for every mean or difference; asked in replication order.
  struct Watch {
    let rule: PrecisionRule
    private var stopping: [StoppingRule?] = []
    /// The widest half-width so far, as a share of the mean; nil as long as there is none.
    private(set) var reached: Double?
    private(set) var isReached = false

    init(_ rule: PrecisionRule) { self.rule = rule }

    /// Whether another replication is wanted.
    ///
    /// The rule looks at the values of single runs, which is quick; when it is content, the interval
    /// that the tables will show must be narrow enough too, or it goes on.
    mutating func wantsMore(after result: Campaign.Result) -> Bool {
      let wantsMore = wantsMore(
        after: result.outcomes.map { outcome in
          outcome.result.values(of: rule.metric)?.last??.value
        })
      guard !wantsMore else { return true }
      reached = shownWidth(result)
      isReached = reached.map { $0 <= rule.within } ?? false
      return !isReached && result.replications < rule.atMost
    }

    /// The widest half-width as the tables show it, as a share of the mean.
    private func shownWidth(_ result: Campaign.Result) -> Double? {
      let shares =
        switch rule.subject {
        case .means: result.outcomes.map { share($0) }
        case .differences:
          result.outcomes.dropFirst().map { share($0, from: result.outcomes[0], result) }
        }
      let known = shares.compactMap { $0 }
      return known.count == shares.count ? known.max() : nil
    }

    private func share(_ outcome: Campaign.Outcome) -> Double? {
      guard let summary = outcome.result.summary(of: rule.metric), let half = summary.halfWidth,
        let mean = summary.mean
      else { return nil }
      return Self.share(half, of: mean)
    }

    private func share(
      _ other: Campaign.Outcome, from baseline: Campaign.Outcome, _ result: Campaign.Result
    ) -> Double? {
      let pair = PairOfStrategies(rule.metric, baseline: baseline, other: other, isPaired: true)
      let level = 1 - 0.05 / Double(result.outcomes.count - 1)
      guard let difference = pair.difference, let mean = pair.baselineMean,
        let factor = StudentT.critical(level: level, freedom: difference.freedom)
      else { return nil }
      return Self.share(difference.widened(to: factor, level: level).halfWidth, of: mean)
    }

    private static func share(_ half: Double, of mean: Double) -> Double? {
      let share = half == 0 ? 0 : half / mean.magnitude
      return share.isFinite ? share : nil
    }

    /// Whether another replication is wanted after one with these values, the baseline's first.
    mutating func wantsMore(after values: [Double?]) -> Bool {
      if stopping.isEmpty { stopping = begun(strategies: values.count) }
      var areAllDone = true
      for index in stopping.indices {
        // Without a value nothing is learned, and nothing is known any better.
        guard let decision = record(values, index) else {
          areAllDone = false
          continue
        }
        if case .goOn = decision { areAllDone = false }
      }
      reached = widest
      isReached = areAllDone && (reached.map { $0 <= rule.within } ?? false)
      return !areAllDone
    }

    private func begun(strategies: Int) -> [StoppingRule?] {
      let count = rule.subject == .means ? strategies : max(1, strategies - 1)
      // Differences are read side by side: all of them hold together (Bonferroni).
      let level = rule.subject == .means ? 0.95 : 1 - 0.05 / Double(count)
      let rule = StoppingRule(
        .relative(rule.within), level: level, first: PrecisionRule.first, cap: rule.atMost)
      return Array(repeating: rule, count: count)
    }

    private mutating func record(_ values: [Double?], _ index: Int) -> StoppingRule.Decision? {
      switch rule.subject {
      case .means:
        guard let value = values[index] else { return nil }
        return stopping[index]?.record(value)
      case .differences:
        guard values.indices.contains(index + 1), let baseline = values[0],
          let other = values[index + 1]
        else { return nil }
        return stopping[index]?.record(other - baseline, scale: baseline)
      }
    }

    private var widest: Double? {
      var widest = 0.0
      for rule in stopping {
        guard let rule, case .relative(let share) = rule.target,
          let half = rule.interval?.halfWidth, let wanted = rule.wantedHalfWidth
        else { return nil }
        // A half-width of 0 is narrow beside anything, even beside a mean of 0.
        let ratio = half == 0 ? 0 : half / wanted * share
        guard ratio.isFinite else { return nil }
        widest = max(widest, ratio)
      }
      return widest
    }
  }

  func begin() -> Watch { Watch(self) }
}
