/// The events that came in, in order: played again into a core as it was, they bring the same effects.
public struct Journal: Sendable, Hashable, Codable {
  /// One event.
  public struct Entry: Sendable, Hashable, Codable {
    /// When it came.
    public var at: EngineTime
    /// What it was.
    public var event: EngineEvent
  }

  /// The events from the first on.
  public private(set) var entries: [Entry] = []

  /// Nothing yet.
  public init() {}

  mutating func append(_ event: EngineEvent, at time: EngineTime) {
    entries.append(Entry(at: time, event: event))
  }
}

extension EngineCore {
  /// The events handled since `keepJournal`; nil when none is kept.
  public var events: Journal? { journal }

  /// Keeps every event from now on.
  public mutating func keepJournal() {
    journal = Journal()
    reviewConcerns()
  }

  /// Plays a journal into this core, which must be as the one was in which the journal began.
  public mutating func replay(_ journal: Journal, effect: (EngineEffect) -> Void) {
    for entry in journal.entries {
      handle(entry.event, at: entry.at)
      while let next = next() { effect(next) }
    }
  }

  /// Who was considered in an automatic decision, which filter removed whom, and what decided.
  ///
  /// Found by playing the journal again up to it, in a copy of the core in which it began. Nil when the
  /// journal does not reach that decision.
  public func account(of decision: UInt64, in journal: Journal) -> DecisionAccount? {
    var core = self
    core.watch.wanted = decision
    core.takeGeneralRules()
    for entry in journal.entries {
      core.handle(entry.event, at: entry.at)
      while let _ = core.next() {}
      if core.decisionCount >= decision { break }
    }
    return core.decisionCount >= decision ? core.watch.found : nil
  }
}

/// A decision whose account is wanted, when a journal is replayed for it.
struct DecisionWatch: Sendable, Codable {
  var wanted = UInt64.max
  /// Whether every decision is told as it is taken.
  var tellsAll = false
  var found: DecisionAccount?
}
