/// The engine: everything a workspace knows and every decision it takes, as one value.
///
/// **Events in.** `handle(_:at:)` takes one event and carries it through to its end: the change itself,
/// the queues it wakes, the workflows it triggers, and so on until nothing is left to do. There is no
/// clock, no chance and no I/O in here; the same events make the same effects, byte for byte. An event
/// that makes no sense is answered by one `refused` effect and changes nothing. Time must not go back.
///
/// **Effects out.** `next()` hands out, in order, what the host must carry out (timers, messages, calls)
/// and what it may record. A host empties the queue after every event:
///
///     core.handle(event, at: now)                  // or, for the frequent events, core.sends(…, at: now)
///     guard core.mayDrain() else { return }       // an outer call is emptying the queue already
///     while let effect = core.next() { carryOut(effect) }
///
/// Carrying out an effect may bring further events at once (an agent answers in the same instant): call
/// `handle` as ever; `mayDrain` says false, and the outermost loop goes on to the new effects. So
/// nothing recurses and nothing overtakes.
///
/// **Order.** Within one event: the change itself, then runs that go on because of it, then queues (the
/// oldest entry that somebody qualifies for, again and again), then triggers in the order of what caused
/// them, workflows in the order of their numbers. A freed agent therefore goes to who waits before any
/// newcomer. At one instant the host brings outside events before timers.
///
/// **Timers** belong to a thing (`TimerKey`), one each: arming again replaces, cancelling needs no handle.
/// The host brings `timerFires` at the time asked for; one that was cancelled meanwhile is refused as
/// stale, so a host that cannot cancel may let it come.
///
/// **Messages.** Every `sendMessage` is handed to its channel; the host reports `messageDelivered` or
/// `messageFailed` with the same value. Where a step has failure steps its run waits for the report.
///
/// **New things** take the next id: `nextContact`, `nextUser`, `nextTeam`, `nextWorkflow`. The id of a contact
/// that was forgotten never comes again, though its place in memory does.
///
/// **Forgetting.** A closed conversation leaves as an effect (`conversationClosed`, its account in
/// `closedConversation`) and costs nothing from then on. A contact without open conversation and run
/// can be forgotten by `contactForgotten`.
public struct EngineCore: Sendable, Codable {
  /// What the administrator set.
  public internal(set) var settings: WorkspaceSettings
  /// The time of the last event.
  public internal(set) var now = EngineTime.zero
  /// How many events were handled, the refused ones included.
  public internal(set) var eventCount: UInt64 = 0
  /// Conversations opened so far (INV-18).
  public var openedCount: UInt64 { conversations.opened }
  /// Conversations closed so far.
  public var closedCount: UInt64 { conversations.closed }
  /// How many automatic decisions were taken; they are numbered from 1.
  public internal(set) var decisionCount: UInt64 = 0

  var desk: AssignmentDesk
  var users = Users()
  var teams = Teams()
  var contacts = Contacts()
  var conversations = Conversations()
  var workflows = Workflows()
  var runs = RunTable()
  var agenda = Agenda()
  var messageCount: UInt64 = 0
  var autoClose: EngineDuration?
  var autoCloseSince = EngineTime.zero
  /// Whether the desk is told what some logics compare.
  var tellsFacts = false
  var queuesPolledAt = EngineTime.never

  private var identity = Identity()
  @usableFromInline var effects = EffectQueue()
  /// What the host does without.
  var omitted: Omissions = []
  var closed = ClosedConversations()
  var journal: Journal?
  var watch = DecisionWatch()
  #if DEBUG
    var straight = StraightCount()
  #endif
  /// What it cares about; only `reviewConcerns` changes it.
  var concerns: Concerns = .maybeShared

  /// Makes an empty workspace.
  public init(settings: WorkspaceSettings) {
    self.settings = settings
    autoClose = settings.autoClose
    desk = AssignmentDesk(policies: settings.policies, policySeed: settings.policySeed)
    reviewConcerns()
  }

  /// Makes a workspace that was told these events at time zero, before anything happened.
  public init(settings: WorkspaceSettings, opening: [EngineEvent]) {
    self.init(settings: settings)
    for event in opening {
      handle(event, at: .zero)
      while let _ = next() {}
    }
  }

  /// Lets decisions by chance be drawn from another seed, while none was taken.
  public mutating func beginDraws(from policySeed: UInt64) {
    precondition(decisionCount == 0, "a decision was drawn from another seed before")
    settings.policySeed = policySeed
    unshare()
    desk.beginDraws(from: policySeed)
  }

  /// Carries one event through to its end; what follows from it waits to be pulled.
  public mutating func handle(_ event: EngineEvent, at time: EngineTime) {
    journal?.append(event, at: time)
    do throws(Refusal) {
      try begin(at: time)
      try apply(event)
      finish()
    } catch {
      refuse(error)
    }
  }

  /// Makes these effects no more, because the host does not ask for them.
  public mutating func omit(_ kinds: Omissions) {
    omitted = kinds
    effects.keepDetails(!kinds.contains(.details), assigners: !kinds.contains(.accounts))
    reviewConcerns()
  }

  /// Whether the caller is the outermost and is to empty the queue of effects now.
  @inline(__always)
  public mutating func mayDrain() -> Bool {
    if effects.isDraining { return false }
    effects.isDraining = true
    effects.leavesMore = true
    return true
  }

  /// The next effect; nil when all are out.
  public mutating func next() -> EngineEffect? {
    if let effect = effects.next() { return effect }
    drained()
    return nil
  }

  /// All effects are out: nothing that they refer to is kept any more.
  @inline(__always)
  mutating func drained() {
    effects.wipe()
    closed.wipe()
    effects.isDraining = false
  }

  /// All effects were read where they stand.
  @inlinable @inline(__always)
  mutating func removeEffects() {
    effects.removeAll()
    if effects.leavesMore { wipeEffects() }
  }

  @usableFromInline @inline(never)
  mutating func wipeEffects() { drained() }

  /// The account of a conversation that just closed, until all effects are out.
  public func closedConversation(_ place: ClosedConversation) -> ConversationRecord {
    closed[place]
  }

  /// The same where the host knows of replies that will be reported as failed only later.
  @inline(__always)
  public func closedConversation(
    _ place: ClosedConversation, lost: [MessageID]
  ) -> ConversationRecord {
    closed.record(place, lost: lost)
  }

  /// The id that the next contact will have.
  @inline(__always)
  public var nextContact: ContactID { contacts.next }

  /// The id that the next user will have.
  public var nextUser: UserID { users.next }
  /// The id that the next team will have.
  public var nextTeam: TeamID { teams.next }
  /// The id that the next new workflow will have.
  public var nextWorkflow: WorkflowID { workflows.next }

  var policies: Policies {
    @inline(__always) _read { yield settings.policies }
    @inline(__always) _modify { yield &settings.policies }
  }

  /// Once an event, instead of at each access to a row: a copy of the core goes on in memory of its own.
  @inline(__always)
  mutating func unshare() {
    if !isKnownUniquelyReferenced(&identity) { separate() }
  }

  private mutating func separate() {
    identity = Identity()
    contacts.separate()
    conversations.separate()
    runs.separate()
    users.separate()
    desk.separate()
    agenda.separate()
    effects.separate()
  }
}
