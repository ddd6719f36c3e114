/// The wheel: what is still to come, unsorted, in buckets of instants.
///
/// Seen as a number of eight digits of eight bits, an instant differs from `front` first in some
/// digit; it waits in the bucket of that digit's place and value. So the events of an hour that is far
/// share coarse buckets, and the first bucket that is not empty, the lowest place before the lowest
/// value, holds the earliest events. One that is alone there is the next. Of several the earliest
/// becomes the front, and the others, which now differ from it in a lower digit, move to finer
/// buckets. (It is the radix heap of Ahuja, Mehlhorn, Orlin and Tarjan, 1990, in two levels.) An event
/// moves a few times at most, whatever the number of others and however their instants are spread,
/// and nothing has to be tuned.
extension EventQueue {
  @usableFromInline static var bucketCount: Int { 8 << 8 }

  /// The bucket of the earliest events in the wheel, which is not empty.
  @inlinable @inline(__always)
  var firstBucket: FirstBucket {
    let word = words.trailingZeroBitCount
    return FirstBucket(word: word, bits: bits[word])
  }

  /// Marks the first bucket as empty, whose events have been taken or are about to be.
  @inlinable @inline(__always)
  mutating func empty(_ first: FirstBucket) {
    buckets[first.index] = 0
    let left = first.bits & (first.bits &- 1)
    bits[first.word] = left
    if left == 0 { words &= words &- 1 }
  }

  /// Puts an event that comes after the front into the wheel.
  @inlinable @inline(__always)
  mutating func enlist(_ slot: Int, _ key: EventKey) {
    let records = records.view
    let buckets = buckets.view
    let instant = UInt64(bitPattern: key.nanoseconds)
    let shift = ((instant ^ UInt64(bitPattern: front)).leadingZeroBitCount ^ 63) & 56
    let value = Int(truncatingIfNeeded: instant &>> UInt64(truncatingIfNeeded: shift) & 255)
    let bucket = shift &<< 5 | value
    let next = buckets[bucket]
    buckets[bucket] = UInt32(truncatingIfNeeded: slot)
    records[Int(next)].previous = UInt32(truncatingIfNeeded: slot)
    records[slot].low = key.low
    records[slot].nanoseconds = key.nanoseconds
    records[slot].next = next
    records[slot].previous = PendingEvent.isFirst | UInt32(truncatingIfNeeded: bucket)
    bits[bucket &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bucket & 63)
    words |= 1 &<< UInt32(truncatingIfNeeded: bucket &>> 6)
  }

  /// Takes an event out of its bucket.
  @usableFromInline @inline(never)
  mutating func delist(_ slot: Int) {
    let records = records.view
    let (next, previous) = (records[slot].next, records[slot].previous)
    records[Int(next)].previous = previous
    if previous & PendingEvent.isFirst == 0 {
      records[Int(previous)].next = next
      return
    }
    let bucket = Int(previous & ~PendingEvent.isFirst)
    buckets[bucket] = next
    if next != 0 { return }
    let word = bucket &>> 6
    let left = bits[word] & ~(1 &<< UInt64(truncatingIfNeeded: bucket & 63))
    bits[word] = left
    if left == 0 { words &= ~(1 &<< UInt32(truncatingIfNeeded: word)) }
  }

  /// Moves the earliest event of the wheel to the front, which is empty, and those that were with it
  /// in its bucket to finer ones; the wheel is not empty.
  @usableFromInline @inline(never)
  mutating func openBuckets() {
    while end == Self.root {
      let first = firstBucket
      var slot = Int(buckets[first.index])
      front = earliest(from: slot) ?? beginning(of: first.index)
      empty(first)
      let records = records.view
      while slot != 0 {
        let (key, next) = (records[slot].key, records[slot].next)
        if key.nanoseconds > front { enlist(slot, key) } else { insertInFront(key) }
        slot = Int(next)
      }
    }
  }

  /// The earliest instant of a list if it is short: a long one is not gone through twice.
  @inline(__always)
  private func earliest(from first: Int) -> Int64? {
    let records = records.view
    var earliest = records[first].nanoseconds
    var slot = Int(records[first].next)
    for _ in 0..<8 {
      if slot == 0 { return earliest }
      earliest = min(earliest, records[slot].nanoseconds)
      slot = Int(records[slot].next)
    }
    return nil
  }

  /// The first instant of a bucket.
  private func beginning(of bucket: Int) -> Int64 {
    let shift = UInt64(truncatingIfNeeded: bucket &>> 8 &* 8)
    let above = UInt64(bitPattern: front) & (~255 &<< shift)
    return Int64(bitPattern: above | UInt64(truncatingIfNeeded: bucket & 255) &<< shift)
  }
}

/// The first bucket that is not empty: its word of bits, and which bits of it are set.
@frozen @usableFromInline struct FirstBucket {
  @usableFromInline let word: Int
  @usableFromInline let bits: UInt64

  @inlinable @inline(__always) init(word: Int, bits: UInt64) {
    self.word = word
    self.bits = bits
  }

  @inlinable @inline(__always) var index: Int { word &<< 6 | bits.trailingZeroBitCount }
}
