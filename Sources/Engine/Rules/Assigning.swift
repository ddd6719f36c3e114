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

  /// Gives a contact that nobody has to a user, and notes it where somebody may ask for it.
  @inline(__always)
  mutating func gainAsUsual(_ contact: RowHandle<ContactRow>, _ user: UserID) {
    gain(contact, user)
    if concerns.contains(.past) { noteGain(of: contact, by: user) }
  }

  @inline(never)
  private mutating func noteGain(of contact: RowHandle<ContactRow>, by user: UserID) {
    guard contact.row.isOpen else { return }
    noteAssignment(Int(contact.row.conversation), from: nil, to: user)
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
  mutating func assignInGeneral(_ slot: Int, to user: UserID?, _ how: Assigning) {
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
    assignInGeneral(slot, to: user, .init(source: source, reason: .chosen, actor: actor))
    if isTakeover, let user { takeOver(slot, by: user) }
  }

  /// Counts open work; who left the workspace may keep contacts, but is asked for nothing any more.
  @inline(__always)
  mutating func changeOpenContacts(of user: UserID, by change: Int32) {
    if users[user.index].exists { desk.moveOpenContactsInGeneral(of: user, by: change) }
  }
}
