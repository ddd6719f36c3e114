extension EngineCore {
  /// Whether the contact's conversation counts as open work of its assignee.
  @inline(__always)
  func countsAsOpen(_ contact: RowHandle<ContactRow>) -> Bool {
    let status = contact.row.status
    return status == .open || status == .snoozed && policies.openCountsSnoozed
  }

  /// The slot of a contact that is there.
  @inline(__always)
  func known(_ contact: ContactID) throws(Refusal) -> Int {
    guard let slot = contacts.slot(of: contact) else { throw .unknownContact(contact) }
    return slot
  }

  /// The row of a contact with an open conversation; nil where a rule forbids or asks for more.
  ///
  /// So there is nothing special to say of the contact, nor of the user, who sees it.
  @inline(__always)
  func usual(_ contact: ContactID, for user: UserID) -> RowHandle<ContactRow>? {
    guard user.index < users.count, users.handle(user.index).row.isUsual,
      contact.slot < contacts.count
    else { return nil }
    let row = contacts.handle(contact.slot)
    return row.row.head == ContactRow.usualHead(of: contact) ? row : nil
  }

  /// The index of a user who is there.
  @inline(__always)
  func known(_ user: UserID) throws(Refusal) -> UserID {
    guard user.index < users.count, users[user.index].exists else { throw .unknownUser(user) }
    return user
  }

  func known(_ team: TeamID) throws(Refusal) -> TeamID {
    guard teams.contains(team) else { throw .unknownTeam(team) }
    return team
  }

  @inline(__always)
  func known(_ channel: ChannelID) throws(Refusal) {
    guard channel.index < settings.channels.count else { throw .unknownChannel(channel) }
  }

  func known(_ tag: TagID) throws(Refusal) {
    guard tag.index < settings.tags.count else { throw .unknownTag(tag) }
  }

  func known(_ field: FieldID) throws(Refusal) {
    guard field.index < settings.fields.count else { throw .unknownField(field) }
  }

  func known(_ workflow: WorkflowID) throws(Refusal) -> Int {
    guard workflow.index < workflows.count else { throw .unknownWorkflow(workflow) }
    return workflow.index
  }

  /// The slot of a contact that is there; nil when it is not.
  @inline(__always)
  func live(_ contact: ContactID) -> Int? {
    contacts.slot(of: contact)
  }

  /// The slot of a run that is going on.
  @inline(__always)
  func known(_ run: RunID) throws(Refusal) -> Int {
    guard let slot = live(run) else { throw .staleRun(run) }
    return slot
  }

  /// The slot of a run that is going on; nil when it is over.
  @inline(__always)
  func live(_ run: RunID) -> Int? {
    runs.slot(of: run)
  }

  @inline(__always)
  func contactID(_ slot: Int) -> ContactID {
    contacts.id(of: slot)
  }

  /// The same where the row is at hand.
  @inline(__always)
  func contactID(_ slot: Int, _ contact: RowHandle<ContactRow>) -> ContactID {
    ContactID(slot: slot, generation: contact.row.generation)
  }

  @inline(__always)
  func runID(_ slot: Int) -> RunID { runs.id(of: slot) }

  /// Refuses texts that nobody writes.
  @inline(__always)
  func accept(_ text: String) throws(Refusal) {
    guard text.utf8.count <= settings.limits.incomingBytes else {
      throw .textTooLong(limit: settings.limits.incomingBytes)
    }
  }

  /// Whether a text is of those that people write, in a form of which that is plain to see.
  @inline(__always)
  func isPlain(_ text: String) -> Bool {
    text.isContiguousUTF8 && text.utf8.count <= settings.limits.incomingBytes
  }

  /// Refuses actors who are not there, who may not, or who do not see the contact.
  @inline(__always)
  mutating func accept(_ actor: Actor, for slot: Int) throws(Refusal) {
    guard case .user(let user) = actor else { return try accept(actor) }
    let row = users.handle(try known(user).index)
    if row.row.sees != .all {
      guard sees(user, slot) else { throw .notVisible(contactID(slot), to: user) }
    }
  }

  /// Refuses actors who are not there or who do nothing by hand.
  mutating func accept(_ actor: Actor) throws(Refusal) {
    switch actor {
    case .user(let user): _ = try known(user)
    case .program(let source):
      guard Source.integrations.contains(source) else { throw .wrongSource(source) }
    case .contact: throw .wrongSource(.contact)
    case .workflow: throw .wrongSource(.workflow)
    case .workspace: throw .wrongSource(.system)
    }
  }

  /// Whether a user sees a contact (PLATFORM.md 1.3): a restricted one does not even see who is unassigned.
  mutating func sees(_ user: UserID, _ slot: Int) -> Bool {
    let row = users[user.index]
    guard row.sees != .all, row.role == .agent else { return true }
    guard let assignee = contacts[slot].assignee else { return false }
    if assignee == user { return true }
    guard row.sees == .team, let team = row.team else { return false }
    return users[assignee.index].team == team
  }

  /// What an actor's doings are recorded as: a user who is an AI agent is no person (4.1, X6).
  ///
  /// Mutating, though it only looks, so that its callers do not copy the core.
  mutating func source(of actor: Actor) -> Source {
    switch actor {
    case .contact: .contact
    case .user(let user): users.handle(user.index).row.role == .aiAgent ? .aiAgent : .user
    case .workflow: .workflow
    case .program(let source): source
    case .workspace: .system
    }
  }
}
