import Engine
import World

/// A workspace with all that its journal must bring back: the engine, the names, the timers and the
/// messages on their way.
///
/// Whoever plays the same rows into the same opening has the same state, and the same results on the way:
/// the running workspace, its restart, its copy as a snapshot and the proof of a journal all go through
/// here.
final class WorkspaceState {
  var core: EngineCore
  var names: WorkspaceNames
  var contacts = ContactNames()
  var timers = ArmedTimers()
  var messages = MessagesOut()
  /// The number of the last event.
  var sequence: UInt64 = 0
  /// The checksum of the last event's row.
  var chain = ChainSum.start
  /// How many events were refused by the engine.
  var refusals: UInt64 = 0

  /// A workspace at its beginning, before anybody has written.
  ///
  /// - Parameter epoch: the second since 1970 at which its time begins.
  init(_ opening: WorkspaceOpening, epoch: Int64) {
    var settings = opening.settings
    settings.epoch = epoch
    core = EngineCore(settings: settings)
    names = WorkspaceNames(opening)
    for event in opening.events {
      core.handle(event, at: .zero)
      names.learn(event)
      while let effect = core.next() { note(effect, of: nil) }
    }
  }

  /// A workspace as it was written down.
  init(_ memory: WorkspaceMemory, _ opening: WorkspaceOpening) {
    core = memory.core
    names = WorkspaceNames(opening)
    names.learn(from: core)
    contacts = memory.contacts
    timers = memory.timers
    messages = memory.messages
    sequence = memory.sequence
    chain = ChainSum(memory.chain)
    refusals = memory.refusals
  }

  /// A copy of all that cannot be found out again, which shares its memory until the next event.
  var memory: WorkspaceMemory {
    WorkspaceMemory(
      core: core, contacts: contacts, timers: timers, messages: messages, sequence: sequence,
      chain: chain.value, refusals: refusals)
  }

  // MARK: Looking up

  /// Looks up what a draft names; nothing changes.
  func resolve(
    _ draft: EventDraft, at time: EngineTime, beside coming: ComingNames = ComingNames()
  ) throws(BadRequest) -> ResolvedEvent {
    let resolving = Resolving(draft: draft, names: names, coming: coming)
    var contact: ContactID?
    let name = try draft.text(.contact)
    if let name {
      contact = contacts.contact(name)
      if contact == nil, draft.kind.makesContact {
        try Resolving.check(name: name)
        contact = core.nextContact
      }
    }
    var resolved = ResolvedEvent(event: .timerFires(.queues), contact: name)
    switch draft.kind {
    case .merges:
      let other = try draft.needed(.absorbing)
      resolved.absorbed = other
      resolved.event = .merges(
        contact ?? NobodysID.contact, absorbing: contacts.contact(other) ?? NobodysID.absorbed,
        by: try resolving.user())
    case .messageDelivered, .messageFailed:
      // From there on a number in JSON may stand for its neighbour.
      let number = try draft.whole(.message, 0...(1 << 53) - 1) ?? 0
      let message = messages[number]
      if message == nil { resolved.unknownMessage = number }
      resolved.event = report(draft.kind, message, number)
      resolved.contact = message.flatMap { contacts.name($0.contact) }
    case .timerFires:
      let key = try resolving.timer()
      resolved.event = .timerFires(key)
      resolved.contact = self.contact(of: key)
    case .serviceAnswers, .serviceFails, .aiAgentEnds, .decides:
      let run = try resolving.run()
      resolved.event = try resolving.report(of: run)
      resolved.contact = core.contact(of: run).flatMap { contacts.name($0) }
    case .userAdded:
      resolved.event = .userAdded(core.nextUser, try resolving.profile(try draft.needed(.user)))
    case .teamAdded: resolved.event = .teamAdded(core.nextTeam, name: try resolving.newTeam())
    default:
      resolved.event =
        name == nil
        ? try resolving.workspaceEvent()
        : try resolving.event(of: contact ?? NobodysID.contact, at: time)
    }
    return resolved
  }

  private func report(_ kind: EventKind, _ message: OutgoingMessage?, _ number: UInt64)
    -> EngineEvent
  {
    // Of a broadcast nobody waits to hear: the engine passes over it.
    let report =
      message
      ?? OutgoingMessage(
        id: MessageID(number), contact: NobodysID.contact, channel: ChannelID(0),
        sender: .broadcast)
    return kind == .messageDelivered ? .messageDelivered(report) : .messageFailed(report)
  }

  /// The name of the contact that a timer is about.
  func contact(of key: TimerKey) -> String? {
    switch key {
    case .run(let run): core.contact(of: run).flatMap { contacts.name($0) }
    case .autoClose(let id), .snooze(let id): contacts.name(id)
    case .inactivity, .queues: nil
    }
  }

  // MARK: Carrying out

  /// Carries an event out as the next one and says what came of it, as JSON.
  func carryOut(
    _ resolved: ResolvedEvent, _ kind: EventKind, at time: EngineTime
  ) -> [UInt8] {
    sequence += 1
    // The engine arms it again where it wants it again.
    if case .timerFires(let key) = resolved.event { timers.cancel(key) }
    core.handle(resolved.event, at: time)
    var result = ResultLine(kind, sequence: sequence, at: time, contact: resolved.contact)
    var refusal: Refusal?
    while let effect = core.next() {
      if case .refused(let why) = effect {
        refusal = why
        continue
      }
      note(effect, of: resolved)
      result.add(effect, self)
    }
    if let refusal {
      refusals += 1
      result.refuse(refusal, resolved, self)
    } else if let message = resolved.unknownMessage {
      refusals += 1
      result.refuse(unknownMessage: message)
    } else {
      learn(resolved.event)
    }
    return result.finished()
  }

  private func learn(_ event: EngineEvent) {
    names.learn(event)
    switch event {
    case .messageDelivered(let message), .messageFailed(let message):
      messages.remove(message.id.raw)
    default: break
    }
  }

  /// Does what an effect asks of the workspace itself.
  private func note(_ effect: EngineEffect, of resolved: ResolvedEvent?) {
    switch effect {
    case .armTimer(let key, let time): timers.arm(key, at: time)
    case .cancelTimer(let key): timers.cancel(key)
    case .sendMessage(let message, _): messages.add(message)
    case .contactCreated(let contact): contacts.add(contact, resolved?.contact ?? "\(contact)")
    case .contactMerged(let contact, let other): contacts.merge(contact, into: other)
    case .contactForgotten(let contact): contacts.remove(contact)
    default: break
    }
  }
}

/// A workspace written down: what a snapshot holds.
struct WorkspaceMemory: Sendable, Codable {
  var core: EngineCore
  var contacts: ContactNames
  var timers: ArmedTimers
  var messages: MessagesOut
  var sequence: UInt64
  var chain: UInt64
  var refusals: UInt64
}
