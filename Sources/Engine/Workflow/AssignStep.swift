extension EngineCore {
  /// Gives a contact that nobody has to anybody of a step's pool.
  @inline(__always)
  mutating func assignsAsUsual(
    _ contact: RowHandle<ContactRow>, _ id: ContactID, by step: RowHandle<AssignInstruction>
  ) -> UsualWay {
    guard effects.hasRoom, let user = chooseAsUsual(for: contact, by: step) else {
      return .declined
    }
    // Who gets what was opened just now, and nobody can have seen, is told with the opening.
    if effects.openedPlace >= 0, effects.openedPlace == effects.lastPlace {
      effects.replaceLast(EffectRecord(.openedForUser, id, user: user, by: .workflow))
    } else {
      effects.appendInRoom(EffectRecord(.assigned, id, user: user, by: .workflow))
    }
    gainAsUsual(contact, user)
    return .taken
  }

  /// Who gets a contact that nobody has, which is counted as a decision; nil, and nothing is changed,
  /// where more is to be looked at or follows.
  @inline(__always)
  mutating func chooseAsUsual(
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
  ) -> UsualWay {
    assignsAsUsual(contact, id, by: step)
  }

  /// Carries out an Assign To step: the run goes on with the next one, or stops here.
  @inline(__always)
  mutating func carryOut(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Flow {
    if step.row.asksForAnybody { return distribute(step, run, place, contact, slot) }
    switch step.row.target {
    case .team, .workspace: return distributeInGeneral(step, run, place, contact, slot)
    case .user, .unassign: return carryOutInGeneral(step.row, run: place)
    }
  }

  @inline(never)
  private mutating func carryOutInGeneral(_ step: AssignInstruction, run place: Int) -> Flow {
    let slot = Int(runs[place].contact)
    let isFirst = !runs[place].hasAssigned
    runs[place].hasAssigned = true
    let actor = Actor.workflow(WorkflowID(index: Int(runs[place].workflow)))
    switch step.target {
    case .unassign:
      assignInGeneral(slot, to: nil, .init(source: .workflow, reason: .unassigned, actor: actor))
      return .next
    case .user(let user):
      if isFirst, keepsAssignee(contacts.handle(slot)) { return .next }
      guard users[user.index].exists else {
        end(place, .assignFailed)
        return .stop
      }
      assignInGeneral(
        slot, to: user,
        .init(
          source: .workflow, reason: .named, actor: actor,
          run: Int32(truncatingIfNeeded: place)))
      return .next
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
  private mutating func distributeInGeneral(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Flow {
    distribute(step, run, place, contact, slot)
  }

  /// Chooses a user of a pool, or appends the contact to the pool's queue; count and choice are one.
  @inline(__always)
  private mutating func distribute(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Flow {
    let isFirst = !run.row.hasAssigned
    run.row.hasAssigned = true
    if isFirst, keepsAssignee(contact) { return .next }
    if step.row.asksForAnybody,
      assignsWithinRun(contact, contactID(slot, contact), by: step) == .taken
    {
      return .next
    }
    return distributeInTurn(step, run, place, contact, slot)
  }

  /// The same with all that may follow.
  @inline(never)
  private mutating func distributeInTurn(
    _ step: RowHandle<AssignInstruction>, _ run: RowHandle<RunRow>, _ place: Int,
    _ contact: RowHandle<ContactRow>, _ slot: Int
  ) -> Flow {
    let number = decisionCount &+ 1
    if concerns.isDisjoint(with: .anyOfChoices) {
      let user = desk.pickAsUsual(step, for: contact, decision: number)
      if user != noUser {
        decisionCount = number
        give(contact, slot, to: UserID(user), reason: .logic, run, place)
        return .next
      }
    }
    return distributeInGeneral(step.row, run: place)
  }

  /// Where nobody could be had at once, the step asks for more than somebody, or an account is wanted.
  @inline(never)
  private mutating func distributeInGeneral(_ step: AssignInstruction, run place: Int) -> Flow {
    let slot = Int(runs[place].contact)
    var request = step.request
    guard desk.memberCount(of: request.pool) > 0 else {
      end(place, .assignFailed)
      return .stop
    }
    request.contact = contactID(slot)
    request.current = contacts[slot].assignee
    if concerns.contains(.askedAssignments) {
      if step.excludeCurrent { request.exclude = request.current }
      askForAssignment(request, run: place)
      return .stop
    }
    // Nobody overtakes: as at a newcomer's arrival, who waits is served from the head.
    if desk.servesFirst(request) {
      while serveQueues() == .served {}
      request.current = contacts[slot].assignee
    }
    if request.isSticky {
      desk.setPreferredUser(contacts[slot].lastAssignee, of: request.contact)
    }
    if step.excludeCurrent { request.exclude = contacts[slot].assignee }
    let number = decisionCount &+ 1
    explain(request, number)
    switch desk.assign(request, token: runID(place).raw, decision: number) {
    case .assigned(let user):
      decisionCount = number
      tell(number, runID(place), request, .chosen(user))
      let actor = Actor.workflow(WorkflowID(index: Int(runs[place].workflow)))
      assignInGeneral(
        slot, to: user,
        .init(
          source: .workflow, reason: .logic, actor: actor, decision: number,
          run: Int32(truncatingIfNeeded: place)))
      return .next
    case .unchanged:
      tell(number, runID(place), request, .nobody)
      return .next
    case .waiting(let ticket):
      tell(number, runID(place), request, .waits)
      wait(place, slot: slot, ticket: ticket, timeout: step.timeout)
      return .stop
    }
  }

  @inline(__always)
  mutating func give(
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
}

extension AssignmentDesk {
  /// Somebody for a step that asks for nobody in particular, where nobody waits.
  ///
  /// `noUser` where `assign` has to look closer. For an owner who knows that nobody shares the desk.
  @inline(never)
  fileprivate mutating func pickAsUsual(
    _ step: RowHandle<AssignInstruction>, for contact: RowHandle<ContactRow>, decision: UInt64
  ) -> UInt32 {
    let pool = Int(step.row.request.poolIndex)
    if step.row.asksForAnybody, let user = pickIdle(step.row.request) { return user.raw }
    // A pool without users is asked nothing: it would begin a turn that nobody takes.
    guard pool < pools.count, pools[pool].waitingCount == 0, pools[pool].memberCount > 0 else {
      return noUser
    }
    return pickInGeneral(step, for: contact.row.assignee, decision: decision)
  }

  @inline(never)
  private mutating func pickInGeneral(
    _ step: RowHandle<AssignInstruction>, for current: UserID?, decision: UInt64
  ) -> UInt32 {
    let request = step.row.request
    guard !request.isSticky, !request.onlyIfSooner else { return noUser }
    let pool = Int(request.poolIndex)
    var excluded = SeatNumber.none
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
