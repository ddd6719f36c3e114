/// The contacts that wait for a user, first in, first out.
///
/// Entries that accept the same users stand in one line, so that only the heads of lines are ever
/// compared. The lines of one pool and filter form a group, a heap of lines by the age of their
/// heads: they differ only in the one user they exclude. If two users qualify for the filter, each
/// line has somebody; if only one does, the oldest head is good unless it excludes that very user,
/// and then the next best stands right below it. An event therefore costs the same whether three
/// contacts wait or a hundred thousand.
struct WaitingQueue: Sendable {
  struct Entry: Sendable {
    var request: AssignmentRequest
    var token: UInt64
    /// The order of entering, over all pools.
    var sequence: UInt64
    var generation: UInt32
    /// The line, or -1 when the place is free.
    var line: Int32
    var previous: Int32
    /// The next in the line; of a free place, the next free one.
    var next: Int32
  }

  struct Line: Sendable {
    var group: Int32
    /// The user excluded by everybody here, or `nobody`.
    var excluded: UInt32
    var head: Int32
    var tail: Int32
    /// The age of the head.
    var headSequence: UInt64
    /// Where the line stands in its group's heap, or -1 when it is empty.
    var place: Int32
    /// The next line that excludes the same user; of a free line, the next free one.
    var nextOfUser: Int32

    static let nobody = UInt32.max
  }

  struct Group: Sendable {
    var pool: Int32
    var onlyOnline: Bool
    var below: Int32
    /// The line that excludes nobody.
    var openLine: Int32
    /// Lines with somebody in them, the one with the oldest head first.
    var heap: [Int32]
  }

  private(set) var entries: [Entry] = []
  private(set) var lines: [Line] = []
  private(set) var groups: [Group] = []
  private var freeEntry: Int32 = -1
  private var freeLine: Int32 = -1
  private var nextSequence: UInt64 = 0
  /// How many wait.
  private(set) var count = 0

  /// An empty queue.
  init() {}

  /// A queue with these places and nobody standing in a line yet; `free` in order of use.
  init(entries: [Entry], free: [Int32], nextSequence: UInt64) {
    self.entries = entries
    self.nextSequence = nextSequence
    for slot in free.reversed() {
      self.entries[Int(slot)].next = freeEntry
      freeEntry = slot
    }
  }

  /// The number of the next entry to come.
  var upcomingSequence: UInt64 { nextSequence }

  /// The free places in the order of their use.
  var freePlaces: [Int32] {
    var places: [Int32] = []
    var slot = freeEntry
    while slot >= 0 {
      places.append(slot)
      slot = entries[Int(slot)].next
    }
    return places
  }

  // MARK: Coming and going

  /// Appends an entry to a line.
  mutating func append(
    _ request: AssignmentRequest, token: UInt64, line: Int32
  ) -> QueueTicket {
    let slot = takeEntry(request, token: token)
    stand(slot, in: line)
    return ticket(of: slot)
  }

  /// Lets an entry stand at the end of a line.
  mutating func stand(_ slot: Int32, in line: Int32) {
    let tail = lines[Int(line)].tail
    entries[Int(slot)].line = line
    entries[Int(slot)].previous = tail
    entries[Int(slot)].next = -1
    lines[Int(line)].tail = slot
    if tail >= 0 {
      entries[Int(tail)].next = slot
    } else {
      lines[Int(line)].head = slot
      lines[Int(line)].headSequence = entries[Int(slot)].sequence
      push(line)
    }
    count += 1
  }

  /// The place that a ticket names, or nil when it was served or cancelled.
  func slot(of ticket: QueueTicket) -> Int32? {
    guard ticket.slot < entries.count else { return nil }
    let entry = entries[Int(ticket.slot)]
    guard entry.line >= 0, entry.generation == ticket.generation else { return nil }
    return Int32(ticket.slot)
  }

  /// The ticket of the entry in a place.
  func ticket(of slot: Int32) -> QueueTicket {
    QueueTicket(slot: UInt32(slot), generation: entries[Int(slot)].generation)
  }

  /// Takes an entry out, wherever it stands. Returns its line.
  mutating func remove(_ slot: Int32) -> Int32 {
    let entry = entries[Int(slot)]
    let line = Int(entry.line)
    if entry.next >= 0 {
      entries[Int(entry.next)].previous = entry.previous
    } else {
      lines[line].tail = entry.previous
    }
    if entry.previous >= 0 {
      entries[Int(entry.previous)].next = entry.next
    } else {
      lines[line].head = entry.next
      if entry.next >= 0 {
        lines[line].headSequence = entries[Int(entry.next)].sequence
        siftDown(entry.line)
      } else {
        pull(entry.line)
      }
    }
    entries[Int(slot)].line = -1
    entries[Int(slot)].generation &+= 1
    entries[Int(slot)].next = freeEntry
    freeEntry = slot
    count -= 1
    return entry.line
  }

  private mutating func takeEntry(_ request: AssignmentRequest, token: UInt64) -> Int32 {
    let sequence = nextSequence
    nextSequence += 1
    guard freeEntry >= 0 else {
      entries.append(
        Entry(
          request: request, token: token, sequence: sequence, generation: 0, line: -1,
          previous: -1, next: -1))
      return Int32(entries.count - 1)
    }
    let slot = freeEntry
    freeEntry = entries[Int(slot)].next
    entries[Int(slot)].request = request
    entries[Int(slot)].token = token
    entries[Int(slot)].sequence = sequence
    return slot
  }

  // MARK: Lines and groups

  /// Makes a group with its open line.
  mutating func addGroup(pool: Int32, onlyOnline: Bool, below: Int32) -> Int32 {
    let group = Int32(groups.count)
    groups.append(
      Group(pool: pool, onlyOnline: onlyOnline, below: below, openLine: -1, heap: []))
    groups[Int(group)].openLine = addLine(group: group, excluded: Line.nobody, nextOfUser: -1)
    return group
  }

  /// Gives an empty group to another filter of the same pool.
  mutating func reuseGroup(_ group: Int32, onlyOnline: Bool, below: Int32) {
    groups[Int(group)].onlyOnline = onlyOnline
    groups[Int(group)].below = below
  }

  /// Makes an empty line.
  mutating func addLine(group: Int32, excluded: UInt32, nextOfUser: Int32) -> Int32 {
    let line = Line(
      group: group, excluded: excluded, head: -1, tail: -1, headSequence: 0, place: -1,
      nextOfUser: nextOfUser)
    guard freeLine >= 0 else {
      lines.append(line)
      return Int32(lines.count - 1)
    }
    let index = freeLine
    freeLine = lines[Int(index)].nextOfUser
    lines[Int(index)] = line
    return index
  }

  /// Gives up an empty line that nothing links to any more.
  mutating func freeLine(_ line: Int32) {
    lines[Int(line)].nextOfUser = freeLine
    freeLine = line
  }

  /// Sets which line of the same user follows.
  mutating func link(_ line: Int32, nextOfUser next: Int32) {
    lines[Int(line)].nextOfUser = next
  }

  // MARK: The oldest

  /// The line with the oldest head, or -1.
  func oldestLine(of group: Int32) -> Int32 { groups[Int(group)].heap.first ?? -1 }

  /// The line with the oldest head among those that do not exclude a user, or -1.
  func oldestLine(of group: Int32, accepting user: UInt32) -> Int32 {
    let heap = groups[Int(group)].heap
    guard let first = heap.first else { return -1 }
    guard lines[Int(first)].excluded == user else { return first }
    // A user has one line in a group, so whatever comes next does not exclude him.
    guard heap.count > 1 else { return -1 }
    guard heap.count > 2, isOlder(heap[2], than: heap[1]) else { return heap[1] }
    return heap[2]
  }

  private func isOlder(_ line: Int32, than other: Int32) -> Bool {
    lines[Int(line)].headSequence < lines[Int(other)].headSequence
  }

  /// Appends a line to its group's heap: its head has just come, so it is the youngest of all.
  private mutating func push(_ line: Int32) {
    let group = Int(lines[Int(line)].group)
    groups[group].heap.append(line)
    lines[Int(line)].place = Int32(groups[group].heap.count - 1)
    siftUp(line)
  }

  private mutating func pull(_ line: Int32) {
    let group = Int(lines[Int(line)].group)
    let place = Int(lines[Int(line)].place)
    lines[Int(line)].place = -1
    let last = groups[group].heap.removeLast()
    guard last != line else { return }
    groups[group].heap[place] = last
    lines[Int(last)].place = Int32(place)
    siftUp(last)
    siftDown(last)
  }

  private mutating func siftUp(_ line: Int32) {
    let group = Int(lines[Int(line)].group)
    var place = Int(lines[Int(line)].place)
    while place > 0 {
      let parent = groups[group].heap[(place - 1) / 2]
      guard isOlder(line, than: parent) else { break }
      put(parent, at: place, in: group)
      place = (place - 1) / 2
    }
    put(line, at: place, in: group)
  }

  private mutating func siftDown(_ line: Int32) {
    let group = Int(lines[Int(line)].group)
    var place = Int(lines[Int(line)].place)
    let count = groups[group].heap.count
    while 2 * place + 1 < count {
      var child = 2 * place + 1
      if child + 1 < count, isOlder(groups[group].heap[child + 1], than: groups[group].heap[child])
      {
        child += 1
      }
      let best = groups[group].heap[child]
      guard isOlder(best, than: line) else { break }
      put(best, at: place, in: group)
      place = child
    }
    put(line, at: place, in: group)
  }

  private mutating func put(_ line: Int32, at place: Int, in group: Int) {
    groups[group].heap[place] = line
    lines[Int(line)].place = Int32(place)
  }
}
