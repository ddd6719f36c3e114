/// The pending events of one run, least key first.
///
/// A heap with four children a node of 128-bit keys. Node `i` has its children at `4i - 8` to
/// `4i - 5`, with the root at 3, so four children lie in one cache line. A position table leads from
/// an event's slot to its key: cancelling takes the key out at once, nothing is left to be skipped.
/// After a pop the root stays open: the event that is handled next usually schedules another one,
/// which then sinks from the root in one pass instead of two.
@frozen public struct EventQueue: ~Copyable {
  /// Keys in heap order; what lies behind the last one is `EventKey.last`.
  @usableFromInline var keys: RawTable<EventKey>
  /// One past the last key, where an open root counts as a key.
  @usableFromInline var end: Int
  /// Whether the key at the root has been popped and nothing has taken its place.
  ///
  /// What remains of it there comes before every key that was pending when it was popped.
  @usableFromInline var rootIsOpen: Bool

  /// What happens, by slot.
  @usableFromInline var events: RawTable<Event>
  /// Where the key of a slot is in `keys`; or a mark (`inLane`, `isFree`) and what goes with it.
  @usableFromInline var positions: RawTable<UInt32>
  /// The first free slot; a free slot's position names the next one.
  @usableFromInline var firstFree: UInt32
  @usableFromInline var sequence: UInt64
  /// When fewer events than this are pending, memory can be given back.
  @usableFromInline var shrinkBelow: Int

  /// Timers of one constant length, first in first out; see `EventQueue+Lanes.swift`.
  @usableFromInline var lanes: RawTable<Lane>
  @usableFromInline var laneCount: Int
  @usableFromInline var links: RawTable<LaneLink>
  /// How many events stand in lanes behind the head, which alone is in the heap.
  @usableFromInline var behindHeads: Int

  @usableFromInline static var root: Int { 3 }
  @usableFromInline static var smallest: Int { 64 }
  @usableFromInline static var isFree: UInt32 { 1 << 31 }
  @usableFromInline static var inLane: UInt32 { 1 << 30 }

  /// The most events that may be pending.
  public let limit: Int

  /// An empty queue for so many events, at most some eight million.
  public init(limit: Int = .max) {
    self.limit = max(1, min(limit, EventKey.slotLimit))
    keys = RawTable(count: Self.smallest)
    for index in 0..<Self.smallest { keys[index] = .last }
    end = Self.root
    rootIsOpen = false
    events = RawTable(count: 0)
    positions = RawTable(count: 0)
    firstFree = Self.isFree
    sequence = 0
    shrinkBelow = 0
    lanes = RawTable(count: 0)
    laneCount = 0
    links = RawTable(count: 0)
    behindHeads = 0
    growSlots()
  }

  /// How many events are pending.
  @inlinable public var count: Int { end - Self.root - (rootIsOpen ? 1 : 0) + behindHeads }

  /// Whether there are sequence numbers for the events of many hours to come.
  ///
  /// Asked between batches of events, so the margin is more than a batch can use.
  var hasSequenceNumbers: Bool { sequence < EventKey.sequenceLimit - 1 << 32 }

  /// Bytes held by the tables.
  public var footprint: Int {
    keys.capacity * 16 + events.capacity * 20 + links.capacity * MemoryLayout<LaneLink>.stride
  }

  // MARK: - What callers do

  /// Adds an event; `none` when there is no slot left for it.
  @inlinable @inline(__always)
  public mutating func push(_ event: Event, at nanoseconds: Int64, class: EventClass) -> TimerHandle
  {
    let slot = takeSlot()
    if slot < 0 { return .none }
    events[slot] = event
    let key = nextKey(nanoseconds, `class`, lane: false, slot: slot)
    insert(key)
    return TimerHandle(bits: key.low)
  }

  /// The key of the next event.
  @inlinable @inline(__always)
  public mutating func next() -> EventKey? {
    if rootIsOpen { closeRoot() }
    return end > Self.root ? keys[Self.root] : nil
  }

  /// Takes out the next event, whose key `next` has just returned.
  @inlinable @inline(__always)
  public mutating func pop(_ key: EventKey) -> Event {
    assert(!rootIsOpen && keys[Self.root] == key, "only the next event can be popped")
    let slot = key.slot
    let event = events[slot]
    rootIsOpen = true
    freeSlot(slot)
    if key.isInLane { advanceLane(of: slot) }
    return event
  }

  /// The event that a key leads to.
  @inlinable public func event(at key: EventKey) -> Event { events[key.slot] }

  /// The event of a live handle.
  @inlinable public func event(of handle: TimerHandle) -> Event? {
    key(of: handle).map { events[$0.slot] }
  }

  /// The instant of a live handle.
  @inlinable public func deadline(of handle: TimerHandle) -> Int64? {
    key(of: handle)?.nanoseconds
  }

  /// Takes an event out; false when the handle is no longer, or never was, good.
  @inlinable public mutating func cancel(_ handle: TimerHandle) -> Bool {
    guard let key = key(of: handle) else { return false }
    let slot = key.slot
    let position = positions[slot]
    // Free first: when the last event goes, all memory can be given back.
    freeSlot(slot)
    if key.isInLane {
      leaveLane(slot, position)
    } else {
      remove(at: Int(position))
    }
    return true
  }

  /// Moves an event to another instant, behind all that was scheduled for it before.
  ///
  /// The old handle is no longer good; the new one is `none` if the old was not.
  @inlinable public mutating func rearm(
    _ handle: TimerHandle, at nanoseconds: Int64
  ) -> TimerHandle {
    guard let old = key(of: handle) else { return .none }
    let slot = old.slot
    let position = positions[slot]
    let eventClass: EventClass = old.low >> 63 == 0 ? .external : .timer
    let key = nextKey(nanoseconds, eventClass, lane: false, slot: slot)
    if old.isInLane {
      leaveLane(slot, position)
      insert(key)
    } else if rootIsOpen {
      // The new key may come before the popped one, whose remains must not be moved.
      remove(at: Int(position))
      insert(key)
    } else {
      place(key, at: Int(position))
    }
    return TimerHandle(bits: key.low)
  }

  // MARK: - Slots

  @inlinable @inline(__always)
  mutating func nextKey(
    _ nanoseconds: Int64, _ class: EventClass, lane: Bool, slot: Int
  ) -> EventKey {
    sequence &+= 1
    return EventKey(
      instant: nanoseconds, class: `class`, sequence: sequence, lane: lane, slot: slot)
  }

  /// The key that a handle names, if it is still pending.
  @inlinable @inline(__always)
  func key(of handle: TimerHandle) -> EventKey? {
    let slot = Int(truncatingIfNeeded: handle.bits & (1 << 23 - 1))
    guard handle.bits != 0, slot < positions.capacity else { return nil }
    let position = positions[slot]
    if position & Self.isFree != 0 { return nil }
    let key = position & Self.inLane != 0 ? links[slot].key : keys[Int(position)]
    return key.low == handle.bits ? key : nil
  }

  @inlinable @inline(__always)
  mutating func takeSlot() -> Int {
    if firstFree == Self.isFree {
      growSlots()
      if firstFree == Self.isFree { return -1 }
    }
    let slot = Int(firstFree & ~Self.isFree) - 1
    firstFree = positions[slot]
    return slot
  }

  @inlinable @inline(__always)
  mutating func freeSlot(_ slot: Int) {
    positions[slot] = firstFree
    firstFree = Self.isFree | UInt32(truncatingIfNeeded: slot + 1)
  }

  /// Doubles the slots; at the limit it does nothing, and the caller finds no slot.
  @usableFromInline @inline(never) mutating func growSlots() {
    let old = positions.capacity
    let new = min(max(Self.smallest, old * 2), limit)
    if new <= old { return }
    resizeSlots(to: new)
    shrinkBelow = old / 2
    for slot in stride(from: new - 1, through: old, by: -1) { freeSlot(slot) }
  }

  // MARK: - Heap

  @inlinable @inline(__always)
  mutating func insert(_ key: EventKey) {
    if rootIsOpen {
      rootIsOpen = false
      sink(key, from: Self.root)
    } else {
      if end == keys.capacity { resizeKeys(to: end * 2) }
      end += 1
      rise(key, from: end - 1)
    }
  }

  /// Puts the last key in the place of the popped one.
  @usableFromInline @inline(never) mutating func closeRoot() {
    rootIsOpen = false
    end -= 1
    let last = keys[end]
    keys[end] = .last
    if end > Self.root { sink(last, from: Self.root) }
    if count < shrinkBelow { shrink() }
  }

  @usableFromInline mutating func remove(at position: Int) {
    end -= 1
    let last = keys[end]
    keys[end] = .last
    if position < end { place(last, at: position) }
    if count < shrinkBelow { shrink() }
  }

  /// Writes a key over the one at a position and restores the order.
  @inlinable mutating func place(_ key: EventKey, at position: Int) {
    if position > Self.root && key < keys[position >> 2 + 2] {
      rise(key, from: position)
    } else {
      sink(key, from: position)
    }
  }

  /// Moves the open place at a position up until the key fits there.
  @inlinable @inline(__always)
  mutating func rise(_ key: EventKey, from start: Int) {
    let keys = keys.view
    let positions = positions.view
    var position = start
    while position > Self.root {
      let parent = position >> 2 &+ 2
      let above = keys[parent]
      if above < key { break }
      keys[position] = above
      positions[above.slot] = UInt32(truncatingIfNeeded: position)
      position = parent
    }
    keys[position] = key
    positions[key.slot] = UInt32(truncatingIfNeeded: position)
  }

  /// Moves the open place at a position down until the key fits there.
  @inlinable @inline(__always)
  mutating func sink(_ key: EventKey, from start: Int) {
    let keys = keys.view
    let positions = positions.view
    let end = end
    var position = start
    while true {
      let child = position &<< 2 &- 8
      if child >= end { break }
      // All four are always there to be compared: unused places hold the greatest key. Which of
      // them is least is not predictable, so it is computed, without a branch.
      let k0 = keys[child]
      let k1 = keys[child &+ 1]
      let left = k1 < k0 ? k1 : k0
      let leftOffset = k1 < k0 ? 1 : 0
      let k2 = keys[child &+ 2]
      let k3 = keys[child &+ 3]
      let right = k3 < k2 ? k3 : k2
      let rightOffset = (k3 < k2 ? 1 : 0) &+ 2
      let least = right < left ? right : left
      if key < least { break }
      keys[position] = least
      positions[least.slot] = UInt32(truncatingIfNeeded: position)
      position = child &+ (right < left ? rightOffset : leftOffset)
    }
    keys[position] = key
    positions[key.slot] = UInt32(truncatingIfNeeded: position)
  }

  @usableFromInline @inline(never) mutating func resizeKeys(to capacity: Int) {
    let old = keys.capacity
    keys.resize(to: capacity)
    for index in stride(from: old, to: capacity, by: 1) { keys[index] = .last }
  }

  /// Gives memory back: all that the keys can spare, and of the slots those free at the end.
  ///
  /// A slot cannot move, because handles name it: one event in a high slot keeps those below it.
  @usableFromInline @inline(never) mutating func shrink() {
    let wanted = Self.halved(keys.capacity, from: end * 2)
    if wanted < keys.capacity { resizeKeys(to: wanted) }
    var used = positions.capacity
    while used > 0 && positions[used - 1] & Self.isFree != 0 { used -= 1 }
    let slots = Self.halved(positions.capacity, from: max(used, count * 2))
    if slots < positions.capacity {
      resizeSlots(to: slots)
      firstFree = Self.isFree
      for slot in stride(from: slots - 1, through: 0, by: -1)
      where positions[slot] & Self.isFree != 0 { freeSlot(slot) }
    }
    // Looking again costs up to a pass over the slots, so not before some more events are gone.
    let isSmallest = keys.capacity + positions.capacity == 2 * Self.smallest
    shrinkBelow = isSmallest ? 0 : count - count / 8
  }

  private static func halved(_ capacity: Int, from needed: Int) -> Int {
    var result = capacity
    while result / 2 >= max(needed, smallest) { result /= 2 }
    return result
  }

  private mutating func resizeSlots(to capacity: Int) {
    events.resize(to: capacity)
    positions.resize(to: capacity)
    if laneCount > 0 { links.resize(to: capacity) }
  }
}
