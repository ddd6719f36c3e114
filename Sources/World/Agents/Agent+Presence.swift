import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Coming and going: shifts, absences, and what becomes of the work in hand.
extension Agent {
  /// Puts the agent where the shift says, at the start of the run or when the agent joins.
  func starts() {
    let change = absences?.firstChange(atSecond: kernel.now.wholeSeconds)
    armShift(change?.next)
    if change?.isOn == false {
      presence = .offShift
      return exchange.handle(.logsOut(user))
    }
    let now = kernel.now
    exchange.record.agentOnline(number, true, at: now)
    exchange.record.agentOnShift(number, true, at: now)
    armAbsence()
    takeWork(at: kernel.now)
  }

  /// Whether the agent is on shift now, and when that changes; always without shifts.
  var shiftNow: (isOn: Bool, next: Int64?) {
    absences?.change(atSecond: kernel.now.wholeSeconds) ?? (true, nil)
  }

  private func armShift(_ second: Int64?) {
    guard let second else { return }
    kernel.schedule(
      Event(to: target, kind: AgentEvent.shiftChanges.rawValue),
      at: Instant(nanoseconds: second * 1_000_000_000))
  }

  private func armAbsence() {
    guard let delay = absences?.nextDelay(), delay != SampledTime.never else { return }
    absences?.timer = kernel.schedule(
      Event(to: target, kind: AgentEvent.awayBegins.rawValue), afterNanoseconds: delay)
  }

  /// No absence begins, and none ends, by itself.
  func cancelAbsence() { kernel.cancel(absences?.timer ?? .none) }

  func shiftChanges() {
    // Who leaves for good has no shifts any more.
    if isDeparting { return }
    let change = shiftNow
    exchange.record.agentOnShift(number, change.isOn, at: kernel.now)
    armShift(change.next)
    cancelAbsence()
    switch (change.isOn, presence) {
    case (true, .offShift): comeBack()
    case (true, .cutOff) where reconnection == .none: comeBack()
    case (true, .leaving):
      // The next shift begins before the last answer of the one before was out.
      presence = .present
      freeSince = kernel.now
      logIn()
      armAbsence()
      takeWork(at: kernel.now)
    case (false, .present):
      handsOver()
      leave(to: .offShift)
    case (false, .leaving):
      leavingTo = .offShift
      exchange.handle(.logsOut(user))
    case (false, .away):
      presence = .offShift
      exchange.handle(.logsOut(user))
    default: break
    }
  }

  func leave(to place: Presence) {
    leavingTo = place
    presence = .leaving
    leaveLine()
    exchange.handle(place == .away ? .choosesStatus(user, .busy) : .logsOut(user))
    switch traits.style.leaving {
    case .finishFirst: break
    case .preempt: interrupt()
    case .handBack: handBack()
    }
    if traits.style.leaving != .finishFirst || freeSlots == slots.capacity { gone() }
  }

  func gone() {
    guard presence == .leaving else { return }
    // What was in hand when the shift ended, and is still open.
    if leavingTo != .away { handsOver() }
    presence = leavingTo
    endInactivity()
    let now = kernel.now
    exchange.record.agentOnline(number, false, at: now)
    exchange.lanes?.away(number, true, at: now)
    if leavingTo == .away, let length = absences?.nextLength(), length != SampledTime.never {
      absences?.timer = kernel.schedule(
        Event(to: target, kind: AgentEvent.awayEnds.rawValue), afterNanoseconds: length)
    }
    if leavingTo == .outside { leavesWorkspace() }
  }

  func comeBack() {
    let wasOut = presence == .offShift || presence == .cutOff
    presence = .present
    freeSince = kernel.now
    exchange.record.agentOnline(number, true, at: kernel.now)
    exchange.lanes?.away(number, false, at: kernel.now)
    armAbsence()
    resume()
    if wasOut { logIn() } else { exchange.handle(.choosesStatus(user, .online)) }
    takeWork(at: kernel.now)
  }

  /// A log-in brings the status of before back, which was Busy if the shift ended in an absence.
  private func logIn() {
    exchange.handle(.logsIn(user))
    exchange.handle(.choosesStatus(user, .online))
  }

  /// Lays down everything in hand; the work done is kept.
  func interrupt() {
    let now = kernel.now
    for slot in 0..<slots.capacity where slots[slot].phase == .reply || slots[slot].phase == .wrapUp
    {
      slots[slot].left = stop(slot)
      if slots[slot].phase == .reply {
        exchange.contacts[slots[slot].contact](now) { $0.workStops(at: $1) }
      }
    }
    isInterrupted = true
    noteWorking()
  }

  /// Takes up again what was laid down.
  private func resume() {
    guard isInterrupted else { return }
    let now = kernel.now
    isInterrupted = false
    noteWorking()
    for slot in 0..<slots.capacity where slots[slot].phase == .reply || slots[slot].phase == .wrapUp
    {
      if slots[slot].phase == .reply {
        exchange.contacts[slots[slot].contact](now) { $0.workGoesOn(at: $1) }
      }
      run(slot, work: slots[slot].left, at: now)
    }
  }

  /// Gives everything in hand back; whoever takes it does only what is left.
  private func handBack() {
    for slot in 0..<slots.capacity where slots[slot].phase == .reply {
      let left =
        takeLook(slot).map { look in
          _ = stop(slot)
          return look.rest
        } ?? stop(slot)
      let contact = slots[slot].contact
      exchange.contacts[contact](kernel.now) { $0.workStops(at: $1) }
      slots[slot].phase = .free
      slots[slot].contact = .nobody
      freeSlots += 1
      exchange.handBack(contact, left: left, by: user)
    }
    interrupt()
  }
}
