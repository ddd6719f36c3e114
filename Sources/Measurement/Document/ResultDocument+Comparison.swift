public import Statistics

extension ResultDocument {
  /// Differences between strategies.
  public struct Comparison: Codable, Sendable, Equatable {
    /// The strategy that the others are compared with.
    public var baseline: String
    /// Whether the strategies met the same customers.
    public var isPaired: Bool
    /// The correction for many comparisons, such as `Holm`; nil for none.
    public var correction: String?
    /// How many comparisons the correction counts.
    public var comparisonCount: Int
    /// The smallest change worth a name, in words, such as `1 % of the baseline's mean`.
    public var indifference: String
    /// Every metric of every other strategy against the baseline: strategies, then metrics.
    public var differences: [Difference]
    /// Every pair of strategies on the metrics shown, if asked for.
    public var allPairs: [Difference]
    /// The choice of the best strategy, if asked for.
    public var best: Best?
    /// The verdicts under other loads and variability, if asked for.
    public var robustness: Robustness?

    /// Puts the parts together.
    public init(
      baseline: String, isPaired: Bool = true, correction: String? = nil, comparisonCount: Int,
      indifference: String, differences: [Difference], allPairs: [Difference] = [],
      best: Best? = nil, robustness: Robustness? = nil
    ) {
      self.baseline = baseline
      self.isPaired = isPaired
      self.correction = correction
      self.comparisonCount = comparisonCount
      self.indifference = indifference
      self.differences = differences
      self.allPairs = allPairs
      self.best = best
      self.robustness = robustness
    }
  }

  /// The comparisons that are judged together: not one of them claims what is not so, but in 5 % of tables.
  public enum Family: String, Codable, Sendable {
    /// What terminal and page show.
    case shown
    /// Everything else that the files carry.
    case other
  }

  /// How many more runs of each strategy would settle an inconclusive difference.
  public struct Settling: Codable, Sendable, Equatable {
    /// The fewest that might do.
    public var atLeast: Int
    /// The most that should be needed; nil where no number of runs is sure to, because the difference
    /// may sit on its limit.
    public var atMost: Int?

    /// Names a range.
    public init(atLeast: Int, atMost: Int? = nil) {
      self.atLeast = atLeast
      self.atMost = atMost
    }
  }

  /// One metric of one strategy against another.
  public struct Difference: Codable, Sendable, Equatable {
    /// The strategy compared with.
    public var baseline: String
    /// The strategy compared.
    public var strategy: String
    /// The metric's name.
    public var metric: String
    /// Mean under the baseline.
    public var baselineMean: Double?
    /// Mean under the strategy.
    public var mean: Double?
    /// The mean difference, strategy less baseline.
    public var change: Double?
    /// Lower end of the interval of the difference.
    public var low: Double?
    /// Upper end of the interval of the difference.
    public var high: Double?
    /// The corrected p-value.
    public var pValue: Double?
    /// Correlation between the runs of both, what common random numbers bought.
    public var correlation: Double?
    /// What may be said.
    public var verdict: Verdict
    /// How many more runs of each would settle an inconclusive one; nil where that cannot be told.
    public var settling: Settling?
    /// The comparisons that it was judged together with; nil if it was judged alone.
    public var family: Family?

    /// Half the width of the interval.
    public var halfWidth: Double? {
      guard let low, let high else { return nil }
      return (high - low) / 2
    }

    /// Puts the parts together.
    public init(
      baseline: String, strategy: String, metric: String, baselineMean: Double? = nil,
      mean: Double? = nil, change: Double? = nil, low: Double? = nil, high: Double? = nil,
      pValue: Double? = nil, correlation: Double? = nil, verdict: Verdict,
      settling: Settling? = nil, family: Family? = nil
    ) {
      self.baseline = baseline
      self.strategy = strategy
      self.metric = metric
      self.baselineMean = baselineMean
      self.mean = mean
      self.change = change
      self.low = low
      self.high = high
      self.pValue = pValue
      self.correlation = correlation
      self.verdict = verdict
      self.settling = settling
      self.family = family
    }
  }

  /// A selection of the best strategy with its guarantee.
  public struct Best: Codable, Sendable, Equatable {
    /// The metric that decides.
    public var metric: String
    /// The difference that does not matter, in the metric's file unit.
    public var indifference: Double
    /// The strategy chosen.
    public var chosen: String
    /// The procedure and what it promises, in a sentence.
    public var guarantee: String
    /// Every strategy in file order.
    public var rows: [BestRow]

    /// Puts the parts together.
    public init(
      metric: String, indifference: Double, chosen: String, guarantee: String, rows: [BestRow]
    ) {
      self.metric = metric
      self.indifference = indifference
      self.chosen = chosen
      self.guarantee = guarantee
      self.rows = rows
    }
  }

  /// A strategy in the selection of the best.
  public struct BestRow: Codable, Sendable, Equatable {
    /// The strategy.
    public var strategy: String
    /// Runs that the procedure took.
    public var replications: Int
    /// Mean of the metric.
    public var mean: Double?
    /// Lower end of the interval of its distance to the best of the others.
    public var low: Double?
    /// Upper end of that interval.
    public var high: Double?
    /// Whether it was dropped before the end.
    public var isDropped: Bool

    /// Puts the parts together.
    public init(
      strategy: String, replications: Int, mean: Double? = nil, low: Double? = nil,
      high: Double? = nil, isDropped: Bool = false
    ) {
      self.strategy = strategy
      self.replications = replications
      self.mean = mean
      self.low = low
      self.high = high
      self.isDropped = isDropped
    }
  }

  /// The verdicts again in slightly other worlds.
  public struct Robustness: Codable, Sendable, Equatable {
    /// The metric that the table shows.
    public var metric: String
    /// One row a world.
    public var rows: [RobustRow]

    /// Puts the parts together.
    public init(metric: String, rows: [RobustRow]) {
      self.metric = metric
      self.rows = rows
    }
  }

  /// The verdicts in one other world.
  public struct RobustRow: Codable, Sendable, Equatable {
    /// What is different in it, such as `load +10 %`.
    public var world: String
    /// The other strategies against the baseline there.
    public var differences: [Difference]

    /// Puts the parts together.
    public init(world: String, differences: [Difference]) {
      self.world = world
      self.differences = differences
    }
  }
}
