/// The only door to a workspace's core while others use it too: an actor on the executor it is given.
///
/// Under simulation that executor is the simulation's, live it is one of its own. The engine does not
/// retain it: whoever makes the engine keeps its executor alive.
@safe public actor Engine {
  /// Where the engine runs.
  public nonisolated let unownedExecutor: UnownedSerialExecutor
  /// The workspace.
  ///
  /// Unchecked, for the check at every access cost a fifth of a conversation: only this actor's own
  /// methods touch it, each hands it to one call at a time, and none of those calls comes back here.
  @safe @exclusivity(unchecked) private var workspace: EngineCore

  /// The workspace, to be read where it stands.
  public var core: EngineCore {
    // Lent and not returned: a copy of all tables would count a reference for each of them.
    _read { yield workspace }
  }

  /// Puts a core on an executor.
  public init(_ core: sending EngineCore, on executor: UnownedSerialExecutor) {
    unsafe unownedExecutor = executor
    workspace = core
  }

  /// Carries one event through to its end; what follows from it waits to be pulled.
  public func handle(_ event: EngineEvent, at time: EngineTime) {
    workspace.handle(event, at: time)
  }

  /// Whether the caller is the outermost and is to empty the queue of effects now.
  public func mayDrain() -> Bool { workspace.mayDrain() }

  /// The next effect; nil when all are out.
  public func next() -> EngineEffect? { workspace.next() }

  /// The next effect as plain numbers; nil when all are out.
  public func nextPlain() -> PlainEffect? { workspace.nextPlain() }

  /// Hands every effect to the host as plain numbers, in order, those included that come meanwhile.
  ///
  /// What `nextPlain` does, with fewer copies of each effect on its way.
  public func drain(_ carryOut: (PlainEffect) -> Void) {
    while let effect = workspace.nextPlain() { carryOut(effect) }
  }

  /// The words of a message that is on its way out.
  public func text(_ text: PlainEffect.Text) -> String { workspace.text(text) }

  /// An effect that carries texts or lists.
  public func effect(_ other: PlainEffect.Other) -> EngineEffect { workspace.effect(other) }

  /// The account of a conversation that just closed, until all effects are out.
  public func closedConversation(_ place: ClosedConversation) -> ConversationRecord {
    workspace.closedConversation(place)
  }

  /// The id that the next contact will have.
  public var nextContact: ContactID { workspace.nextContact }

  /// Carries out one event and returns all its effects, for hosts that are not in a hurry.
  public func effects(of event: EngineEvent, at time: EngineTime) -> [EngineEffect] {
    workspace.handle(event, at: time)
    var effects: [EngineEffect] = []
    while let effect = workspace.next() { effects.append(effect) }
    return effects
  }

  /// Keeps every event from now on.
  public func keepJournal() { workspace.keepJournal() }
}
