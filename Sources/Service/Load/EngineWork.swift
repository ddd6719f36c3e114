import Engine
import Sampling
import Scenarios
import VirtualTime
import World

/// What the engine's thread does under load: carries operations out, then their effects, and measures.
///
/// Unchecked: made before the thread starts, touched by it alone while it runs, read when it is over.
final class EngineWork: @unchecked Sendable {
  let model: Model
  let clock: LoadClock
  let profiles: ProfileTable
  let notices: Mailbox<LoadNotice>
  var meter: LoadMeter
  var timers = LiveTimers()
  private var batch = ContiguousArray<LoadOperation>()
  private var outgoing = ContiguousArray<LoadNotice>()
  private var people = ContiguousArray<Known>()
  /// Which of the crowd is in each of the engine's slots.
  private var persons = ContiguousArray<UInt32>()
  /// Whose conversation ended within the operation at hand.
  private var leaving: [UInt32] = []
  private var now: Int64 = 0
  private var draws: RandomStream
  private var sentCount: UInt64 = 0
  private(set) var refusedCount = 0
  private(set) var firstRefusal: String?
  private(set) var broken: [String] = []
  private let awaitsReplies: Bool
  private let note: ClosingNote?
  private static let gaveUp = ClosingNote(category: "gave_up")

  /// What is known of somebody of the crowd.
  private struct Known: BitwiseCopyable {
    var id: ContactID?
    var stay: UInt16 = 0
    var runs: Int32 = 0
    var isOpen = false
  }

  init(
    _ plan: LoadPlan, streams: RandomStreams, clock: LoadClock, notices: Mailbox<LoadNotice>,
    meter: LoadMeter
  ) {
    model = plan.world.model
    self.clock = clock
    self.notices = notices
    profiles = ProfileTable(model)
    self.meter = meter
    draws = streams.stream(.load, of: 1)
    awaitsReplies = !model.settings.policies.failedReplyAssigns
    note = model.settings.closingNoteOfAgents
  }

  /// Carries out what was sent and what is due.
  ///
  /// - Returns: How many operations were sent and are through.
  func round(_ engine: isolated EngineActor, _ mailbox: Mailbox<LoadOperation>) -> Int {
    mailbox.take(into: &batch)
    var wall = Alarm.now()
    for place in batch.indices {
      let operation = batch[place]
      now = max(now, clock.time(at: wall))
      carryOut(operation, engine)
      settle(engine)
      let done = Alarm.now()
      meter.note(operation.kind, due: operation.due, taken: wall, done: done)
      wall = done
      // Timers must not wait for a long batch.
      if place & 15 == 15 { fire(engine, &wall) }
    }
    fire(engine, &wall)
    notices.put(&outgoing)
    return batch.count
  }

  /// Takes what the engine's full check found at the end.
  func finish(_ violations: [Violation]) { broken += violations.map(\.description) }

  /// The moment on the wall when the next timer is due.
  func nextDue() -> Int64 { timers.next().map { clock.wall(at: $0) } ?? .max }

  private func fire(_ engine: isolated EngineActor, _ wall: inout Int64) {
    while let (due, what) = timers.pop(until: clock.time(at: wall)) {
      now = max(now, clock.time(at: wall))
      let kind: OperationKind
      switch what {
      case .timer(let key):
        engine.timerFires(key, at: EngineTime(nanoseconds: now))
        kind = .timer
      case .event(let event):
        engine.handle(event, at: EngineTime(nanoseconds: now))
        kind = .messageIn
      }
      settle(engine)
      let done = Alarm.now()
      meter.noteOwn(kind, due: min(wall, clock.wall(at: due)), taken: wall, done: done)
      wall = done
    }
  }

  // MARK: - Operations

  private func carryOut(_ operation: LoadOperation, _ engine: isolated EngineActor) {
    let time = EngineTime(nanoseconds: now)
    let person = Int(operation.person)
    let channel = ChannelID(index: Int(operation.channel))
    switch operation.kind {
    case .messageIn:
      if let id = known(person) {
        engine.contactWrites(id, on: channel, text: "And?", at: time)
      } else {
        arrive(operation, channel, engine)
      }
    case .reply:
      guard let id = known(person), let user = operation.user else { return }
      engine.sends(id, text: "Answer", by: .user(user), at: time)
    case .close:
      guard let id = known(person), people[person].isOpen else { return }
      if let user = operation.user {
        engine.closes(id, by: .user(user), note: note, at: time)
      } else {
        engine.closes(id, by: .program(.api), note: Self.gaveUp, at: time)
      }
    case .assign:
      guard let id = known(person), people[person].isOpen, let user = operation.user else { return }
      // Somebody else may have been quicker; then this one finds it taken.
      guard engine.assignee(of: id) == nil else { return }
      engine.handle(.assigns(id, to: user, by: .user(user)), at: time)
    case .status:
      guard let user = operation.user else { return }
      engine.handle(.choosesStatus(user, operation.status), at: time)
    case .timer: return
    }
  }

  private func known(_ person: Int) -> ContactID? {
    person < people.count ? people[person].id : nil
  }

  private func arrive(
    _ operation: LoadOperation, _ channel: ChannelID, _ engine: isolated EngineActor
  ) {
    let time = EngineTime(nanoseconds: now)
    let person = Int(operation.person)
    while person >= people.count { people.append(Known()) }
    let id = engine.nextContact
    people[person] = Known(id: id, stay: operation.stay)
    while id.slot >= persons.count { persons.append(.max) }
    persons[id.slot] = operation.person
    if let profile = profiles.profiles[Int(operation.profile)] {
      engine.handle(.contactAdded(id, profile), at: time)
      engine.contactWrites(id, on: channel, text: "Hello", at: time)
    } else {
      _ = engine.newContactWrites(on: channel, text: "Hello", at: time)
    }
  }

  // MARK: - Effects

  private func settle(_ engine: isolated EngineActor) {
    while true {
      var place = engine.effectPlaces.lowerBound
      while place < engine.effectPlaces.upperBound {
        effect(engine.record(at: place), engine)
        place &+= 1
      }
      engine.removeEffects()
      guard let person = leaving.popLast() else { return }
      leave(person, engine)
    }
  }

  private func effect(_ effect: EffectRecord, _ engine: isolated EngineActor) {
    switch effect.kind {
    case .opened:
      tell(.opened, effect.contact, user: effect.assignee)
      with(effect.contact) { $0.isOpen = true }
    case .openedForUser:
      tell(.opened, effect.contact, user: effect.assignee)
      with(effect.contact) { $0.isOpen = true }
    case .assigned: tell(.assigned, effect.contact, user: effect.assignee)
    case .closed, .answeredAndClosed:
      tell(.closed, effect.contact, user: nil)
      with(effect.contact) { $0.isOpen = false }
      mayLeave(effect.contact)
    case .sentByUser:
      if awaitsReplies { engine.messageDelivered(engine.message(of: effect), at: time) }
    case .sent: sent(engine.message(of: effect), engine)
    case .timerArmed:
      let timer = engine.timer(of: effect)
      timers.arm(timer.key, at: timer.at.nanoseconds)
    case .timerCancelled: timers.cancel(engine.timer(of: effect).key)
    case .runWaits:
      let timer = engine.timer(of: effect)
      timers.arm(timer.key, at: timer.at.nanoseconds)
      with(effect.contact) { $0.runs += 1 }
    case .runStarted: with(effect.contact) { $0.runs += 1 }
    case .runEnded:
      with(effect.contact) { $0.runs -= 1 }
      mayLeave(effect.contact)
    case .other: rarer(engine.effect(of: effect), engine)
    }
  }

  private var time: EngineTime { EngineTime(nanoseconds: now) }

  @inline(__always)
  private func with(_ contact: ContactID, _ body: (inout Known) -> Void) {
    guard contact.slot < persons.count else { return }
    let person = Int(persons[contact.slot])
    if person < people.count, people[person].id == contact { body(&people[person]) }
  }

  private func tell(_ kind: LoadNotice.Kind, _ contact: ContactID, user: UserID?) {
    guard contact.slot < persons.count, persons[contact.slot] != .max else { return }
    let person = persons[contact.slot]
    outgoing.append(
      LoadNotice(kind: kind, person: person, stay: people[Int(person)].stay, user: user, at: now))
  }

  private func mayLeave(_ contact: ContactID) {
    guard contact.slot < persons.count, persons[contact.slot] != .max else { return }
    let person = persons[contact.slot]
    if !people[Int(person)].isOpen, people[Int(person)].runs <= 0 { leaving.append(person) }
  }

  /// Whoever has neither conversation nor run is forgotten, and so is the place in memory.
  private func leave(_ person: UInt32, _ engine: isolated EngineActor) {
    let known = people[Int(person)]
    guard let id = known.id, !known.isOpen, known.runs <= 0 else { return }
    engine.forget(id, at: time)
    people[Int(person)] = Known()
    persons[id.slot] = .max
    outgoing.append(
      LoadNotice(kind: .gone, person: person, stay: known.stay, user: nil, at: now))
  }

  /// A workflow's message arrives at once; where it asks something, the contact answers after a while.
  private func sent(_ message: OutgoingMessage, _ engine: isolated EngineActor) {
    let question = engine.question(message)
    engine.messageDelivered(message, at: time)
    guard let question else { return }
    sentCount &+= 1
    let answers = model.populations.first?.answers
    guard let answers, !draws.chance(answers.never) else { return }
    let delay = answers.after.sampleNanoseconds(&draws)
    guard delay != SampledTime.never else { return }
    let event: EngineEvent =
      draws.chance(answers.valid)
      ? .contactWrites(
        message.contact, on: message.channel, text: question.validReply(of: sentCount, &draws))
      : .contactSendsAttachment(message.contact, on: message.channel)
    timers.promise(event, at: now &+ delay)
  }

  private func rarer(_ effect: EngineEffect, _ engine: isolated EngineActor) {
    switch effect {
    case .armTimer(let key, let at): timers.arm(key, at: at.nanoseconds)
    case .cancelTimer(let key): timers.cancel(key)
    case .callService(let call):
      // Every call is answered, with nothing in it: what services say is the simulation's business.
      let service =
        model.services.indices.contains(call.service.index)
        ? model.services[call.service.index] : nil
      let delay = service?.latency.sampleNanoseconds(&draws) ?? 0
      timers.promise(
        .serviceAnswers(call.run, status: 200, body: .object([])),
        at: now &+ (delay == SampledTime.never ? 0 : delay))
    case .askAIAgent(let run, _, let key):
      guard model.aiAgents.indices.contains(Int(key)) else { return }
      let settings = model.aiAgents[Int(key)]
      let outcome = settings.outcomes[settings.shares.choose(&draws)]
      let delay = settings.latency.sampleNanoseconds(&draws)
      timers.promise(
        .aiAgentEnds(run, outcome), at: now &+ (delay == SampledTime.never ? 0 : delay))
    case .refused(let refusal):
      refusedCount += 1
      if firstRefusal == nil { firstRefusal = refusal.description }
    case .invariantBroken(let violation): broken.append(violation.description)
    default: break
    }
  }
}
