extension EngineCore {
  /// A contact sends words: `EngineEvent.contactWrites`.
  @inline(__always)
  public mutating func contactWrites(
    _ contact: ContactID, on channel: ChannelID, text: String, at time: EngineTime
  ) {
    guard isPlain(time, []) else {
      return contactWritesInGeneral(contact, on: channel, text: text, at: time)
    }
    pass(time)
    do throws(Refusal) {
      try contactWrites(contact, on: channel, text: text)
      finish()
    } catch {
      refuse(error)
    }
  }

  @inline(never)
  private mutating func contactWritesInGeneral(
    _ contact: ContactID, on channel: ChannelID, text: String, at time: EngineTime
  ) {
    carryThrough(.contactWrites(contact, on: channel, text: text), at: time) {
      (core) throws(Refusal) in try core.contactWrites(contact, on: channel, text: text)
    }
  }

  /// A contact that is unknown so far sends words: `contactWrites` of the next contact, who is told.
  @inline(__always)
  public mutating func newContactWrites(
    on channel: ChannelID, text: String, at time: EngineTime
  ) -> ContactID {
    guard let contact = arrivesAsUsual(on: channel, text: text, at: time) else {
      return newContactWritesInGeneral(on: channel, text: text, at: time)
    }
    arrived(contact)
    return contact
  }

  @inline(__always)
  mutating func newContactWritesInGeneral(
    on channel: ChannelID, text: String, at time: EngineTime
  ) -> ContactID {
    let contact = nextContact
    contactWrites(contact, on: channel, text: text, at: time)
    return contact
  }

  /// A message of a contact: it may make the contact (INV-15), open a conversation (O1) and answer a question.
  @inline(__always)
  mutating func contactWrites(
    _ contact: ContactID, on channel: ChannelID, text: String?
  ) throws(Refusal) {
    try known(channel)
    if let text { try accept(text) }
    let handle = try knownOrNext(contact)
    let slot = contact.slot
    guard !handle.row.isBlocked else { throw .contactBlocked(contact) }

    if handle.row.status == .snoozed { endSnooze(slot) }
    // By the policy `answer_opens`, nothing but a valid answer may open nothing.
    var opens = !handle.row.isOpen
    if opens, !policies.answerOpens { opens = !isAnswer(text, in: handle.row.firstRun) }
    if opens { begin(handle, contact, source: .contact, actor: .contact, channel: channel) }
    handle.row.wrote(on: channel, at: now)
    if !concerns.isDisjoint(with: [.past, .autoClose, .words]) { noteWords(text ?? "", slot) }
    if handle.row.firstRun >= 0 {
      if opens { announceOpening(contact, .contact) }
      answer(slot, text: text)
    } else if opens, concerns.contains(.openings) {
      // Nothing else is left to do yet, so this occasion's turn is now.
      fireOpened(contact, .contact)
    }
  }

  /// Takes the first message of a contact whose place in memory another had before.
  ///
  /// Gives the contact, of whom `arrived` is still to be said; nil for all others, whom `contactWrites`
  /// takes.
  @inline(__always)
  mutating func arrivesAsUsual(
    on channel: ChannelID, text: String, at time: EngineTime
  ) -> ContactID? {
    guard isPlain(time, .anyOfArrivals), concerns.contains(.openings),
      channel.index < settings.channels.count, isPlain(text),
      let slot = contacts.freedSlot, let place = conversations.freedPlace, effects.hasRoom
    else { return nil }
    pass(time)
    let row = contacts.handle(slot)
    let contact = contactID(slot, row)
    effects.appendInRoom(EffectRecord(.opened, contact, user: nil))
    contacts.takeFreed()
    beginFirst(row, on: channel, in: place)
    if concerns.contains(.past) { noteFirstMessage(in: place) }
    return contact
  }

  /// What follows from the first message of a contact ends the event.
  @inline(__always)
  mutating func arrived(_ contact: ContactID) {
    if passes(contact) == .declined {
      effects.openedPlace = effects.lastPlace
      fireArrival(contact)
      effects.openedPlace = -1
    }
    finish()
  }

  @inline(__always)
  private mutating func fireArrival(_ contact: ContactID) {
    if workflows.listeners.arrivalWorkflow >= 0 {
      enrol(contact.slot, in: Int(workflows.listeners.arrivalWorkflow))
    } else {
      fireOpened(of: contact)
    }
  }

  @inline(never)
  mutating func fireOpened(of contact: ContactID) { fireOpened(contact, .contact) }

  /// Notes a message of a contact where somebody may ask for it.
  @inline(never)
  private mutating func noteWords(_ text: String, _ slot: Int) {
    let contact = contacts.handle(slot)
    cancelAutoClose(slot, contact)
    if concerns.contains(.past), contact.row.isOpen {
      let conversation = conversations.handle(Int(contact.row.conversation))
      if tellsFacts, conversation.row.course.unansweredSince == .never {
        changeUnanswered(of: contact.row.assignee, by: 1)
      }
      conversation.row.note { $0.contactWrote(at: now) }
    }
    if concerns.contains(.words) { remember(text, slot) }
  }

  /// Keeps the course of a conversation that just began, with the contact's message.
  @inline(never)
  private mutating func noteFirstMessage(in place: Int) {
    let conversation = conversations.handle(place)
    conversation.row.keepCourse()
    conversation.row.note { $0.contactWrote(at: now) }
  }

  mutating func remember(_ words: String, _ slot: Int) {
    if words.isEmpty, !contacts.hasDetails(slot) { return }
    contacts[detailsOf: slot].lastIncomingText = words
  }
}
