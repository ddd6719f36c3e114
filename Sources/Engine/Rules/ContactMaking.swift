extension EngineCore {
  /// The row of a contact that is there, or of the next one, which is made.
  @inline(__always)
  mutating func knownOrNext(_ contact: ContactID) throws(Refusal) -> RowHandle<ContactRow> {
    guard contact.slot < contacts.count else { return try appended(contact) }
    let row = contacts.handle(contact.slot)
    guard row.row.generation == contact.generation else { throw .unknownContact(contact) }
    if !row.row.exists {
      guard contacts.take(contact.slot) else { throw .unknownContact(contact) }
      if concerns.contains(.contacts) { effects.append(.contactCreated(contact)) }
      row.row.begin()
    }
    return row
  }

  @inline(never)
  private mutating func appended(_ contact: ContactID) throws(Refusal) -> RowHandle<ContactRow> {
    guard contact == nextContact else { throw .unknownContact(contact) }
    let slot = create(contact)
    return contacts.handle(slot)
  }

  /// Makes the next contact: without assignee (INV-4), without anything.
  mutating func create(_ contact: ContactID) -> Int {
    if concerns.contains(.contacts) { effects.append(.contactCreated(contact)) }
    return contacts.make()
  }

  mutating func addContact(_ contact: ContactID, _ profile: ContactProfile) throws(Refusal) {
    guard contact == nextContact else {
      throw .idOutOfTurn(expected: nextContact.raw, got: contact.raw)
    }
    let fields = try profile.fields.map { (entry) throws(Refusal) in
      FieldEntry(entry.field, try accept(entry.value, in: entry.field))
    }
    for tag in profile.tags { try known(tag) }
    let assignee = try profile.assignee.map { (user) throws(Refusal) in try known(user) }
    if let channel = profile.channel { try known(channel) }
    let slot = create(contact)
    if let channel = profile.channel { contacts[slot].lastChannel = channel }
    if !profile.isArriving { contacts[slot].flags.remove(.isArriving) }
    contacts[slot].conversations = profile.earlierConversations
    contacts[slot].wasNew = profile.earlierConversations == 1
    if profile.earlierConversations > 0 { contacts[slot].incoming = 1 }
    for entry in fields {
      contacts[detailsOf: slot].fields.removeAll { $0.field == entry.field }
      contacts[detailsOf: slot].fields.append(entry)
    }
    for tag in profile.tags where !contacts[detailsOf: slot].tags.contains(tag) {
      contacts[detailsOf: slot].tags.append(tag)
    }
    if let assignee {
      contacts[slot].assignee = assignee
      contacts[slot].lastAssignee = assignee
      users[assignee.index].gained &+= 1
    }
  }
}
