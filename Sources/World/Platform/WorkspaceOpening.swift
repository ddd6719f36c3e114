public import Engine
public import Scenarios

/// What a workspace begins with: what its administrator set, and who and what is there before anybody writes.
///
/// The same that a simulated workspace begins with, for hosts that are no simulation.
public struct WorkspaceOpening: Sendable, Hashable, Codable {
  /// The scenario's name.
  public var name: String
  /// What the administrator set.
  public var settings: WorkspaceSettings
  /// What the engine is told at time zero, in order: users, teams, who is in which, workflows.
  public var events: [EngineEvent]

  /// Describes a beginning.
  public init(name: String, settings: WorkspaceSettings, events: [EngineEvent]) {
    self.name = name
    self.settings = settings
    self.events = events
  }

  /// The beginning of a scenario's workspace; decisions by chance are drawn from the scenario's seed.
  public init(_ scenario: Scenario, _ strategy: Scenario.Strategy? = nil) {
    let plan = WorldPlan(scenario, strategy ?? scenario.standard)
    self.init(name: scenario.name, settings: plan.openingSettings, events: plan.openingEvents)
    settings.policySeed = scenario.seed
  }
}
