public import Engine
public import World

/// All that an engine was told in a run: enough to do it again, without the world around it.
public struct EngineRecording: Sendable {
  /// What the administrator set.
  public let settings: WorkspaceSettings
  /// What came before anything happened: who is there, which workflows run.
  public let opening: [EngineEvent]
  /// What came then.
  public let journal: Journal

  /// What an engine was told, by whichever host.
  public init(settings: WorkspaceSettings, opening: [EngineEvent], journal: Journal) {
    self.settings = settings
    self.opening = opening
    self.journal = journal
  }

  /// What the engine of a run was told.
  public init(_ run: JournaledRun) {
    self.init(settings: run.settings, opening: run.opening, journal: run.journal)
  }

  /// The engine as it was before the first event of the journal.
  var start: EngineCore { EngineCore(settings: settings, opening: opening) }
}

/// Plays a recording event by event, with every effect.
struct RecordingPlayer {
  /// The engine as it is now.
  private(set) var core: EngineCore

  init(_ recording: EngineRecording) { core = recording.start }

  /// Brings an event, and gives back what it set off.
  mutating func play(_ entry: Journal.Entry) -> [EngineEffect] {
    core.handle(entry.event, at: entry.at)
    var effects: [EngineEffect] = []
    while let effect = core.next() { effects.append(effect) }
    return effects
  }
}
