/// Memory for a number of plain values, freed with the object.
///
/// All that is unsafe in the engine is in this file and in `OwnedTable`: containers whose accesses
/// are checked against their count, in memory that one object owns. Those here hold bitwise copyable
/// values.
@safe
final class RawMemory<Element: BitwiseCopyable> {
  fileprivate let base: UnsafeMutablePointer<Element>
  fileprivate let capacity: Int
  #if DEBUG
    /// Whether a table still keeps its rows here.
    fileprivate var isInUse = true
  #endif

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

/// A row where it stands: for functions that touch one row many times, with one check for all.
///
/// Good until its table grows, so never kept beyond the function that asked for it; debug builds
/// notice when it is used after that.
@safe
struct RowHandle<Row: BitwiseCopyable> {
  fileprivate let place: UnsafeMutablePointer<Row>
  #if DEBUG
    fileprivate let memory: RawMemory<Row>
  #endif

  /// The row itself.
  var row: Row {
    @inline(__always)
    _read {
      check()
      yield unsafe place.pointee
    }
    @inline(__always)
    nonmutating _modify {
      check()
      yield unsafe &place.pointee
    }
  }

  @inline(__always)
  private func check() {
    #if DEBUG
      precondition(memory.isInUse, "a row was used where it stood before its table grew")
    #endif
  }
}

/// A dense table of plain numbers, whose rows are used again, without the checks of an array at each access.
///
/// Why not an array: an event touches some thirty rows, and an array asks at each of them whether it is
/// shared with a copy of the core. The core asks once an event, before it changes anything, and then
/// calls `separate` on each; until the event is through nobody else can come by a copy. Reading a
/// shared table is harmless.
@safe
struct RawTable<Row: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private var memory: RawMemory<Row>
  private var freeMemory: RawMemory<Int32>
  // Where the memory begins: looked up here and not in the object at each access.
  private var rows: UnsafeMutablePointer<Row>
  private var free: UnsafeMutablePointer<Int32>
  private var freeCount = 0
  /// How many rows there are, the free ones included.
  private(set) var count = 0

  init() {
    memory = RawMemory(capacity: 8)
    freeMemory = RawMemory(capacity: 8)
    unsafe rows = memory.base
    unsafe free = freeMemory.base
  }

  /// A table of rows that are there already.
  init(_ rows: some Sequence<Row>) {
    self.init()
    for row in rows { append(row) }
  }

  /// How many rows are in use.
  @inline(__always) var liveCount: Int { count &- freeCount }
  /// The freed slot that the next `take` will return; nil where it will return a new one.
  @inline(__always) var freedSlot: Int? {
    freeCount > 0 ? Int(unsafe free[freeCount &- 1]) : nil
  }
  /// The slot that the next `take` will return.
  var nextSlot: Int { freedSlot ?? count }
  /// The positions of all rows, the free ones included.
  var indices: Range<Int> { 0..<count }

  subscript(slot: Int) -> Row {
    @inline(__always)
    _read {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: count), "no such row in the table")
      yield unsafe rows[slot]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: count), "no such row in the table")
      yield unsafe &rows[slot]
    }
  }

  /// A row where it stands.
  @inline(__always)
  func handle(_ slot: Int) -> RowHandle<Row> {
    precondition(UInt(bitPattern: slot) < UInt(bitPattern: count), "no such row in the table")
    #if DEBUG
      return unsafe RowHandle(place: rows + slot, memory: memory)
    #else
      return unsafe RowHandle(place: rows + slot)
    #endif
  }

  /// Takes the last freed slot as it was left, or a new one holding what is given.
  @inline(__always)
  mutating func take(orAppend row: @autoclosure () -> Row) -> Int {
    if freeCount > 0 {
      freeCount &-= 1
      return Int(unsafe free[freeCount])
    }
    append(row())
    return count &- 1
  }

  /// Takes the last freed slot, of which `freedSlot` told, as it was left.
  @inline(__always)
  mutating func takeFreed() {
    precondition(freeCount > 0, "no freed slot is left to take")
    freeCount &-= 1
  }

  /// Takes a freed slot as it was left, if its turn is now.
  @inline(__always)
  mutating func take(_ slot: Int) -> Bool {
    guard freeCount > 0, Int(unsafe free[freeCount &- 1]) == slot else { return false }
    freeCount &-= 1
    return true
  }

  /// Gives a slot back; what is in it stays until it is taken again.
  @inline(__always)
  mutating func release(_ slot: Int) {
    precondition(freeCount < count, "a slot was given back twice")
    unsafe free[freeCount] = Int32(truncatingIfNeeded: slot)
    freeCount &+= 1
  }

  /// Adds a row at the end.
  @inline(__always)
  mutating func append(_ row: Row) {
    if count == memory.capacity { grow() }
    unsafe (rows + count).initialize(to: row)
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    #if DEBUG
      memory.isInUse = false
    #endif
    move(toCapacity: 2 * count)
  }

  /// Leaves the memory to whoever shares it and goes on in memory of its own.
  mutating func separate() { move(toCapacity: memory.capacity) }

  /// All rows, for what has time.
  var list: [Row] { indices.map { self[$0] } }

  private mutating func move(toCapacity capacity: Int) {
    memory = memory.copied(count: count, capacity: capacity)
    freeMemory = freeMemory.copied(count: freeCount, capacity: capacity)
    unsafe rows = memory.base
    unsafe free = freeMemory.base
  }
}

extension RawTable: Codable where Row: Codable {
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
    let slots = (0..<freeCount).map { place in unsafe free[place] }
    try container.encode(slots, forKey: .free)
  }
}

extension RawTable where Row: Equatable {
  /// Whether the same rows stand in the same places, and the same slots are free in the same order.
  ///
  /// What a freed slot holds says nothing, but for what its next row goes on from.
  func agrees(with other: RawTable, goingOn remains: (Row) -> UInt32 = { _ in 0 }) -> Bool {
    guard count == other.count, freeCount == other.freeCount else { return false }
    var isFree = [Bool](repeating: false, count: count)
    for place in 0..<freeCount {
      guard unsafe free[place] == other.free[place] else { return false }
      isFree[Int(unsafe free[place])] = true
    }
    return indices.allSatisfy { slot in
      isFree[slot] ? remains(self[slot]) == remains(other[slot]) : self[slot] == other[slot]
    }
  }
}

/// What waits its turn, first in, first out; kept like the rows of a `RawTable`.
@safe @usableFromInline
struct Turns<Element: BitwiseCopyable & Sendable & Codable>: @unchecked Sendable {
  private var memory: RawMemory<Element>
  @usableFromInline private(set) var elements: UnsafeMutablePointer<Element>
  @usableFromInline var head = 0
  @usableFromInline var tail = 0
  private var capacity = 16

  init() {
    memory = RawMemory(capacity: 16)
    unsafe elements = memory.base
  }

  @inline(__always) var isEmpty: Bool { head == tail }
  var count: Int { tail - head }

  @inline(__always)
  mutating func append(_ element: Element) {
    if tail == capacity { move(toCapacity: 2 * tail) }
    unsafe (elements + tail).initialize(to: element)
    tail &+= 1
  }

  /// Whether another one needs no more memory.
  @inline(__always) var hasRoom: Bool { tail < capacity }

  /// The same as `append` where there is room, which is known: so the memory stays where it is.
  @inline(__always)
  mutating func appendInRoom(_ element: Element) {
    precondition(hasRoom, "there is no room for another turn")
    unsafe (elements + tail).initialize(to: element)
    tail &+= 1
  }

  /// Puts another in the place of the last one, who is there.
  @inline(__always)
  mutating func replaceLast(_ element: Element) {
    precondition(tail > head, "nobody waits for a turn")
    unsafe elements[tail &- 1] = element
  }

  /// Takes the first out; nothing in memory changes, so this may be called on a shared one too.
  @inline(__always)
  mutating func next() -> Element? { isEmpty ? nil : first() }

  /// The places of those who wait.
  @inlinable var places: Range<Int> {
    @inline(__always) get { unsafe Range(uncheckedBounds: (head, tail)) }
  }

  /// Who waits at a place, and is left there.
  @inlinable @inline(__always)
  func element(at place: Int) -> Element {
    precondition(place < tail, "nobody waits for a turn")
    return unsafe elements[place]
  }

  /// Takes out all.
  @inlinable @inline(__always)
  mutating func removeAll() {
    head = 0
    tail = 0
  }

  /// The same where it is known that there is one.
  @inline(__always)
  mutating func first() -> Element {
    precondition(head < tail, "nobody waits for a turn")
    let element = unsafe elements[head]
    head &+= 1
    if head == tail {
      head = 0
      tail = 0
    }
    return element
  }

  /// Leaves the memory to whoever shares it and goes on in memory of its own.
  mutating func separate() {
    move(toCapacity: capacity)
  }

  @inline(never)
  private mutating func move(toCapacity capacity: Int) {
    memory = memory.copied(count: tail, capacity: capacity)
    self.capacity = capacity
    unsafe elements = memory.base
  }
}

extension Turns: Codable {
  @usableFromInline init(from decoder: any Decoder) throws {
    self.init()
    for element in try decoder.singleValueContainer().decode([Element].self) { append(element) }
  }

  @usableFromInline func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode((head..<tail).map { place in unsafe elements[place] })
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
