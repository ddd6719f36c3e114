extension EngineCore {
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
}
