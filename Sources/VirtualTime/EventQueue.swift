/// The pending events of one run, least key first.
///
/// What is still to come waits unsorted in the wheel, see `EventQueue+Wheel.swift`, which the next
/// event is taken from. What comes at the instant at hand, or before one that has been looked at,
/// stands in the front, a heap of 128-bit keys with four children a node: node `i` has its children
/// at `4i - 8` to `4i - 5`, with the root at 3, so that four children lie in one cache line. An event
/// is so sorted among the few of its moment instead of among all, and one that is cancelled before
/// its moment has come was never sorted. Each event's record knows its place: cancelling takes it out
/// at once, nothing is left to be skipped.
@frozen public struct EventQueue: ~Copyable {
  /// The last instant that belongs to the front: all that comes later is in the wheel.
  @usableFromInline var front: Int64
  /// Keys of the front in heap order; what lies behind the last one, but at the root, is `EventKey.last`.
  @usableFromInline var keys: FlatTable<EventKey>
  /// One past the last key.
  @usableFromInline var end: Int

  /// The first event of each bucket of the wheel, by slot.
  @usableFromInline var buckets: FlatTable<UInt32>
  /// A bit for each bucket that is not empty, and one for each word of such bits that is not zero.
  @usableFromInline var bits: FlatTable<UInt64>
  @usableFromInline var words: UInt32

  /// The first free slot, 0 for none; the record of a free slot leads to the next one.
  @usableFromInline var firstFree: UInt32
  /// What happens, by slot.
  ///
  /// Slot 0 is nobody's: what has no neighbour has this one.
  @usableFromInline var records: FlatTable<PendingEvent>
  @usableFromInline var sequence: UInt64
  /// When fewer events than this are pending, memory can be given back.
  @usableFromInline var shrinkBelow: Int
  /// How many more than that are pending.
  @usableFromInline var surplus: Int

  @usableFromInline static var root: Int { 3 }
  @usableFromInline static var smallest: Int { 64 }

  /// The most events that may be pending.
  public let limit: Int

  /// An empty queue for so many events, at most some sixteen million.
  public init(limit: Int = .max) {
    self.limit = max(1, min(limit, EventKey.slotLimit - 1))
    keys = FlatTable(count: Self.smallest)
    for index in 0..<Self.smallest { keys[index] = .last }
    end = Self.root
    front = 0
    buckets = FlatTable(count: Self.bucketCount)
    bits = FlatTable(count: Self.bucketCount / 64)
    words = 0
    records = FlatTable(count: 1)
    firstFree = 0
    sequence = 0
    shrinkBelow = 0
    surplus = 0
    growSlots()
  }

  /// How many events are pending.
  @inlinable public var count: Int { surplus &+ shrinkBelow }

  /// Whether there are sequence numbers for the events of many hours to come.
  ///
  /// Asked between batches of events, so the margin is more than a batch can use.
  var hasSequenceNumbers: Bool { sequence < EventKey.sequenceLimit - 1 << 32 }

  /// Bytes held by the tables.
  var footprint: Int {
    keys.capacity * 16 + records.capacity * MemoryLayout<PendingEvent>.stride
      + buckets.capacity * 4 + bits.capacity * 8
  }

  // MARK: - What callers do

  /// Adds an event; `none` when there is no slot left for it.
  public mutating func push(_ event: Event, at nanoseconds: Int64, class: EventClass) -> TimerHandle
  {
    if firstFree == 0 {
      growSlots()
      if firstFree == 0 { return .none }
    }
    let slot = takeSlot()
    let key = nextKey(nanoseconds, `class`, slot: slot)
    records[slot].event = event.words
    insert(slot, key)
    return TimerHandle(bits: key.low)
  }

  /// Whether an event at an instant can be added without further ado.
  @inlinable @inline(__always)
  func isReady(for nanoseconds: Int64) -> Bool { firstFree != 0 && nanoseconds > front }

  /// Adds an event that the queue is ready for.
  @inlinable @inline(__always)
  mutating func pushAtOnce(
    _ event: Event, at nanoseconds: Int64, class: EventClass
  ) -> TimerHandle {
    let slot = takeSlot()
    let key = nextKey(nanoseconds, `class`, slot: slot)
    records[slot].event = event.words
    enlist(slot, key)
    return TimerHandle(bits: key.low)
  }

  /// The key of the next event.
  public mutating func next() -> EventKey? {
    if end == Self.root {
      if words == 0 { return nil }
      openBuckets()
    }
    return keys[Self.root]
  }

  /// Takes out the next event; nil if there is none up to an instant.
  @inlinable @inline(__always)
  public mutating func pop(until horizon: Int64) -> (key: EventKey, event: Event)? {
    if end == Self.root {
      if words == 0 { return nil }
      let first = firstBucket
      let slot = Int(buckets[first.index])
      if records[slot].next == 0 {
        // Alone in its bucket: nothing has to be sorted.
        let key = records[slot].key
        if key.nanoseconds > horizon { return nil }
        front = key.nanoseconds
        empty(first)
        return (key, take(slot))
      }
      openBuckets()
    }
    let key = keys[Self.root]
    if key.nanoseconds > horizon { return nil }
    end &-= 1
    if end > Self.root { closeRoot() }
    return (key, take(key.slot))
  }

  /// An event that is probably the next; nil if there is none.
  @inlinable @inline(__always)
  func likelyNext() -> Event? {
    if end != Self.root { return Event(words: records[keys[Self.root].slot].event) }
    if words == 0 { return nil }
    return Event(words: records[Int(buckets[firstBucket.index])].event)
  }

  /// The event that a key leads to.
  @inlinable public func event(at key: EventKey) -> Event { Event(words: records[key.slot].event) }

  /// The event of a live handle.
  @inlinable public func event(of handle: TimerHandle) -> Event? {
    slot(of: handle).map { Event(words: records[$0].event) }
  }

  /// The instant of a live handle.
  @inlinable public func deadline(of handle: TimerHandle) -> Int64? {
    slot(of: handle).map { records[$0].nanoseconds }
  }

  /// Takes an event out; false when the handle is no longer, or never was, good.
  @inlinable public mutating func cancel(_ handle: TimerHandle) -> Bool {
    guard let slot = slot(of: handle) else { return false }
    leave(slot)
    _ = take(slot)
    return true
  }

  /// Moves an event to another instant, behind all that was scheduled for it before.
  ///
  /// The old handle is no longer good; the new one is `none` if the old was not.
  mutating func rearm(
    _ handle: TimerHandle, at nanoseconds: Int64
  ) -> TimerHandle {
    guard let slot = slot(of: handle) else { return .none }
    leave(slot)
    let eventClass: EventClass = handle.bits >> 63 == 0 ? .external : .timer
    let key = nextKey(nanoseconds, eventClass, slot: slot)
    insert(slot, key)
    return TimerHandle(bits: key.low)
  }

  // MARK: - Slots

  /// Takes the first free slot; there is one.
  @inlinable @inline(__always)
  mutating func takeSlot() -> Int {
    let slot = Int(firstFree)
    firstFree = records[slot].next
    surplus &+= 1
    return slot
  }

  @inlinable @inline(__always)
  mutating func nextKey(_ nanoseconds: Int64, _ class: EventClass, slot: Int) -> EventKey {
    sequence &+= 1
    return EventKey(instant: nanoseconds, class: `class`, sequence: sequence, slot: slot)
  }

  /// The slot that a handle names, if its event is still pending.
  @inlinable @inline(__always)
  func slot(of handle: TimerHandle) -> Int? {
    let slot = EventKey.slot(of: handle.bits)
    // A free slot, and slot 0, have a key whose low half is 0.
    guard slot < records.capacity, handle.bits != 0, records[slot].low == handle.bits else {
      return nil
    }
    return slot
  }

  /// Puts a record where its key belongs.
  @inline(__always)
  mutating func insert(_ slot: Int, _ key: EventKey) {
    if key.nanoseconds > front {
      enlist(slot, key)
    } else {
      records[slot].low = key.low
      records[slot].nanoseconds = key.nanoseconds
      insertInFront(key)
    }
  }

  /// Takes a record out of the place where it stands.
  @inlinable @inline(__always)
  mutating func leave(_ slot: Int) {
    let previous = records[slot].previous
    if previous & PendingEvent.inFront != 0 {
      removeFromFront(at: Int(previous & ~PendingEvent.inFront))
    } else {
      delist(slot)
    }
  }

  /// Frees the slot of an event that has left its place.
  @inlinable @inline(__always)
  mutating func take(_ slot: Int) -> Event {
    let records = records.view
    let event = Event(words: records[slot].event)
    records[slot].low = 0
    records[slot].next = firstFree
    firstFree = UInt32(truncatingIfNeeded: slot)
    surplus &-= 1
    if surplus < 0 { shrink() }
    return event
  }

  /// Doubles the slots; at the limit it does nothing, and the caller finds no slot.
  @usableFromInline @inline(never) mutating func growSlots() {
    let old = records.capacity
    let new = min(max(Self.smallest, old * 2), limit + 1)
    if new <= old { return }
    records.resize(to: new)
    shrink(below: old / 2)
    linkFreeSlots(from: old)
  }

  /// Makes a list of the slots that are free, from one on, the lowest first.
  private mutating func linkFreeSlots(from first: Int) {
    for slot in stride(from: records.capacity - 1, through: first, by: -1)
    where records[slot].isFree {
      records[slot].next = firstFree
      firstFree = UInt32(truncatingIfNeeded: slot)
    }
  }

  /// Gives memory back: all that the keys can spare, and of the slots those free at the end.
  ///
  /// A slot cannot move, because handles name it: one event in a high slot keeps those below it.
  @usableFromInline @inline(never) mutating func shrink() {
    let wanted = Self.halved(keys.capacity, from: end * 2)
    if wanted < keys.capacity { resizeKeys(to: wanted) }
    var used = records.capacity
    while used > 1 && records[used - 1].isFree { used -= 1 }
    let slots = Self.halved(records.capacity, from: max(used, count * 2))
    if slots < records.capacity {
      records.resize(to: slots)
      firstFree = 0
      linkFreeSlots(from: 1)
    }
    // Looking again costs up to a pass over the slots, so not before some more events are gone.
    let isSmallest = keys.capacity + records.capacity == 2 * Self.smallest
    shrink(below: isSmallest ? 0 : count - count / 8)
  }

  private mutating func shrink(below limit: Int) {
    surplus = count - limit
    shrinkBelow = limit
  }

  private static func halved(_ capacity: Int, from needed: Int) -> Int {
    var result = capacity
    while result / 2 >= max(needed, smallest) { result /= 2 }
    return result
  }

  @usableFromInline @inline(never) mutating func resizeKeys(to capacity: Int) {
    let old = keys.capacity
    keys.resize(to: capacity)
    for index in stride(from: old, to: capacity, by: 1) { keys[index] = .last }
  }
}

/// An event that is pending, and where.
@frozen public struct PendingEvent: BitwiseCopyable {
  /// The key's halves; the lower is zero when the slot is free.
  @usableFromInline var low: UInt64
  @usableFromInline var nanoseconds: Int64
  /// What happens.
  @usableFromInline var event: Event.Words
  /// The next one in its bucket of the wheel, by slot; 0 for none.
  @usableFromInline var next: UInt32
  /// The one before it; or the bucket that it is the first of, and a mark; or the place of its key in
  /// the front, and a mark.
  @usableFromInline var previous: UInt32

  @usableFromInline static var isFirst: UInt32 { 1 << 31 }
  @usableFromInline static var inFront: UInt32 { 1 << 30 }

  @inlinable @inline(__always) var key: EventKey { EventKey(nanoseconds, low) }
  var isFree: Bool { low == 0 }
}
