/// All contacts, and what only some of them have.
///
/// A slot is used again when its contact is forgotten; the id, slot and generation together, is not.
/// Nothing outside this file takes or frees a slot.
struct Contacts: Sendable, Codable {
  private var rows = RawTable<ContactRow>()
  private var details = SlotTable<ContactDetails>()

  /// How many slots there are, the free ones included.
  @inline(__always) var count: Int { rows.count }
  @inline(__always) var indices: Range<Int> { rows.indices }
  /// How many contacts there are.
  var liveCount: Int { rows.liveCount }

  subscript(slot: Int) -> ContactRow {
    @inline(__always) _read { yield rows[slot] }
    @inline(__always) _modify { yield &rows[slot] }
  }

  /// A row where it stands: good until another contact is made.
  @inline(__always)
  func handle(_ slot: Int) -> RowHandle<ContactRow> { rows.handle(slot) }

  // MARK: Ids

  @inline(__always)
  func id(of slot: Int) -> ContactID { ContactID(slot: slot, generation: rows[slot].generation) }

  /// The slot of a contact that is there; nil when it is not.
  @inline(__always)
  func slot(of contact: ContactID) -> Int? {
    let slot = contact.slot
    guard slot < rows.count, rows[slot].exists, rows[slot].generation == contact.generation else {
      return nil
    }
    return slot
  }

  /// The id that the next contact will have.
  @inline(__always) var next: ContactID {
    guard let slot = rows.freedSlot else { return ContactID(slot: rows.count, generation: 0) }
    return ContactID(slot: slot, generation: rows[slot].generation)
  }

  // MARK: Coming and going

  /// The slot that the next contact takes, where another had it before.
  @inline(__always) var freedSlot: Int? { rows.freedSlot }

  /// Takes the slot of which `freedSlot` told, as it was left.
  @inline(__always)
  mutating func takeFreed() { rows.takeFreed() }

  /// Takes a freed slot as it was left, if its turn is now.
  @inline(__always)
  mutating func take(_ slot: Int) -> Bool { rows.take(slot) }

  /// Makes the next contact: without assignee (INV-4), without anything.
  mutating func make() -> Int {
    let slot = rows.take(orAppend: ContactRow())
    rows.handle(slot).row.begin()
    return slot
  }

  /// Forgets a contact that nothing refers to any more; its slot serves another, its id nobody.
  @inline(__always)
  mutating func remove(_ contact: RowHandle<ContactRow>, _ slot: Int) {
    if contact.row.details >= 0 { removeDetails(slot) }
    contact.row.flags = []
    // A slot whose generations are used up is never taken again.
    guard contact.row.generation < .max else { return }
    contact.row.generation &+= 1
    rows.release(slot)
  }

  // MARK: Details

  /// Whether a contact has more than its row tells.
  @inline(__always)
  func hasDetails(_ slot: Int) -> Bool { rows[slot].details >= 0 }

  /// What a contact has besides its row: nothing, while there are no details; they are made by changing them.
  subscript(detailsOf slot: Int) -> ContactDetails {
    @inline(__always) _read {
      let place = rows[slot].details
      if place >= 0 { yield details[Int(place)] } else { yield Self.noDetails }
    }
    _modify {
      let place = details.row(beside: &rows[slot].details, orAppend: ContactDetails())
      yield &details[place]
    }
  }

  private static let noDetails = ContactDetails()

  /// The conversation is over: its replies that might have been lost are forgotten.
  ///
  /// Here, where the details stand, because every conversation that closes comes this way.
  mutating func forgetReplies(of slot: Int) {
    let place = Int(rows[slot].details)
    guard place >= 0, !details[place].sentReplies.isEmpty else { return }
    details[place].sentReplies.removeAll(keepingCapacity: true)
  }

  @inline(never)
  private mutating func removeDetails(_ slot: Int) {
    details.release(beside: &rows[slot].details) { $0.clear() }
  }

  // MARK: Copies

  /// Goes on in memory of its own.
  mutating func separate() { rows.separate() }

  /// Which part differs from another table that ought to be the same; nil where none does.
  func difference(from other: Contacts) -> String? {
    guard rows.agrees(with: other.rows, goingOn: { $0.generation }) else { return "contacts" }
    return details == other.details ? nil : "details of contacts"
  }
}
