/// The contacts that wait for a user, first in, first out.
///
/// Entries that accept the same users stand in one line, so that only the heads of lines are ever
/// compared. The lines of one pool and filter form a group, a heap of lines by the age of their
/// heads: they differ only in the one user they exclude. If two users qualify for the filter, each
/// line has somebody; if only one does, the oldest head is good unless it excludes that very user,
/// and then the next best stands right below it. An event therefore costs the same whether three
/// contacts wait or a hundred thousand.
///
/// Lines that wait for one very user stand beside the heap: they are looked at when he is free.
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
    /// The user excluded by everybody here, or `nobody`; of a dedicated line, the user awaited.
    var user: UInt32
    /// Whether everybody here waits for the user and takes nobody else.
    var isDedicated: Bool
    /// How long everybody here waited for somebody in vain before, in nanoseconds.
    ///
    /// Such entries are older than others that came meanwhile. With a line for each length of time
    /// they arrive in order of age.
    var waited: Int64
    /// Whether the user of a dedicated line may have become free since it was last looked at.
    var isWoken = false
    var head: Int32 = -1
    var tail: Int32 = -1
    /// The age of the head.
    var headSequence: UInt64 = 0
    /// Where the line stands in its group's heap, or among the dedicated; -1 when it is empty.
    var place: Int32 = -1
    /// The next line with the same user and purpose; of a free line, the next free one.
    var next: Int32 = -1

    static let nobody = UInt32.max
  }

  struct Group: Sendable {
    var pool: Int32
    var onlyOnline: Bool
    var below: Int32
    /// The first of the lines that exclude nobody, which is always there.
    var openLine: Int32 = -1
    /// Lines with somebody in them, the one with the oldest head first.
    var heap: [Int32] = []
    /// Dedicated lines with somebody in them.
    var dedicated: [Int32] = []

    /// Whether nobody waits.
    var isEmpty: Bool { heap.isEmpty && dedicated.isEmpty }
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

  /// Lets an entry stand in a line, by age: nearly always at the end.
  mutating func stand(_ slot: Int32, in line: Int32) {
    let sequence = entries[Int(slot)].sequence
    var before = lines[Int(line)].tail
    while before >= 0, entries[Int(before)].sequence > sequence {
      before = entries[Int(before)].previous
    }
    let after = before >= 0 ? entries[Int(before)].next : lines[Int(line)].head
    entries[Int(slot)].line = line
    entries[Int(slot)].previous = before
    entries[Int(slot)].next = after
    if after >= 0 { entries[Int(after)].previous = slot } else { lines[Int(line)].tail = slot }
    if before >= 0 {
      entries[Int(before)].next = slot
    } else {
      lines[Int(line)].head = slot
      lines[Int(line)].headSequence = sequence
      if after >= 0 { headGotOlder(line) } else { push(line) }
    }
    count += 1
  }

  /// Lets an entry that stands in no line exclude nobody any more.
  mutating func excludeNobody(_ slot: Int32) { entries[Int(slot)].request.exclude = nil }

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

  /// Takes an entry out, wherever it stands, and gives its place free.
  ///
  /// Returns the line in which it stood.
  mutating func remove(_ slot: Int32) -> Int32 {
    let line = takeOut(slot)
    entries[Int(slot)].generation &+= 1
    entries[Int(slot)].next = freeEntry
    freeEntry = slot
    return line
  }

  /// Takes an entry out of its line, which is returned; it keeps its place in memory and its age.
  mutating func takeOut(_ slot: Int32) -> Int32 {
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
        if !lines[line].isDedicated { siftDown(entry.line) }
      } else {
        pull(entry.line)
      }
    }
    entries[Int(slot)].line = -1
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
    groups.append(Group(pool: pool, onlyOnline: onlyOnline, below: below))
    groups[Int(group)].openLine = addLine(
      Line(group: group, user: Line.nobody, isDedicated: false, waited: 0))
    return group
  }

  /// Gives an empty group to another filter of the same pool.
  mutating func reuseGroup(_ group: Int32, onlyOnline: Bool, below: Int32) {
    groups[Int(group)].onlyOnline = onlyOnline
    groups[Int(group)].below = below
  }

  /// Makes room for a line.
  mutating func addLine(_ line: Line) -> Int32 {
    guard freeLine >= 0 else {
      lines.append(line)
      return Int32(lines.count - 1)
    }
    let index = freeLine
    freeLine = lines[Int(index)].next
    lines[Int(index)] = line
    return index
  }

  /// Gives up an empty line that nothing links to any more.
  mutating func freeLine(_ line: Int32) {
    lines[Int(line)].isWoken = false
    lines[Int(line)].next = freeLine
    freeLine = line
  }

  /// The line of a list, given by its first, that is meant for a group and a past wait, or -1.
  func line(of first: Int32, group: Int32, waited: Int64) -> Int32 {
    var line = first
    while line >= 0, lines[Int(line)].group != group || lines[Int(line)].waited != waited {
      line = lines[Int(line)].next
    }
    return line
  }

  /// Sets which line of the same list follows.
  mutating func link(_ line: Int32, next: Int32) { lines[Int(line)].next = next }

  /// Takes a line out of the list that begins with `first`; returns how the list begins then.
  mutating func unlink(_ line: Int32, from first: Int32) -> Int32 {
    guard first != line else { return lines[Int(line)].next }
    var before = first
    while lines[Int(before)].next != line { before = lines[Int(before)].next }
    lines[Int(before)].next = lines[Int(line)].next
    return first
  }

  /// Notes that a dedicated line is to be looked at, or was.
  mutating func setWoken(_ line: Int32, _ isWoken: Bool) { lines[Int(line)].isWoken = isWoken }

  // MARK: The oldest

  /// The line with the oldest head, or -1.
  func oldestLine(of group: Int32) -> Int32 { groups[Int(group)].heap.first ?? -1 }

  /// The line with the oldest head among those that do not exclude a user, or -1.
  func oldestLine(of group: Int32, accepting user: UInt32) -> Int32 {
    oldestLine(in: groups[Int(group)].heap, from: 0, accepting: user)
  }

  /// A user has one line in a group, or a few: below each of them stand two that may be better.
  private func oldestLine(in heap: [Int32], from place: Int, accepting user: UInt32) -> Int32 {
    guard place < heap.count else { return -1 }
    guard lines[Int(heap[place])].user == user else { return heap[place] }
    let left = oldestLine(in: heap, from: 2 * place + 1, accepting: user)
    let right = oldestLine(in: heap, from: 2 * place + 2, accepting: user)
    guard left >= 0, right >= 0 else { return max(left, right) }
    return isOlder(left, than: right) ? left : right
  }

  private func isOlder(_ line: Int32, than other: Int32) -> Bool {
    lines[Int(line)].headSequence < lines[Int(other)].headSequence
  }

  /// Puts a line that has somebody in it where lines are looked for.
  private mutating func push(_ line: Int32) {
    let group = Int(lines[Int(line)].group)
    guard !lines[Int(line)].isDedicated else {
      groups[group].dedicated.append(line)
      lines[Int(line)].place = Int32(groups[group].dedicated.count - 1)
      return
    }
    groups[group].heap.append(line)
    lines[Int(line)].place = Int32(groups[group].heap.count - 1)
    siftUp(line)
  }

  private mutating func headGotOlder(_ line: Int32) {
    if !lines[Int(line)].isDedicated { siftUp(line) }
  }

  private mutating func pull(_ line: Int32) {
    let group = Int(lines[Int(line)].group)
    let place = Int(lines[Int(line)].place)
    lines[Int(line)].place = -1
    guard !lines[Int(line)].isDedicated else {
      let last = groups[group].dedicated.removeLast()
      guard last != line else { return }
      groups[group].dedicated[place] = last
      lines[Int(last)].place = Int32(place)
      return
    }
    let last = groups[group].heap.removeLast()
    guard last != line else { return }
    put(last, at: place, in: group)
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
