extension EngineCore {
  /// A message that the engine sent arrived: `EngineEvent.messageDelivered`.
  @inline(__always)
  public mutating func messageDelivered(_ message: OutgoingMessage, at time: EngineTime) {
    // Nearly always nothing follows from it: the answer of a user, who had the contact before.
    if case .user = message.sender, isPlain(time, .arrivals) {
      pass(time)
      return
    }
    messageDeliveredInGeneral(message, at: time)
  }

  @inline(never)
  private mutating func messageDeliveredInGeneral(
    _ message: OutgoingMessage, at time: EngineTime
  ) {
    carryThrough(.messageDelivered(message), at: time) {
      (core) throws(Refusal) in try core.messageDelivered(message)
    }
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
  mutating func makeMessage(
    to contact: ContactID, on channel: ChannelID, by sender: OutgoingMessage.Sender
  ) -> OutgoingMessage {
    messageCount &+= 1
    return OutgoingMessage(
      id: MessageID(messageCount), contact: contact, channel: channel, sender: sender)
  }

  /// Whether the contact's last message is too long ago for a channel.
  ///
  /// Written where it is asked: before a call that only reads the core, the core would be copied.
  @inline(__always)
  func isShut(_ channel: ChannelID, for contact: RowHandle<ContactRow>) -> Bool {
    guard let window = settings.channels[channel.index].window else { return false }
    let latest = contact.row.lastIncoming
    return latest == .never || latest + window < now
  }

  @inline(never)
  mutating func refuse(_ message: OutgoingMessage, _ failure: SendFailure) {
    effects.append(.messageRefused(message, failure))
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
      assignInGeneral(slot, to: user, .init(source: .user, reason: .replied, actor: .user(user)))
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
