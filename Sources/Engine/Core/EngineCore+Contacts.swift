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
    let slot = contacts.take(orAppend: ContactRow())
    contacts.handle(slot).row.begin()
    return slot
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
    let slot = create(contact)
    if !profile.isArriving { contacts[slot].flags.remove(.isArriving) }
    contacts[slot].conversations = profile.earlierConversations
    contacts[slot].wasNew = profile.earlierConversations == 1
    if profile.earlierConversations > 0 { contacts[slot].incoming = 1 }
    if !fields.isEmpty || !profile.tags.isEmpty {
      let place = detailsSlot(of: slot)
      for entry in fields {
        details[place].fields.removeAll { $0.field == entry.field }
        details[place].fields.append(entry)
      }
      for tag in profile.tags where !details[place].tags.contains(tag) {
        details[place].tags.append(tag)
      }
    }
    if let assignee {
      contacts[slot].assignee = assignee
      contacts[slot].lastAssignee = assignee
      users[assignee.index].gained &+= 1
    }
  }

  /// Forgets a contact of the usual kind; false for all others, which `forget` takes.
  @inline(__always)
  mutating func forgetsAtOnce(_ contact: ContactID, at time: EngineTime) -> Bool {
    guard isPlain(time, .contacts), let slot = live(contact) else { return false }
    let row = contacts.handle(slot)
    guard !row.row.isOpen, row.row.firstRun < 0, row.row.details < 0 else { return false }
    pass(time)
    forget(row, slot)
    return true
  }

  /// Forgets a contact of whom nothing is left to keep; its slot serves another, its id nobody.
  @inline(never)
  mutating func forget(_ contact: ContactID) throws(Refusal) {
    let slot = try known(contact)
    let row = contacts.handle(slot)
    guard !row.row.isOpen, row.row.firstRun < 0 else { throw .contactInUse(contact) }
    forget(row, slot)
    if concerns.contains(.contacts) { effects.append(.contactForgotten(contact)) }
  }

  @inline(__always)
  private mutating func forget(_ row: RowHandle<ContactRow>, _ slot: Int) {
    let assignee = row.row.assignee
    if let assignee {
      users.handle(assignee.index).row.lost &+= 1
      row.row.assignee = nil
    }
    remove(row, slot)
  }

  @inline(__always)
  mutating func remove(_ contact: RowHandle<ContactRow>, _ slot: Int) {
    if contact.row.details >= 0 { removeDetails(slot) }
    contact.row.flags = []
    // A slot whose generations are used up is never taken again.
    guard contact.row.generation < .max else { return }
    contact.row.generation &+= 1
    contacts.release(slot)
  }

  @inline(never)
  private mutating func removeDetails(_ slot: Int) {
    let place = Int(contacts[slot].details)
    details[place].clear()
    details.release(place)
    contacts[slot].details = -1
  }

  mutating func tags(
    _ contact: ContactID, _ tag: TagID, _ action: TagAction, by actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    try known(tag)
    try accept(actor, for: slot)
    if case .user(let user) = actor { act(user) }
    change(slot, tag, action, by: actor)
  }

  /// Adds or removes a tag; what is so already is no change and no occasion.
  mutating func change(_ slot: Int, _ tag: TagID, _ action: TagAction, by actor: Actor) {
    let has =
      contacts[slot].details >= 0 && details[Int(contacts[slot].details)].tags.contains(tag)
    guard has == (action == .removed) else { return }
    let place = detailsSlot(of: slot)
    switch action {
    case .added: details[place].tags.append(tag)
    case .removed: details[place].tags.removeAll { $0 == tag }
    }
    effects.append(.tagChanged(contactID(slot), tag, action, by: actor))
    if !listeners.tag.isEmpty { note(.tag(contactID(slot), tag, action)) }
  }

  mutating func setsField(
    _ contact: ContactID, _ field: FieldID, _ value: Value?, by actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    try known(field)
    if let value { _ = try accept(value, in: field) }
    try accept(actor, for: slot)
    if case .user(let user) = actor { act(user) }
    change(slot, field, value, by: actor)
  }

  /// A value as a field holds it; refused is what is too long or not of the field's kind.
  mutating func accept(_ value: Value, in field: FieldID) throws(Refusal) -> Value {
    try known(field)
    try accept(value.text)
    let definition = settings.fields[field.index]
    guard let held = definition.kind.accept(value) else {
      throw .badValue(
        "'\(value.text)' in \(definition.name); expected a value of the kind \(definition.kind)")
    }
    return held
  }

  /// Sets or empties a field; the same value again is no change and no occasion.
  ///
  /// Nor is a value that is not of the field's kind, which only a workflow brings: the field stays.
  mutating func change(_ slot: Int, _ field: FieldID, _ value: Value?, by actor: Actor) {
    var value = value
    if let written = value {
      value = settings.fields[field.index].kind.accept(written)
      if value == nil { return }
    }
    let before =
      contacts[slot].details < 0 ? nil : details[Int(contacts[slot].details)].value(of: field)
    guard before != value else { return }
    let place = detailsSlot(of: slot)
    details[place].fields.removeAll { $0.field == field }
    if let value { details[place].fields.append(FieldEntry(field, value)) }
    effects.append(.fieldChanged(contactID(slot), field, value, by: actor))
    if !listeners.field.isEmpty { note(.field(contactID(slot), field)) }
  }

  /// Blocking ends the contact's runs; its conversation stays as it is and cannot be touched (INV-13).
  mutating func blocks(_ contact: ContactID, by user: UserID) throws(Refusal) {
    let slot = try known(contact)
    try accept(.user(user), for: slot)
    act(user)
    guard !contacts[slot].isBlocked else { return }
    contacts[slot].flags.insert(.blocked)
    holdAutoClose(slot)
    effects.append(.contactBlocked(contact, true))
    endAll(slot, .contactGone)
  }

  mutating func unblocks(_ contact: ContactID, by user: UserID) throws(Refusal) {
    let slot = try known(contact)
    try accept(.user(user), for: slot)
    act(user)
    guard contacts[slot].isBlocked else { return }
    contacts[slot].flags.remove(.blocked)
    effects.append(.contactBlocked(contact, false))
    releaseAutoClose(slot)
  }
}
