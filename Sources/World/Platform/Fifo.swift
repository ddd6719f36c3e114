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

/// Which small number belongs to another, where any does; grows with the other.
struct NumberTable: ~Copyable {
  /// One more than the number; zero where there is none.
  private var numbers = RawTable<UInt32>(count: 64)

  subscript(index: Int) -> UInt32? {
    @inline(__always) get {
      guard UInt(bitPattern: index) < UInt(bitPattern: numbers.capacity) else { return nil }
      let number = numbers[index]
      return number == 0 ? nil : number &- 1
    }
  }

  @inline(__always)
  mutating func set(_ number: UInt32, at index: Int) {
    if index >= numbers.capacity { numbers.resize(to: max(index + 1, 2 * numbers.capacity)) }
    numbers[index] = number &+ 1
  }

  @inline(__always)
  mutating func clear(_ index: Int) { numbers[index] = 0 }
}
