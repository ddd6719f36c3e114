extension EngineCore {
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
