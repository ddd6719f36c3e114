extension EngineCore {
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
    let opens = !handle.row.isOpen
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
  mutating func arrivesAtOnce(
    on channel: ChannelID, text: String, at time: EngineTime
  ) -> ContactID? {
    guard isPlain(time, .anyOfArrivals), concerns.contains(.openings),
      channel.index < settings.channels.count, isPlain(text),
      let slot = contacts.freedSlot, let place = conversations.freedSlot, effects.hasRoom
    else { return nil }
    pass(time)
    let row = contacts.handle(slot)
    let contact = contactID(slot, row)
    effects.appendInRoom(EffectRecord(.opened, contact, user: nil))
    contacts.takeFreed()
    conversations.takeFreed()
    beginFirst(row, on: channel, in: place)
    return contact
  }

  /// What follows from the first message of a contact ends the event.
  @inline(__always)
  mutating func arrived(_ contact: ContactID) {
    if !passes(contact) {
      openedPlace = effects.lastPlace
      fireArrival(contact)
      openedPlace = -1
    }
    finish()
  }

  @inline(__always)
  private mutating func fireArrival(_ contact: ContactID) {
    if listeners.arrivalWorkflow >= 0 {
      enrol(contact.slot, in: Int(listeners.arrivalWorkflow))
    } else {
      fireOpened(of: contact)
    }
  }

  @inline(never)
  private mutating func fireOpened(of contact: ContactID) { fireOpened(contact, .contact) }

  /// Notes a message of a contact where somebody may ask for it.
  @inline(never)
  private mutating func noteWords(_ text: String, _ slot: Int) {
    let contact = contacts.handle(slot)
    cancelAutoClose(slot, contact)
    if concerns.contains(.past) {
      let conversation = conversations.handle(Int(contact.row.conversation))
      if tellsFacts, conversation.row.course.unansweredSince == .never {
        changeUnanswered(of: contact.row.assignee, by: 1)
      }
      conversation.row.note { $0.contactWrote(at: now) }
    }
    if concerns.contains(.words) { remember(text, slot) }
  }

  private mutating func remember(_ words: String, _ slot: Int) {
    if words.isEmpty, contacts[slot].details < 0 { return }
    details[detailsSlot(of: slot)].lastIncomingText = words
  }

  /// The channel's welcome event (O5): only in old workspaces does it open a conversation.
  mutating func channelGreets(_ contact: ContactID, on channel: ChannelID) throws(Refusal) {
    try known(channel)
    let slot = contact == nextContact ? create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    contacts[slot].lastChannel = channel
    if settings.anyChannelEventOpens, !contacts[slot].isOpen {
      open(slot, source: .contact, actor: .contact, channel: channel)
    }
    // Whom an event made, no message makes any more: the rule created_by_message asks for it.
    contacts[slot].flags.remove(.isArriving)
  }

  /// A click on an ad (O6), which is an occasion of its own.
  mutating func clicksAd(_ contact: ContactID, on channel: ChannelID, ad: String) throws(Refusal) {
    try known(channel)
    try accept(ad)
    let slot = contact == nextContact ? create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    contacts[slot].lastChannel = channel
    if !contacts[slot].isOpen {
      open(slot, source: .ctcAds, actor: .contact, channel: channel)
    }
    contacts[slot].flags.remove(.isArriving)
    if !listeners.ad.isEmpty { occur(.ad(ad), to: slot) }
  }

  /// A conversation begun at a growth widget (O7).
  mutating func usesWidget(_ contact: ContactID, on channel: ChannelID) throws(Refusal) {
    try known(channel)
    let slot = contact == nextContact ? create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    contacts[slot].lastChannel = channel
    if !contacts[slot].isOpen {
      open(slot, source: .growthWidget, actor: .contact, channel: channel)
    }
    contacts[slot].flags.remove(.isArriving)
  }

  /// Sends a person's answer of the usual kind; false for all other messages, which `sends` takes.
  @inline(__always)
  mutating func sendsAtOnce(
    _ contact: ContactID, text: String, by actor: Actor, at time: EngineTime
  ) -> Bool {
    // Of a usual answer nothing follows that would be left to do.
    guard isPlain(time, .anyOfAnswers), isPlain(text), case .user(let user) = actor,
      let row = usual(contact, for: user), row.row.assignee != nil
    else { return false }
    let lastChannel = row.row.lastChannel
    guard let lastChannel, lastChannel.raw <= UInt16.max, effects.hasRoom,
      effects.hasRoomForMessage
    else { return false }
    pass(time)
    effects.appendInRoom(makeMessage(to: contact, on: lastChannel, by: .user(user)))
    row.row.answered(at: time)
    return true
  }

  /// A message of a user or a program.
  @inline(never)
  mutating func sends(_ contact: ContactID, text: String, by actor: Actor) throws(Refusal) {
    let slot = try known(contact)
    try accept(text)
    try accept(actor, for: slot)
    let handle = contacts.handle(slot)
    guard !handle.row.isBlocked else { throw .contactBlocked(contact) }
    guard case .user(let user) = actor else {
      if case .program(let source) = actor {
        if source == .aiAgent { try acceptAIAgent(slot) }
        sendAutomatic(slot, text: text, sender: .program(source), channel: nil)
      }
      return
    }
    act(user)
    guard users[user.index].role != .aiAgent else {
      sendAutomatic(slot, text: text, sender: .user(user), channel: nil)
      return
    }
    // O3: a user's message opens, and the answer to nobody's contact makes it the user's (INV-7).
    if !handle.row.isOpen {
      open(slot, source: .user, actor: actor, channel: handle.row.lastChannel)
    }
    if handle.row.assignee == nil, policies.failedReplyAssigns {
      assignRarely(slot, to: user, .init(source: .user, reason: .replied, actor: actor))
    }
    if concerns.contains(.takeovers) { takeOver(slot, by: user) }
    sendByHand(handle, contact, text: text, user: user)
  }

  /// A user's message counts as a response if the channel takes it, or by the policy if it does not.
  @inline(__always)
  private mutating func sendByHand(
    _ row: RowHandle<ContactRow>, _ contact: ContactID, text: String, user: UserID
  ) {
    if policies.failedReplyCounts || takes(row.row.lastChannel, row) {
      if concerns.contains(.losses) { return sendUncertain(row, contact, text: text, user: user) }
      count(row, contact, by: user)
    }
    hand(row, contact, text: text, sender: .user(user), channel: row.row.lastChannel)
  }

  /// Counts a user's message as an answer.
  @inline(__always)
  mutating func count(_ row: RowHandle<ContactRow>, _ contact: ContactID, by user: UserID) {
    row.row.answered(at: now)
    if concerns.contains(.past) { noteAnswer(contact.slot, by: user) }
  }

  /// Notes a user's answer where somebody may ask for it.
  @inline(never)
  private mutating func noteAnswer(_ slot: Int, by user: UserID) {
    let contact = contacts.handle(slot)
    let conversation = conversations.handle(Int(contact.row.conversation))
    let unansweredSince = conversation.row.course.unansweredSince
    if unansweredSince != .never {
      changeUnanswered(of: contact.row.assignee, by: -1)
      let assigned = conversation.row.course.lastAssignmentAt
      countReply(
        of: user, since: assigned == .never ? unansweredSince : max(unansweredSince, assigned))
    }
    let openedByUser = conversation.row.openedBy == .user
    conversation.row.note { $0.userAnswered(user, at: now, openedByUser: openedByUser) }
    if autoClose != nil { startAutoClose(slot) }
  }

  /// A message of a program, a broadcast or a workflow: it opens nothing and assigns nobody (INV-10).
  @discardableResult
  @inline(never)
  mutating func sendAutomatic(
    _ slot: Int, text: String, sender: OutgoingMessage.Sender, channel: ChannelID?
  ) -> MessageID? {
    let contact = contacts.handle(slot)
    guard
      let id = hand(
        contact, contactID(slot, contact), text: text, sender: sender,
        channel: channel ?? contact.row.lastChannel)
    else { return nil }
    contact.row.lastOutgoing = now
    contact.row.lastOutgoingHere = now
    if concerns.contains(.losses) { noteBetweenReplies(slot) }
    if contact.row.isOpen {
      conversations[Int(contact.row.conversation)].note { $0.outgoing &+= 1 }
    }
    return id
  }

  mutating func broadcasts(
    _ contact: ContactID, on channel: ChannelID, text: String
  ) throws(Refusal) {
    try known(channel)
    try accept(text)
    let slot = try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    sendAutomatic(slot, text: text, sender: .broadcast, channel: channel)
  }

  /// Hands a message to its channel; nil when the channel will not take it.
  @discardableResult
  @inline(__always)
  mutating func hand(
    _ row: RowHandle<ContactRow>, _ contact: ContactID, text: String,
    sender: OutgoingMessage.Sender, channel: ChannelID?
  ) -> MessageID? {
    let message = makeMessage(to: contact, on: channel ?? ChannelID(0), by: sender)
    guard let channel else {
      refuse(message, .noChannel)
      return nil
    }
    if concerns.contains(.windows), isShut(channel, for: row) {
      refuse(message, .windowClosed)
      return nil
    }
    effects.send(message, text: concerns.contains(.texts) ? text : "")
    return message.id
  }

  /// The next message, which is about to go out.
  @inline(__always)
  private mutating func makeMessage(
    to contact: ContactID, on channel: ChannelID, by sender: OutgoingMessage.Sender
  ) -> OutgoingMessage {
    messageCount &+= 1
    return OutgoingMessage(
      id: MessageID(messageCount), contact: contact, channel: channel, sender: sender)
  }

  /// Whether the contact's last message is too long ago for a channel.
  @inline(never)
  func isShut(_ channel: ChannelID, for contact: RowHandle<ContactRow>) -> Bool {
    guard let window = settings.channels[channel.index].window else { return false }
    let latest = contact.row.lastIncoming
    return latest == .never || latest + window < now
  }

  @inline(never)
  private mutating func refuse(_ message: OutgoingMessage, _ failure: SendFailure) {
    effects.append(.messageRefused(message, failure))
  }

  mutating func comments(
    _ contact: ContactID, text: String, mentions: [UserID], by actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    guard text.count <= settings.limits.commentLength else {
      throw .textTooLong(limit: settings.limits.commentLength)
    }
    try accept(actor, for: slot)
    for user in mentions { _ = try known(user) }
    if case .user(let user) = actor { act(user) }
    addComment(slot, text: text, mentions: mentions, by: actor)
  }

  /// A comment never counts as a message (INV-17).
  mutating func addComment(_ slot: Int, text: String, mentions: [UserID], by actor: Actor) {
    if contacts[slot].isOpen {
      conversations[Int(contacts[slot].conversation)].note { $0.comments &+= 1 }
    }
    effects.append(.commentAdded(contactID(slot), text: text, by: actor))
    for user in mentions where users[user.index].exists {
      effects.append(.userMentioned(user, contactID(slot), by: actor))
    }
  }

  @inline(never)
  mutating func messageDelivered(_ message: OutgoingMessage) throws(Refusal) {
    switch message.sender {
    case .run(let run):
      guard let place = live(run), runs[place].state == .sending, runs[place].message == message.id
      else { return }
      proceed(place)
    case .user(let user):
      // The policy that wants to see the reply arrive before it assigns.
      guard !policies.failedReplyAssigns else { return }
      let slot = try known(message.contact)
      _ = try known(user)
      guard contacts[slot].assignee == nil, users[user.index].role != .aiAgent else { return }
      assignRarely(slot, to: user, .init(source: .user, reason: .replied, actor: .user(user)))
    case .program, .broadcast: break
    }
  }

  /// A failed message of a workflow takes its failure steps or ends the run (PLATFORM.md 3.6); a user's
  /// is no answer.
  mutating func messageFailed(_ message: OutgoingMessage) throws(Refusal) {
    if case .user = message.sender, concerns.contains(.losses) { return replyFailed(message) }
    guard case .run(let run) = message.sender, let place = live(run) else { return }
    sendFailed(place, message: message.id)
  }
}

extension ConversationCourse {
  @inline(__always)
  mutating func contactWrote(at now: EngineTime) {
    incoming &+= 1
    if unansweredSince == .never { unansweredSince = now }
  }

  /// A response is the first message of a user after one or more of the contact.
  @inline(__always)
  mutating func userAnswered(_ user: UserID, at now: EngineTime, openedByUser: Bool) {
    outgoing &+= 1
    userMessages &+= 1
    if unansweredSince != .never {
      responses &+= 1
      responseTime = EngineDuration(
        nanoseconds: responseTime.nanoseconds &+ (now - unansweredSince).nanoseconds)
      unansweredSince = .never
    }
    // A conversation that a user began has no first response until the contact wrote.
    if firstResponseAt == .never, incoming > 0 || !openedByUser {
      firstResponseAt = now
      firstResponseBy = user
    }
    if lastAssignmentAt != .never, lastAssignmentResponseAt == .never {
      lastAssignmentResponseAt = now
    }
  }
}
