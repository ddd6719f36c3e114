/// Who gets a contact is decided outside: the engine asks, keeps the queue, and looks at what is said.
extension EngineCore {
  /// Asks the host; until it answers, the run waits without a time-out and without a word.
  mutating func askForAssignment(_ request: AssignmentRequest, run place: Int) {
    let slot = Int(runs[place].contact)
    let id = runID(place)
    let question = AssignmentQuestion(
      run: id, request: request, lastAssignee: contacts[slot].lastAssignee)
    var entry = request
    entry.waitForNobody()
    runs[place].ticket = desk.enqueue(entry, token: id.raw)
    runs[place].state = .queued
    runs[place].isAnnounced = false
    runs[place].timeoutAt = .never
    runs[place].deadline = .never
    contacts[slot].queuedRuns &+= 1
    effects.append(.askAssignment(question))
  }

  /// Takes what the host decides: the event `decides`, answered by why it was refused.
  public mutating func decides(
    _ run: RunID, _ decision: AssignmentDecision, at time: EngineTime
  ) -> Refusal? {
    var refusal: Refusal?
    do throws(Refusal) { _ = try accept(decision, of: run) } catch { refusal = error }
    handle(.decides(run, decision), at: time)
    return refusal
  }

  mutating func decides(_ run: RunID, _ decision: AssignmentDecision) throws(Refusal) {
    let place = try accept(decision, of: run)
    switch decision {
    case .assign(let user): assign(place, to: user)
    case .wait:
      guard let step = assignStep(of: place) else { throw .staleRun(run) }
      runs[place].timeoutAt = now + step.timeout
      runs[place].deadline = runs[place].timeoutAt
      agenda.addQueued(run)
    case .leave:
      takeOut(place)
      proceed(place)
    }
  }

  private mutating func assign(_ place: Int, to user: UserID) {
    let isFirst = runs[place].timeoutAt == .never
    let slot = Int(runs[place].contact)
    decisionCount &+= 1
    takeOut(place)
    _ = desk.note(user.index)
    give(
      contacts.handle(slot), slot, to: user, reason: isFirst ? .logic : .queue,
      runs.handle(place), place)
    proceed(place)
  }

  private mutating func takeOut(_ place: Int) {
    if let ticket = runs[place].ticket { _ = desk.cancel(ticket) }
    leave(place, exit: .served)
  }

  /// The place of a run about which the host may decide so.
  private func accept(_ decision: AssignmentDecision, of run: RunID) throws(Refusal) -> Int {
    guard concerns.contains(.askedAssignments), let place = live(run),
      runs[place].state == .queued, let ticket = runs[place].ticket
    else { throw .staleRun(run) }
    let contact = contactID(Int(runs[place].contact))
    let isFirst = runs[place].timeoutAt == .never
    let mayWait = assignStep(of: place)?.request.onlyIfSooner != true
    let holder = contacts[contact.slot].assignee
    switch decision {
    case .assign(let user):
      let user = try known(user)
      if let why = desk.objection(to: user, for: ticket, sooner: mayWait ? nil : holder) {
        throw .unsuitable(user, contact, why: why)
      }
    case .wait:
      guard isFirst else { throw .badValue("\(contact) waits already") }
      guard mayWait || holder == nil else {
        throw .badValue("\(contact) is to be answered sooner or left where it is, not to wait")
      }
    case .leave:
      guard isFirst else {
        throw .badValue("\(contact) waits already; only at once may a step be left as it is")
      }
    }
    return place
  }
}

extension AssignmentDesk {
  /// Why a user may not have a contact that waits; nil where he may.
  ///
  /// With `holder`, only who would answer sooner than that user may.
  func objection(to user: UserID, for ticket: QueueTicket, sooner holder: UserID?) -> String? {
    guard let slot = queue.slot(of: ticket) else { return "it does not wait" }
    let request = queue.entries[slot].request
    let pool = Int(request.poolIndex)
    let seat = seat(of: user, in: pool)
    guard seat != .none else { return "not in the \(request.pool.words)" }
    guard user != request.exclude else { return "excluded as the present assignee" }
    let record = users.records[user.index]
    guard passes(seat, request, pool: pool) else {
      guard record.openContacts < min(request.below, record.limit) else {
        return "has \(record.openContacts) open contacts, and at most "
          + "\(max(0, min(request.below, record.limit) - 1)) are allowed before another"
      }
      return "is \(record.status), and the step asks for somebody online"
    }
    guard holder.map({ record.openContacts < openContacts($0) - 1 }) ?? true else {
      return "would not answer sooner than the present assignee"
    }
    return nil
  }
}

extension PoolID {
  fileprivate var words: String {
    switch self {
    case .workspace: "workspace"
    case .team(let team): "\(team)"
    }
  }
}
