public import Measurement
import Statistics

/// Enough is enough when an interval is narrow enough, and stays so for a few more replications.
public struct PrecisionRule: Sendable {
  /// The metric that must be known.
  public var metric: MetricReference
  /// The half-width, as a share of the mean.
  public var within: Double
  /// The most replications.
  public var atMost: Int

  /// Describes what is enough.
  public init(metric: MetricReference, within: Double, atMost: Int) {
    self.metric = metric
    self.within = within
    self.atMost = atMost
  }

  /// The rule at work, one stopping rule for every strategy.
  struct Watch {
    let rule: PrecisionRule
    private var stopping: [StoppingRule?]
    private(set) var reached: Double?
    private(set) var isReached = false

    init(_ rule: PrecisionRule) {
      self.rule = rule
      stopping = []
    }

    /// Whether another replication is wanted; decided in replication order.
    mutating func wantsMore(after result: Campaign.Result) -> Bool {
      var areAllDone = true
      var widest: Double?
      if stopping.isEmpty {
        stopping = result.outcomes.map { _ in
          StoppingRule(.relative(rule.within), first: 10, cap: rule.atMost)
        }
      }
      for (index, outcome) in result.outcomes.enumerated() {
        guard let values = outcome.result.values(of: rule.metric), let last = values.last else {
          continue
        }
        if let summary = outcome.result.summary(of: rule.metric), let mean = summary.mean,
          let half = summary.halfWidth, mean != 0
        {
          widest = max(widest ?? 0, half / mean.magnitude)
        }
        guard let value = last?.value, let decision = stopping[index]?.record(value) else {
          areAllDone = false
          continue
        }
        if case .goOn = decision { areAllDone = false }
      }
      reached = widest
      isReached = areAllDone && (widest ?? .infinity) <= rule.within
      return !areAllDone
    }
  }

  func begin() -> Watch { Watch(self) }
}

extension PrecisionRule {
  /// What is looked at when neither scenario nor goals name a metric.
  public static let usualMetric = MetricReference(.firstResponse, .mean)
}
