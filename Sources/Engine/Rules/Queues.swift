extension EngineCore {
  @inline(never)
  mutating func wait(
    _ place: Int, slot: Int, ticket: QueueTicket, timeout: EngineDuration
  ) {
    runs[place].state = .queued
    runs[place].ticket = ticket
    runs[place].isAnnounced = false
    runs[place].timeoutAt = now + timeout
    runs[place].deadline = runs[place].timeoutAt
    if let wait = desk.waitForPreferredUser(ticket) {
      runs[place].deadline = min(runs[place].timeoutAt, now + wait)
    }
    contacts[slot].queuedRuns &+= 1
    agenda.addQueued(runID(place))
  }

  /// What came of looking at the queues.
  enum Serving {
    /// A contact that waited was given to somebody: there may be another.
    case served
    /// Nobody qualifies for anybody who waits.
    case nobody
  }

  /// Serves the oldest entry that somebody qualifies for.
  mutating func serveQueues() -> Serving {
    guard !concerns.contains(.askedAssignments) else { return .nobody }
    let number = decisionCount &+ 1
    let before = watch.wanted == number || watchesQueued ? desk : nil
    guard let served = desk.serveNext(decision: number) else { return .nobody }
    decisionCount = number
    let run = RunID(served.token)
    guard let place = live(run), runs[place].state == .queued else {
      preconditionFailure("the queue holds an entry of \(run), which does not wait (INV-QUEUE)")
    }
    if let before {
      let request = before.queue.entries[Int(served.ticket.slot)].request
      explain(request, number, by: before)
    }
    if watch.tellsAll, let step = assignStep(of: place) {
      tell(number, run, step.request, .served(served.user))
    }
    let slot = Int(runs[place].contact)
    leave(place, exit: .served)
    give(contacts.handle(slot), slot, to: served.user, reason: .queue, runs.handle(place), place)
    proceed(place)
    return .served
  }

  /// Takes a run's entry out of its queue and says so, if it was said that it entered.
  mutating func leave(_ place: Int, exit: QueueExit) {
    if exit != .served, let ticket = runs[place].ticket { _ = desk.cancel(ticket) }
    runs[place].ticket = nil
    let slot = Int(runs[place].contact)
    contacts[slot].queuedRuns &-= 1
    if runs[place].isAnnounced {
      runs[place].isAnnounced = false
      if !omitted.contains(.queues) {
        effects.append(.leftQueue(contactID(slot), runID(place), exit))
      }
      if exit != .timedOut { effects.cancelTimer(.run(runID(place))) }
    } else if exit != .served, concerns.contains(.askedAssignments), !omitted.contains(.queues) {
      // The host was asked before it could hear that the contact waits, and need not answer any more.
      effects.append(.leftQueue(contactID(slot), runID(place), exit))
    }
    runs[place].deadline = .never
    runs[place].state = .ready
  }

  /// The contact waited for its own user, now anybody may have it; false when all its time is up.
  mutating func waitForAnybody(_ place: Int) -> Bool {
    guard runs[place].timeoutAt > now, let ticket = runs[place].ticket else { return false }
    _ = desk.stopWaitingForPreferredUser(ticket)
    runs[place].deadline = runs[place].timeoutAt
    effects.armTimer(.run(runID(place)), at: runs[place].deadline)
    return true
  }

  /// Takes all of a contact's entries out of their queues; their runs go on with the next step.
  mutating func unqueue(_ slot: Int, exit: QueueExit, except run: Int32) {
    var place = contacts[slot].firstRun
    while place >= 0 {
      let row = runs[Int(place)]
      if row.state == .queued, place != run {
        leave(Int(place), exit: exit)
        proceed(Int(place))
      }
      place = row.next
    }
  }

  /// Who has no assignee any more excludes nobody as the present one.
  @inline(never)
  mutating func stopExcluding(_ slot: Int) {
    var place = contacts[slot].firstRun
    while place >= 0 {
      let row = runs[Int(place)]
      if row.state == .queued, let ticket = row.ticket { desk.stopExcluding(ticket) }
      place = row.next
    }
  }

  /// Announces who is still waiting when the event is through, and arms the time-outs.
  mutating func announceQueued() {
    while let run = agenda.nextQueued() {
      guard let place = live(run), runs[place].state == .queued, !runs[place].isAnnounced,
        let step = assignStep(of: place)
      else { continue }
      runs[place].isAnnounced = true
      if !omitted.contains(.queues) {
        let contact = contactID(Int(runs[place].contact))
        effects.append(.enteredQueue(contact, run, step.request.pool))
      }
      effects.armTimer(.run(run), at: runs[place].deadline)
    }
    armPolling()
  }

  private mutating func armPolling() {
    guard case .polling(let period) = policies.queueWakeup, queuesPolledAt == .never,
      desk.waitingCount > 0, period > .zero, !concerns.contains(.askedAssignments)
    else { return }
    let rounds = now.nanoseconds / period.nanoseconds + 1
    let (next, overflow) = rounds.multipliedReportingOverflow(by: period.nanoseconds)
    guard !overflow else { return }
    queuesPolledAt = EngineTime(nanoseconds: next)
    effects.armTimer(.queues, at: queuesPolledAt)
  }

  /// A polling round that is due at this instant comes before the timeout of an entry (10.16).
  mutating func pollIfDue() {
    guard queuesPolledAt <= now else { return }
    pollQueues()
    if queuesPolledAt == .never { effects.cancelTimer(.queues) }
  }

  /// Looks at the queues when they are polled and not woken by events; again as long as somebody waits.
  mutating func pollQueues() {
    queuesPolledAt = .never
    desk.wakeEverything()
    while serveQueues() == .served { continueReady() }
    armPolling()
  }
}
