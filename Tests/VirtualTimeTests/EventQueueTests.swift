import Testing

@testable import VirtualTime

@Suite struct `The event queue` {
  // Random arming, cancelling, rearming and popping, beside an array that is searched from end to
  // end. Few instants, so that ties abound; lanes of three lengths; handles that are long stale.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `does what a searched array does`(seed: UInt64) {
    var dice = SplitMix(state: seed)
    var queue = EventQueue()
    let lanes = [0, 5, 40].map { queue.addLane(length: $0) }
    let lengths: [Int64] = [0, 5, 40]
    var model = SearchedQueue()
    var handles: [(handle: TimerHandle, subject: UInt32)] = []
    var now: Int64 = 0
    // Phases that mostly add and phases that mostly take away, so that the queue grows and shrinks.
    for step in 0..<12_000 {
      let subject = UInt32(step)
      let growing = step / 3_000 % 2 == 0
      switch dice.below(10) {
      case 0...(growing ? 3 : 1):
        let eventClass: EventClass = dice.below(2) == 0 ? .external : .timer
        let at = now + Int64(dice.below(50))
        handles.append((queue.push(event(subject), at: at, class: eventClass), subject))
        model.push(subject, at: at, eventClass)
      case 4:
        let lane = dice.below(3)
        handles.append((queue.push(event(subject), in: lanes[lane], now: now), subject))
        model.push(subject, at: now + lengths[lane], .timer)
      case 5 where !handles.isEmpty:
        let chosen = handles[dice.below(handles.count)]
        let cancelled = queue.cancel(chosen.handle)
        let removed = model.remove(chosen.subject)
        #expect(cancelled == removed)
      case 6 where !handles.isEmpty:
        let index = dice.below(handles.count)
        let at = now + Int64(dice.below(50))
        let renewed = queue.rearm(handles[index].handle, at: at)
        let moved = model.move(handles[index].subject, to: at)
        #expect(moved == (renewed != .none))
        if renewed != .none { handles[index].handle = renewed }
      default:
        let expected = model.popFirst()
        let key = queue.next()
        #expect(key?.nanoseconds == expected?.at)
        let popped = key.map { queue.pop($0).subject }
        #expect(popped == expected?.subject)
        now = expected?.at ?? now
      }
      let count = queue.count
      if count != model.entries.count {
        Issue.record("step \(step): \(count) pending, not \(model.entries.count)")
        return
      }
    }
    for (handle, subject) in handles.suffix(500) {
      let deadline = queue.deadline(of: handle)
      #expect(deadline == model.deadline(of: subject))
      let found = queue.event(of: handle)?.subject
      #expect(found == deadline.map { _ in subject })
    }
    var rest: [UInt32] = []
    while let expected = model.popFirst() { rest.append(expected.subject) }
    #expect(drain(&queue) == rest)
  }

  @Test func `events of one instant come first in, first out`() {
    var queue = EventQueue()
    for subject in 0..<1_000 as Range<UInt32> {
      _ = queue.push(event(subject), at: 7, class: .timer)
    }
    #expect(drain(&queue) == Array(0..<1_000))
  }

  @Test func `a handle that has fired does nothing, even when its slot is used again`() {
    var queue = EventQueue()
    let old = queue.push(event(1), at: 1, class: .timer)
    if let key = queue.next() { _ = queue.pop(key) }
    let new = queue.push(event(2), at: 2, class: .timer)
    let answers = [queue.cancel(old), queue.rearm(old, at: 9) != .none, queue.cancel(.none)]
    #expect(answers == [false, false, false])
    let deadline = queue.deadline(of: new)
    #expect(deadline == 2)
    let twice = [queue.cancel(new), queue.cancel(new)]
    #expect(twice == [true, false])
  }

  @Test(arguments: [false, true])
  func `memory is given back when the events are gone`(inLane: Bool) {
    var queue = EventQueue()
    let lane = queue.addLane(length: 900)
    let empty = queue.footprint
    var handles: [TimerHandle] = []
    for subject in 0..<20_000 as Range<UInt32> {
      let now = Int64(subject)
      handles.append(
        inLane
          ? queue.push(event(subject), in: lane, now: now)
          : queue.push(event(subject), at: now, class: .timer))
    }
    let full = queue.footprint
    #expect(full > 20_000 * 20)
    for handle in handles { _ = queue.cancel(handle) }
    let left = queue.footprint
    #expect(left == empty)
    // What was given back is not missed.
    for subject in 0..<1_000 as Range<UInt32> {
      _ = queue.push(event(subject), in: lane, now: 0)
    }
    #expect(drain(&queue) == Array(0..<1_000))
  }

  @Test func `cancelled events leave nothing behind`() {
    var queue = EventQueue()
    let lane = queue.addLane(length: 900)
    var most = 0
    var cancelled = 0
    for step in 0..<50_000 as Range<UInt32> {
      let timer = queue.push(event(step), at: 1_000 + Int64(step), class: .timer)
      let inLane = queue.push(event(step), in: lane, now: Int64(step))
      most = max(most, queue.count)
      cancelled += (queue.cancel(timer) ? 1 : 0) + (queue.cancel(inLane) ? 1 : 0)
    }
    let count = queue.count
    #expect(most == 2 && count == 0 && cancelled == 100_000)
  }

  @Test func `a full queue refuses, and takes again when there is room`() {
    var queue = EventQueue(limit: 100)
    var handles: [TimerHandle] = []
    for subject in 0..<101 as Range<UInt32> {
      handles.append(queue.push(event(subject), at: 1, class: .timer))
    }
    #expect(handles.firstIndex(of: .none) == 100)
    _ = queue.cancel(handles[3])
    let again = queue.push(event(100), at: 0, class: .timer)
    #expect(again != .none)
    let order = drain(&queue)
    #expect(order.count == 100 && order.first == 100)
  }

  private func event(_ subject: UInt32) -> Event {
    Event(to: .nobody, kind: 0, subject: subject)
  }

  private func drain(_ queue: inout EventQueue) -> [UInt32] {
    var subjects: [UInt32] = []
    while let key = queue.next() { subjects.append(queue.pop(key).subject) }
    return subjects
  }
}

/// The same promises kept in the most obvious way.
private struct SearchedQueue {
  struct Entry {
    let subject: UInt32
    var at: Int64
    let eventClass: EventClass
    var sequence: Int
  }

  private(set) var entries: [Entry] = []
  private var sequence = 0

  mutating func push(_ subject: UInt32, at: Int64, _ eventClass: EventClass) {
    sequence += 1
    entries.append(Entry(subject: subject, at: at, eventClass: eventClass, sequence: sequence))
  }

  mutating func remove(_ subject: UInt32) -> Bool {
    guard let index = entries.firstIndex(where: { $0.subject == subject }) else { return false }
    entries.remove(at: index)
    return true
  }

  mutating func move(_ subject: UInt32, to at: Int64) -> Bool {
    guard let index = entries.firstIndex(where: { $0.subject == subject }) else { return false }
    sequence += 1
    entries[index].at = at
    entries[index].sequence = sequence
    return true
  }

  func deadline(of subject: UInt32) -> Int64? {
    entries.first { $0.subject == subject }?.at
  }

  mutating func popFirst() -> Entry? {
    let first = entries.min {
      ($0.at, $0.eventClass.rawValue, $0.sequence) < ($1.at, $1.eventClass.rawValue, $1.sequence)
    }
    if let first { _ = remove(first.subject) }
    return first
  }
}

/// Steele, Lea and Flood's generator (2014): enough to choose test cases with.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
