extension EngineCore {
  /// Opens a conversation for a contact that has none open.
  @inline(never)
  mutating func open(_ slot: Int, source: Source, actor: Actor, channel: ChannelID?) {
    let contact = contacts.handle(slot)
    let id = contactID(slot, contact)
    begin(contact, id, source: source, actor: actor, channel: channel)
    announceOpening(id, source)
  }

  /// Notes the occasion that a conversation was opened.
  mutating func announceOpening(_ contact: ContactID, _ source: Source) {
    if concerns.contains(.openings) { note(.opened(contact, source)) }
  }

  /// The same, in line for the frequent one, a contact's message, and without the occasion.
  @inline(__always)
  mutating func begin(
    _ contact: RowHandle<ContactRow>, _ contactID: ContactID, source: Source, actor: Actor,
    channel: ChannelID?
  ) {
    let isNew = isNew(contact)
    openedCount &+= 1
    let id = ConversationID(openedCount)
    let place = conversations.take(orAppend: ConversationRow())
    conversations.handle(place).row.begin(
      id, at: now, by: source, on: channel, isNew: isNew, keepsCourse: concerns.contains(.past))
    contact.row.begin(id, in: place, isNew: isNew)
    let assignee = contact.row.assignee
    if let assignee { countOpening(for: assignee) }
    effects.opened(
      Opening(
        contact: contactID, conversation: id, actor: actor, source: source, isNew: isNew,
        channel: channel, assignee: assignee))
  }

  /// Opens the first conversation of a contact that is just made, for its message.
  ///
  /// There is a row for it, its course is not kept, and its gist is queued.
  @inline(__always)
  mutating func beginFirst(
    _ contact: RowHandle<ContactRow>, on channel: ChannelID, in place: Int
  ) {
    openedCount &+= 1
    let id = ConversationID(openedCount)
    // By each of the rules such a contact is new.
    conversations.handle(place).row.begin(
      id, at: now, by: .contact, on: channel, isNew: true, keepsCourse: false)
    contact.row.begin()
    contact.row.begin(id, in: place, isNew: true)
    contact.row.wrote(on: channel, at: now)
  }

  /// Counts that an assignee has a contact from before whose conversation opened.
  @inline(never)
  private mutating func countOpening(for assignee: UserID) {
    changeOpenContacts(of: assignee, by: 1)
    if concerns.contains(.past) { countHandled(by: assignee) }
  }

  /// Whether the contact counts as new in the conversation that is about to open.
  ///
  /// Mutating, though it only looks, so that its callers do not copy the core.
  @inline(__always)
  mutating func isNew(_ contact: RowHandle<ContactRow>) -> Bool {
    switch policies.newContactRule {
    case .firstConversation: contact.row.conversations == 0
    case .createdByMessage: contact.row.flags.contains(.isArriving)
    case .noEarlierIncoming: contact.row.incoming == 0
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
    var account = ClosedConversation(place: -1)
    if concerns.contains(.accounts) {
      account = keepAccount(of: id.slot, place, source: source, actor: actor, note: note)
    }
    if concerns.contains(.losses) { forgetReplies(id.slot) }
    release(place)
    if note != nil || contact.row.details >= 0 { keep(note, of: id.slot) }
    effects.closed(id, contact.row.latestConversation, account)
    if concerns.contains(.closings) || contact.row.firstRun >= 0 {
      closingReaches(id, source: source, actor: actor, account)
    }
  }

  /// Gives up the row of a conversation that is over.
  @inline(__always)
  private mutating func release(_ place: Int) {
    closedCount &+= 1
    conversations.release(place)
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
      assignRarely(slot, to: nil, .init(source: .system, reason: .legacyToggle, actor: actor))
    }
    if contacts[slot].firstRun >= 0 { closeReachesRuns(slot) }
    if !listeners.closed.isEmpty { self.note(.closed(contact, source, account)) }
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
  private mutating func keep(_ note: ClosingNote?, of slot: Int) {
    let words = note ?? ClosingNote()
    if words == ClosingNote(), contacts[slot].details < 0 { return }
    details[detailsSlot(of: slot)].note = words
  }

  /// Whether the contact's conversation counts as open work of its assignee.
  @inline(__always)
  func countsAsOpen(_ contact: RowHandle<ContactRow>) -> Bool {
    let status = contact.row.status
    return status == .open || status == .snoozed && policies.openCountsSnoozed
  }

  mutating func opens(_ contact: ContactID, by actor: Actor) throws(Refusal) {
    let slot = try known(contact)
    try accept(actor, for: slot)
    let source = source(of: actor)
    guard Source.opening.contains(source) else { throw .wrongSource(source) }
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    if case .user(let user) = actor { act(user) }
    // Opening what is open is nothing.
    guard !contacts[slot].isOpen else { return }
    open(slot, source: source, actor: actor, channel: nil)
  }

  /// Closes a conversation of the usual kind: for a person and without a note.
  ///
  /// Gives the assignee, to whom `lightens` is still to be said; nil for all others, which `closes` takes.
  @inline(__always)
  mutating func closesAtOnce(
    _ contact: ContactID, by actor: Actor, at time: EngineTime
  ) -> UserID? {
    guard isPlain(time, .anyOfClosings), case .user(let user) = actor,
      let row = usual(contact, for: user), row.row.details < 0, effects.hasRoom
    else { return nil }
    let assignee = row.row.assignee
    guard let assignee else { return nil }
    pass(time)
    effects.appendInRoom(EffectRecord(.closed, contact))
    let place = Int(row.row.conversation)
    row.row.end()
    release(place)
    return assignee
  }

  /// Sends a person's answer of the usual kind and closes the conversation with it, as `sendsAtOnce` and
  /// `closesAtOnce` would after each other, with one effect for both.
  ///
  /// Gives the assignee, to whom `lightens` is still to be said; nil, and nothing is changed, for all
  /// others.
  @inline(__always)
  mutating func answersAndClosesAtOnce(
    _ contact: ContactID, on channel: ChannelID, by user: UserID, at time: EngineTime
  ) -> UserID? {
    guard isPlain(time, .anyOfAnswers.union(.anyOfClosings)),
      let row = usual(contact, for: user), row.row.details < 0, effects.hasRoom,
      channel.raw <= UInt16.max, row.row.lastChannel == channel
    else { return nil }
    let assignee = row.row.assignee
    guard let assignee else { return nil }
    pass(time)
    pass(time)
    messageCount &+= 1
    effects.appendInRoom(
      EffectRecord(
        .answeredAndClosed, contact, channel: UInt16(truncatingIfNeeded: channel.raw)))
    row.row.answered(at: time)
    let place = Int(row.row.conversation)
    row.row.end()
    release(place)
    return assignee
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
  private mutating func accept(_ note: ClosingNote) throws(Refusal) {
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

  mutating func snoozes(
    _ contact: ContactID, until: EngineTime?, by user: UserID
  ) throws(Refusal) {
    let slot = try known(contact)
    try accept(.user(user), for: slot)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    guard contacts[slot].isOpen else { throw .noOpenConversation(contact) }
    if let until, until < now { throw .timeWentBack(from: now, to: until) }
    act(user)
    if contacts[slot].status != .snoozed {
      if let assignee = contacts[slot].assignee, !policies.openCountsSnoozed {
        changeOpenContacts(of: assignee, by: -1)
      }
      contacts[slot].status = .snoozed
      // The snooze wins over a running auto-close timer, which starts anew at its end (2.4 rule 6).
      holdAutoClose(slot)
      effects.append(
        .conversationSnoozed(contact, contacts[slot].latestConversation, true))
    }
    cancelSnoozeTimer(slot)
    if let until {
      details[detailsSlot(of: slot)].snoozedUntil = until
      effects.armTimer(.snooze(contact), at: until)
    }
  }

  private mutating func cancelSnoozeTimer(_ slot: Int) {
    let place = Int(contacts[slot].details)
    guard place >= 0, details[place].snoozedUntil != .never else { return }
    details[place].snoozedUntil = .never
    effects.cancelTimer(.snooze(contactID(slot)))
  }

  mutating func unsnoozes(_ contact: ContactID, by user: UserID) throws(Refusal) {
    let slot = try known(contact)
    try accept(.user(user), for: slot)
    guard contacts[slot].isOpen else { throw .noOpenConversation(contact) }
    act(user)
    if contacts[slot].status == .snoozed { endSnooze(slot) }
  }

  /// Takes a snoozed conversation up again, whether by hand, by time or by a message of the contact.
  mutating func endSnooze(_ slot: Int) {
    contacts[slot].status = .open
    if let assignee = contacts[slot].assignee, !policies.openCountsSnoozed {
      changeOpenContacts(of: assignee, by: 1)
    }
    let contact = contactID(slot)
    cancelSnoozeTimer(slot)
    effects.append(.conversationSnoozed(contact, contacts[slot].latestConversation, false))
    releaseAutoClose(slot)
  }
}
