import Testing

@testable import VirtualTime

@Suite struct `The event queue` {
  /// How far ahead events are pushed: up to `2^bits` nanoseconds, each power of two as often.
  struct Spread: CustomTestStringConvertible, Sendable {
    let bits: Int
    let seed: UInt64
    var testDescription: String { "2^\(bits), seed \(seed)" }

    static let all = [4, 6, 9, 17, 33, 41, 56].flatMap { bits in
      (1...2 as ClosedRange<UInt64>).map { Spread(bits: bits, seed: $0) }
    }

    func delay(_ dice: inout SplitMix) -> Int64 {
      Int64(truncatingIfNeeded: dice.next() >> (64 - bits + dice.below(bits)))
    }
  }

  // Random pushing, cancelling, rearming, looking and popping, beside an array that is searched from
  // end to end. Few instants, so that ties abound, up to all that there are; bursts of one instant and
  // of one moment; instants before those that have been looked at; handles that are long stale.
  @Test(arguments: Spread.all)
  func `does what a searched array does`(spread: Spread) {
    var dice = SplitMix(state: spread.seed)
    var queue = EventQueue()
    var model = SearchedQueue()
    var handles: [(handle: TimerHandle, subject: UInt32)] = []
    var now: Int64 = 0
    var subject: UInt32 = 0
    func push(at: Int64) {
      let eventClass: EventClass = dice.below(2) == 0 ? .external : .timer
      handles.append((queue.push(event(subject), at: at, class: eventClass), subject))
      model.push(subject, at: at, eventClass)
      subject += 1
    }
    // Phases that mostly add and phases that mostly take away, so that the queue grows and shrinks.
    for step in 0..<4_000 {
      let growing = step / 1_000 % 2 == 0
      switch dice.below(12) {
      case 0...(growing ? 4 : 1):
        push(at: now + spread.delay(&dice))
      case 5 where dice.below(40) == 0:
        let at = now + spread.delay(&dice)
        let width = dice.below(2) * 100
        for _ in 0..<20 { push(at: at + Int64(dice.below(1 + width))) }
      case 6 where !handles.isEmpty:
        let chosen = handles[dice.below(handles.count)]
        let cancelled = queue.cancel(chosen.handle)
        let removed = model.remove(chosen.subject)
        #expect(cancelled == removed)
      case 7 where !handles.isEmpty:
        let index = dice.below(handles.count)
        let at = now + spread.delay(&dice)
        let renewed = queue.rearm(handles[index].handle, at: at)
        let moved = model.move(handles[index].subject, to: at)
        #expect(moved == (renewed != .none))
        if renewed != .none { handles[index].handle = renewed }
      case 8:
        let key = queue.next()
        #expect(key?.nanoseconds == model.first?.at)
        let subject = key.map { queue.event(at: $0).subject }
        #expect(subject == model.first?.subject)
      default:
        let horizon = now + spread.delay(&dice)
        let expected = model.first.flatMap { $0.at > horizon ? nil : $0 }
        let popped = queue.pop(until: horizon)
        #expect(popped?.key.nanoseconds == expected?.at)
        #expect(popped?.event.subject == expected?.subject)
        if let expected { _ = model.remove(expected.subject) }
        now = expected?.at ?? now
      }
      // The queue as a whole, besides what it answers.
      let contradictions = step % 16 == 0 ? queue.contradictions : []
      if !contradictions.isEmpty {
        Issue.record("step \(step): \(contradictions)")
        return
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
    _ = queue.pop(until: 1)
    let new = queue.push(event(2), at: 2, class: .timer)
    let answers = [queue.cancel(old), queue.rearm(old, at: 9) != .none, queue.cancel(.none)]
    #expect(answers == [false, false, false])
    let deadline = queue.deadline(of: new)
    #expect(deadline == 2)
    let twice = [queue.cancel(new), queue.cancel(new)]
    #expect(twice == [true, false])
  }

  @Test func `the last instant comes after all others`() {
    var queue = EventQueue()
    let instants: [Int64] = [.max, 0, .max - 1, .max, 1 << 62]
    for (subject, at) in instants.enumerated() {
      _ = queue.push(event(UInt32(subject)), at: at, class: .timer)
    }
    #expect(drain(&queue) == [1, 4, 2, 0, 3])
  }

  @Test func `an event may come before one that has been looked at`() {
    var queue = EventQueue()
    _ = queue.push(event(0), at: 1 << 40, class: .timer)
    let seen = queue.next()?.nanoseconds
    #expect(seen == 1 << 40)
    // In no order, and some at the very instant that was looked at.
    for subject in 1..<100 as Range<UInt32> {
      _ = queue.push(event(subject), at: Int64(subject * 37 % 100), class: .timer)
    }
    _ = queue.push(event(100), at: 1 << 40, class: .external)
    _ = queue.push(event(101), at: 1 << 40, class: .timer)
    let order = (1..<100 as Range<UInt32>).sorted { $0 * 37 % 100 < $1 * 37 % 100 }
    #expect(drain(&queue) == order + [100, 0, 101])
  }

  @Test func `nothing is popped beyond the horizon, and nothing is lost there`() {
    var queue = EventQueue()
    let handles = (0..<3 as Range<UInt32>).map {
      queue.push(event($0), at: 1_000 + Int64($0), class: .timer)
    }
    let early = [queue.pop(until: 999), queue.pop(until: .min)]
    let cancelled = queue.cancel(handles[0])
    let popped = [1_000, 1_001].map { queue.pop(until: $0)?.event.subject }
    #expect(early.allSatisfy { $0 == nil } && cancelled && popped == [nil, 1])
    #expect(drain(&queue) == [2])
  }

  @Test(arguments: [1, 1 << 12, 1 << 40] as [Int64])
  func `memory is given back when the events are gone`(gap: Int64) {
    var queue = EventQueue()
    let empty = queue.footprint
    let handles = (0..<20_000 as Range<UInt32>).map {
      queue.push(event($0), at: 5 + Int64($0) / 4 * gap, class: .timer)
    }
    let full = queue.footprint
    #expect(full > empty + 20_000 * 20)
    // Looked at, so that some are in the front, and taken back from there as well.
    _ = queue.next()
    for handle in handles { _ = queue.cancel(handle) }
    let left = queue.footprint
    #expect(left == empty)
    // What was given back is not missed.
    for subject in 0..<1_000 as Range<UInt32> {
      _ = queue.push(event(subject), at: 900, class: .timer)
    }
    #expect(drain(&queue) == Array(0..<1_000))
  }

  @Test func `cancelled events leave nothing behind`() {
    var queue = EventQueue()
    var most = 0
    var cancelled = 0
    for step in 0..<50_000 as Range<UInt32> {
      let far = queue.push(event(step), at: 1_000 + Int64(step), class: .timer)
      let here = queue.push(event(step), at: 0, class: .timer)
      most = max(most, queue.count)
      cancelled += (queue.cancel(far) ? 1 : 0) + (queue.cancel(here) ? 1 : 0)
    }
    let count = queue.count
    #expect(most == 2 && count == 0 && cancelled == 100_000)
    let next = queue.next()
    #expect(next == nil)
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
    while let popped = queue.pop(until: .max) { subjects.append(popped.event.subject) }
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

  var first: Entry? {
    entries.min {
      ($0.at, $0.eventClass.rawValue, $0.sequence) < ($1.at, $1.eventClass.rawValue, $1.sequence)
    }
  }

  mutating func popFirst() -> Entry? {
    let first = first
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
