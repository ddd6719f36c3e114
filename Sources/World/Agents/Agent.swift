import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Somebody who answers: takes conversations in the order in which they came, works on a few at once,
/// answers, wraps up, closes, and is away at times.
///
/// What the rules of attention, inbox and leaving are stands in CONTRACTS.md, "What the world does".
actor Agent: EventTarget {
  nonisolated let kernel: Kernel
  /// Who it is to the engine.
  nonisolated let user: UserID
  let exchange: Exchange
  /// What it has in common with others.
  let traits: AgentTraits
  /// What this agent does that most do not.
  let habits: Habits
  /// Where this agent's events go; set once, when the world is wired.
  @safe @exclusivity(unchecked) var target: Target
  @safe @exclusivity(unchecked) var inbox = WorkList()
  @safe @exclusivity(unchecked) var slots: FlatTable<Slot>
  @safe @exclusivity(unchecked) var freeSlots: Int
  @safe @exclusivity(unchecked) var presence = Presence.present
  /// What is meant by leaving: an absence or the end of the shift.
  @safe @exclusivity(unchecked) var leavingTo = Presence.away
  /// The place in the line of those who would take from the unassigned inbox.
  @safe @exclusivity(unchecked) var linePlace = WorkList.none
  /// Since when the agent has had room and taken nothing on: the last start, or the end of a piece of
  /// work that freed the only room.
  @safe @exclusivity(unchecked) var freeSince = Instant.start
  /// Whether what is in hand was laid down for an absence.
  @safe @exclusivity(unchecked) var isInterrupted = false
  /// Whether the engine takes the agent for absent, who is not.
  @safe @exclusivity(unchecked) var isInactive = false
  @safe @exclusivity(unchecked) var isWorking = false
  /// One attention for all that is in hand, where it is divided.
  let shared: SharedSpeed?
  @safe @exclusivity(unchecked) var sharedTimer = TimerHandle.none
  /// Shifts and absences, where it has any.
  let absences: Absences?
  /// The return of somebody who was put out by a fault.
  @safe @exclusivity(unchecked) var reconnection = TimerHandle.none
  /// What was just picked by a view, which goes before all that waits; nobody for nothing.
  @safe @exclusivity(unchecked) var picked = ContactNumber.nobody
  /// What in hand is only being looked at.
  @safe @exclusivity(unchecked) var looks: [Look] = []
  /// The slot whose conversation the agent has just handed on, and when.
  @safe @exclusivity(unchecked) var handedOn: (slot: Int, at: Instant) = (-1, .distantPast)

  /// What an agent does that most do not: one look tells that there is nothing of it.
  struct Habits: OptionSet, BitwiseCopyable {
    let rawValue: UInt16

    /// Divides one attention among all that is in hand.
    static let shares = Habits(rawValue: 1)
    /// Sends a short first message.
    static let greets = Habits(rawValue: 2)
    /// Is taken for absent when nothing is heard for long.
    static let isWatched = Habits(rawValue: 4)
    /// Looks whether a contact is somebody who is known already.
    static let looksForSecond = Habits(rawValue: 8)
    /// Meets junk.
    static let meetsSpam = Habits(rawValue: 16)
    /// Has work to do after the last answer.
    static let wrapsUp = Habits(rawValue: 32)
    /// Forgets to close at times.
    static let forgets = Habits(rawValue: 64)
    /// Writes some answers with help.
    static let hasHelp = Habits(rawValue: 128)
    /// Takes what the views of the inbox show first.
    static let hasViews = Habits(rawValue: 256)
    /// Writes to some who have not written.
    static let writesFirst = Habits(rawValue: 512)
    /// Uses shortcuts on some conversations.
    static let usesShortcuts = Habits(rawValue: 1_024)
  }

  /// What an agent has in hand.
  struct Slot: BitwiseCopyable {
    var contact = ContactNumber.nobody
    /// Which of the contact's conversations it is.
    var opening: UInt32 = 0
    var phase = Phase.free
    var timer = TimerHandle.none
    /// Work left while it is interrupted, in nanoseconds.
    var left: Int64 = 0
  }

  /// How far the work in a slot is.
  enum Phase: UInt8 {
    case free
    /// Working on an answer.
    case reply
    /// The answer goes out at this instant.
    case sent
    /// After the last answer.
    case wrapUp
  }

  /// Who it is to the record.
  nonisolated var number: AgentNumber {
    @inline(__always) get { AgentNumber(user) }
  }

  init(user: UserID, traits: AgentTraits, exchange: Exchange) {
    self.user = user
    self.traits = traits
    self.exchange = exchange
    let attention = traits.style.attention
    kernel = exchange.kernel
    slots = FlatTable(count: attention.slots)
    freeSlots = slots.capacity
    for slot in 0..<slots.capacity { slots[slot] = Slot() }
    habits = traits.habits
    if case .shared(let speeds) = attention {
      shared = SharedSpeed(speeds)
    } else {
      shared = nil
    }
    absences =
      traits.comesAndGoes
      ? Absences(
        exchange.plan.model.agents[user.index].name, traits, streams: exchange.streams,
        clock: exchange.clock) : nil
    target = .nobody
  }

  func receive(_ event: Event) {
    if exchange.isDown { return waitsForEngine(event) }
    if event.kind == AgentEvent.workDone.rawValue {
      workDone(habits.contains(.shares) ? sharedSlot(event) : Int(event.subject))
    } else {
      receiveRarer(event)
    }
    exchange.settle()
  }

  @inline(never)
  private func receiveRarer(_ event: Event) {
    switch AgentEvent(rawValue: event.kind) {
    case .awayBegins: if presence == .present { leave(to: .away) }
    case .awayEnds: if presence == .away { comeBack() }
    case .shiftChanges: shiftChanges()
    case .grabs: grabs(event)
    case .checksIn: checksIn()
    case .reconnects: reconnects()
    case .joins: joins()
    case .departs: departs()
    case .workDone, nil: preconditionFailure("an agent gets only its own kinds of events")
    }
  }

  // MARK: - Taking work

  /// A conversation of this agent needs an answer.
  @inline(never)
  func needsAnswer(
    _ contact: ContactNumber, visit: UInt32, order: UInt64, at now: Instant
  ) -> Placement {
    if presence == .present, freeSlots > 0, inbox.head == WorkList.none {
      start(contact, at: now)
      if freeSlots > 0, traits.style.picks != .nothing { exchange.wake(user) }
      return .started
    }
    if habits.contains(.hasViews), takesPicked(contact, at: now) { return .started }
    let place = inbox.append(contact, visit: visit, at: now, order: order)
    // Only ghosts stand before it: they are passed over as soon as this call is over.
    if presence == .present, freeSlots > 0 { exchange.wake(user) }
    return .inbox(place)
  }

  /// Takes conversations into hand while there is room: the own inbox first, then the unassigned one.
  @inline(__always)
  func takeWork(at now: Instant) {
    guard presence == .present else { return }
    if habits.contains(.hasViews) { return looksThroughViews() }
    while freeSlots > 0, inbox.head != WorkList.none {
      guard let next = inbox.takeFirst(passing: { exchange.reached($0, at: $1, by: number) })
      else {
        break
      }
      startsNext(next.contact, at: now)
    }
    if freeSlots > 0, traits.style.picks != .nothing { exchange.wake(user) }
  }

  /// Something came to the unassigned inbox, and this agent is free longest.
  func called() {
    linePlace = WorkList.none
    exchange.wake(user)
  }

  /// Stands in the line of the free no more.
  @inline(__always)
  func leaveLine() {
    guard linePlace != WorkList.none else { return }
    exchange.leaveLine(linePlace)
    linePlace = WorkList.none
  }

  /// Picks one conversation from the unassigned inbox, or stands in line for the next.
  ///
  /// One at a time: what taking it sets off must be over before the next is looked at.
  func picks() {
    guard presence == .present, freeSlots > 0 else { return }
    if habits.contains(.hasViews) { return picksByViews() }
    if inbox.head != WorkList.none { return takeWork(at: kernel.now) }
    guard traits.style.picks != .nothing, traits.seesAll else { return }
    if let contact = exchange.pick(traits.style.picks) {
      exchange.assign(contact, to: user, by: user)
      exchange.wake(user)
    } else {
      standsInLine()
    }
  }

  /// Waits for something to come to the unassigned inbox.
  func standsInLine() {
    if linePlace == WorkList.none {
      linePlace = exchange.standInLine(user, since: freeSince)
    }
  }

  @inline(never)
  func startsNext(_ contact: ContactNumber, at now: Instant) { start(contact, at: now) }

  @inline(__always)
  private func start(_ contact: ContactNumber, at now: Instant) {
    // A loop, for a closure would ask the runtime each time whether it is on this actor.
    var slot = 0
    while slots[slot].phase != .free {
      slot &+= 1
      precondition(slot < slots.capacity, "work starts only in a free slot")
    }
    let door = exchange.contacts[contact]
    let factor = habits.contains(.hasHelp) ? helpFactor(door) : 1
    var start = door((number, Int32(truncatingIfNeeded: slot), traits.style.replyTime.plain, now)) {
      $0.workStarts(by: $1.0, slot: $1.1, taking: $1.2, at: $1.3)
    }
    if start.work < 0 { start.work = work(of: door) }
    if factor != 1 { start.work = Self.scaled(start.work, by: factor) }
    if habits.contains(.usesShortcuts) { start.work = beginning(start.work, in: slot, door) }
    freeSlots &-= 1
    freeSince = now
    leaveLine()
    // Only the first piece of work sets an agent to work.
    if freeSlots &+ 1 == slots.capacity { noteWorking() }
    slots[slot].contact = contact
    slots[slot].opening = start.opening
    slots[slot].phase = .reply
    run(slot, work: start.work, at: now)
    if !habits.isDisjoint(with: .whenStarting) { begins(contact, isFirst: start.isFirst, at: now) }
  }

  /// What only some do when they start.
  @inline(never)
  private func begins(_ contact: ContactNumber, isFirst: Bool, at now: Instant) {
    if habits.contains(.isWatched) { exchange.handle(.acts(user)) }
    if habits.contains(.greets), isFirst {
      exchange.greet(exchange.contacts[contact], by: user, at: now)
    }
    if habits.contains(.looksForSecond) { exchange.looksForSecond(contact, by: user) }
  }

  @inline(never)
  private func work(of contact: Near<Contact>) -> Int64 {
    var stream = contact({ $0.workStream() })
    return traits.style.replyTime.plain.sampleNanoseconds(&stream, or: traits.style.replyTime)
  }

  // MARK: - Work in hand

  /// Lets the work in a slot run, from now.
  ///
  /// An answer comes from outside the engine: at one instant it goes before the engine's timers.
  @inline(__always)
  func run(_ slot: Int, work: Int64, at now: Instant) {
    if habits.contains(.shares) { return share(slot, work: work, at: now) }
    slots[slot].timer = kernel.schedule(
      Event(
        to: target, kind: AgentEvent.workDone.rawValue,
        subject: UInt32(truncatingIfNeeded: slot)),
      afterNanoseconds: work)
  }

  @inline(never)
  private func share(_ slot: Int, work: Int64, at now: Instant) {
    shared?.start(slot, work: work, at: now)
    armShared(at: now)
  }

  /// Stops the work in a slot and tells what is left of it.
  func stop(_ slot: Int) -> Int64 {
    let now = kernel.now
    if shared != nil {
      let left = shared?.stop(slot, at: now) ?? 0
      armShared(at: now)
      return left
    }
    let end = kernel.deadline(of: slots[slot].timer) ?? now
    kernel.cancel(slots[slot].timer)
    return max(0, end.nanoseconds(since: now))
  }

  private func armShared(at now: Instant) {
    kernel.cancel(sharedTimer)
    guard let end = shared?.nextEnd(after: now) else { return }
    sharedTimer = kernel.schedule(
      Event(to: target, kind: AgentEvent.workDone.rawValue, subject: UInt32(end.slot)),
      at: end.at)
  }

  private func sharedSlot(_ event: Event) -> Int {
    let slot = Int(event.subject)
    shared?.stop(slot, at: kernel.now)
    armShared(at: kernel.now)
    return slot
  }

  @inline(__always)
  private func workDone(_ slot: Int) {
    let contact = exchange.contacts[slots[slot].contact]
    contact.fetchAhead()
    let now = kernel.now
    if !habits.isDisjoint(with: .whenDone), doneOtherwise(slot, contact, at: now) { return }
    slots[slot].phase = .sent
    let answer = exchange.reply(
      to: contact, by: user, opening: slots[slot].opening, ending: endsWithAnswer, at: now)
    guard answer.isLast else { return release(slot) }
    if habits.contains(.wrapsUp), wrapsUp(slot, contact, at: now) { return }
    finish(slot, contact, answer, at: now)
  }

  /// Whether the work that is done was no answer: the wrapping up, a look at junk, the first words.
  @inline(never)
  private func doneOtherwise(_ slot: Int, _ contact: Near<Contact>, at now: Instant) -> Bool {
    if slots[slot].phase == .wrapUp {
      wrappedUp(slot, contact, at: now)
    } else if habits.contains(.usesShortcuts), let look = takeLook(slot) {
      usesShortcut(look, contact, at: now)
    } else if habits.contains(.meetsSpam), contact({ $0.peculiarity.isJunk }) {
      recognisesJunk(slot, slots[slot].contact)
    } else if habits.contains(.writesFirst), contact({ $0.isWrittenToFirst }) {
      writesFirst(slot, contact, at: now)
    } else {
      return false
    }
    return true
  }

  /// Begins to wrap up; false if that takes no time.
  @inline(never)
  private func wrapsUp(_ slot: Int, _ contact: Near<Contact>, at now: Instant) -> Bool {
    let work = wrapUpWork(contact)
    if work <= 0 { return false }
    slots[slot].phase = .wrapUp
    run(slot, work: work, at: now)
    return true
  }

  private func wrapUpWork(_ contact: Near<Contact>) -> Int64 {
    var stream = exchange.streams.stream(.wrapUp, of: contact({ $0.entity }))
    return traits.style.wrapUp.plain.sampleNanoseconds(&stream, or: traits.style.wrapUp)
  }

  /// Closes the conversation, or forgets to, and is free for the next.
  @inline(__always)
  private func finish(_ slot: Int, _ contact: Near<Contact>, _ answer: Answered, at now: Instant) {
    if answer.isToBeClosed, !answer.endsAtOnce {
      exchange.close(contact, answer.id, by: user, forgets: forgetting, at: now)
    }
    contact { $0.letGo() }
    frees(slot, at: now)
  }

  /// The same after the work of wrapping up.
  private func wrappedUp(_ slot: Int, _ contact: Near<Contact>, at now: Instant) {
    slots[slot].phase = .sent
    exchange.conclude(
      contact, opening: slots[slot].opening, by: user, forgets: forgetting, at: now)
    contact { $0.letGo() }
    frees(slot, at: now)
  }

  /// Whether the agent closes with the last answer: always, at once and without a note.
  @inline(__always)
  private var endsWithAnswer: Bool {
    habits.isDisjoint(with: [.wrapsUp, .forgets]) && exchange.doneNote == nil
  }

  /// How often the agent forgets to close.
  @inline(__always)
  private var forgetting: Double { habits.contains(.forgets) ? traits.style.forgetsToClose : 0 }

  /// Has done with what is in a slot, or lost it.
  @inline(never)
  func release(_ slot: Int) {
    if habits.contains(.usesShortcuts) { _ = takeLook(slot) }
    if slots[slot].phase != .reply {
      exchange.contacts[slots[slot].contact]({ $0.letGo() })
    }
    frees(slot, at: kernel.now)
  }

  /// There is room for the next.
  @inline(__always)
  private func frees(_ slot: Int, at now: Instant) {
    slots[slot].phase = .free
    slots[slot].contact = .nobody
    // Who had room before is not free for a shorter time because there is more.
    if freeSlots == 0 { freeSince = now }
    freeSlots &+= 1
    // Only the last piece of work lets an agent stop.
    if freeSlots == slots.capacity { noteWorking() }
    if presence == .present {
      takeWork(at: now)
    } else if presence == .leaving, freeSlots == slots.capacity {
      gone()
    }
  }

  /// Tells the record when the agent goes to work and stops.
  @inline(__always)
  func noteWorking() {
    // What nobody sees of somebody who is taken for absent is in no count.
    let works = freeSlots < slots.capacity && !isInterrupted && !isInactive
    if works != isWorking { changeWorking(works) }
  }

  @inline(never)
  private func changeWorking(_ works: Bool) {
    isWorking = works
    exchange.record.agentWorking(number, works, at: kernel.now)
  }

  // MARK: - What is taken away

  /// A conversation that waited here is somebody else's, or needs no answer any more.
  func loses(_ place: Int32, leavesGhost: Bool) {
    if leavesGhost { inbox.haunt(place) } else { inbox.remove(place) }
  }

  /// A conversation in hand is somebody else's by now; true when the work on it stops.
  ///
  /// Who finishes anyway sends the answer and, if it was the last, closes the conversation.
  func losesInHand(_ slot: Int32) -> Bool {
    // Who may not see others' conversations has lost it for good, as has who laid it down to go away.
    let isHandedOn = handedOn == (Int(slot), kernel.now)
    if traits.style.finishesAnyway, traits.seesAll, !isInterrupted, !isHandedOn { return false }
    drop(slot)
    return true
  }

  /// A conversation in hand needs no work any more.
  func drop(_ slot: Int32) {
    let slot = Int(slot)
    switch slots[slot].phase {
    case .free: return
    case .sent: break
    case .wrapUp: _ = stop(slot)
    case .reply:
      _ = stop(slot)
      if !isInterrupted {
        exchange.contacts[slots[slot].contact](kernel.now) {
          $0.workStops(at: $1)
        }
      }
    }
    release(slot)
  }
}

/// Where a conversation went that needs an answer.
enum Placement {
  /// Work on it started at once.
  case started
  /// It waits at this place of the agent's inbox.
  case inbox(Int32)
}

extension Agent.Habits {
  /// What matters when work starts.
  static let whenStarting: Agent.Habits = [.greets, .isWatched, .looksForSecond]
  /// What matters when work is done.
  static let whenDone: Agent.Habits = [
    .meetsSpam, .wrapsUp, .writesFirst, .usesShortcuts,
  ]

  init(_ style: WorkStyle, seesAll: Bool, in exchange: Exchange) {
    self = []
    if case .shared = style.attention { insert(.shares) }
    if style.greets { insert(.greets) }
    if exchange.watchesInactivity { insert(.isWatched) }
    if exchange.features.contains(.secondChannels), seesAll { insert(.looksForSecond) }
    if exchange.features.contains(.spam) { insert(.meetsSpam) }
    if style.wrapUp.mean > 0 { insert(.wrapsUp) }
    if style.forgetsToClose > 0 { insert(.forgets) }
    if !style.assists.isEmpty { insert(.hasHelp) }
    if !style.inbox.isEmpty { insert(.hasViews) }
    if exchange.features.contains(.openings) { insert(.writesFirst) }
    if style.shortcuts.contains(where: { $0.chance > 0 }) { insert(.usesShortcuts) }
  }
}
