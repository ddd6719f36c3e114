/// Memory for a number of plain values, freed with the object.
///
/// All that is unsafe in the engine is in this file: two containers of bitwise copyable values whose
/// accesses are checked against their count, in memory that one object owns.
@safe
final class RawMemory<Element: BitwiseCopyable> {
  fileprivate let base: UnsafeMutablePointer<Element>
  fileprivate let capacity: Int

  fileprivate init(capacity: Int) {
    unsafe base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  /// A larger, or just another, place for the same values.
  fileprivate func copied(count: Int, capacity: Int) -> RawMemory {
    let other = RawMemory(capacity: capacity)
    unsafe other.base.initialize(from: base, count: count)
    return other
  }

  deinit { unsafe base.deallocate() }
}

/// A dense table of plain numbers, whose rows are used again, without the checks of an array at each access.
///
/// Why not an array: an event touches some thirty rows, and an array asks at each of them whether it is
/// shared with a copy of the core. The core asks once an event, before it changes anything, and then
/// calls `separate` on each; until the event is through nobody else can come by a copy. Reading a
/// shared table is harmless.
@safe
struct RawTable<Row: BitwiseCopyable & Sendable & Codable>: @unchecked Sendable {
  private var rows: RawMemory<Row>
  private var free: RawMemory<Int32>
  private var freeCount = 0
  /// How many rows there are, the free ones included.
  private(set) var count = 0

  init() {
    rows = RawMemory(capacity: 8)
    free = RawMemory(capacity: 8)
  }

  /// How many rows are in use.
  @inline(__always) var liveCount: Int { count &- freeCount }
  /// The slot that the next `take` will return.
  @inline(__always) var nextSlot: Int {
    freeCount > 0 ? Int(unsafe free.base[freeCount &- 1]) : count
  }
  /// The positions of all rows, the free ones included.
  var indices: Range<Int> { 0..<count }

  subscript(slot: Int) -> Row {
    @inline(__always)
    _read {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: count), "no such row in the table")
      yield unsafe rows.base[slot]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: count), "no such row in the table")
      yield unsafe &rows.base[slot]
    }
  }

  /// Takes the last freed slot as it was left, or a new one holding what is given.
  @inline(__always)
  mutating func take(orAppend row: @autoclosure () -> Row) -> Int {
    if freeCount > 0 {
      freeCount &-= 1
      return Int(unsafe free.base[freeCount])
    }
    append(row())
    return count &- 1
  }

  /// Gives a slot back; what is in it stays until it is taken again.
  @inline(__always)
  mutating func release(_ slot: Int) {
    precondition(freeCount < count, "a slot was given back twice")
    unsafe free.base[freeCount] = Int32(truncatingIfNeeded: slot)
    freeCount &+= 1
  }

  /// Adds a row at the end.
  @inline(__always)
  mutating func append(_ row: Row) {
    if count == rows.capacity { move(toCapacity: 2 * count) }
    unsafe (rows.base + count).initialize(to: row)
    count &+= 1
  }

  /// Leaves the memory to whoever shares it and goes on in memory of its own.
  mutating func separate() { move(toCapacity: rows.capacity) }

  private mutating func move(toCapacity capacity: Int) {
    rows = rows.copied(count: count, capacity: capacity)
    free = free.copied(count: freeCount, capacity: capacity)
  }
}

extension RawTable: Codable {
  private enum Part: CodingKey { case rows, free }

  init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: Part.self)
    for row in try container.decode([Row].self, forKey: .rows) { append(row) }
    let slots = try container.decode([Int32].self, forKey: .free)
    guard slots.count <= count, slots.allSatisfy({ indices.contains(Int($0)) }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .free, in: container, debugDescription: "a free row lies beyond the table")
    }
    for slot in slots { release(Int(slot)) }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Part.self)
    try container.encode(indices.map { self[$0] }, forKey: .rows)
    let slots = (0..<freeCount).map { place in unsafe free.base[place] }
    try container.encode(slots, forKey: .free)
  }
}

/// What waits its turn, first in, first out; kept like the rows of a `RawTable`.
@safe
struct Turns<Element: BitwiseCopyable & Sendable & Codable>: @unchecked Sendable {
  private var elements = RawMemory<Element>(capacity: 16)
  private var head = 0
  private var tail = 0

  @inline(__always) var isEmpty: Bool { head == tail }
  var count: Int { tail - head }

  @inline(__always)
  mutating func append(_ element: Element) {
    if tail == elements.capacity { elements = elements.copied(count: tail, capacity: 2 * tail) }
    unsafe (elements.base + tail).initialize(to: element)
    tail &+= 1
  }

  /// Takes the first out; nothing in memory changes, so this may be called on a shared one too.
  @inline(__always)
  mutating func next() -> Element? { isEmpty ? nil : first() }

  /// The same where it is known that there is one.
  @inline(__always)
  mutating func first() -> Element {
    precondition(head < tail, "nobody waits for a turn")
    let element = unsafe elements.base[head]
    head &+= 1
    if head == tail {
      head = 0
      tail = 0
    }
    return element
  }

  /// Leaves the memory to whoever shares it and goes on in memory of its own.
  mutating func separate() {
    elements = elements.copied(count: tail, capacity: elements.capacity)
  }
}

extension Turns: Codable {
  init(from decoder: any Decoder) throws {
    self.init()
    for element in try decoder.singleValueContainer().decode([Element].self) { append(element) }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode((head..<tail).map { place in unsafe elements.base[place] })
  }
}

/// Tells a core from its copies: who holds it alone shares nothing.
final class Identity: Sendable, Codable {
  init() {}
  init(from decoder: any Decoder) throws {}
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(true)
  }
}
