/// What one replication's recorder must know before the run: sizes, times and what is asked.
public struct RecordingPlan: Sendable {
  /// How many agents there are; agents are numbered from 0.
  public var agents: Int

  /// The team of each agent, numbered from 0, if there is one; empty if there are no teams.
  public var teams: [Int?] = []

  /// How many populations there are; numbered from 0.
  public var populations: Int

  /// How many channels there are; numbered from 0.
  public var channels: Int

  /// When the run ends, in nanoseconds.
  public var duration: Int64

  /// What opened before this instant is not counted; time averages start here.
  public var warmup: Int64

  /// The length of a step of the timeline, in nanoseconds.
  public var step: Int64

  /// Everything that will be asked of the results: exact bounds and special views follow from it.
  public var metrics: [MetricReference]

  /// The parts of the conversations that are recorded by themselves.
  public var parts: [RecordedPart] = []

  /// Lengths that many times may have exactly, such as the wait after which a workflow moves a
  /// conversation: a quantile that is one of them is known to be.
  public var likelyLengths: [Int64] = []

  /// When the office is open; nothing makes office times plain times.
  public var officeHours: OfficeHours?

  /// Money per hour on shift, by agent; empty if nobody costs anything.
  public var costPerHour: [Double]

  /// The bound whose share the timeline shows, in nanoseconds: the first bound that a goal names
  /// for the first response.
  var timelineBound: Int64?

  /// A plan with the timeline's usual step and bound.
  public init(
    agents: Int, populations: Int = 1, channels: Int = 1, duration: Int64, warmup: Int64 = 0,
    metrics: [MetricReference] = MetricReference.summary, officeHours: OfficeHours? = nil,
    costPerHour: [Double] = []
  ) {
    self.agents = agents
    self.populations = populations
    self.channels = channels
    self.duration = duration
    self.warmup = warmup
    self.metrics = metrics
    self.officeHours = officeHours
    self.costPerHour = costPerHour
    step = Self.usualStep(duration: duration)
    for metric in metrics
    where metric.metric == .firstResponse && metric.scope == nil && timelineBound == nil {
      if case .within(let bound) = metric.statistic, !metric.isOffice { timelineBound = bound }
    }
  }

  /// A step that people count in and that cuts a run into at most 40.
  public static func usualStep(duration: Int64) -> Int64 {
    let seconds: [Int64] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
      86_400, 172_800, 604_800, 1_209_600, 2_419_200,
    ]
    let wanted = max(1, duration / 1_000_000_000 / 40)
    if let step = seconds.first(where: { $0 * 40 * 1_000_000_000 >= duration }) {
      return step * 1_000_000_000
    }
    return wanted * 1_000_000_000
  }

  /// The bounds asked of a time, for the plain view or the office view, of all or of a part.
  func bounds(
    _ metric: MetricDefinition, office: Bool, of scope: MetricScope? = nil
  ) -> [Int64] {
    var bounds: [Int64] = []
    for reference in metrics
    where reference.metric == metric && reference.isOffice == office && reference.scope == scope {
      switch reference.statistic {
      case .within(let bound): bounds.append(bound)
      // What decides about a quantile: with both neighbours it is told from its bucket exactly.
      case .answeredWithin(let bound): bounds += [max(0, bound - 1), bound, bound + 1]
      default: break
      }
    }
    if !office { bounds += likelyLengths.flatMap { [$0 - 1, $0] } }
    return bounds
  }
}
