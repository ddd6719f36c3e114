/// How an assignee comes to be changed.
struct Assigning {
  var source: Source
  var reason: AssignmentReason
  var actor: Actor
  var decision: UInt64 = 0
  /// The run that assigns, which need not be told.
  var run: Int32 = -1
}

extension EngineCore {
  /// Changes a contact's assignee and everything that hangs on it; the same user again is no change.
  @inline(__always)
  mutating func assign(
    _ contact: RowHandle<ContactRow>, _ slot: Int, to user: UserID?, _ how: Assigning
  ) {
    let from = contact.row.assignee
    guard from != user else { return }
    let conversation = contact.row.isOpen ? contact.row.latestConversation : nil
    effects.assigned(
      AssignmentEntry(
        contact: contactID(slot, contact), conversation: conversation, from: from, to: user,
        source: how.source, reason: how.reason, actor: how.actor, decision: how.decision))
    if from != nil { takeAway(contact) }
    if let user { gain(contact, user) } else { contact.row.assignee = nil }
    if concerns.contains(.past), contact.row.isOpen {
      noteAssignment(Int(contact.row.conversation), from: from, to: user)
    }
    guard let user else {
      if contact.row.queuedRuns > 0 { stopExcluding(slot) }
      return
    }
    // Who waits for an assignee waits no longer, and auto-close starts from another message.
    if contact.row.queuedRuns > 0 { unqueue(slot, exit: .assignedOtherwise, except: how.run) }
    if concerns.contains(.autoClose), contact.row.assignee != nil {
      rebaseAutoClose(slot, to: user)
    }
  }

  /// Gives a contact to a user.
  @inline(__always)
  mutating func gain(_ contact: RowHandle<ContactRow>, _ user: UserID) {
    contact.row.assignee = user
    contact.row.lastAssignee = user
    let winner = users.handle(user.index)
    winner.row.gained &+= 1
    if countsAsOpen(contact), winner.row.exists { desk.moveOpenContacts(of: user, by: 1) }
  }

  /// Gives a contact that nobody has to anybody of a step's pool; false, and nothing is changed, where
  /// more is to be looked at or follows.
  @inline(__always)
  mutating func assignsAtOnce(
    _ contact: RowHandle<ContactRow>, _ id: ContactID, by step: RowHandle<AssignInstruction>
  ) -> Bool {
    guard effects.hasRoom, let user = chooseAtOnce(for: contact, by: step) else { return false }
    // Who gets what was opened just now, and nobody can have seen, is told with the opening.
    if openedPlace >= 0, openedPlace == effects.lastPlace {
      effects.replaceLast(EffectRecord(.openedForUser, id, user: user))
    } else {
      effects.appendInRoom(EffectRecord(.assigned, id, user: user))
    }
    gain(contact, user)
    return true
  }

  /// Who gets a contact that nobody has, which is counted as a decision; nil, and nothing is changed,
  /// where more is to be looked at or follows.
  @inline(__always)
  mutating func chooseAtOnce(
    for contact: RowHandle<ContactRow>, by step: RowHandle<AssignInstruction>
  ) -> UserID? {
    guard concerns.isDisjoint(with: .anyOfAssignments), contact.row.assignee == nil,
      contact.row.queuedRuns == 0
    else { return nil }
    let user = desk.pickIdle(step.row.request)
    guard let user else { return nil }
    decisionCount &+= 1
    return user
  }

  /// The same, out of line.
  @inline(never)
  private mutating func assignsWithinRun(
    _ contact: RowHandle<ContactRow>, _ id: ContactID, by step: RowHandle<AssignInstruction>
  ) -> Bool {
    assignsAtOnce(contact, id, by: step)
  }

  /// Takes a contact from its assignee.
  @inline(never)
  private mutating func takeAway(_ contact: RowHandle<ContactRow>) {
    let assignee = contact.row.assignee
    guard let assignee else { return }
    if countsAsOpen(contact) { changeOpenContacts(of: assignee, by: -1) }
    users[assignee.index].lost &+= 1
  }

  /// Notes whose an open conversation is by now where somebody may ask for it.
  @inline(never)
  private mutating func noteAssignment(_ place: Int, from: UserID?, to user: UserID?) {
    if tellsFacts, conversations[place].course.unansweredSince != .never {
      changeUnanswered(of: from, by: -1)
      changeUnanswered(of: user, by: 1)
    }
    if let user { countHandled(by: user) }
    conversations[place].note { $0.assigned(to: user, from: from, at: now) }
  }

  /// The same, out of line.
  @inline(never)
  mutating func assignRarely(_ slot: Int, to user: UserID?, _ how: Assigning) {
    assign(contacts.handle(slot), slot, to: user, how)
  }

  mutating func assigns(
    _ contact: ContactID, to user: UserID?, by actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    try accept(actor, for: slot)
    let user = try user.map { (user) throws(Refusal) in try known(user) }
    if case .user(let user) = actor { act(user) }
    let source = source(of: actor)
    let isTakeover =
      policies.aiAgentTakeover == .endsRun && contacts[slot].assignee != user
      && source != .aiAgent
    assignRarely(slot, to: user, .init(source: source, reason: .chosen, actor: actor))
    if isTakeover, let user { takeOver(slot, by: user) }
  }

  /// Carries out an Assign To step; true when the run goes on at once.
  @inline(__always)
  mutating func carryOut(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Bool {
    if step.row.asksForAnybody { return distribute(step, run, place, contact, slot) }
    switch step.row.target {
    case .team, .workspace: return distributeRarely(step, run, place, contact, slot)
    case .user, .unassign: return carryOutRarer(step.row, run: place)
    }
  }

  @inline(never)
  private mutating func carryOutRarer(_ step: AssignInstruction, run place: Int) -> Bool {
    let slot = Int(runs[place].contact)
    let isFirst = !runs[place].hasAssigned
    runs[place].hasAssigned = true
    let actor = Actor.workflow(WorkflowID(index: Int(runs[place].workflow)))
    switch step.target {
    case .unassign:
      assignRarely(slot, to: nil, .init(source: .workflow, reason: .unassigned, actor: actor))
      return true
    case .user(let user):
      if isFirst, keepsAssignee(contacts.handle(slot)) { return true }
      guard users[user.index].exists else {
        end(place, .assignFailed)
        return false
      }
      assignRarely(
        slot, to: user,
        .init(
          source: .workflow, reason: .named, actor: actor,
          run: Int32(truncatingIfNeeded: place)))
      return true
    case .team, .workspace:
      preconditionFailure("a frequent way to assign came the way of the rare ones")
    }
  }

  /// Whether the policy leaves an assignee of before alone: asked of the first Assign To of a run.
  @inline(__always)
  private func keepsAssignee(_ contact: RowHandle<ContactRow>) -> Bool {
    concerns.contains(.keptAssignees) && contact.row.assignee != nil
  }

  /// The same, out of line.
  @inline(never)
  private mutating func distributeRarely(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Bool {
    distribute(step, run, place, contact, slot)
  }

  /// Chooses a user of a pool, or appends the contact to the pool's queue; count and choice are one.
  @inline(__always)
  private mutating func distribute(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Bool {
    let isFirst = !run.row.hasAssigned
    run.row.hasAssigned = true
    if isFirst, keepsAssignee(contact) { return true }
    if step.row.asksForAnybody, assignsWithinRun(contact, contactID(slot, contact), by: step) {
      return true
    }
    return distributeInTurn(step, run, place, contact, slot)
  }

  /// The same with all that may follow.
  @inline(never)
  private mutating func distributeInTurn(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Bool {
    let number = decisionCount &+ 1
    if !concerns.contains(.generalRules) {
      let user = desk.pickAtOnce(step, for: contact, decision: number)
      if user != noUser {
        decisionCount = number
        give(contact, slot, to: UserID(user), reason: .logic, run, place)
        return true
      }
    }
    return distributeRarely(step.row, run: place)
  }

  /// Where nobody could be had at once, the step asks for more than somebody, or an account is wanted.
  @inline(never)
  private mutating func distributeRarely(_ step: AssignInstruction, run place: Int) -> Bool {
    let slot = Int(runs[place].contact)
    var request = step.request
    guard desk.memberCount(of: request.pool) > 0 else {
      end(place, .assignFailed)
      return false
    }
    request.contact = contactID(slot)
    request.current = contacts[slot].assignee
    // Nobody overtakes: as at a newcomer's arrival, who waits is served from the head.
    if desk.servesFirst(request) {
      while serveQueues() {}
      request.current = contacts[slot].assignee
    }
    if request.isSticky {
      desk.setPreferredUser(contacts[slot].lastAssignee, of: request.contact)
    }
    if step.excludeCurrent { request.exclude = contacts[slot].assignee }
    let number = decisionCount &+ 1
    if watch.wanted == number { watch.found = desk.account(of: request, decision: number) }
    switch desk.assign(request, token: runID(place).raw, decision: number) {
    case .assigned(let user):
      decisionCount = number
      let actor = Actor.workflow(WorkflowID(index: Int(runs[place].workflow)))
      assignRarely(
        slot, to: user,
        .init(
          source: .workflow, reason: .logic, actor: actor, decision: number,
          run: Int32(truncatingIfNeeded: place)))
      return true
    case .unchanged:
      return true
    case .waiting(let ticket):
      wait(place, slot: slot, ticket: ticket, timeout: step.timeout)
      return false
    }
  }

  @inline(__always)
  private mutating func give(
    _ contact: RowHandle<ContactRow>, _ slot: Int, to user: UserID, reason: AssignmentReason,
    _ run: RowHandle<RunRow>, _ place: Int
  ) {
    assign(
      contact, slot, to: user,
      .init(
        source: .workflow, reason: reason,
        actor: .workflow(WorkflowID(index: Int(run.row.workflow))), decision: decisionCount,
        run: Int32(truncatingIfNeeded: place)))
  }

  /// Counts open work; who left the workspace may keep contacts, but is asked for nothing any more.
  @inline(__always)
  mutating func changeOpenContacts(of user: UserID, by change: Int32) {
    if users[user.index].exists { desk.moveOpenContactsRarely(of: user, by: change) }
  }

  // Queues.

  @inline(never)
  private mutating func wait(
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
    isUnsettled = true
    newlyQueued.append(runID(place))
  }

  /// Serves the oldest entry that somebody qualifies for; false when there is none.
  mutating func serveQueues() -> Bool {
    let number = decisionCount &+ 1
    let before = watch.wanted == number ? desk : nil
    guard let served = desk.serveNext(decision: number) else { return false }
    decisionCount = number
    let run = RunID(served.token)
    guard let place = live(run), runs[place].state == .queued else {
      preconditionFailure("the queue holds an entry of \(run), which does not wait (INV-QUEUE)")
    }
    if let before {
      let request = before.queue.entries[Int(served.ticket.slot)].request
      watch.found = before.account(of: request, decision: number)
    }
    let slot = Int(runs[place].contact)
    leave(place, exit: .served)
    give(contacts.handle(slot), slot, to: served.user, reason: .queue, runs.handle(place), place)
    proceed(place)
    return true
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
  private mutating func stopExcluding(_ slot: Int) {
    var place = contacts[slot].firstRun
    while place >= 0 {
      let row = runs[Int(place)]
      if row.state == .queued, let ticket = row.ticket { desk.stopExcluding(ticket) }
      place = row.next
    }
  }

  /// Announces who is still waiting when the event is through, and arms the time-outs.
  mutating func announceQueued() {
    for run in newlyQueued {
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
    newlyQueued.removeAll(keepingCapacity: true)
    armPolling()
  }

  private mutating func armPolling() {
    guard case .polling(let period) = policies.queueWakeup, queuesPolledAt == .never,
      desk.waitingCount > 0, period > .zero
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
    while serveQueues() { continueReady() }
    armPolling()
  }
}

extension ConversationCourse {
  /// Counts an assignment event; an unassignment counts too but is nobody's first or last (6.2 case d).
  @inline(__always)
  mutating func assigned(to user: UserID?, from: UserID?, at now: EngineTime) {
    assignments &+= 1
    guard let user else { return }
    if firstAssignmentAt == .never {
      firstAssignee = user
      firstAssignmentAt = now
    } else if lastAssignee != user {
      reassignments &+= 1
    }
    lastAssignee = user
    lastAssignmentAt = now
    lastAssignmentResponseAt = .never
  }
}

extension AssignmentDesk {
  /// Somebody for a step that asks for nobody in particular, where nobody waits.
  ///
  /// `noUser` where `assign` has to look closer. For an owner who knows that nobody shares the desk.
  @inline(never)
  fileprivate mutating func pickAtOnce(
    _ step: RowHandle<AssignInstruction>, for contact: RowHandle<ContactRow>, decision: UInt64
  ) -> UInt32 {
    let pool = Int(step.row.request.poolIndex)
    if step.row.asksForAnybody, let user = pickIdle(step.row.request) { return user.raw }
    // A pool without users is asked nothing: it would begin a turn that nobody takes.
    guard pool < pools.count, pools[pool].waitingCount == 0, pools[pool].memberCount > 0 else {
      return noUser
    }
    return pickRarely(step, for: contact.row.assignee, decision: decision)
  }

  @inline(never)
  private mutating func pickRarely(
    _ step: RowHandle<AssignInstruction>, for current: UserID?, decision: UInt64
  ) -> UInt32 {
    let request = step.row.request
    guard !request.isSticky, !request.onlyIfSooner else { return noUser }
    let pool = Int(request.poolIndex)
    var excluded = -1
    if step.row.excludeCurrent, let current { excluded = seat(of: current, in: pool) }
    let user = pick(
      Choice(
        rule: request.rule, filter: request.filter, excluded: excluded, step: request.step,
        decision: decision), in: pool)
    return user?.raw ?? noUser
  }
}

/// A number that no user has.
private let noUser = UInt32.max
