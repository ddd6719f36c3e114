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
    if concerns.contains(.openings) { agenda.add(.opened(contact, source)) }
  }

  /// The same, in line for the frequent one, a contact's message, and without the occasion.
  @inline(__always)
  mutating func begin(
    _ contact: RowHandle<ContactRow>, _ contactID: ContactID, source: Source, actor: Actor,
    channel: ChannelID?
  ) {
    let isNew = isNew(contact)
    let (id, place) = conversations.open()
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
  /// There is a row for it, its course is not kept yet, and its gist is queued.
  @inline(__always)
  mutating func beginFirst(
    _ contact: RowHandle<ContactRow>, on channel: ChannelID, in place: Int
  ) {
    let id = conversations.openFreed()
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
}
