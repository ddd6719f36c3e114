import VirtualTime

/// The conversations that wait for one agent, or for anybody, in the order in which they are taken.
///
/// An intrusive list in a table of its own: adding at the end and taking out anywhere cost the same
/// for two entries and for a million. A *ghost* is the place of a conversation that was moved away:
/// it is passed over when its turn comes, which tells when the agent would have reached it.
struct WorkList: ~Copyable {
  /// The end of the list, and the place of what is in no list.
  static let none: Int32 = -1

  struct Entry: BitwiseCopyable {
    var contact: ContactNumber
    /// Which visit of the contact, so that a ghost of an older one is recognised.
    var visit: UInt32
    /// When the conversation reached this list.
    var instant: Instant
    /// Orders conversations that reached the list at the same instant.
    var order: UInt64
    var isGhost: Bool
    fileprivate(set) var next: Int32 = none
    fileprivate(set) var previous: Int32 = none
  }

  private var entries = FlatTable<Entry>(count: 0)
  /// How many places were ever used.
  private var used: Int32 = 0
  private var firstFree = none
  private(set) var head = none
  private(set) var tail = none
  /// How many conversations are in the list, ghosts not counted.
  private(set) var count = 0

  subscript(place: Int32) -> Entry { entries[Int(place)] }

  /// The first conversation, and the ghosts that stand before it are told on the way, with their places.
  @inline(__always)
  mutating func takeFirst(passing ghost: (Entry, Int32) -> Void) -> Entry? {
    while head != Self.none {
      let place = head
      let entry = remove(place)
      if !entry.isGhost { return entry }
      ghost(entry, place)
    }
    return nil
  }

  /// The conversations in the list, in their order.
  var contacts: [ContactNumber] {
    var contacts: [ContactNumber] = []
    var place = head
    while place != Self.none {
      let entry = entries[Int(place)]
      if !entry.isGhost { contacts.append(entry.contact) }
      place = entry.next
    }
    return contacts
  }

  /// The last conversation.
  mutating func takeLast() -> Entry? {
    var place = tail
    while place != Self.none, entries[Int(place)].isGhost { place = entries[Int(place)].previous }
    return place == Self.none ? nil : remove(place)
  }

  /// The place of the first, or last, conversation of which something holds; `none` without any.
  func place(last: Bool, where holds: (Entry) -> Bool) -> Int32 {
    var place = last ? tail : head
    while place != Self.none {
      let entry = entries[Int(place)]
      if !entry.isGhost, holds(entry) { return place }
      place = last ? entry.previous : entry.next
    }
    return Self.none
  }

  /// Adds a conversation behind all that reached the list before; at one instant the older goes first.
  ///
  /// Most come last. What was given back is older than what waits and is looked for from the head.
  @inline(__always)
  mutating func append(_ contact: ContactNumber, visit: UInt32, at instant: Instant, order: UInt64)
    -> Int32
  {
    let place = allocate(
      Entry(contact: contact, visit: visit, instant: instant, order: order, isGhost: false))
    let isLast = tail == Self.none || precedes(tail, instant, order)
    link(place, after: isLast ? tail : lastBefore(instant, order))
    count += 1
    return place
  }

  private func precedes(_ place: Int32, _ instant: Instant, _ order: UInt64) -> Bool {
    let entry = entries[Int(place)]
    return entry.instant < instant || entry.instant == instant && entry.order <= order
  }

  /// The last of those at the head that go before; `none` if none does.
  private func lastBefore(_ instant: Instant, _ order: UInt64) -> Int32 {
    // Those of the same instant stand at the tail, those given back belong near the head.
    if entries[Int(tail)].instant == instant {
      var before = tail
      while before != Self.none, !precedes(before, instant, order) {
        before = entries[Int(before)].previous
      }
      return before
    }
    var after = head
    while after != Self.none, precedes(after, instant, order) { after = entries[Int(after)].next }
    return after == Self.none ? tail : entries[Int(after)].previous
  }

  /// Takes an entry out of the list.
  @discardableResult @inline(__always)
  mutating func remove(_ place: Int32) -> Entry {
    let entry = entries[Int(place)]
    if entry.previous == Self.none {
      head = entry.next
    } else {
      entries[Int(entry.previous)].next = entry.next
    }
    if entry.next == Self.none {
      tail = entry.previous
    } else {
      entries[Int(entry.next)].previous = entry.previous
    }
    if !entry.isGhost { count -= 1 }
    entries[Int(place)].next = firstFree
    firstFree = place
    return entry
  }

  /// Leaves a ghost where a conversation was.
  mutating func haunt(_ place: Int32) {
    guard !entries[Int(place)].isGhost else { return }
    entries[Int(place)].isGhost = true
    count -= 1
  }

  private mutating func allocate(_ entry: Entry) -> Int32 {
    if firstFree == Self.none {
      if Int(used) == entries.capacity { entries.resize(to: max(4, 2 * entries.capacity)) }
      entries[Int(used)] = entry
      used += 1
      return used - 1
    }
    let place = firstFree
    firstFree = entries[Int(place)].next
    entries[Int(place)] = entry
    return place
  }

  private mutating func link(_ place: Int32, after before: Int32) {
    let after = before == Self.none ? head : entries[Int(before)].next
    entries[Int(place)].previous = before
    entries[Int(place)].next = after
    if before == Self.none { head = place } else { entries[Int(before)].next = place }
    if after == Self.none { tail = place } else { entries[Int(after)].previous = place }
  }
}
