/// Everything that `run` and `compare` found out: what `result.json` holds.
///
/// Terminal tables, CSV files and the page are functions of this value alone, so `report` makes them
/// again byte for byte. Nothing in it depends on the machine, the clock or the number of threads:
/// those facts stand in the manifest. Times are seconds, shares are 0...1, and a number that does not
/// exist is absent, never NaN or infinite.
public struct ResultDocument: Codable, Sendable, Equatable {
  /// The version of this layout; a reader refuses what it does not know.
  public var format: Int = ResultDocument.currentFormat
  /// The version of the program that made it.
  public var version: String
  /// What was asked.
  public var command: Command
  /// What was simulated.
  public var scenario: Scenario
  /// Runs of each strategy that count.
  public var replications: Int
  /// Runs of all strategies together.
  public var runs: Int
  /// Events of all runs together.
  public var events: Int
  /// The root of all randomness.
  public var seed: UInt64
  /// The fingerprint of all runs, as it is printed.
  public var fingerprint: String
  /// The words of the command that repeats this, the program's name first, unquoted.
  public var repeatedBy: [String]
  /// Metrics in the order of the tables; every name used elsewhere stands here.
  public var metrics: [Metric]
  /// The promises of the scenario, in file order.
  public var goals: [Goal]
  /// Results of each strategy, in file order; the first is the baseline of `compare`.
  public var strategies: [Strategy]
  /// Differences between strategies; `compare` only.
  public var comparison: Comparison?
  /// What the timelines have in common.
  public var timeline: TimelineFrame?
  /// Some minutes of one run, a lane for each agent; one window a strategy, the same minutes.
  public var lanes: [LaneWindow]
  /// The nearest closed forms beside the simulation, warm-up and convergence.
  public var sanity: Sanity?
  /// Sequential stopping, if it was asked for.
  public var precision: Precision?
  /// Set if the runs were interrupted.
  public var partial: Partial?
  /// What a careful reader must know before believing the numbers, in sentences; a manager reads them first.
  public var remarks: [String] = []

  /// The layout that this version writes.
  public static let currentFormat = 2

  /// Puts the parts together.
  public init(
    version: String, command: Command, scenario: Scenario, replications: Int, runs: Int,
    events: Int, seed: UInt64, fingerprint: String, repeatedBy: [String], metrics: [Metric],
    goals: [Goal] = [], strategies: [Strategy], comparison: Comparison? = nil,
    timeline: TimelineFrame? = nil, lanes: [LaneWindow] = [], sanity: Sanity? = nil,
    precision: Precision? = nil, partial: Partial? = nil
  ) {
    self.version = version
    self.command = command
    self.scenario = scenario
    self.replications = replications
    self.runs = runs
    self.events = events
    self.seed = seed
    self.fingerprint = fingerprint
    self.repeatedBy = repeatedBy
    self.metrics = metrics
    self.goals = goals
    self.strategies = strategies
    self.comparison = comparison
    self.timeline = timeline
    self.lanes = lanes
    self.sanity = sanity
    self.precision = precision
    self.partial = partial
  }
}

extension ResultDocument {
  /// The two commands whose results are documents.
  public enum Command: String, Codable, Sendable {
    /// Strategies one by one.
    case run
    /// Strategies on the same customers.
    case compare
  }

  /// What an interrupted command had finished.
  public struct Partial: Codable, Sendable, Equatable {
    /// Runs that were finished, those that do not count included.
    public var finishedRuns: Int
    /// Runs that were asked for, of all strategies.
    public var requestedRuns: Int
    /// Runs of each strategy that were asked for.
    public var requestedReplications: Int
    /// What other machines should have made and did not, in words; nil where somebody stopped it.
    public var missing: String?

    /// Puts the parts together.
    public init(finishedRuns: Int, requestedRuns: Int, requestedReplications: Int) {
      self.finishedRuns = finishedRuns
      self.requestedRuns = requestedRuns
      self.requestedReplications = requestedReplications
    }
  }

  /// Runs were added until an interval was narrow enough.
  public struct Precision: Codable, Sendable, Equatable {
    /// The metric that was to be known.
    public var metric: String
    /// The wanted half-width as a share of the mean.
    public var within: Double
    /// The half-width that was reached, as a share of the mean.
    public var reached: Double?
    /// Whether the wanted half-width was reached before the limit.
    public var isReached: Bool

    /// Puts the parts together.
    public init(metric: String, within: Double, reached: Double? = nil, isReached: Bool) {
      self.metric = metric
      self.within = within
      self.reached = reached
      self.isReached = isReached
    }
  }

  /// A mean and its interval; without an interval where one run or none spoke.
  public struct Estimate: Codable, Sendable, Equatable {
    /// The mean over runs.
    public var mean: Double?
    /// The lower end of the 95 % interval.
    public var low: Double?
    /// The upper end of the 95 % interval.
    public var high: Double?

    /// Half the width of the interval.
    public var halfWidth: Double? {
      guard let low, let high else { return nil }
      return (high - low) / 2
    }

    /// Puts the parts together.
    public init(mean: Double? = nil, low: Double? = nil, high: Double? = nil) {
      self.mean = mean
      self.low = low
      self.high = high
    }
  }
}
