import Engine
public import Measurement
public import Scenarios

/// All that one replication needs to know: the world of a strategy, how long it lasts, what is wanted.
public struct WorldPlan: Sendable {
  /// Who writes, who answers, by which rules.
  public var model: Model
  /// How long a run lasts, in nanoseconds.
  public var duration: Int64
  /// What opened before this is not counted, in nanoseconds; time averages start here.
  public var warmup: Int64
  /// The metrics that are wanted.
  public var metrics: [MetricReference]
  /// When the office is open; nil means when anybody is on shift.
  public var officeHours: [Shift]?
  /// The length of a step of the timeline in nanoseconds; nil means the usual one.
  public var timelineStep: Int64?
  /// Whether every conversation and assignment is recorded.
  public var recordsConversations = false
  /// Whether the platform's reports are made of the first replication.
  public var recordsReports = false
  /// How many of the engine's events are kept, for the run to be replayed; none if 0.
  var keptEvents = 0
  /// The most customers who may be known at once; beyond them a run gives up.
  public var mostContacts = WorkEstimate.mostContacts
  /// The lanes of agents that are recorded, if any.
  public var lanes: LaneRequest?
  /// Whether the run is for its lanes alone, and ends when nothing can change them any more.
  public var endsWithLanes = false
  /// Changes the random streams, so that two strategies meet different customers.
  public var streamShift: UInt64 = 0

  /// A world and how long it lasts.
  public init(
    model: Model, duration: Int64, warmup: Int64 = 0,
    metrics: [MetricReference] = MetricReference.summary
  ) {
    self.model = model
    self.duration = duration
    self.warmup = warmup
    self.metrics = metrics
  }

  /// The world of a strategy of a scenario; a warm-up to be found later is none.
  public init(_ scenario: Scenario, _ strategy: Scenario.Strategy) {
    self.init(
      model: strategy.model, duration: scenario.duration.nanoseconds,
      metrics: MetricReference.summary(
        with: Self.populationMetrics(of: scenario) + Self.asked(by: scenario)
          + Self.occasionalMetrics(of: scenario)))
    if case .fixed(let warmup) = scenario.warmup { self.warmup = warmup.nanoseconds }
    officeHours = scenario.officeHours
  }

  /// Whether a run is small enough for the platform's reports: they take several times as long as all else, and
  /// nobody lays a million conversations beside the platform's pages.
  public var fitsReports: Bool { WorkEstimate(self).events <= Self.mostReportedEvents }

  /// Some two or three hundred thousand conversations.
  private static let mostReportedEvents = 2e6

  /// The metrics that a scenario names.
  private static func asked(by scenario: Scenario) -> [MetricReference] {
    var metrics = scenario.goals.flatMap { [$0.metric, $0.evidence?.metric].compactMap(\.self) }
    if case .precision(let precision) = scenario.replications { metrics.append(precision.metric) }
    return metrics
  }

  /// What is told of each population of a scenario that has several.
  public static func populationMetrics(of scenario: Scenario) -> [MetricReference] {
    MetricReference.ofPopulations(
      scenario.standard.model.populations.map(\.name), goals: scenario.goals)
  }

  /// Makes sure that a metric is among those wanted.
  public mutating func ask(for metric: MetricReference) {
    guard !metrics.contains(metric) else { return }
    metrics = MetricReference.summary(with: metrics + [metric])
  }
}

/// Some minutes of one replication, agent by agent, for a picture.
public struct LaneRequest: Sendable, Hashable {
  /// Which replication.
  public var replication: Int
  /// The start in nanoseconds.
  public var from: Int64
  /// The end in nanoseconds.
  public var to: Int64

  /// Asks for some minutes.
  public init(replication: Int, from: Int64, to: Int64) {
    self.replication = replication
    self.from = from
    self.to = to
  }
}
