/// A queue of small numbers in a ring that grows: what is to be done next at this instant.
struct Fifo {
  private var ring: ContiguousArray<UInt32> = ContiguousArray(repeating: 0, count: 16)
  private var first = 0
  private(set) var count = 0

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if count == ring.count { grow() }
    ring[(first + count) & (ring.count - 1)] = number
    count += 1
  }

  @inline(__always)
  mutating func removeFirst() -> UInt32? {
    if count == 0 { return nil }
    let number = ring[first]
    first = (first + 1) & (ring.count - 1)
    count -= 1
    return number
  }

  private mutating func grow() {
    let old = ring
    ring = ContiguousArray(repeating: 0, count: old.count * 2)
    for index in 0..<count { ring[index] = old[(first + index) & (old.count - 1)] }
    first = 0
  }
}
