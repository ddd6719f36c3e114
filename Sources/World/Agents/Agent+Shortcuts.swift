import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Shortcuts that agents pick in the inbox: for a conversation that they have looked at, and for all they
/// have at the end of a shift.
extension Agent {
  /// A look at a conversation that will end with a shortcut and not with an answer.
  struct Look: BitwiseCopyable {
    var slot: Int
    /// The position among the style's shortcuts.
    var shortcut: Int
    /// The work on the answer that is left to do, should the conversation stay.
    var rest: Int64
  }

  /// The work to begin with: a look, if a shortcut is to be used, and else the answer's.
  @inline(never)
  func beginning(_ work: Int64, in slot: Int, _ contact: Near<Contact>) -> Int64 {
    for (number, shortcut) in traits.style.shortcuts.enumerated() where shortcut.chance > 0 {
      guard let bit = exchange.shortcutNames.firstIndex(of: shortcut.name),
        let look = contact((shortcut, bit), { $0.lookBeforeUse(of: $1.0, bit: $1.1) })
      else { continue }
      looks.append(Look(slot: slot, shortcut: number, rest: work))
      return look
    }
    return work
  }

  /// What the agent was looking at in a slot; nil where it was work on an answer.
  func takeLook(_ slot: Int) -> Look? {
    looks.firstIndex { $0.slot == slot }.map { looks.remove(at: $0) }
  }

  /// The look is over: the shortcut is used, and what it leaves with the agent is answered.
  func usesShortcut(_ look: Look, _ contact: Near<Contact>, at now: Instant) {
    exchange.useShortcut(traits.style.shortcuts[look.shortcut], on: contact, by: user)
    handedOn = (look.slot, now)
    run(look.slot, work: look.rest, at: now)
  }

  /// At the end of a shift: all that the agent has and does not work on goes by the shortcut.
  func handsOver() {
    guard traits.style.shortcuts.contains(where: \.atShiftEnd) else { return }
    var kept: Set<ContactNumber> = []
    for slot in 0..<slots.capacity where slots[slot].phase != .free {
      if !isInterrupted || slots[slot].phase != .reply { kept.insert(slots[slot].contact) }
    }
    let contacts = exchange.openContacts(of: user).filter { !kept.contains($0) }
    for shortcut in traits.style.shortcuts where shortcut.atShiftEnd {
      for contact in contacts {
        exchange.useShortcut(shortcut, on: exchange.contacts[contact], by: user)
      }
    }
  }
}

extension Contact {
  /// The work until an agent uses a shortcut on the conversation; nil where that is not to be, or was
  /// decided before.
  fileprivate func lookBeforeUse(of shortcut: WorkStyle.Shortcut, bit: Int) -> Int64? {
    guard state.isOpen, id != nil, !isJunk, peculiarity.outreach == .none else { return nil }
    let opening = UInt16(truncatingIfNeeded: openings)
    if peculiarity.decidedOpening != opening {
      peculiarity.decidedOpening = opening
      peculiarity.decided = 0
    }
    guard peculiarity.decided & 1 << UInt16(bit) == 0 else { return nil }
    peculiarity.decided |= 1 << UInt16(bit)
    let entity = entity ^ (nameCode(shortcut.name) &* 0x9E37_79B9_7F4A_7C15)
    var chance = exchange.streams.stream(.shortcut, of: entity)
    guard chance.chance(shortcut.chance) else { return nil }
    var stream = exchange.streams.stream(.shortcutDelay, of: entity)
    let look = shortcut.after.sampleNanoseconds(&stream)
    return look == SampledTime.never ? nil : look
  }
}

extension Exchange {
  /// A user picks a shortcut for a contact whose conversation is open.
  func useShortcut(_ shortcut: WorkStyle.Shortcut, on contact: Near<Contact>, by user: UserID) {
    guard let id = contact({ $0.state.isOpen ? $0.id : nil }),
      // At this instant it may have been closed already, of which nothing was heard yet.
      engine(id, { $0.contact($1)?.status != .closed })
    else { return }
    if isCounting { people.shortcuts += 1 }
    handle(.usesShortcut(id, name: shortcut.name, form: shortcut.form, by: user))
  }

  /// The contacts with an open conversation that a user has by now, in the order of opening.
  fileprivate func openContacts(of user: UserID) -> [ContactNumber] {
    contacts.compactMap { door -> (number: Int, contact: ContactNumber)? in
      // What was handed over at this instant is somebody else's, of which the contact has not heard yet.
      guard let (number, contact, id) = door({ $0.openOne }),
        engine(id, { $0.assignee(of: $1) }) == user
      else { return nil }
      return (number, contact)
    }.sorted { $0.number < $1.number }.map(\.contact)
  }
}

extension Contact {
  /// The number of the open conversation, and whose it is; nil without one.
  fileprivate var openOne: (number: Int, contact: ContactNumber, id: ContactID)? {
    guard state.isOpen, let id else { return nil }
    return (state.number, number, id)
  }
}
