extension ResultDocument {
  /// Reasons to believe the numbers, or not to.
  public struct Sanity: Codable, Sendable, Equatable {
    /// Closed forms beside the simulation.
    public var formulas: [FormulaRow]
    /// The start of the runs, to see whether the warm-up is over; nil without one.
    public var warmup: WarmupCurve?
    /// The deciding metric as runs are added.
    public var convergence: Convergence?

    /// Puts the parts together.
    public init(
      formulas: [FormulaRow] = [], warmup: WarmupCurve? = nil, convergence: Convergence? = nil
    ) {
      self.formulas = formulas
      self.warmup = warmup
      self.convergence = convergence
    }
  }

  /// A closed form beside the simulation.
  public struct FormulaRow: Codable, Sendable, Equatable {
    /// The formula and what it was given, such as `Erlang C, all agents on one queue`.
    public var name: String
    /// What the formula says.
    public var formula: Double?
    /// What the simulation says.
    public var simulation: Estimate
    /// The unit of both, such as `s, mean wait`.
    public var unit: String
    /// Decimals to show of both.
    public var decimals: Int
    /// Why they differ, or must not.
    public var explanation: String

    /// Puts the parts together.
    public init(
      name: String, formula: Double? = nil, simulation: Estimate, unit: String, decimals: Int,
      explanation: String
    ) {
      self.name = name
      self.formula = formula
      self.simulation = simulation
      self.unit = unit
      self.decimals = decimals
      self.explanation = explanation
    }
  }

  /// A smoothed quantity from the start of the runs on.
  public struct WarmupCurve: Codable, Sendable, Equatable {
    /// What is shown, such as `waiting conversations`.
    public var label: String
    /// Mean over runs at times since the start.
    public var points: [WarmupPoint]
    /// Seconds that were dropped.
    public var dropped: Double

    /// Puts the parts together.
    public init(label: String, points: [WarmupPoint], dropped: Double) {
      self.label = label
      self.points = points
      self.dropped = dropped
    }
  }

  /// A point of the warm-up curve.
  public struct WarmupPoint: Codable, Sendable, Equatable {
    /// Seconds since the start.
    public var time: Double
    /// The mean over runs there.
    public var value: Double

    /// Puts the parts together.
    public init(time: Double, value: Double) {
      self.time = time
      self.value = value
    }
  }

  /// How an answer settles as runs are added.
  public struct Convergence: Codable, Sendable, Equatable {
    /// The metric.
    public var metric: String
    /// One curve a strategy, in file order.
    public var curves: [ConvergenceCurve]

    /// Puts the parts together.
    public init(metric: String, curves: [ConvergenceCurve]) {
      self.metric = metric
      self.curves = curves
    }
  }

  /// The running mean of one strategy.
  public struct ConvergenceCurve: Codable, Sendable, Equatable {
    /// The strategy.
    public var strategy: String
    /// The estimate after so many runs.
    public var points: [ConvergencePoint]

    /// Puts the parts together.
    public init(strategy: String, points: [ConvergencePoint]) {
      self.strategy = strategy
      self.points = points
    }
  }

  /// The estimate after some runs.
  public struct ConvergencePoint: Codable, Sendable, Equatable {
    /// Runs so far.
    public var replications: Int
    /// Mean and interval of these runs.
    public var estimate: Estimate

    /// Puts the parts together.
    public init(replications: Int, estimate: Estimate) {
      self.replications = replications
      self.estimate = estimate
    }
  }
}
