extension EngineCore {
  /// A contact of whom nothing is to be kept goes: `EngineEvent.contactForgotten`.
  @inline(__always)
  public mutating func forget(_ contact: ContactID, at time: EngineTime) {
    if forgetsAsUsual(contact, at: time) == .taken { return }
    forgetInGeneral(contact, at: time)
  }

  @inline(never)
  mutating func forgetInGeneral(_ contact: ContactID, at time: EngineTime) {
    carryThrough(.contactForgotten(contact), at: time) {
      (core) throws(Refusal) in try core.forget(contact)
    }
  }

  /// Forgets a contact of the usual kind.
  @inline(__always)
  mutating func forgetsAsUsual(_ contact: ContactID, at time: EngineTime) -> UsualWay {
    guard isPlain(time, .contacts), let slot = live(contact) else { return .declined }
    let row = contacts.handle(slot)
    guard !row.row.isOpen, row.row.firstRun < 0, row.row.details < 0 else {
      return .declined
    }
    pass(time)
    forget(row, slot)
    return .taken
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
    contacts.remove(row, slot)
  }
}
