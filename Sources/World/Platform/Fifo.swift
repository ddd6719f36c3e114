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

  private mutating func grow() {
    // What stood before the first one in the ring goes on behind what stands after it.
    let old = ring.capacity
    ring.resize(to: old * 2)
    for index in 0..<first { ring[old + index] = ring[index] }
  }
}
