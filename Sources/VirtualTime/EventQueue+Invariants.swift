/// What must hold of the pending events, looked at as a whole: for tests and for the end of a run.
///
/// Costs as much as there are slots, keys and buckets.
extension EventQueue {
  /// What contradicts itself; empty when all is well.
  var contradictions: [String] {
    var found: [String] = []
    let pending = checkFront(&found) + checkWheel(&found)
    let free = checkFree(&found)
    if pending != count { found.append("\(pending) events are pending, \(count) are counted") }
    if pending + free + 1 != records.capacity {
      found.append("\(pending) pending and \(free) free of \(records.capacity - 1) slots")
    }
    return found
  }

  /// The heap in order, each key known by its record, and none after the front's last instant.
  private func checkFront(_ found: inout [String]) -> Int {
    for place in Self.root..<end {
      let key = keys[place]
      let record = records[key.slot]
      if record.low != key.low || record.previous != PendingEvent.inFront | UInt32(place) {
        found.append("the record of slot \(key.slot) does not know its key at \(place)")
      }
      if key.nanoseconds > front { found.append("the key at \(place) comes after the front") }
      // The children of `i` are at `4i - 8` to `4i - 5`.
      if place > Self.root, key < keys[(place + 8) / 4] {
        found.append("the key at \(place) comes before its parent")
      }
    }
    // The root of an empty front keeps what was there: it is the first to be written over.
    for place in max(end, Self.root + 1)..<keys.capacity where keys[place] != .last {
      found.append("something is left behind the last key, at \(place)")
    }
    return end - Self.root
  }

  /// Each event in the bucket of its instant, linked both ways, and each bucket noted if it holds one.
  private func checkWheel(_ found: inout [String]) -> Int {
    var pending = 0
    for bucket in 0..<Self.bucketCount {
      let isNoted = bits[bucket >> 6] & (1 << UInt64(bucket & 63)) != 0
      if isNoted != (buckets[bucket] != 0) {
        found.append("whether bucket \(bucket) holds something is noted wrongly")
      }
      var slot = Int(buckets[bucket])
      var previous = PendingEvent.isFirst | UInt32(bucket)
      while slot != 0, pending <= records.capacity {
        let record = records[slot]
        if record.previous != previous { found.append("slot \(slot) does not know who is before") }
        if record.isFree { found.append("slot \(slot) is free and waits in bucket \(bucket)") }
        if record.nanoseconds <= front { found.append("slot \(slot) waits, and its time is past") }
        if self.bucket(of: record.nanoseconds) != bucket {
          found.append("slot \(slot) waits in bucket \(bucket), which is not its own")
        }
        pending += 1
        previous = UInt32(slot)
        slot = Int(record.next)
      }
    }
    for word in 0..<Self.bucketCount / 64
    where (bits[word] != 0) != (words & (1 << UInt32(word)) != 0) {
      found.append("whether word \(word) holds a bucket is noted wrongly")
    }
    return pending
  }

  /// Where an instant after the front waits: by the first digit in which they differ.
  private func bucket(of nanoseconds: Int64) -> Int {
    let differing = UInt64(bitPattern: nanoseconds ^ front)
    let digit = (63 - differing.leadingZeroBitCount) / 8
    return digit << 8 | Int(UInt64(bitPattern: nanoseconds) >> UInt64(8 * digit) & 255)
  }

  private func checkFree(_ found: inout [String]) -> Int {
    var free = 0
    var slot = Int(firstFree)
    while slot != 0, free <= records.capacity {
      if !records[slot].isFree { found.append("slot \(slot) is free and taken") }
      free += 1
      slot = Int(records[slot].next)
    }
    return free
  }
}
