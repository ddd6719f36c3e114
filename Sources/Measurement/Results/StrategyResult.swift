import Statistics

/// What all replications of one strategy found, added in replication order.
///
/// It keeps one number a metric and replication, some hundred counts a replication for quantiles, and
/// everything else summed up: its size does not depend on how many conversations were simulated.
public struct StrategyResult: Sendable, Equatable, Codable {
  /// The metrics that are kept, in the order of files.
  public let metrics: [MetricReference]

  /// The values by replication, then by metric.
  public private(set) var values: [[MetricValue?]] = []

  /// The times of those metrics that are quantiles, all quantiles of the same times once.
  private var quantiles: [MetricReference] = []
  private var pools: [PooledTimes] = []

  /// Which replications they are.
  public private(set) var replications: [Int] = []

  /// All times of all replications together.
  public private(set) var times: Times?

  /// How old, in all replications together, those were at the end that had not ended and still might.
  public private(set) var unfinished: Times?

  /// All counts of all replications together.
  public private(set) var counts = ConversationCounts()

  /// What nobody did, all replications together.
  public private(set) var undone = UndoneWork()

  /// Each agent over replications.
  public private(set) var agents: [AgentSummary] = []

  /// Each population, all replications together.
  public private(set) var populations: [SegmentCounts] = []

  /// Each channel, all replications together.
  public private(set) var channels: [SegmentCounts] = []

  /// Each step of the timeline over replications.
  public private(set) var steps: [StepSummary] = []

  /// The steps of each team over replications; empty where there is one team or none.
  public private(set) var teams: [[StepSummary]] = []

  /// How long customers were without an answer, over replications.
  private(set) var waits: WaitCurve

  /// What moves brought, per conversation, over replications.
  private(set) var moves = MoveSummary()

  /// A result of no replications yet; metrics asked for twice are kept once.
  public init(metrics: [MetricReference]) {
    var kept: [MetricReference] = []
    for metric in metrics where !kept.contains(metric) { kept.append(metric) }
    self.metrics = kept
    for metric in kept {
      guard case .quantile = metric.statistic, !quantiles.contains(metric.anyQuantile) else {
        continue
      }
      quantiles.append(metric.anyQuantile)
      pools.append(PooledTimes())
    }
    waits = WaitCurve(kept)
  }

  /// Takes in the next replication; call it in replication order.
  public mutating func add(_ result: ReplicationResult) {
    for (index, metric) in quantiles.enumerated() {
      pools[index].add(result.lengths(of: metric))
    }
    values.append(metrics.map { result.value(of: $0) })
    replications.append(result.replication)
    if times == nil { times = result.times } else { times?.merge(result.times) }
    let open = result.fates.unfinished
    if unfinished == nil { unfinished = open } else { unfinished?.merge(open) }
    counts.merge(result.all)
    undone.merge(result.undone)
    Self.merge(&populations, result.populations)
    Self.merge(&channels, result.channels)
    agents.grow(to: result.agents.count, with: AgentSummary())
    for (index, agent) in result.agents.enumerated() { agents[index].add(agent) }
    Self.add(result.steps, to: &steps)
    if teams.isEmpty { teams = result.teams.map { _ in [] } }
    for (index, team) in result.teams.enumerated() { Self.add(team, to: &teams[index]) }
    waits.add(result)
    moves.add(result.all)
  }

  private static func add(_ results: [StepResult], to steps: inout [StepSummary]) {
    steps.grow(to: results.count, with: StepSummary())
    for (index, step) in results.enumerated() { steps[index].add(step) }
  }

  private static func merge(_ sums: inout [SegmentCounts], _ parts: [SegmentCounts]) {
    sums.grow(to: parts.count, with: SegmentCounts())
    for (index, part) in parts.enumerated() { sums[index].merge(part) }
  }

  /// The values of a kept metric by replication; nothing if it is not kept.
  public func values(of metric: MetricReference) -> [MetricValue?]? {
    metrics.firstIndex(of: metric).map { index in values.map { $0[index] } }
  }

  /// What the runs say of a kept metric; nothing if it is not kept, or no run has it.
  public func estimate(of metric: MetricReference) -> MetricEstimate? {
    if case .quantile(let perMille) = metric.statistic,
      let pool = quantiles.firstIndex(of: metric.anyQuantile)
    {
      return pools[pool].quantile(perMille: perMille)
    }
    return values(of: metric).flatMap { MetricEstimate(metric, $0) }
  }

  /// What the first runs said of a kept metric; nothing for a quantile, whose times are kept for all
  /// runs together.
  public func summary(of metric: MetricReference, first count: Int) -> MetricSummary? {
    if case .quantile = metric.statistic { return nil }
    return values(of: metric).map {
      let values = Array($0.prefix(count))
      return MetricSummary(metric, values, MetricEstimate(metric, values))
    }
  }

  /// A kept metric over replications; nothing if it is not kept.
  public func summary(of metric: MetricReference, level: Double = 0.95) -> MetricSummary? {
    values(of: metric).map { MetricSummary(metric, $0, estimate(of: metric), level: level) }
  }

  /// All kept metrics over replications.
  public func summary(level: Double = 0.95) -> [MetricSummary] {
    metrics.compactMap { summary(of: $0, level: level) }
  }

  /// What became of a goal; its metric must be kept.
  public func outcome(of goal: Goal, level: Double = 0.95) -> GoalSummary? {
    summary(of: goal.metric, level: level).map {
      GoalSummary(
        goal, $0, evidence: goal.evidence.flatMap { summary(of: $0.metric, level: level) })
    }
  }
}

extension Array {
  /// Adds equal elements at the end until there are so many, in place.
  fileprivate mutating func grow(to count: Int, with element: Element) {
    reserveCapacity(count)
    while self.count < count { append(element) }
  }
}
