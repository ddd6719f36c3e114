/// A dense table of plain numbers, whose rows are used again, without the checks of an array at each access.
///
/// Why not an array: an event touches some thirty rows, and an array asks at each of them whether it is
/// shared with a copy of the core. Here the core asks once an event (`unshare`), before it changes
/// anything; until the event is through nobody else can come by a copy. That is all that is unsafe
/// about it: rows are bitwise copyable, every access is checked against the count, and the memory
/// belongs to one object that frees it. Reading a shared table is harmless.
@safe
struct RawTable<Row: BitwiseCopyable & Sendable & Codable>: @unchecked Sendable {
  /// The rows' memory and its end.
  @safe
  private final class Memory {
    let base: UnsafeMutablePointer<Row>
    let capacity: Int

    init(capacity: Int) {
      unsafe base = .allocate(capacity: capacity)
      self.capacity = capacity
    }

    deinit { unsafe base.deallocate() }
  }

  private var memory: Memory
  private var base: UnsafeMutablePointer<Row>
  private var free: ContiguousArray<Int32> = []
  /// How many rows there are, the free ones included.
  private(set) var count = 0

  init() {
    memory = Memory(capacity: 4)
    unsafe base = memory.base
  }

  /// How many rows are in use.
  var liveCount: Int { count - free.count }
  /// The slot that the next `take` will return.
  var nextSlot: Int { free.last.map(Int.init) ?? count }
  /// The positions of all rows, the free ones included.
  var indices: Range<Int> { 0..<count }

  subscript(slot: Int) -> Row {
    @inline(__always)
    _read {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: count), "no such row in the table")
      yield unsafe base[slot]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: slot) < UInt(bitPattern: count), "no such row in the table")
      yield unsafe &base[slot]
    }
  }

  /// Takes the last freed slot as it was left, or a new one holding what is given.
  @inline(__always)
  mutating func take(orAppend row: @autoclosure () -> Row) -> Int {
    if let slot = free.popLast() { return Int(slot) }
    append(row())
    return count - 1
  }

  /// Gives a slot back; what is in it stays until it is taken again.
  @inline(__always)
  mutating func release(_ slot: Int) { free.append(Int32(truncatingIfNeeded: slot)) }

  /// Adds a row at the end.
  @inline(__always)
  mutating func append(_ row: Row) {
    if count == memory.capacity { move(toCapacity: 2 * count) }
    unsafe (base + count).initialize(to: row)
    count += 1
  }

  /// Makes this value the only one that uses its memory; to be called before rows are changed.
  @inline(__always)
  mutating func unshare() {
    if !isKnownUniquelyReferenced(&memory) { move(toCapacity: memory.capacity) }
  }

  private mutating func move(toCapacity capacity: Int) {
    let larger = Memory(capacity: capacity)
    unsafe larger.base.initialize(from: base, count: count)
    memory = larger
    unsafe base = larger.base
  }
}

extension RawTable: Codable {
  private enum Part: CodingKey { case rows, free }

  init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: Part.self)
    for row in try container.decode([Row].self, forKey: .rows) { append(row) }
    free = try container.decode(ContiguousArray<Int32>.self, forKey: .free)
    guard free.allSatisfy({ indices.contains(Int($0)) }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .free, in: container, debugDescription: "a free row lies beyond the table")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Part.self)
    try container.encode(indices.map { self[$0] }, forKey: .rows)
    try container.encode(free, forKey: .free)
  }
}
