import Engine

/// Looks over the engine's shoulder: knows only the events that went in and the effects that came out, keeps
/// its own plain book of them, and says whether each decision is the one that the rules ask for.
///
/// What it decides with is `PlainDesk`, lists scanned from end to end, so an error in the engine's
/// indexes, counts or turns is not made here a second time.
struct Judge {
  /// What it knows of a contact.
  struct Contact {
    var assignee: UserID?
    var lastAssignee: UserID?
    var isOpen = false
    var isSnoozed = false
  }

  let settings: WorkspaceSettings
  var desk: PlainDesk
  private var contacts: [ContactID: Contact] = [:]
  /// Entries that were passed over, though somebody qualified for them: wrong if they go on waiting.
  private var overtaken: [(token: UInt64, by: ContactID)] = []
  private var teamCount = 0
  /// The users who are no AI agents.
  private var people: Set<UserID> = []
  /// The contact whose assignee must go with the closing at hand.
  private var mustLose: ContactID?

  init(settings: WorkspaceSettings) {
    self.settings = settings
    desk = PlainDesk(policies: settings.policies, policySeed: settings.policySeed)
  }

  /// Takes an event with all that came of it; what is wrong with that, if anything is.
  mutating func look(
    at event: EngineEvent, _ effects: [EngineEffect], _ core: inout EngineCore
  ) -> Objection? {
    if case .refused = effects.first { return nil }
    overtaken = []
    mustLose = nil
    begin(event, &core)
    var objection: Objection?
    for effect in effects { objection = take(effect) ?? objection }
    if let contact = mustLose { objection = objection ?? .keepsAssignee(contact) }
    return objection ?? compare(&core)
  }

  // MARK: What happened

  private mutating func begin(_ event: EngineEvent, _ core: inout EngineCore) {
    switch event {
    case .userAdded(let user, let profile):
      desk.addUser(
        user, weight: profile.weight, limit: profile.limit,
        status: core.status(of: user) ?? profile.status)
      if profile.role != .aiAgent { people.insert(user) }
    case .userRemoved(let user): desk.removeUser(user)
    case .teamAdded(let team, _):
      desk.pools[.team(team)] = PlainDesk.Members()
      teamCount += 1
    case .teamGains(let team, let user): desk.join(.team(team), user)
    case .teamLoses(let team, let user): desk.leave(.team(team), user)
    case .contactAdded(let contact, let profile):
      contacts[contact, default: Contact()].assignee = profile.assignee
      contacts[contact, default: Contact()].lastAssignee = profile.assignee
    case .timerFires(.run(let run)):
      // Who waited for its own user waits for anybody now, unless its time is up.
      if let place = desk.queue.firstIndex(where: { $0.token == run.raw }) {
        desk.queue[place].own = nil
      }
    case .closes(let contact, .user(let user), _):
      let hasSomebody = contacts[contact]?.assignee != nil && contacts[contact]?.isOpen == true
      if settings.unassignOnClose, hasSomebody, people.contains(user) { mustLose = contact }
    default: break
    }
  }

  private mutating func take(_ effect: EngineEffect) -> Objection? {
    switch effect {
    case .conversationOpened(let opening):
      change(opening.contact) { contact in
        contact.isOpen = true
        contact.isSnoozed = false
      }
    case .conversationClosed(let contact, _, _): change(contact) { $0.isOpen = false }
    case .conversationSnoozed(let contact, _, let begins): change(contact) { $0.isSnoozed = begins }
    case .contactForgotten(let contact):
      change(contact) { $0 = Contact() }
      contacts[contact] = nil
    case .statusChanged(let user, _, let status): desk.users[user]?.status = status
    case .leftQueue(_, let run, _): desk.queue.removeAll { $0.token == run.raw }
    case .assigneeChanged(let entry): changed(entry)
    case .decided(let decision): return judge(decision)
    default: break
    }
    return nil
  }

  private mutating func changed(_ entry: AssignmentEntry) {
    if entry.contact == mustLose { mustLose = nil }
    change(entry.contact) { contact in
      contact.assignee = entry.to
      contact.lastAssignee = entry.to ?? contact.lastAssignee
    }
    guard entry.to == nil else { return }
    // Who has no assignee any more excludes nobody as the present one.
    for place in desk.queue.indices where desk.queue[place].request.contact == entry.contact {
      desk.queue[place].request.exclude = nil
    }
  }

  /// Changes a contact and what its assignee has open.
  private mutating func change(_ id: ContactID, _ body: (inout Contact) -> Void) {
    var contact = contacts[id] ?? Contact()
    if let user = contact.assignee, counts(contact) { desk.users[user]?.open -= 1 }
    body(&contact)
    if let user = contact.assignee, counts(contact) { desk.users[user]?.open += 1 }
    contacts[id] = contact
  }

  private func counts(_ contact: Contact) -> Bool {
    contact.isOpen && (!contact.isSnoozed || settings.policies.openCountsSnoozed)
  }

  // MARK: Whether it was right

  /// What an automatic choice was, and what it should have been.
  private mutating func judge(_ decision: Decision) -> Objection? {
    var request = decision.request
    let token = decision.run?.raw ?? 0
    if request.logic.stickyWait != nil, decision.run != nil {
      desk.preferences[request.contact] = contacts[request.contact]?.lastAssignee
    }
    switch decision.answer {
    case .waits:
      // It may have left without a word, if it had not been said that it waits.
      desk.queue.removeAll { $0.token == token }
      overtaken.removeAll { $0.token == token }
      desk.enqueue(request, token: token)
      return nil
    case .nobody:
      guard isKnown(request), let user = desk.choose(request, decision: decision.number) else {
        return nil
      }
      return .choice(request, decision.number, got: nil, expected: user)
    case .chosen(let user):
      noteOvertaken(by: request, before: desk.queue.count)
      return judge(decision, request, nil, user)
    case .served(let user):
      guard let place = desk.queue.firstIndex(where: { $0.token == token }) else {
        return .servedWithoutWaiting(token)
      }
      let entry = desk.queue[place]
      request = entry.request
      noteOvertaken(by: request, before: place)
      desk.queue.remove(at: place)
      if let own = entry.own, own != user {
        return .choice(request, decision.number, got: user, expected: own)
      }
      return judge(decision, request, entry.preferred, user)
    }
  }

  private mutating func judge(
    _ decision: Decision, _ request: AssignmentRequest, _ preferred: UserID?, _ user: UserID
  ) -> Objection? {
    if isKnown(request) {
      let expected = desk.choose(request, decision: decision.number, preferred: preferred)
      return expected == user
        ? nil : .choice(request, decision.number, got: user, expected: expected)
    }
    // What some logics compare is not told; that the user qualifies can be seen all the same.
    let able = desk.isFree(user, for: request)
    desk.assigned(to: user)
    return able ? nil : .unqualified(request, decision.number, got: user)
  }

  /// Whether all that the logic compares is known from what the engine tells.
  private func isKnown(_ request: AssignmentRequest) -> Bool {
    PlainDesk.toldRules.contains(request.logic.rule)
  }

  /// Notes who waits in the same pool, came earlier and could be served.
  private mutating func noteOvertaken(by request: AssignmentRequest, before place: Int) {
    guard settings.policies.queueWakeup == .event, !request.onlyIfSooner else { return }
    for entry in desk.queue[..<place] where entry.request.pool == request.pool {
      if desk.isServable(entry) { overtaken.append((entry.token, request.contact)) }
    }
  }

  // MARK: Whether all adds up once the event is through

  private mutating func compare(_ core: inout EngineCore) -> Objection? {
    for (user, record) in desk.users.sorted(by: { $0.key.raw < $1.key.raw }) {
      let found = core.openContacts(of: user)
      if found != Int(record.open) {
        return .openCount(user, told: Int(record.open), counted: found)
      }
    }
    return compareQueues(&core)
  }

  private mutating func compareQueues(_ core: inout EngineCore) -> Objection? {
    let pools = [PoolID.workspace] + (0..<teamCount).map { .team(TeamID(index: $0)) }
    for pool in pools {
      let waiting = core.waitingRuns(in: pool).map(\.raw)
      let alive = Set(waiting)
      desk.queue.removeAll { $0.request.pool == pool && !alive.contains($0.token) }
      let told = desk.queue.filter { $0.request.pool == pool }
      if told.map(\.token) != waiting {
        return .queueOrder(pool)
      }
    }
    for (token, contact) in overtaken {
      guard let entry = desk.queue.first(where: { $0.token == token }) else { continue }
      return .overtaken(entry.request.contact, by: contact)
    }
    return settings.policies.queueWakeup == .event ? vain() : nil
  }

  /// Somebody who waits though a user qualifies.
  func vain() -> Objection? {
    guard let entry = desk.queue.first(where: { desk.isServable($0) }) else { return nil }
    return .waitsInVain(entry.request.contact, entry.request.pool)
  }
}

extension PlainDesk {
  /// The logics that compare nothing but what the engine tells with its effects.
  static let toldRules: Set<Logic.Rule> = [
    .roundRobin, .leastOpen, .random, .powerOfTwo, .longestSinceAssignment, .weightedRoundRobin,
    .weightedLeastOpen, .mostSpareCapacity,
  ]
}
