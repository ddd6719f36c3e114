extension EngineCore {
  mutating func snoozes(
    _ contact: ContactID, until: EngineTime?, by user: UserID
  ) throws(Refusal) {
    let slot = try known(contact)
    try accept(.user(user), for: slot)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    guard contacts[slot].isOpen else { throw .noOpenConversation(contact) }
    if let until, until < now { throw .timeWentBack(from: now, to: until) }
    act(user)
    if contacts[slot].status != .snoozed {
      if let assignee = contacts[slot].assignee, !policies.openCountsSnoozed {
        changeOpenContacts(of: assignee, by: -1)
      }
      contacts[slot].status = .snoozed
      // The snooze wins over a running auto-close timer, which starts anew at its end (2.4 rule 6).
      holdAutoClose(slot)
      effects.append(
        .conversationSnoozed(contact, contacts[slot].latestConversation, true))
    }
    cancelSnoozeTimer(slot)
    if let until {
      contacts[detailsOf: slot].snoozedUntil = until
      effects.armTimer(.snooze(contact), at: until)
    }
  }

  mutating func cancelSnoozeTimer(_ slot: Int) {
    guard contacts[detailsOf: slot].snoozedUntil != .never else { return }
    contacts[detailsOf: slot].snoozedUntil = .never
    effects.cancelTimer(.snooze(contactID(slot)))
  }

  mutating func unsnoozes(_ contact: ContactID, by user: UserID) throws(Refusal) {
    let slot = try known(contact)
    try accept(.user(user), for: slot)
    guard contacts[slot].isOpen else { throw .noOpenConversation(contact) }
    act(user)
    if contacts[slot].status == .snoozed { endSnooze(slot) }
  }

  /// Takes a snoozed conversation up again, whether by hand, by time or by a message of the contact.
  mutating func endSnooze(_ slot: Int) {
    contacts[slot].status = .open
    if let assignee = contacts[slot].assignee, !policies.openCountsSnoozed {
      changeOpenContacts(of: assignee, by: 1)
    }
    let contact = contactID(slot)
    cancelSnoozeTimer(slot)
    effects.append(.conversationSnoozed(contact, contacts[slot].latestConversation, false))
    releaseAutoClose(slot)
  }

  mutating func snoozeOver(_ contact: ContactID, _ key: TimerKey) throws(Refusal) {
    guard let slot = try? known(contact), contacts[slot].status == .snoozed else {
      throw .staleTimer(key)
    }
    let until = contacts[detailsOf: slot].snoozedUntil
    guard until != .never else { throw .staleTimer(key) }
    guard until <= now else { throw .earlyTimer(key, expected: until) }
    contacts[detailsOf: slot].snoozedUntil = .never
    endSnooze(slot)
  }
}
