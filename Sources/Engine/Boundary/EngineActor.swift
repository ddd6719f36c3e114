/// The only door to a workspace's core while others use it too: an actor on the executor it is given.
///
/// Under simulation that executor is the simulation's, live it is one of its own. The engine does not
/// retain it: whoever makes the engine keeps its executor alive.
@safe public final actor EngineActor {
  /// Where the engine runs.
  public nonisolated let unownedExecutor: UnownedSerialExecutor
  /// The workspace.
  ///
  /// Unchecked, for the check at every access cost a fifth of a conversation: only this actor's own
  /// methods touch it, each hands it to one call at a time, and none of those calls comes back here.
  @safe @exclusivity(unchecked) @usableFromInline var workspace: EngineCore

  /// How often the workspace was lent: each time its owner must look whether a copy of its tables stayed.
  public private(set) var loans = 0

  /// The workspace, to be read where it stands.
  public var core: EngineCore {
    // Lent and not returned: a copy of all tables would count a reference for each of them.
    _read {
      loans += 1
      workspace.mayBeCopied()
      yield workspace
      workspace.keepToOwner()
    }
  }

  /// Puts a core on an executor.
  public init(_ core: sending EngineCore, on executor: UnownedSerialExecutor) {
    unsafe unownedExecutor = executor
    workspace = core
    workspace.keepToOwner()
  }

  /// Goes on with another workspace: with one that was written down, and read again.
  public func resume(_ core: sending EngineCore) {
    workspace = core
    workspace.keepToOwner()
  }

  /// Carries one event through to its end; what follows from it waits to be pulled.
  public func handle(_ event: EngineEvent, at time: EngineTime) {
    workspace.handle(event, at: time)
  }

  /// A contact sends words: the same as `handle` with the event of this name.
  public func contactWrites(
    _ contact: ContactID, on channel: ChannelID, text: String, at time: EngineTime
  ) {
    workspace.contactWrites(contact, on: channel, text: text, at: time)
  }

  /// A contact that is unknown so far sends words, and is told.
  public func newContactWrites(
    on channel: ChannelID, text: String, at time: EngineTime
  ) -> ContactID {
    workspace.newContactWrites(on: channel, text: text, at: time)
  }

  /// A message is sent by hand or by a program: the same as `handle` with the event of this name.
  public func sends(_ contact: ContactID, text: String, by actor: Actor, at time: EngineTime) {
    workspace.sends(contact, text: text, by: actor, at: time)
  }

  /// A contact's conversation is closed: the same as `handle` with the event of this name.
  public func closes(
    _ contact: ContactID, by actor: Actor, note: ClosingNote?, at time: EngineTime
  ) {
    workspace.closes(contact, by: actor, note: note, at: time)
  }

  /// A user answers on the contact's channel and closes with it: the same as `sends` and `closes` after
  /// each other.
  public func answersAndCloses(
    _ contact: ContactID, on channel: ChannelID, text: String, by user: UserID,
    at time: EngineTime
  ) {
    workspace.answersAndCloses(contact, on: channel, text: text, by: user, at: time)
  }

  /// A message arrived: the same as `handle` with the event of this name.
  public func messageDelivered(_ message: OutgoingMessage, at time: EngineTime) {
    workspace.messageDelivered(message, at: time)
  }

  /// A contact goes: the same as `handle` with `contactForgotten`.
  public func forget(_ contact: ContactID, at time: EngineTime) {
    workspace.forget(contact, at: time)
  }

  /// A timer went off: the same as `handle` with the event of this name.
  public func timerFires(_ key: TimerKey, at time: EngineTime) {
    workspace.timerFires(key, at: time)
  }

  /// What the host decides where it is asked: the same as `handle` with the event of this name.
  public func decides(
    _ run: RunID, _ decision: AssignmentDecision, at time: EngineTime
  ) -> Refusal? {
    workspace.decides(run, decision, at: time)
  }

  /// Makes these effects no more, because the host does not ask for them.
  public func omit(_ kinds: Omissions) { workspace.omit(kinds) }

  /// Whether the caller is the outermost and is to empty the queue of effects now.
  public func mayDrain() -> Bool { workspace.mayDrain() }

  /// The next effect; nil when all are out.
  public func next() -> EngineEffect? { workspace.next() }

  /// The places of the effects that are to be carried out; carrying one out may bring more.
  ///
  /// With `record(at:)` and `removeEffects` the same as `next`, for a host that reads the effects where
  /// they stand.
  @inlinable public var effectPlaces: Range<Int> {
    @inline(__always) get { workspace.effects.records.places }
  }

  /// The record of the effect at one of the places.
  @inlinable @inline(__always)
  public func record(at place: Int) -> EffectRecord {
    workspace.effects.records.element(at: place)
  }

  /// The message of a record that says where it is.
  @inlinable @inline(__always)
  public func message(of record: EffectRecord) -> OutgoingMessage {
    workspace.effects.messages.element(at: Int(record.number)).message
  }

  /// The timer of a record that says where it is.
  @inlinable @inline(__always)
  public func timer(of record: EffectRecord) -> TimerOrder {
    workspace.effects.timers.element(at: Int(record.number))
  }

  /// The effect of a record: of a message, of a timer, or of any but the frequent ones.
  public func effect(of record: EffectRecord) -> EngineEffect { workspace.effects.whole(record) }

  /// All effects are out: neither they are kept any more nor what they refer to.
  @inlinable @inline(__always)
  public func removeEffects() { workspace.removeEffects() }

  /// The account of a conversation that just closed, until all effects are out.
  public func closedConversation(_ place: ClosedConversation) -> ConversationRecord {
    workspace.inPlace { $0.closedConversation(place) }
  }

  /// The same where the host knows of replies that will be reported as failed only later.
  public func closedConversation(
    _ place: ClosedConversation, lost: [MessageID]
  ) -> ConversationRecord {
    workspace.inPlace { $0.closedConversation(place, lost: lost) }
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

/// What a host asks often, answered where it stands: asked of `core`, each would make a copy of it
/// and let the next event separate every table from it.
extension EngineActor {
  /// The question that a message asks, as long as its run waits for the answer.
  public func question(_ message: OutgoingMessage) -> AskQuestion.Answer? {
    workspace.inPlace { $0.question(message) }
  }

  /// Whether words of a contact would be nothing but an answer, and open nothing.
  public func isMereAnswer(_ text: String?, of contact: ContactID) -> Bool {
    workspace.inPlace { $0.isMereAnswer(text, of: contact) }
  }

  /// Who has a contact.
  public func assignee(of contact: ContactID) -> UserID? {
    workspace.inPlace { $0.assignee(of: contact) }
  }

  /// The status of a user; nil for one who is not there.
  public func status(of user: UserID) -> ActivityStatus? {
    workspace.inPlace { $0.status(of: user) }
  }

  /// How many open contacts a user has.
  public func openContacts(of user: UserID) -> Int {
    workspace.inPlace { $0.openContacts(of: user) }
  }

  /// How many conversations are open.
  public var openConversationCount: Int { workspace.inPlace { $0.openConversationCount } }

  /// Looks at everything and says what must not be: the same as of a core.
  public func checkInvariants() -> [Violation] { workspace.inPlace { $0.checkInvariants() } }

  /// Conditions that are asked often, compiled once.
  public func segment(_ conditions: Conditions) -> Segment {
    workspace.inPlace { $0.segment(conditions) }
  }

  /// Whether such conditions hold for a contact.
  public func holds(_ segment: Segment, for contact: ContactID, at time: EngineTime) -> Bool {
    workspace.holds(segment, for: contact, at: time)
  }

  /// What a contact looks like.
  public func contact(_ id: ContactID) -> EngineCore.ContactView? {
    workspace.inPlace { $0.contact(id) }
  }

  /// The account of an open conversation, as far as it went.
  public func openConversation(of id: ContactID) -> ConversationRecord? {
    workspace.inPlace { $0.openConversation(of: id) }
  }
}
