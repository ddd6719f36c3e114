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
  typealias EntryNumber = RowNumber<Entry>
  typealias LineNumber = RowNumber<Line>
  typealias GroupNumber = RowNumber<Group>

  struct Entry: Sendable {
    var request: AssignmentRequest
    var token: UInt64
    /// The order of entering, over all pools.
    var sequence: UInt64
    var generation: UInt32
    /// The line; none when the place is free.
    var line: LineNumber
    var previous: EntryNumber
    /// The next in the line; of a free place, the next free one.
    var next: EntryNumber
  }

  struct Line: Sendable {
    var group: GroupNumber
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
    var head = EntryNumber.none
    var tail = EntryNumber.none
    /// The age of the head.
    var headSequence: UInt64 = 0
    /// Where the line stands in its group's heap, or among the dedicated; nil when it is empty.
    var place: Int?
    /// The next line with the same user and purpose; of a free line, the next free one.
    var next = LineNumber.none

    static let nobody = UInt32.max
  }

  struct Group: Sendable {
    var pool: PoolNumber
    var onlyOnline: Bool
    var below: Int32
    /// The first of the lines that exclude nobody, which is always there.
    var openLine = LineNumber.none
    /// Lines with somebody in them, the one with the oldest head first.
    var heap: [LineNumber] = []
    /// Dedicated lines with somebody in them.
    var dedicated: [LineNumber] = []

    /// Whether nobody waits.
    var isEmpty: Bool { heap.isEmpty && dedicated.isEmpty }
  }

  private(set) var entries: [Entry] = []
  private(set) var lines: [Line] = []
  private(set) var groups: [Group] = []
  private var freeEntry = EntryNumber.none
  private var freeLine = LineNumber.none
  private var nextSequence: UInt64 = 0
  /// How many wait.
  private(set) var count = 0

  /// An empty queue.
  init() {}

  /// A queue with these places and nobody standing in a line yet; `free` in order of use.
  init(entries: [Entry], free: [EntryNumber], nextSequence: UInt64) {
    self.entries = entries
    self.nextSequence = nextSequence
    for slot in free.reversed() {
      self.entries[slot].next = freeEntry
      freeEntry = slot
    }
  }

  /// The number of the next entry to come.
  var upcomingSequence: UInt64 { nextSequence }

  /// The free places in the order of their use.
  var freePlaces: [EntryNumber] {
    var places: [EntryNumber] = []
    var slot = freeEntry
    while slot != .none {
      places.append(slot)
      slot = entries[slot].next
    }
    return places
  }

  // MARK: Coming and going

  /// Appends an entry to a line.
  mutating func append(
    _ request: AssignmentRequest, token: UInt64, line: LineNumber
  ) -> QueueTicket {
    let slot = takeEntry(request, token: token)
    stand(slot, in: line)
    return ticket(of: slot)
  }

  /// Lets an entry stand in a line, by age: nearly always at the end.
  mutating func stand(_ slot: EntryNumber, in line: LineNumber) {
    let sequence = entries[slot].sequence
    var before = lines[line].tail
    while before != .none, entries[before].sequence > sequence {
      before = entries[before].previous
    }
    let after = before != .none ? entries[before].next : lines[line].head
    entries[slot].line = line
    entries[slot].previous = before
    entries[slot].next = after
    if after != .none { entries[after].previous = slot } else { lines[line].tail = slot }
    if before != .none {
      entries[before].next = slot
    } else {
      lines[line].head = slot
      lines[line].headSequence = sequence
      if after != .none { headGotOlder(line) } else { push(line) }
    }
    count += 1
  }

  /// Lets an entry that stands in no line exclude nobody any more.
  mutating func excludeNobody(_ slot: EntryNumber) { entries[slot].request.exclude = nil }

  /// The place that a ticket names, or nil when it was served or cancelled.
  func slot(of ticket: QueueTicket) -> EntryNumber? {
    guard ticket.slot < entries.count else { return nil }
    let slot = EntryNumber(Int(ticket.slot))
    guard entries[slot].line != .none, entries[slot].generation == ticket.generation else {
      return nil
    }
    return slot
  }

  /// The ticket of the entry in a place.
  func ticket(of slot: EntryNumber) -> QueueTicket {
    QueueTicket(slot: UInt32(slot.index), generation: entries[slot].generation)
  }

  /// Takes an entry out, wherever it stands, and gives its place free.
  ///
  /// Returns the line in which it stood.
  mutating func remove(_ slot: EntryNumber) -> LineNumber {
    let line = takeOut(slot)
    entries[slot].generation &+= 1
    entries[slot].next = freeEntry
    freeEntry = slot
    return line
  }

  /// Takes an entry out of its line, which is returned; it keeps its place in memory and its age.
  mutating func takeOut(_ slot: EntryNumber) -> LineNumber {
    let entry = entries[slot]
    let line = entry.line
    if entry.next != .none {
      entries[entry.next].previous = entry.previous
    } else {
      lines[line].tail = entry.previous
    }
    if entry.previous != .none {
      entries[entry.previous].next = entry.next
    } else {
      lines[line].head = entry.next
      if entry.next != .none {
        lines[line].headSequence = entries[entry.next].sequence
        if !lines[line].isDedicated { siftDown(line) }
      } else {
        pull(line)
      }
    }
    entries[slot].line = .none
    count -= 1
    return line
  }

  private mutating func takeEntry(_ request: AssignmentRequest, token: UInt64) -> EntryNumber {
    let sequence = nextSequence
    nextSequence += 1
    guard freeEntry != .none else {
      entries.append(
        Entry(
          request: request, token: token, sequence: sequence, generation: 0, line: .none,
          previous: .none, next: .none))
      return EntryNumber(entries.count - 1)
    }
    let slot = freeEntry
    freeEntry = entries[slot].next
    entries[slot].request = request
    entries[slot].token = token
    entries[slot].sequence = sequence
    return slot
  }

  // MARK: Lines and groups

  /// Makes a group with its open line.
  mutating func addGroup(pool: PoolNumber, onlyOnline: Bool, below: Int32) -> GroupNumber {
    let group = GroupNumber(groups.count)
    groups.append(Group(pool: pool, onlyOnline: onlyOnline, below: below))
    groups[group].openLine = addLine(
      Line(group: group, user: Line.nobody, isDedicated: false, waited: 0))
    return group
  }

  /// Gives an empty group to another filter of the same pool.
  mutating func reuseGroup(_ group: GroupNumber, onlyOnline: Bool, below: Int32) {
    groups[group].onlyOnline = onlyOnline
    groups[group].below = below
  }

  /// Makes room for a line.
  mutating func addLine(_ line: Line) -> LineNumber {
    guard freeLine != .none else {
      lines.append(line)
      return LineNumber(lines.count - 1)
    }
    let index = freeLine
    freeLine = lines[index].next
    lines[index] = line
    return index
  }

  /// Gives up an empty line that nothing links to any more.
  mutating func freeLine(_ line: LineNumber) {
    lines[line].isWoken = false
    lines[line].next = freeLine
    freeLine = line
  }

  /// The line of a list, given by its first, that is meant for a group and a past wait, or none.
  func line(of first: LineNumber, group: GroupNumber, waited: Int64) -> LineNumber {
    var line = first
    while line != .none, lines[line].group != group || lines[line].waited != waited {
      line = lines[line].next
    }
    return line
  }

  /// Sets which line of the same list follows.
  mutating func link(_ line: LineNumber, next: LineNumber) { lines[line].next = next }

  /// Takes a line out of the list that begins with `first`; returns how the list begins then.
  mutating func unlink(_ line: LineNumber, from first: LineNumber) -> LineNumber {
    guard first != line else { return lines[line].next }
    var before = first
    while lines[before].next != line { before = lines[before].next }
    lines[before].next = lines[line].next
    return first
  }

  /// Notes that a dedicated line is to be looked at, or was.
  mutating func setWoken(_ line: LineNumber, _ isWoken: Bool) { lines[line].isWoken = isWoken }

  // MARK: The oldest

  /// The line with the oldest head, or none.
  func oldestLine(of group: GroupNumber) -> LineNumber { groups[group].heap.first ?? .none }

  /// The line with the oldest head among those that do not exclude a user, or none.
  func oldestLine(of group: GroupNumber, accepting user: UInt32) -> LineNumber {
    oldestLine(in: groups[group].heap, from: 0, accepting: user)
  }

  /// A user has one line in a group, or a few: below each of them stand two that may be better.
  private func oldestLine(in heap: [LineNumber], from place: Int, accepting user: UInt32)
    -> LineNumber
  {
    guard place < heap.count else { return .none }
    guard lines[heap[place]].user == user else { return heap[place] }
    let left = oldestLine(in: heap, from: 2 * place + 1, accepting: user)
    let right = oldestLine(in: heap, from: 2 * place + 2, accepting: user)
    return older(left, right)
  }

  /// Whichever of two lines has the older head; the other one where one is none.
  func older(_ one: LineNumber, _ other: LineNumber) -> LineNumber {
    if one == .none { return other }
    if other == .none { return one }
    return isOlder(one, than: other) ? one : other
  }

  private func isOlder(_ line: LineNumber, than other: LineNumber) -> Bool {
    lines[line].headSequence < lines[other].headSequence
  }

  /// Puts a line that has somebody in it where lines are looked for.
  private mutating func push(_ line: LineNumber) {
    let group = lines[line].group
    guard !lines[line].isDedicated else {
      groups[group].dedicated.append(line)
      lines[line].place = groups[group].dedicated.count - 1
      return
    }
    groups[group].heap.append(line)
    lines[line].place = groups[group].heap.count - 1
    siftUp(line)
  }

  private mutating func headGotOlder(_ line: LineNumber) {
    if !lines[line].isDedicated { siftUp(line) }
  }

  private mutating func pull(_ line: LineNumber) {
    let group = lines[line].group
    guard let place = lines[line].place else { return }
    lines[line].place = nil
    guard !lines[line].isDedicated else {
      let last = groups[group].dedicated.removeLast()
      guard last != line else { return }
      groups[group].dedicated[place] = last
      lines[last].place = place
      return
    }
    let last = groups[group].heap.removeLast()
    guard last != line else { return }
    put(last, at: place, in: group)
    siftUp(last)
    siftDown(last)
  }

  private mutating func siftUp(_ line: LineNumber) {
    let group = lines[line].group
    guard var place = lines[line].place else { return }
    while place > 0 {
      let parent = groups[group].heap[(place - 1) / 2]
      guard isOlder(line, than: parent) else { break }
      put(parent, at: place, in: group)
      place = (place - 1) / 2
    }
    put(line, at: place, in: group)
  }

  private mutating func siftDown(_ line: LineNumber) {
    let group = lines[line].group
    guard var place = lines[line].place else { return }
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

  private mutating func put(_ line: LineNumber, at place: Int, in group: GroupNumber) {
    groups[group].heap[place] = line
    lines[line].place = place
  }
}
