extension EngineCore {
  /// Merges a second contact into a first: its conversation closes (X4), its runs end, what the first lacks it gains.
  mutating func merges(
    _ contact: ContactID, absorbing other: ContactID, by user: UserID
  ) throws(Refusal) {
    guard contact != other else { throw .mergeWithItself(contact) }
    let slot = try known(contact)
    let second = try known(other)
    try accept(.user(user), for: slot)
    try accept(.user(user), for: second)
    act(user)
    endAll(second, .contactGone)
    if contacts[second].isOpen {
      close(second, source: .merge, actor: .user(user), note: nil)
      // Who had the conversation is gone before workflows begin: the contact that remains stands for it.
      if !workflows.listeners.closed.isEmpty { agenda.add(.closed(contact, .merge, closed.latest)) }
    }
    if contacts[second].assignee != nil {
      assignInGeneral(
        second, to: nil, .init(source: .user, reason: .merged, actor: .user(user)))
    }
    inherit(slot, from: second, by: .user(user))
    effects.append(.contactMerged(other, into: contact))
    contacts.remove(contacts.handle(second), second)
  }

  /// What the first contact gains: fields it has not set, tags, and the past of the second.
  private mutating func inherit(_ slot: Int, from second: Int, by actor: Actor) {
    let late = contacts[second]
    let other = contacts[detailsOf: second]
    let text = other.lastIncomingText
    for entry in other.fields where value(of: entry.field, slot) == nil {
      change(slot, entry.field, entry.value, by: actor)
    }
    for tag in other.tags { change(slot, tag, .added, by: actor) }
    // The channel and the words of whichever message came last are the person's last ones.
    let isLater =
      late.lastIncoming != .never
      && (contacts[slot].lastIncoming == .never || contacts[slot].lastIncoming < late.lastIncoming)
    if isLater || contacts[slot].lastChannel == nil {
      contacts[slot].lastChannel = late.lastChannel ?? contacts[slot].lastChannel
    }
    if isLater, !text.isEmpty || contacts.hasDetails(slot) {
      contacts[detailsOf: slot].lastIncomingText = text
    }
    // What was recorded of the first contact's latest conversation stays; without one the second's holds.
    if contacts[slot].conversations == 0 { contacts[slot].wasNew = late.wasNew }
    contacts[slot].conversations &+= late.conversations
    contacts[slot].incoming &+= late.incoming
    contacts[slot].lastIncoming = Self.later(contacts[slot].lastIncoming, late.lastIncoming)
    contacts[slot].lastOutgoing = Self.later(contacts[slot].lastOutgoing, late.lastOutgoing)
    contacts[slot].lastUserOutgoing = Self.later(
      contacts[slot].lastUserOutgoing, late.lastUserOutgoing)
    inheritEnrolments(slot, late.enrolments, other.enrolments)
  }

  func value(of field: FieldID, _ slot: Int) -> Value? {
    contacts[detailsOf: slot].value(of: field)
  }

  /// Where the second contact ever was the person was: once per contact holds for both lives together.
  private mutating func inheritEnrolments(
    _ slot: Int, _ inline: EnrolmentHistory, _ others: [Enrolment]
  ) {
    for enrolment in [inline.first, inline.second] + others where enrolment.workflow > 0 {
      noteEnrolment(slot, in: enrolment.workflow - 1)
    }
  }

  private static func later(_ one: EngineTime, _ other: EngineTime) -> EngineTime {
    if one == .never { return other }
    if other == .never { return one }
    return max(one, other)
  }
}
