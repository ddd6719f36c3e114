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
  nonisolated let index: Int32
  let exchange: Exchange
  let style: WorkStyle
  /// Whether work after the last answer takes any time.
  private let wrapsUp: Bool
  private let seesUnassigned: Bool
  let user: UserID
  /// Where this agent's events go; set once, when the world is wired.
  @safe @exclusivity(unchecked) var target: Target
  @safe @exclusivity(unchecked) var inbox = WorkList()
  @safe @exclusivity(unchecked) var slots: RawTable<Slot>
  @safe @exclusivity(unchecked) var freeSlots: Int
  @safe @exclusivity(unchecked) var presence = Presence.present
  /// What is meant by leaving: an absence or the end of the shift.
  @safe @exclusivity(unchecked) var leavingTo = Presence.away
  /// Whether the agent stands in the line of those who would take from the unassigned inbox.
  @safe @exclusivity(unchecked) var isListedFree = false
  /// Whether what is in hand was laid down for an absence.
  @safe @exclusivity(unchecked) var isInterrupted = false
  @safe @exclusivity(unchecked) var isWorking = false
  @safe @exclusivity(unchecked) var shared: SharedSpeed?
  @safe @exclusivity(unchecked) var sharedTimer = TimerHandle.none
  @safe @exclusivity(unchecked) var absences: Absences

  /// What an agent has in hand.
  struct Slot: BitwiseCopyable {
    var contact: UInt32 = .max
    /// Tells one piece of work in this slot from the next.
    var serial: UInt32 = 0
    var phase = Phase.free
    /// Whether the conversation is somebody else's by now and is finished anyway.
    var isMovedAway = false
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

  init(index: Int32, exchange: Exchange) {
    self.index = index
    let settings = exchange.plan.model.agents[Int(index)]
    style = exchange.plan.model.style(of: settings)
    wrapsUp = style.wrapUp.mean > 0
    seesUnassigned = settings.sees == .all || settings.role == .owner || settings.role == .manager
    self.exchange = exchange
    kernel = exchange.kernel
    user = UserID(UInt32(bitPattern: index))
    slots = RawTable(count: style.attention.slots)
    freeSlots = slots.capacity
    for slot in 0..<slots.capacity { slots[slot] = Slot() }
    if case .shared(let speeds) = style.attention { shared = SharedSpeed(speeds) }
    absences = Absences(settings.name, style, streams: exchange.streams, clock: exchange.clock)
    target = .nobody
  }

  func receive(_ event: Event) {
    switch AgentEvent(rawValue: event.kind) {
    case .workDone: workDone(shared == nil ? Int(event.subject) : sharedSlot(event))
    case .awayBegins: if presence == .present { leave(to: .away) }
    case .awayEnds: if presence == .away { comeBack() }
    case .shiftChanges: shiftChanges()
    case nil: preconditionFailure("an agent gets only its own kinds of events")
    }
    exchange.settle()
  }

  // MARK: - Taking work

  /// A conversation of this agent needs an answer.
  func needsAnswer(_ contact: UInt32, visit: UInt32, order: UInt64) -> Placement {
    if presence == .present, freeSlots > 0, inbox.head == WorkList.none {
      start(contact)
      return .started
    }
    let place = inbox.append(contact, visit: visit, at: kernel.now.nanoseconds, order: order)
    // Only ghosts stand before it: they are passed over as soon as this call is over.
    if presence == .present, freeSlots > 0 { exchange.wake(index) }
    return .inbox(place)
  }

  /// Takes conversations into hand while there is room: the own inbox first, then the unassigned one.
  func takeWork() {
    guard presence == .present else { return }
    while freeSlots > 0 {
      guard let next = inbox.takeFirst(passing: { exchange.isReached($0, by: index) }) else {
        break
      }
      start(next.contact)
    }
    if freeSlots > 0, style.picks != .nothing { exchange.wake(index) }
  }

  /// Somebody else looks after the next conversation that comes to the unassigned inbox.
  func leavesLine() -> Bool {
    guard isListedFree else { return false }
    isListedFree = false
    return presence == .present && freeSlots > 0
  }

  /// Picks one conversation from the unassigned inbox, or stands in line for the next.
  ///
  /// One at a time: what taking it sets off must be over before the next is looked at.
  func picks() {
    guard presence == .present, freeSlots > 0 else { return }
    if inbox.head != WorkList.none { return takeWork() }
    guard style.picks != .nothing, seesUnassigned else { return }
    if let contact = exchange.pick(style.picks) {
      exchange.assign(contact, to: user, by: user)
      exchange.wake(index)
    } else if !isListedFree {
      isListedFree = true
      exchange.standInLine(index)
    }
  }

  private func start(_ contact: UInt32) {
    guard let slot = (0..<slots.capacity).first(where: { slots[$0].phase == .free }) else {
      preconditionFailure("work starts only in a free slot")
    }
    let now = kernel.now.nanoseconds
    let start = exchange.contacts[Int(contact)]((index, Int32(slot), now)) {
      $0.workStarts(by: $1.0, slot: $1.1, at: $1.2)
    }
    var work = start.left
    if work < 0 {
      var stream = exchange.streams.stream(.replyTime, of: start.entity, turn: start.turn)
      work = style.replyTime.sampleNanoseconds(&stream)
    }
    freeSlots -= 1
    noteWorking()
    slots[slot].contact = contact
    slots[slot].serial &+= 1
    slots[slot].phase = .reply
    slots[slot].isMovedAway = false
    run(slot, work: work, at: now)
    if style.greets, start.isFirst { exchange.greet(contact, by: user) }
  }

  // MARK: - Work in hand

  /// Lets the work in a slot run, from now.
  private func run(_ slot: Int, work: Int64, at now: Int64) {
    if shared != nil {
      shared?.start(slot, work: work, at: now)
      armShared(at: now)
    } else {
      slots[slot].timer = kernel.arm(
        Event(to: target, kind: AgentEvent.workDone.rawValue, subject: UInt32(slot)),
        afterNanoseconds: work)
    }
  }

  /// Stops the work in a slot and tells what is left of it.
  private func stop(_ slot: Int) -> Int64 {
    let now = kernel.now.nanoseconds
    if shared != nil {
      let left = shared?.stop(slot, at: now) ?? 0
      armShared(at: now)
      return left
    }
    let end = kernel.deadline(of: slots[slot].timer)?.nanoseconds ?? now
    kernel.cancel(slots[slot].timer)
    return max(0, end - now)
  }

  private func armShared(at now: Int64) {
    kernel.cancel(sharedTimer)
    guard let end = shared?.nextEnd(after: now) else { return }
    sharedTimer = kernel.arm(
      Event(to: target, kind: AgentEvent.workDone.rawValue, subject: UInt32(end.slot)),
      at: Instant(nanoseconds: end.at))
  }

  private func sharedSlot(_ event: Event) -> Int {
    let slot = Int(event.subject)
    shared?.stop(slot, at: kernel.now.nanoseconds)
    armShared(at: kernel.now.nanoseconds)
    return slot
  }

  private func workDone(_ slot: Int) {
    let contact = slots[slot].contact
    if slots[slot].phase == .wrapUp { return finish(slot, contact) }
    slots[slot].phase = .sent
    let isLast = exchange.reply(to: contact, by: index)
    exchange.contacts[Int(contact)](kernel.now.nanoseconds) { $0.workStops(at: $1) }
    guard isLast, !slots[slot].isMovedAway else { return release(slot) }
    let work = wrapUpWork(contact)
    if work > 0 {
      slots[slot].phase = .wrapUp
      run(slot, work: work, at: kernel.now.nanoseconds)
    } else {
      finish(slot, contact)
    }
  }

  private func wrapUpWork(_ contact: UInt32) -> Int64 {
    guard wrapsUp else { return 0 }
    let entity = exchange.contacts[Int(contact)]({ $0.entity })
    var stream = exchange.streams.stream(.wrapUp, of: entity)
    return style.wrapUp.sampleNanoseconds(&stream)
  }

  /// Closes the conversation, or forgets to, and is free for the next.
  private func finish(_ slot: Int, _ contact: UInt32) {
    slots[slot].phase = .sent
    exchange.conclude(contact, by: index, forgets: style.forgetsToClose)
    release(slot)
  }

  private func release(_ slot: Int) {
    if slots[slot].phase != .reply {
      exchange.contacts[Int(slots[slot].contact)]({ $0.isLetGo() })
    }
    slots[slot].phase = .free
    slots[slot].contact = .max
    freeSlots += 1
    noteWorking()
    if presence == .present {
      takeWork()
    } else if presence == .leaving, freeSlots == slots.capacity {
      gone()
    }
  }

  /// Tells the record when the agent goes to work and stops.
  private func noteWorking() {
    let works = freeSlots < slots.capacity && !isInterrupted
    if works == isWorking { return }
    isWorking = works
    exchange.record.agentWorking(index, works, at: kernel.now.nanoseconds)
  }

  // MARK: - What is taken away

  /// A conversation that waited here is somebody else's, or needs no answer any more.
  func loses(_ place: Int32, leavesGhost: Bool) {
    if leavesGhost { inbox.haunt(place) } else { inbox.remove(place) }
  }

  /// A conversation in hand is somebody else's by now; true when the work on it stops.
  func losesInHand(_ slot: Int32) -> Bool {
    let slot = Int(slot)
    if style.finishesAnyway || slots[slot].phase == .wrapUp {
      slots[slot].isMovedAway = slots[slot].phase != .wrapUp
      return false
    }
    drop(Int32(slot))
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
        exchange.contacts[Int(slots[slot].contact)](kernel.now.nanoseconds) {
          $0.workStops(at: $1)
        }
      }
    }
    release(slot)
  }

  // MARK: - Coming and going

  /// Puts the agent where the shift says, at the start of the run.
  func begin() {
    let change = absences.firstChange()
    armShift(change?.next)
    if change?.isOn == false {
      presence = .offShift
      return exchange.handle(.logsOut(user))
    }
    let now = kernel.now.nanoseconds
    exchange.record.agentOnline(index, true, at: now)
    exchange.record.agentOnShift(index, true, at: now)
    armAbsence()
    takeWork()
  }

  private func armShift(_ second: Int64?) {
    guard let second else { return }
    kernel.schedule(
      Event(to: target, kind: AgentEvent.shiftChanges.rawValue),
      at: Instant(nanoseconds: second * 1_000_000_000))
  }

  private func armAbsence() {
    guard let delay = absences.nextDelay(), delay != SampledTime.never else { return }
    absences.timer = kernel.schedule(
      Event(to: target, kind: AgentEvent.awayBegins.rawValue), afterNanoseconds: delay)
  }

  private func shiftChanges() {
    let change = absences.change(atSecond: kernel.now.nanoseconds / 1_000_000_000)
    exchange.record.agentOnShift(index, change.isOn, at: kernel.now.nanoseconds)
    armShift(change.next)
    kernel.cancel(absences.timer)
    switch (change.isOn, presence) {
    case (true, .offShift): comeBack()
    case (true, .leaving):
      // The next shift begins before the last answer of the one before was out.
      presence = .present
      exchange.handle(.logsIn(user))
      armAbsence()
      takeWork()
    case (false, .present): leave(to: .offShift)
    case (false, .leaving): leavingTo = .offShift
    case (false, .away):
      presence = .offShift
      exchange.handle(.logsOut(user))
    default: break
    }
  }

  private func leave(to place: Presence) {
    leavingTo = place
    presence = .leaving
    isListedFree = false
    exchange.handle(place == .away ? .choosesStatus(user, .busy) : .logsOut(user))
    switch style.leaving {
    case .finishFirst: break
    case .preempt: interrupt()
    case .handBack: handBack()
    }
    if style.leaving != .finishFirst || freeSlots == slots.capacity { gone() }
  }

  private func gone() {
    guard presence == .leaving else { return }
    presence = leavingTo
    let now = kernel.now.nanoseconds
    exchange.record.agentOnline(index, false, at: now)
    exchange.lanes?.away(index, true, at: now)
    if leavingTo == .away, let length = absences.nextLength(), length != SampledTime.never {
      absences.timer = kernel.schedule(
        Event(to: target, kind: AgentEvent.awayEnds.rawValue), afterNanoseconds: length)
    }
  }

  private func comeBack() {
    let wasAway = presence == .away
    presence = .present
    exchange.record.agentOnline(index, true, at: kernel.now.nanoseconds)
    exchange.lanes?.away(index, false, at: kernel.now.nanoseconds)
    armAbsence()
    resume()
    exchange.handle(wasAway ? .choosesStatus(user, .online) : .logsIn(user))
    takeWork()
  }

  /// Lays down everything in hand; the work done is kept.
  private func interrupt() {
    let now = kernel.now.nanoseconds
    for slot in 0..<slots.capacity where slots[slot].phase == .reply || slots[slot].phase == .wrapUp
    {
      slots[slot].left = stop(slot)
      if slots[slot].phase == .reply {
        exchange.contacts[Int(slots[slot].contact)](now) { $0.workStops(at: $1) }
      }
    }
    isInterrupted = true
    noteWorking()
  }

  /// Takes up again what was laid down.
  private func resume() {
    guard isInterrupted else { return }
    let now = kernel.now.nanoseconds
    isInterrupted = false
    noteWorking()
    for slot in 0..<slots.capacity where slots[slot].phase == .reply || slots[slot].phase == .wrapUp
    {
      if slots[slot].phase == .reply {
        exchange.contacts[Int(slots[slot].contact)](now) { $0.workGoesOn(at: $1) }
      }
      run(slot, work: slots[slot].left, at: now)
    }
  }

  /// Gives everything in hand back; whoever takes it does only what is left.
  private func handBack() {
    for slot in 0..<slots.capacity where slots[slot].phase == .reply {
      let left = stop(slot)
      let contact = slots[slot].contact
      exchange.contacts[Int(contact)](kernel.now.nanoseconds) { $0.workStops(at: $1) }
      slots[slot].phase = .free
      slots[slot].contact = .max
      freeSlots += 1
      exchange.handBack(contact, left: left, by: user)
    }
    interrupt()
  }
}

/// Where a conversation went that needs an answer.
enum Placement {
  /// Work on it started at once.
  case started
  /// It waits at this place of the agent's inbox.
  case inbox(Int32)
}
