extension EngineCore {
  /// A contact of whom nothing is to be kept goes: `EngineEvent.contactForgotten`.
  @inline(__always)
  public mutating func forget(_ contact: ContactID, at time: EngineTime) {
    if forgetsAsUsual(contact, at: time) { return }
    forgetInGeneral(contact, at: time)
  }

  @inline(never)
  mutating func forgetInGeneral(_ contact: ContactID, at time: EngineTime) {
    carryThrough(.contactForgotten(contact), at: time) {
      (core) throws(Refusal) in try core.forget(contact)
    }
  }

  /// Forgets a contact of the usual kind; false for all others, which `forget` takes.
  @inline(__always)
  mutating func forgetsAsUsual(_ contact: ContactID, at time: EngineTime) -> Bool {
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
  mutating func forget(_ row: RowHandle<ContactRow>, _ slot: Int) {
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
}
