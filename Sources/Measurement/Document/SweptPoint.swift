/// One point of a sweep as it is kept on disk, so that it need not be run again.
///
/// It holds what the document says of it and, for each metric, what each run adds to its error: effects
/// are differences between points, taken run by run.
public struct SweptPoint: Codable, Sendable, Equatable {
  /// The layout of the file.
  public static let currentFormat = 2

  /// The layout of the file; another one is not read.
  public var format = SweptPoint.currentFormat
  /// A digest of everything that decides about the numbers.
  public var key: String
  /// The setting in words, for a reader of the file.
  public var setting: String
  /// Runs.
  public var replications: Int
  /// Events of all runs.
  public var events: Int
  /// The fingerprint over all runs.
  public var fingerprint: UInt64
  /// Whether more work comes in than the agents can do.
  public var isOverloaded: Bool
  /// Every metric.
  public var values: [ResultDocument.MetricValue]
  /// For each metric what each run adds to its error; empty where it has no value, or where there are too many
  /// runs to keep this of every metric.
  public var terms: [[Double?]]
  /// What became of the goals.
  public var goals: [ResultDocument.GoalOutcome]

  /// Puts the parts together.
  public init(
    key: String, setting: String, replications: Int, events: Int, fingerprint: UInt64,
    isOverloaded: Bool, values: [ResultDocument.MetricValue], terms: [[Double?]],
    goals: [ResultDocument.GoalOutcome]
  ) {
    self.key = key
    self.setting = setting
    self.replications = replications
    self.events = events
    self.fingerprint = fingerprint
    self.isOverloaded = isOverloaded
    self.values = values
    self.terms = terms
    self.goals = goals
  }

  /// Whether it can stand for a point with this key, these metrics and these goals: a file may be damaged.
  public func stands(
    for key: String, replications: Int, metrics: [String], goals: [String]
  ) -> Bool {
    format == Self.currentFormat && self.key == key && self.replications == replications
      && events >= 0 && values.map(\.metric) == metrics && self.goals.map(\.goal) == goals
      && terms.count == values.count
      && zip(values, terms).allSatisfy { value, terms in
        value.replications >= 0 && value.replications <= replications
          && (terms.isEmpty || terms.count == replications && value.mean != nil)
      }
  }
}

/// One run of a point that is not complete, as it is kept on disk until it is.
public struct SweptRun: Codable, Sendable, Equatable {
  /// The layout of the file; another one is not read.
  public var format = SweptPoint.currentFormat
  /// The digest of the point.
  public var key: String
  /// The setting in words, for a reader of the file.
  public var setting: String
  /// Its events.
  public var events: UInt64
  /// Its fingerprint.
  public var fingerprint: UInt64
  /// What was measured, and in which replication.
  public var measured: ReplicationResult

  /// Puts the parts together.
  public init(
    key: String, setting: String, events: UInt64, fingerprint: UInt64, measured: ReplicationResult
  ) {
    self.key = key
    self.setting = setting
    self.events = events
    self.fingerprint = fingerprint
    self.measured = measured
  }

  /// Whether it is one of the runs of a point.
  public func belongs(to key: String, replications: Int) -> Bool {
    format == SweptPoint.currentFormat && self.key == key
      && (0..<replications).contains(measured.replication)
  }
}
