/// Auto-close, by the exact rules of PLATFORM.md 2.4.
extension EngineCore {
  /// A message of a human agent starts the timer, or starts it again (rule 2).
  mutating func startAutoClose(_ slot: Int) {
    guard let autoClose, contacts[slot].isOpen else { return }
    armAutoClose(slot, from: now, duration: autoClose)
  }

  private mutating func armAutoClose(_ slot: Int, from start: EngineTime, duration: EngineDuration)
  {
    // Rule 1: only what was opened after the setting was enabled.
    guard conversations[Int(contacts[slot].conversation)].openedAt >= autoCloseSince else { return }
    guard contacts[slot].status != .snoozed, !contacts[slot].isBlocked else {
      contacts[slot].flags.insert(.autoCloseHeld)
      return
    }
    setAutoCloseTimer(slot, at: max(now, start + duration))
  }

  private mutating func setAutoCloseTimer(_ slot: Int, at deadline: EngineTime) {
    contacts[slot].autoCloseAt = deadline
    effects.armTimer(.autoClose(contactID(slot)), at: deadline)
  }

  /// A snooze (rule 6) or a block holds a running timer up until it is over.
  mutating func holdAutoClose(_ slot: Int) {
    guard contacts[slot].autoCloseAt != .never else { return }
    cancelAutoClose(slot)
    contacts[slot].flags.insert(.autoCloseHeld)
  }

  /// Starts a timer anew that was held up; it stays held as long as anything else holds it.
  mutating func releaseAutoClose(_ slot: Int) {
    guard contacts[slot].flags.contains(.autoCloseHeld) else { return }
    contacts[slot].flags.remove(.autoCloseHeld)
    startAutoClose(slot)
  }

  /// A message of the contact, or the end of the conversation, cancels the timer (rule 4).
  @inline(__always)
  mutating func cancelAutoClose(_ slot: Int) { cancelAutoClose(slot, contacts.handle(slot)) }

  @inline(__always)
  mutating func cancelAutoClose(_ slot: Int, _ contact: RowHandle<ContactRow>) {
    contact.row.flags.remove(.autoCloseHeld)
    guard contact.row.autoCloseAt != .never else { return }
    contact.row.autoCloseAt = .never
    effects.cancelTimer(.autoClose(contactID(slot, contact)))
  }

  /// Another assignee: a human re-bases the timer on the latest human message, an AI agent cancels it (rule 7).
  mutating func rebaseAutoClose(_ slot: Int, to user: UserID) {
    guard autoClose != nil, contacts[slot].isOpen else { return }
    if users[user.index].role == .aiAgent {
      cancelAutoClose(slot)
      return
    }
    rebaseAutoClose(slot)
  }

  /// Bases the timer on the latest message of a human, if the contact has not written since.
  mutating func rebaseAutoClose(_ slot: Int) {
    guard let autoClose, contacts[slot].isOpen else { return }
    let latest = contacts[slot].lastUserOutgoingHere
    // Without a human message, or after the contact's answer to it, there is nothing to base it on.
    guard latest != .never,
      contacts[slot].lastIncoming == .never || contacts[slot].lastIncoming <= latest,
      conversations[Int(contacts[slot].conversation)].course.unansweredSince == .never
    else { return }
    armAutoClose(slot, from: latest, duration: autoClose)
  }

  /// The administrator switches it on, off, or to another duration.
  mutating func setAutoClose(_ duration: EngineDuration?) throws(Refusal) {
    if let duration, duration < .minutes(30) || duration > .days(14) {
      throw .badValue("auto-close after \(duration); expected 30 min to 14 d")
    }
    let before = autoClose
    autoClose = duration
    switch (before, duration) {
    case (nil, _?): autoCloseSince = now
    case (_?, nil):
      for slot in 0..<contacts.count where contacts[slot].exists { cancelAutoClose(slot) }
    case (let before?, let duration?):
      if before != duration { moveAutoClose(from: before, to: duration) }
    case (nil, nil): break
    }
    reviewConcerns()
  }

  /// Another duration holds for what runs already, counted from where that began.
  private mutating func moveAutoClose(from before: EngineDuration, to duration: EngineDuration) {
    for slot in 0..<contacts.count
    where contacts[slot].exists && contacts[slot].autoCloseAt != .never {
      let start = EngineTime(
        nanoseconds: contacts[slot].autoCloseAt.nanoseconds - before.nanoseconds)
      setAutoCloseTimer(slot, at: max(now, start + duration))
    }
  }
}
