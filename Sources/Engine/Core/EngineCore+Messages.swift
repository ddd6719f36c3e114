extension EngineCore {
  /// A message of a contact: it may make the contact (INV-15), open a conversation (O1) and answer a question.
  mutating func contactWrites(
    _ contact: ContactID, on channel: ChannelID, text: String?
  ) throws(Refusal) {
    try known(channel)
    if let text { try accept(text) }
    let slot = contact == nextContact ? try create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }

    if contacts[slot].status == .snoozed { endSnooze(slot) }
    if !contacts[slot].isOpen {
      open(slot, source: .contact, actor: .contact, channel: channel)
    }
    contacts[slot].incoming &+= 1
    contacts[slot].lastIncoming = now
    contacts[slot].lastChannel = channel
    contacts[slot].flags.remove(.isArriving)
    cancelAutoClose(slot)
    if !isUnanswered(slot) { changeUnanswered(of: contacts[slot].assignee, by: 1) }
    conversations[Int(contacts[slot].conversation)].course.contactWrote(at: now)
    let words = text ?? ""
    if !words.isEmpty || contacts[slot].details >= 0 {
      details[detailsSlot(of: slot)].lastIncomingText = words
    }
    if contacts[slot].firstRun >= 0 { answer(slot, text: text) }
  }

  /// The channel's welcome event (O5): only in old workspaces does it open a conversation.
  mutating func channelGreets(_ contact: ContactID, on channel: ChannelID) throws(Refusal) {
    try known(channel)
    let slot = contact == nextContact ? try create(contact) : try known(contact)
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
    let slot = contact == nextContact ? try create(contact) : try known(contact)
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
    let slot = contact == nextContact ? try create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    contacts[slot].lastChannel = channel
    if !contacts[slot].isOpen {
      open(slot, source: .growthWidget, actor: .contact, channel: channel)
    }
    contacts[slot].flags.remove(.isArriving)
  }

  /// A message of a user or a program.
  mutating func sends(_ contact: ContactID, text: String, by actor: Actor) throws(Refusal) {
    let slot = try known(contact)
    try accept(text)
    try accept(actor, for: slot)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    switch actor {
    case .user(let user):
      act(user)
      guard users[user.index].role != .aiAgent else {
        sendAutomatic(slot, text: text, sender: .user(user), channel: nil)
        return
      }
      // O3: a user's message opens, and the answer to nobody's contact makes it the user's (INV-7).
      if !contacts[slot].isOpen {
        open(slot, source: .user, actor: actor, channel: contacts[slot].lastChannel)
      }
      if contacts[slot].assignee == nil, policies.failedReplyAssigns {
        assign(slot, to: user, .init(source: .user, reason: .replied, actor: actor))
      }
      if policies.aiAgentTakeover == .endsRun { takeOver(slot, by: user) }
      sendByHand(slot, text: text, user: user)
    case .program(let source):
      if source == .aiAgent { try acceptAIAgent(slot) }
      sendAutomatic(slot, text: text, sender: .program(source), channel: nil)
    case .contact, .workflow, .workspace: break
    }
  }

  /// A user's message counts as a response, sent or not: the user did answer.
  private mutating func sendByHand(_ slot: Int, text: String, user: UserID) {
    contacts[slot].lastUserOutgoing = now
    contacts[slot].lastUserOutgoingHere = now
    contacts[slot].lastOutgoing = now
    contacts[slot].lastOutgoingHere = now
    let place = Int(contacts[slot].conversation)
    let unansweredSince = conversations[place].course.unansweredSince
    if unansweredSince != .never {
      changeUnanswered(of: contacts[slot].assignee, by: -1)
      let assigned = conversations[place].course.lastAssignmentAt
      countReply(
        of: user, since: assigned == .never ? unansweredSince : max(unansweredSince, assigned))
    }
    conversations[place].course.userAnswered(
      user, at: now, openedByUser: conversations[place].openedBy == .user)
    startAutoClose(slot)
    hand(slot, text: text, sender: .user(user), channel: contacts[slot].lastChannel)
  }

  /// A message of a program, a broadcast or a workflow: it opens nothing and assigns nobody (INV-10).
  @discardableResult
  mutating func sendAutomatic(
    _ slot: Int, text: String, sender: OutgoingMessage.Sender, channel: ChannelID?
  ) -> MessageID? {
    let channel = channel ?? contacts[slot].lastChannel
    guard let id = hand(slot, text: text, sender: sender, channel: channel) else { return nil }
    contacts[slot].lastOutgoing = now
    contacts[slot].lastOutgoingHere = now
    if contacts[slot].isOpen {
      conversations[Int(contacts[slot].conversation)].course.outgoing &+= 1
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
  private mutating func hand(
    _ slot: Int, text: String, sender: OutgoingMessage.Sender, channel: ChannelID?
  ) -> MessageID? {
    messageCount &+= 1
    var message = OutgoingMessage(
      id: MessageID(messageCount), contact: contactID(slot), channel: channel ?? ChannelID(0),
      sender: sender)
    guard let channel else {
      effects.append(rich: .messageRefused(message, .noChannel))
      return nil
    }
    message.channel = channel
    if let window = settings.channels[channel.index].window,
      contacts[slot].lastIncoming == .never || contacts[slot].lastIncoming + window < now
    {
      effects.append(rich: .messageRefused(message, .windowClosed))
      return nil
    }
    effects.append(message, text: omitted.contains(.texts) ? "" : text)
    return message.id
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
      conversations[Int(contacts[slot].conversation)].course.comments &+= 1
    }
    effects.append(rich: .commentAdded(contactID(slot), text: text, by: actor))
    for user in mentions where users[user.index].exists {
      effects.append(rich: .userMentioned(user, contactID(slot), by: actor))
    }
  }

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
      assign(slot, to: user, .init(source: .user, reason: .replied, actor: .user(user)))
    case .program, .broadcast: break
    }
  }

  /// A failed message of a workflow takes its failure steps or ends the run (PLATFORM.md 3.6).
  mutating func messageFailed(_ message: OutgoingMessage) throws(Refusal) {
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
