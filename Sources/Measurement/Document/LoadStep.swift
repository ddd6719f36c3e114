/// One rate, or one course of rates, held for some time.
public struct LoadStep: Codable, Sendable, Equatable {
  /// What the rate did, in words such as `constant`, `ramp`, `steps`, `soak`, `spike`.
  public var shape: String
  /// The rate at the beginning, in events a second.
  public var fromRate: Double
  /// The rate at the end; the same as at the beginning if it was constant.
  public var toRate: Double
  /// How long it was held, the warm-up included.
  public var duration: Double
  /// What of it is not counted.
  public var warmup: Double
  /// How many times faster than on the clock the people of the scenario lived.
  public var speed: Double
  /// Events that were due after the warm-up.
  public var offeredCount: Int
  /// Those of them that were carried out by the end.
  public var doneCount: Int
  /// Events a second that were due, on average after the warm-up.
  public var offered: Double
  /// Events a second that were carried out.
  public var achieved: Double
  /// The most events that waited at once.
  public var greatestBacklog: Int
  /// From when an event was due until it was carried out: all of them, then by operation.
  public var latency: [Times]
  /// From when the engine took an event up until it was carried out: what a client sees that waits for each
  /// answer before it sends again, and so does not send while the engine stands still.
  public var service: Times?
  /// How late the generator itself was.
  public var lateness: Times
  /// Second by second.
  public var seconds: [Second]
  /// What became of the goals, in their order.
  public var goalOutcomes: [ResultDocument.GoalOutcome]
  /// Why the measurement is not to be trusted; nil if it is.
  public var invalid: String?
  /// What the engine's full check found at the end; empty if all is well.
  public var violations: [String]
  /// Events that the engine refused.
  public var refusedCount: Int

  /// Nothing measured yet.
  public init(shape: String, fromRate: Double, toRate: Double, duration: Double, warmup: Double) {
    self.shape = shape
    self.fromRate = fromRate
    self.toRate = toRate
    self.duration = duration
    self.warmup = warmup
    speed = 1
    offeredCount = 0
    doneCount = 0
    offered = 0
    achieved = 0
    greatestBacklog = 0
    latency = []
    service = nil
    lateness = Times(operation: "lateness", count: 0, mean: nil, levels: [])
    seconds = []
    goalOutcomes = []
    invalid = nil
    violations = []
    refusedCount = 0
  }

  /// A distribution of times, in seconds.
  public struct Times: Codable, Sendable, Equatable {
    /// Whose: `all`, or `message_in`, `reply`, `status`, `close`, `timer`.
    public var operation: String
    /// How many.
    public var count: Int
    /// Their mean.
    public var mean: Double?
    /// The times at `LoadStep.levels`, in that order, and then the longest; empty if there are none.
    public var levels: [Double]

    /// Describes a distribution.
    public init(operation: String, count: Int, mean: Double?, levels: [Double]) {
      self.operation = operation
      self.count = count
      self.mean = mean
      self.levels = levels
    }

    /// The time at one of `LoadStep.levels`.
    public func at(_ level: Double) -> Double? {
      LoadStep.levels.firstIndex(of: level).flatMap {
        levels.indices.contains($0) ? levels[$0] : nil
      }
    }

    /// The longest.
    public var longest: Double? { levels.count > LoadStep.levels.count ? levels.last : nil }
  }

  /// The shares at which distributions are told.
  public static let levels = [0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 0.99999]

  /// The share of what was due that must be carried out in time for a rate to count as kept up with.
  static let leastKept = 0.99

  /// Whether the engine kept up with the rate.
  public var keepsUp: Bool { achieved >= offered * Self.leastKept }

  /// What happened in one second, of one operation.
  public struct Second: Codable, Sendable, Equatable {
    /// Which, from 0 on.
    public var second: Int
    /// `all` or the operation.
    public var operation: String
    /// Events that were due in it.
    public var offeredCount: Int
    /// Events that were carried out in it.
    public var doneCount: Int
    /// Latency of those: p50, p90, p99, p99.9 and the longest; empty if there are none.
    public var latency: [Double]
    /// How late the generator was at the worst.
    public var late: Double
    /// Events that waited at its end.
    public var backlog: Int

    /// Describes a second.
    public init(
      second: Int, operation: String, offeredCount: Int, doneCount: Int, latency: [Double],
      late: Double, backlog: Int
    ) {
      self.second = second
      self.operation = operation
      self.offeredCount = offeredCount
      self.doneCount = doneCount
      self.latency = latency
      self.late = late
      self.backlog = backlog
    }
  }
}
