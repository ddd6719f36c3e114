/// What must hold of the desk's containers, each looked at as a whole: for tests, `check`, `fuzz` and the
/// end of a run. Costs as much as there are seats, indexes and entries.
extension AssignmentDesk {
  /// What contradicts itself; empty when all is well.
  var contradictions: [String] {
    var found = queue.contradictions.map { "queue: \($0)" }
    for index in pools.indices {
      found += pools[index].contradictions(users).map { "pool \(index): \($0)" }
      var waiting: Int32 = 0
      for group in pools[index].groups {
        let group = queue.groups[group]
        for line in group.heap + group.dedicated { waiting += queue.length(of: line) }
      }
      if waiting != pools[index].waitingCount {
        found.append(
          "pool \(index): \(waiting) wait, \(pools[index].waitingCount) are counted")
      }
    }
    return found
  }
}

extension Pool {
  func contradictions(_ users: UserTable) -> [String] {
    var found = sets.contradictions
    let taken = self.taken
    for row in rosterFilters.indices {
      let filter = rosterFilters[row]
      for seat in taken
      where sets.contains(seat, row: row) != filter.admits(users.records[user(on: seat)]) {
        found.append("seat \(seat.index) is on the wrong side of filter \(row)")
      }
    }
    for index in openCountIndexes.indices {
      found += openCountIndexes[index].contradictions
      guard openCountIndexes[index].isKept else { continue }
      for seat in taken
      where !openCountIndexes[index].stands(seat, users.records[user(on: seat)]) {
        found.append("seat \(seat.index) stands at a wrong number of open contacts")
      }
    }
    if taken.count != memberCount {
      found.append("\(taken.count) seats are taken, \(memberCount) are counted")
    }
    return found
  }
}

extension WaitingQueue {
  /// How many stand in a line.
  func length(of line: LineNumber) -> Int32 {
    var length: Int32 = 0
    var slot = lines[line].head
    while slot != .none {
      length += 1
      slot = entries[slot].next
    }
    return length
  }

  /// Lines in order of age and linked both ways, heaps in order, every entry in one line or free.
  var contradictions: [String] {
    var found: [String] = []
    var standing = 0
    for group in groups {
      for (place, line) in group.heap.enumerated() {
        standing += check(line, at: place, &found)
        let parent = group.heap[(place - (place > 0 ? 1 : 0)) / 2]
        if lines[line].headSequence < lines[parent].headSequence {
          found.append("line \(line.index) is older than the one above it")
        }
        if lines[line].isDedicated { found.append("line \(line.index) waits for one, in the heap") }
      }
      for (place, line) in group.dedicated.enumerated() {
        standing += check(line, at: place, &found)
        if !lines[line].isDedicated { found.append("line \(line.index) waits for anybody, apart") }
      }
    }
    let free = freePlaces.count
    if standing != count { found.append("\(standing) stand in lines, \(count) are counted") }
    if standing + free != entries.count {
      found.append("\(standing) stand and \(free) are free of \(entries.count) places")
    }
    return found
  }

  /// Looks at one line from head to tail; says how many stand in it.
  private func check(_ line: LineNumber, at place: Int, _ found: inout [String]) -> Int {
    let row = lines[line]
    if row.place != place { found.append("line \(line.index) is not where it says") }
    if row.head == .none { found.append("line \(line.index) is empty and looked for") }
    var standing = 0
    var previous = EntryNumber.none
    var slot = row.head
    while slot != .none, standing <= entries.count {
      let entry = entries[slot]
      if entry.line != line || entry.previous != previous {
        found.append("entry \(slot.index) does not know its place in line \(line.index)")
      }
      if previous != .none, entries[previous].sequence >= entry.sequence {
        found.append("entry \(slot.index) stands behind a younger one")
      }
      standing += 1
      previous = slot
      slot = entry.next
    }
    if previous != row.tail { found.append("line \(line.index) has another tail") }
    if row.head != .none, entries[row.head].sequence != row.headSequence {
      found.append("line \(line.index) has a head of another age")
    }
    return standing
  }
}
