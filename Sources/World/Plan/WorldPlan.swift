public import Engine
public import Measurement

/// All that one replication needs to know, as numbers: a scenario under one strategy, compiled.
///
/// Names are resolved to positions here, once, so that nothing is looked up while time runs.
public struct WorldPlan: Sendable {
  /// How long a run lasts, in nanoseconds.
  public var duration: Int64
  /// What opened before this is not counted, in nanoseconds; time averages start here.
  public var warmup: Int64
  /// The workspace as the engine sees it.
  public var settings = WorkspaceSettings()
  /// The workflows, in file order.
  public var workflows: [WorkflowDefinition] = []
  /// The names of the teams.
  public var teams: [String] = []
  /// Everybody who answers, team after team, then the users outside teams: a user's id is the position.
  public var agents: [AgentPlan] = []
  /// The channels; an engine's channel id is the position.
  public var channels: [ChannelPlan] = [ChannelPlan(name: "direct")]
  /// The outside services; an engine's service id is the position.
  public var services: [ServicePlan] = []
  /// The kinds of customers.
  public var populations: [PopulationPlan] = []
  /// The metrics that are wanted.
  public var metrics: [MetricReference] = MetricReference.summary
  /// Whether every conversation and assignment is recorded.
  public var recordsConversations = false
  /// Whether every population, agent and replication draws from streams of its own strategy.
  public var independentStreams: UInt64?

  /// A world without anybody in it.
  public init(duration: Int64, warmup: Int64 = 0) {
    self.duration = duration
    self.warmup = warmup
  }
}
