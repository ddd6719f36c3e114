extension EngineCore {
  /// A message is sent by hand or by a program: `EngineEvent.sends`.
  @inline(__always)
  public mutating func sends(
    _ contact: ContactID, text: String, by actor: Actor, at time: EngineTime
  ) {
    if sendsAsUsual(contact, text: text, by: actor, at: time) == .taken { return }
    sendsInGeneral(contact, text: text, by: actor, at: time)
  }

  @inline(never)
  mutating func sendsInGeneral(
    _ contact: ContactID, text: String, by actor: Actor, at time: EngineTime
  ) {
    carryThrough(.sends(contact, text: text, by: actor), at: time) {
      (core) throws(Refusal) in try core.sends(contact, text: text, by: actor)
    }
  }

  /// A user answers on the channel that the contact wrote on last, as far as the host knows, and closes
  /// with it: `EngineEvent.sends` and `EngineEvent.closes` after each other.
  @inline(__always)
  public mutating func answersAndCloses(
    _ contact: ContactID, on channel: ChannelID, text: String, by user: UserID,
    at time: EngineTime
  ) {
    if isPlain(text),
      let assignee = answersAndClosesAsUsual(contact, on: channel, by: user, at: time)
    {
      return lightens(assignee)
    }
    answersAndClosesInGeneral(contact, text: text, by: user, at: time)
  }

  @inline(never)
  private mutating func answersAndClosesInGeneral(
    _ contact: ContactID, text: String, by user: UserID, at time: EngineTime
  ) {
    sendsInGeneral(contact, text: text, by: .user(user), at: time)
    closesInGeneral(contact, by: .user(user), note: nil, at: time)
  }

  /// Sends a person's answer of the usual kind.
  @inline(__always)
  mutating func sendsAsUsual(
    _ contact: ContactID, text: String, by actor: Actor, at time: EngineTime
  ) -> UsualWay {
    // Of a usual answer nothing follows that would be left to do.
    guard isPlain(time, .anyOfAnswers), isPlain(text), case .user(let user) = actor,
      let row = usual(contact, for: user), row.row.assignee != nil
    else { return .declined }
    let lastChannel = row.row.lastChannel
    guard let lastChannel, lastChannel.raw <= UInt16.max, effects.hasRoom,
      effects.hasRoomForMessage
    else { return .declined }
    pass(time)
    effects.appendInRoom(makeMessage(to: contact, on: lastChannel, by: .user(user)))
    count(row, contact, by: user)
    return .taken
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
      assignInGeneral(slot, to: user, .init(source: .user, reason: .replied, actor: actor))
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
  mutating func noteAnswer(_ slot: Int, by user: UserID) {
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

  /// Sends a person's answer of the usual kind and closes the conversation with it, as `sendsAsUsual` and
  /// `closesAsUsual` would after each other, with one effect for both.
  ///
  /// Gives the assignee, to whom `lightens` is still to be said; nil, and nothing is changed, for all
  /// others.
  @inline(__always)
  mutating func answersAndClosesAsUsual(
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
    var account = ClosedConversation.omitted
    if concerns.contains(.past) {
      noteAnswer(contact.slot, by: user)
      account = writeDown(row, contact, by: user, of: assignee)
    }
    effects.appendInRoom(
      EffectRecord(
        .answeredAndClosed, contact, account: account,
        channel: UInt16(truncatingIfNeeded: channel.raw)))
    row.row.answered(at: time)
    endAsUsual(row)
    return assignee
  }
}
