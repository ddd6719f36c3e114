/// What `load` measured: one or several rates, each held for some time, and what the engine did under them.
///
/// Plain values only: tables, page and words are made from it, and `report` makes them again. Times are
/// seconds by the clock on the wall unless they say otherwise; rates are events a second.
public struct LoadDocument: Codable, Sendable, Equatable {
  /// What was asked, of what, and how to repeat it; the fingerprint is that of the arrivals.
  public var head: StudyHead
  /// What was driven.
  public var target: Target
  /// The goals, in the order they were given.
  public var goals: [ResultDocument.Goal]
  /// Every rate that was tried, in the order of trying.
  public var steps: [LoadStep]
  /// The highest rate that holds the goals; nil if it was not looked for.
  public var limit: Limit?
  /// What virtual time foretold beside what the wall clock saw; empty if they were not compared.
  public var predictions: [Prediction]

  /// Puts the parts together.
  public init(
    head: StudyHead, target: Target, goals: [ResultDocument.Goal], steps: [LoadStep],
    limit: Limit? = nil, predictions: [Prediction] = []
  ) {
    self.head = head
    self.target = target
    self.goals = goals
    self.steps = steps
    self.limit = limit
    self.predictions = predictions
  }

  /// What was driven, and how.
  public struct Target: Codable, Sendable, Equatable {
    /// The address; nil for the engine in the program's own process.
    public var address: String?
    /// The strategy of the scenario.
    public var strategy: String
    /// How many agents there are.
    public var agents: Int
    /// How many connections sent events; 1 in the program's own process.
    public var connections: Int
    /// The machine in words, such as `2 cores`; empty if it is not known.
    public var machine: String

    /// Describes a target.
    public init(
      address: String?, strategy: String, agents: Int, connections: Int, machine: String
    ) {
      self.address = address
      self.strategy = strategy
      self.agents = agents
      self.connections = connections
      self.machine = machine
    }
  }

  /// The highest rate that holds the goals, and how sure that is.
  public struct Limit: Codable, Sendable, Equatable {
    /// The highest rate that held, by two of three measurements where the search was near its end; nil if none did.
    public var held: Double?
    /// The lowest rate above it that did not; nil if none was found.
    public var missed: Double?
    /// Whether the search ended because the interval was narrow enough.
    public var isNarrow: Bool

    /// Describes a limit.
    public init(held: Double?, missed: Double?, isNarrow: Bool) {
      self.held = held
      self.missed = missed
      self.isNarrow = isNarrow
    }
  }

  /// One number that virtual time foretold and the wall clock saw, both in the scenario's own time.
  public struct Prediction: Codable, Sendable, Equatable {
    /// What it is, such as `time_to_assignment.mean`.
    public var metric: String
    /// Its unit in files: `s`, `ratio`, `count`.
    public var unit: String
    /// What the simulation found.
    public var predicted: Double?
    /// Lower end of its 95 % interval.
    public var low: Double?
    /// Upper end of it.
    public var high: Double?
    /// What was seen under load.
    public var seen: Double?

    /// Puts the numbers beside each other.
    public init(
      metric: String, unit: String, predicted: Double?, low: Double?, high: Double?, seen: Double?
    ) {
      self.metric = metric
      self.unit = unit
      self.predicted = predicted
      self.low = low
      self.high = high
      self.seen = seen
    }
  }
}
