extension EngineCore {
  /// A contact's conversation is closed: `EngineEvent.closes`.
  @inline(__always)
  public mutating func closes(
    _ contact: ContactID, by actor: Actor, note: ClosingNote?, at time: EngineTime
  ) {
    if note == nil, let assignee = closesAsUsual(contact, by: actor, at: time) {
      return lightens(assignee)
    }
    closesInGeneral(contact, by: actor, note: note, at: time)
  }

  @inline(never)
  mutating func closesInGeneral(
    _ contact: ContactID, by actor: Actor, note: ClosingNote?, at time: EngineTime
  ) {
    carryThrough(.closes(contact, by: actor, note: note), at: time) {
      (core) throws(Refusal) in try core.closes(contact, by: actor, note: note)
    }
  }

  /// Closes the open conversation; the assignee stays (INV-5) but for the legacy toggle (INV-6).
  @inline(never)
  mutating func close(_ slot: Int, source: Source, actor: Actor, note: ClosingNote?) {
    let contact = contacts.handle(slot)
    shut(contact, contactID(slot, contact), source: source, actor: actor, note: note)
  }

  private mutating func shut(
    _ contact: RowHandle<ContactRow>, _ id: ContactID, source: Source, actor: Actor,
    note: ClosingNote?
  ) {
    let place = Int(contact.row.conversation)
    let assignee = contact.row.assignee
    if let assignee {
      if concerns.contains(.past) { noteEnding(place, for: assignee) }
      if countsAsOpen(contact) { changeOpenContacts(of: assignee, by: -1) }
    }
    if contact.row.status == .snoozed { cancelSnoozeTimer(id.slot) }
    if concerns.contains(.autoClose) { cancelAutoClose(id.slot, contact) }
    contact.row.end()
    var account = ClosedConversation.omitted
    if concerns.contains(.accounts) {
      account = keepAccount(of: id.slot, place, source: source, actor: actor, note: note)
    }
    if concerns.contains(.losses) { contacts.forgetReplies(of: id.slot) }
    release(place)
    if note != nil || contact.row.details >= 0 { keep(note, of: id.slot) }
    effects.closed(id, contact.row.latestConversation, account)
    if concerns.contains(.closings) || contact.row.firstRun >= 0 {
      closingReaches(id, source: source, actor: actor, account)
    }
  }

  /// Gives up the row of a conversation that is over.
  @inline(__always)
  mutating func release(_ place: Int) {
    conversations.close(place)
    checkCounts()
  }

  /// Notes the end of a conversation where somebody may ask for it.
  @inline(never)
  private mutating func noteEnding(_ place: Int, for assignee: UserID) {
    if tellsFacts, conversations[place].course.unansweredSince != .never {
      changeUnanswered(of: assignee, by: -1)
    }
    users[assignee.index].lastEnded = now
    if tellsFacts, users[assignee.index].exists {
      desk.conversationEnded(by: assignee, at: now)
    }
  }

  /// What follows from a closing: for the assignee, for the contact's runs, and for other workflows.
  @inline(never)
  private mutating func closingReaches(
    _ contact: ContactID, source: Source, actor: Actor, _ account: ClosedConversation
  ) {
    let slot = contact.slot
    if settings.unassignOnClose, source == .user, contacts[slot].assignee != nil {
      assignInGeneral(slot, to: nil, .init(source: .system, reason: .legacyToggle, actor: actor))
    }
    if contacts[slot].firstRun >= 0 { closeReachesRuns(slot) }
    if !workflows.listeners.closed.isEmpty { agenda.add(.closed(contact, source, account)) }
  }

  /// Keeps the account of a conversation that closes now.
  @inline(never)
  private mutating func keepAccount(
    of slot: Int, _ place: Int, source: Source, actor: Actor, note: ClosingNote?
  ) -> ClosedConversation {
    var user: UserID?
    if case .user(let actor) = actor { user = actor }
    effects.leavesMore = true
    return closed.append(
      ClosedConversations.Row(
        contact: contactID(slot), conversation: conversations[place], closedAt: now,
        closedBy: source, closedByUser: user, closedByTeam: user.flatMap { users[$0.index].team },
        assignee: contacts[slot].assignee), note, concerns.contains(.losses) ? replies(slot) : [])
  }

  /// Keeps the words of a closing, or forgets those of the one before.
  @inline(never)
  mutating func keep(_ note: ClosingNote?, of slot: Int) {
    let words = note ?? ClosingNote()
    if words == ClosingNote(), !contacts.hasDetails(slot) { return }
    contacts[detailsOf: slot].note = words
  }

  /// Closes a conversation of the usual kind: for a person and without a note.
  ///
  /// Gives the assignee, to whom `lightens` is still to be said; nil for all others, which `closes` takes.
  @inline(__always)
  mutating func closesAsUsual(
    _ contact: ContactID, by actor: Actor, at time: EngineTime
  ) -> UserID? {
    guard isPlain(time, .anyOfClosings), case .user(let user) = actor,
      let row = usual(contact, for: user), row.row.details < 0, effects.hasRoom
    else { return nil }
    let assignee = row.row.assignee
    guard let assignee else { return nil }
    pass(time)
    var account = ClosedConversation.omitted
    if concerns.contains(.past) { account = writeDown(row, contact, by: user, of: assignee) }
    effects.appendInRoom(EffectRecord(.closed, contact, account: account))
    endAsUsual(row)
    return assignee
  }

  /// Ends a conversation of the usual kind, of which nothing is to be noted any more.
  @inline(__always)
  mutating func endAsUsual(_ row: RowHandle<ContactRow>) {
    let place = Int(row.row.conversation)
    row.row.end()
    release(place)
  }

  /// Notes the end of a conversation of the usual kind where somebody may ask for it, and says where its account
  /// is, if one is kept.
  @inline(never)
  mutating func writeDown(
    _ row: RowHandle<ContactRow>, _ contact: ContactID, by user: UserID, of assignee: UserID
  ) -> ClosedConversation {
    let place = Int(row.row.conversation)
    noteEnding(place, for: assignee)
    guard concerns.contains(.accounts) else { return ClosedConversation.omitted }
    return keepAccount(of: contact.slot, place, source: .user, actor: .user(user), note: nil)
  }

  /// A user has an open contact fewer; what follows from it ends the event.
  @inline(__always)
  mutating func lightens(_ user: UserID) {
    if users.handle(user.index).row.exists { desk.moveOpenContacts(of: user, by: -1) }
    finish()
  }

  @inline(never)
  mutating func closes(
    _ contact: ContactID, by actor: Actor, note: ClosingNote?
  ) throws(Refusal) {
    let slot = try known(contact)
    try accept(actor, for: slot)
    let source = source(of: actor)
    guard source == .user || Source.closing.contains(source) else { throw .wrongSource(source) }
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    if let note { try accept(note) }
    let isOpen = contacts[slot].isOpen
    if case .user(let user) = actor {
      if isOpen, source == .user, settings.closingNotes != .optional { try requireNote(note) }
      act(user)
    }
    // Closing what is closed is nothing.
    guard isOpen else { return }
    close(slot, source: source, actor: actor, note: note)
  }

  @inline(never)
  mutating func accept(_ note: ClosingNote) throws(Refusal) {
    let limits = settings.limits
    guard note.category.count <= limits.categoryLength else {
      throw .textTooLong(limit: limits.categoryLength)
    }
    guard note.summary.count <= limits.summaryLength else {
      throw .textTooLong(limit: limits.summaryLength)
    }
    guard
      note.category.isEmpty || settings.categories.isEmpty
        || settings.categories.contains(note.category)
    else { throw .unknownCategory(note.category) }
  }

  @inline(never)
  private mutating func requireNote(_ note: ClosingNote?) throws(Refusal) {
    let hasCategory = note.map { !$0.category.isEmpty } ?? false
    let hasSummary = note.map { !$0.summary.isEmpty } ?? false
    switch settings.closingNotes {
    case .off, .optional: return
    case .category: guard hasCategory else { throw .closingNoteRequired(.category) }
    case .categoryAndSummary:
      guard hasCategory, hasSummary else { throw .closingNoteRequired(.categoryAndSummary) }
    }
  }
}
