/// The front: a heap of the keys of what comes before everything in the wheel.
extension EventQueue {
  @usableFromInline @inline(never) mutating func insertInFront(_ key: EventKey) {
    if end == keys.capacity { resizeKeys(to: end * 2) }
    end += 1
    rise(key, from: end - 1)
  }

  /// Puts the last key in the place of the popped one, which is not the only one.
  @usableFromInline @inline(never) mutating func closeRoot() {
    let last = keys[end]
    keys[end] = .last
    sink(last, from: Self.root)
  }

  @usableFromInline @inline(never) mutating func removeFromFront(at position: Int) {
    end -= 1
    let last = keys[end]
    keys[end] = .last
    if position == end { return }
    if position > Self.root && last < keys[position >> 2 + 2] {
      rise(last, from: position)
    } else {
      sink(last, from: position)
    }
  }

  /// Moves the open place at a position up until the key fits there.
  @inline(__always)
  private mutating func rise(_ key: EventKey, from start: Int) {
    let keys = keys.view
    let records = records.view
    var position = start
    while position > Self.root {
      let parent = position >> 2 &+ 2
      let above = keys[parent]
      if above < key { break }
      keys[position] = above
      records[above.slot].previous =
        PendingEvent.inFront | UInt32(truncatingIfNeeded: position)
      position = parent
    }
    keys[position] = key
    records[key.slot].previous =
      PendingEvent.inFront | UInt32(truncatingIfNeeded: position)
  }

  /// Moves the open place at a position down until the key fits there.
  @inline(__always)
  private mutating func sink(_ key: EventKey, from start: Int) {
    let keys = keys.view
    let records = records.view
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
      records[least.slot].previous =
        PendingEvent.inFront | UInt32(truncatingIfNeeded: position)
      position = child &+ (right < left ? rightOffset : leftOffset)
    }
    keys[position] = key
    records[key.slot].previous =
      PendingEvent.inFront | UInt32(truncatingIfNeeded: position)
  }
}
