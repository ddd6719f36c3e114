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
        let group = queue.groups[Int(group)]
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
    let taken = seats.indices.filter { seats[$0].user != Seat.vacant }
    for row in rosterFilters.indices {
      let filter = rosterFilters[row]
      for seat in taken
      where sets.contains(seat, row: row) != filter.admits(users.records[Int(seats[seat].user)]) {
        found.append("seat \(seat) is on the wrong side of filter \(row)")
      }
    }
    for index in openCountIndexes.indices {
      found += openCountIndexes[index].contradictions
      guard openCountIndexes[index].isKept else { continue }
      for seat in taken
      where !openCountIndexes[index].stands(seat, users.records[Int(seats[seat].user)]) {
        found.append("seat \(seat) stands at a wrong number of open contacts")
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
  func length(of line: Int32) -> Int32 {
    var length: Int32 = 0
    var slot = lines[Int(line)].head
    while slot >= 0 {
      length += 1
      slot = entries[Int(slot)].next
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
        if lines[Int(line)].headSequence < lines[Int(parent)].headSequence {
          found.append("line \(line) is older than the one above it")
        }
        if lines[Int(line)].isDedicated { found.append("line \(line) waits for one, in the heap") }
      }
      for (place, line) in group.dedicated.enumerated() {
        standing += check(line, at: place, &found)
        if !lines[Int(line)].isDedicated { found.append("line \(line) waits for anybody, apart") }
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
  private func check(_ line: Int32, at place: Int, _ found: inout [String]) -> Int {
    let row = lines[Int(line)]
    if row.place != Int32(place) { found.append("line \(line) is not where it says") }
    if row.head < 0 { found.append("line \(line) is empty and looked for") }
    var standing = 0
    var previous: Int32 = -1
    var slot = row.head
    while slot >= 0, standing <= entries.count {
      let entry = entries[Int(slot)]
      if entry.line != line || entry.previous != previous {
        found.append("entry \(slot) does not know its place in line \(line)")
      }
      if previous >= 0, entries[Int(previous)].sequence >= entry.sequence {
        found.append("entry \(slot) stands behind a younger one")
      }
      standing += 1
      previous = slot
      slot = entry.next
    }
    if previous != row.tail { found.append("line \(line) has another tail") }
    if row.head >= 0, entries[Int(row.head)].sequence != row.headSequence {
      found.append("line \(line) has a head of another age")
    }
    return standing
  }
}
