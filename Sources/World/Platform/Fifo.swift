import VirtualTime

/// A queue of small numbers in a ring that grows: what is to be done next at this instant.
struct Fifo: ~Copyable {
  private var ring = RawTable<UInt32>(count: 16)
  private var first = 0
  private(set) var count = 0

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if count == ring.capacity { grow() }
    ring[(first &+ count) & (ring.capacity &- 1)] = number
    count &+= 1
  }

  @inline(__always)
  mutating func removeFirst() -> UInt32? {
    if count == 0 { return nil }
    let number = ring[first]
    first = (first &+ 1) & (ring.capacity &- 1)
    count &-= 1
    return number
  }

  @inline(never)
  private mutating func grow() {
    // What stood before the first one in the ring goes on behind what stands after it.
    let old = ring.capacity
    ring.resize(to: old * 2)
    for index in 0..<first { ring[old + index] = ring[index] }
  }
}

/// A pile of small numbers that grows: the last one put down is taken first.
struct Pile: ~Copyable {
  private var numbers = RawTable<UInt32>(count: 16)
  private var count = 0

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if count == numbers.capacity { numbers.resize(to: 2 * count) }
    numbers[count] = number
    count &+= 1
  }

  @inline(__always)
  mutating func removeLast() -> UInt32? {
    if count == 0 { return nil }
    count &-= 1
    return numbers[count]
  }
}

/// The doors of those who have a small number at present; grows with the numbers.
struct DoorTable<A: Actor>: ~Copyable {
  private var doors = RawTable<Near<A>?>(count: 0)

  subscript(index: Int) -> Near<A>? {
    @inline(__always) get {
      UInt(bitPattern: index) < UInt(bitPattern: doors.capacity) ? doors[index] : nil
    }
  }

  @inline(__always)
  mutating func set(_ door: Near<A>, at index: Int) {
    if index >= doors.capacity { grow(to: index + 1) }
    doors[index] = door
  }

  @inline(__always)
  mutating func clear(_ index: Int) { doors[index] = nil }

  @inline(never)
  private mutating func grow(to count: Int) {
    let old = doors.capacity
    doors.resize(to: max(count, 2 * old, 64))
    for index in old..<doors.capacity { doors[index] = nil }
  }
}
