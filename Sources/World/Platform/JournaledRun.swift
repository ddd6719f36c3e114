public import Engine
public import Sampling

/// One replication with the events that its engine took, to be replayed without the world around it.
///
/// Nothing of the run itself is another for it: the engine does the same whether it keeps a journal or not.
public struct JournaledRun: Sendable {
  /// What the administrator set; the seed of decisions by chance is that of this replication.
  public let settings: WorkspaceSettings
  /// What the engine was told before anything happened: who is there, which workflows run.
  public let opening: [EngineEvent]
  /// The events that came then, from the first on.
  public let journal: Journal
  /// What came of the run.
  public let result: WorldResult

  /// Runs a replication on the calling thread.
  ///
  /// - Parameter limit: The most events that are kept.
  public init(
    _ plan: WorldPlan, seed: UInt64, replication: Int, atMost limit: Int
  ) throws(ImpossibleParameter) {
    var plan = plan
    plan.keptEvents = limit
    plan.recordsReports = false
    var settings = plan.openingSettings
    settings.policySeed = try RandomStreams(
      seed: seed ^ plan.streamShift, replication: replication
    ).policySeed
    self.settings = settings
    opening = plan.openingEvents
    result = try Bench(plan, seed: seed, replication: replication).run()
    journal = result.journal ?? Journal()
  }

  /// The engine as it was before the first event of the journal.
  public var start: EngineCore { EngineCore(settings: settings, opening: opening) }
}
