/// What `sweep` found: every setting of the grid, and which parameter matters most.
///
/// Plain values only: tables, page and words are made from it, and `report` makes them again.
public struct SweepDocument: Codable, Sendable, Equatable {
  /// What was asked, of what, and how to repeat it.
  public var head: StudyHead
  /// What was varied, in the order of the command line.
  public var names: [Name]
  /// The strategies that every setting was run under.
  public var strategies: [String]
  /// Every metric that was measured, in the order of the tables.
  public var metrics: [ResultDocument.Metric]
  /// The metrics that answer and page are about, the deciding one first.
  public var asked: [String]
  /// The goals of the scenario.
  public var goals: [ResultDocument.Goal]
  /// How many points there are to be; fewer stand in `points` if the sweep was interrupted.
  public var pointCount: Int
  /// The points that were run, in the order of the grid: the last name's values turn fastest, and
  /// faster still the strategies.
  public var points: [Point]
  /// What each name does to each metric that was asked for; empty as long as points are missing.
  public var effects: [Effects]

  /// Puts the parts together.
  public init(
    head: StudyHead, names: [Name], strategies: [String], metrics: [ResultDocument.Metric],
    asked: [String], goals: [ResultDocument.Goal], pointCount: Int, points: [Point],
    effects: [Effects] = []
  ) {
    self.head = head
    self.names = names
    self.strategies = strategies
    self.metrics = metrics
    self.asked = asked
    self.goals = goals
    self.pointCount = pointCount
    self.points = points
    self.effects = effects
  }

  /// A parameter or a path and its values in order.
  public struct Name: Codable, Sendable, Equatable {
    /// As it was given to `--vary`.
    public var name: String
    /// The values as they were written.
    public var values: [String]

    /// Names the values.
    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// One setting under one strategy.
  public struct Point: Codable, Sendable, Equatable {
    /// The position of each name's value, then that of the strategy.
    public var place: [Int]
    /// The fingerprint that `run` prints with the same `--set` and the strategy alone.
    public var fingerprint: String
    /// Whether more work comes in than the agents can do, so that means depend on a run's length.
    public var isOverloaded: Bool
    /// Every metric.
    public var values: [ResultDocument.MetricValue]
    /// What became of the goals, in their order.
    public var goals: [ResultDocument.GoalOutcome]

    /// Puts the parts together.
    public init(
      place: [Int], fingerprint: String, isOverloaded: Bool, values: [ResultDocument.MetricValue],
      goals: [ResultDocument.GoalOutcome]
    ) {
      self.place = place
      self.fingerprint = fingerprint
      self.isOverloaded = isOverloaded
      self.values = values
      self.goals = goals
    }
  }

  /// What the factors (the names, and the strategies if there are several) do to a metric.
  public struct Effects: Codable, Sendable, Equatable {
    /// The metric.
    public var metric: String
    /// An effect for each factor, the largest first, those that are not shown last.
    public var rows: [Effect]
    /// Where what one factor does depends clearly on another.
    public var interactions: [Interaction]

    /// Puts the parts together.
    public init(metric: String, rows: [Effect], interactions: [Interaction]) {
      self.metric = metric
      self.rows = rows
      self.interactions = interactions
    }
  }

  /// What one factor does, on average over all values of the others.
  public struct Effect: Codable, Sendable, Equatable {
    /// The position of the name; the number of names stands for the strategies.
    public var factor: Int
    /// The mean over everything else at each value, with its own 95 % interval.
    public var levels: [ResultDocument.Estimate]
    /// The value with the lowest mean.
    public var from: Int
    /// The value with the highest mean.
    public var to: Int
    /// How much higher it is.
    public var change: Double
    /// Lower end of the interval of the change, which holds for all pairs of values of all factors.
    public var low: Double?
    /// Upper end of it.
    public var high: Double?

    /// Half the width of the interval.
    public var halfWidth: Double? {
      guard let low, let high else { return nil }
      return (high - low) / 2
    }

    /// Whether the factor is shown to matter at all.
    public var isShown: Bool { low.map { $0 > 0 } ?? false }

    /// Puts the parts together.
    public init(
      factor: Int, levels: [ResultDocument.Estimate], from: Int, to: Int, change: Double,
      low: Double?, high: Double?
    ) {
      self.factor = factor
      self.levels = levels
      self.from = from
      self.to = to
      self.change = change
      self.low = low
      self.high = high
    }
  }

  /// What one factor does depends on another.
  public struct Interaction: Codable, Sendable, Equatable {
    /// The position of the factor that is changed.
    public var factor: Int
    /// The value that it is changed from.
    public var from: Int
    /// The value that it is changed to.
    public var to: Int
    /// The position of the factor that it depends on.
    public var other: Int
    /// Two of its values.
    public var places: [Int]
    /// What the change brings at each of them.
    public var changes: [Double]
    /// Half the width of the interval of their difference, corrected for all such differences.
    public var halfWidth: Double

    /// Puts the parts together.
    public init(
      factor: Int, from: Int, to: Int, other: Int, places: [Int], changes: [Double],
      halfWidth: Double
    ) {
      self.factor = factor
      self.from = from
      self.to = to
      self.other = other
      self.places = places
      self.changes = changes
      self.halfWidth = halfWidth
    }
  }
}

extension SweepDocument {
  /// What was varied and, if there are several, the strategies.
  public var factors: [Name] {
    strategies.count > 1 ? names + [Name(name: "strategy", values: strategies)] : names
  }

  /// The point with these positions of the factors; nil if it was not run.
  public func point(at place: [Int]) -> Point? {
    let whole = strategies.count > 1 ? place : place + [0]
    // As many points as the grid has stand in its order.
    if points.count == pointCount, whole.count == names.count + 1 {
      let sizes = names.map(\.values.count) + [strategies.count]
      let index = zip(whole, sizes).reduce(0) { $0 * $1.1 + $1.0 }
      if points.indices.contains(index), points[index].place == whole { return points[index] }
    }
    return points.first { $0.place == whole }
  }
}
