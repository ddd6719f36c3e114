import Engine
import VirtualTime

/// What comes due in an engine that lives by a clock: its own timers, one for each key, and what its host
/// promised it for later.
struct LiveTimers: ~Copyable {
  private var queue = EventQueue()
  private var runs = ContiguousArray<Armed>()
  private var contacts = ContiguousArray<Armed>()
  private var rarer: [TimerKey: TimerHandle] = [:]
  private var rareKeys: [TimerKey?] = []
  private var freeKeys: [Int] = []
  private var promises: [EngineEvent?] = []
  private var freePromises: [Int] = []

  private struct Armed: BitwiseCopyable {
    var handle = TimerHandle.none
    var id: UInt64 = 0
  }

  private enum Kind: UInt16 { case run, autoClose, rare, promise }

  /// When the next thing is due; nil if nothing is.
  mutating func next() -> Int64? { queue.next()?.nanoseconds }

  mutating func arm(_ key: TimerKey, at deadline: Int64) {
    switch key {
    case .run(let id): Self.arm(&runs, &queue, .run, id.slot, id.raw, deadline)
    case .autoClose(let id): Self.arm(&contacts, &queue, .autoClose, id.slot, id.raw, deadline)
    default:
      cancel(key)
      guard deadline != .max else { return }
      let place = freeKeys.popLast() ?? rareKeys.count
      if place == rareKeys.count { rareKeys.append(key) } else { rareKeys[place] = key }
      rarer[key] = queue.push(
        Event(to: .nobody, kind: Kind.rare.rawValue, subject: UInt32(place)), at: deadline,
        class: .timer)
    }
  }

  private static func arm(
    _ table: inout ContiguousArray<Armed>, _ queue: inout EventQueue, _ kind: Kind, _ slot: Int,
    _ id: UInt64, _ deadline: Int64
  ) {
    while slot >= table.count { table.append(Armed()) }
    if table[slot].id == id { _ = queue.cancel(table[slot].handle) }
    let event = Event(to: .nobody, kind: kind.rawValue, subject: UInt32(slot))
    table[slot] = Armed(
      handle: deadline == .max ? .none : queue.push(event, at: deadline, class: .timer), id: id)
  }

  mutating func cancel(_ key: TimerKey) {
    switch key {
    case .run(let id): Self.cancel(&runs, &queue, id.slot, id.raw)
    case .autoClose(let id): Self.cancel(&contacts, &queue, id.slot, id.raw)
    default:
      guard let handle = rarer.removeValue(forKey: key) else { return }
      if let event = queue.event(of: handle) { release(Int(event.subject)) }
      _ = queue.cancel(handle)
    }
  }

  private static func cancel(
    _ table: inout ContiguousArray<Armed>, _ queue: inout EventQueue, _ slot: Int, _ id: UInt64
  ) {
    guard slot < table.count, table[slot].id == id else { return }
    _ = queue.cancel(table[slot].handle)
    table[slot] = Armed()
  }

  private mutating func release(_ place: Int) {
    rareKeys[place] = nil
    freeKeys.append(place)
  }

  /// Brings an event later.
  mutating func promise(_ event: EngineEvent, at time: Int64) {
    let place = freePromises.popLast() ?? promises.count
    if place == promises.count {
      promises.append(event)
    } else {
      promises[place] = event
    }
    _ = queue.push(
      Event(to: .nobody, kind: Kind.promise.rawValue, subject: UInt32(place)), at: time,
      class: .external)
  }

  /// What is due by then: a timer's key or a promised event, and when it was due.
  mutating func pop(until time: Int64) -> (due: Int64, what: Due)? {
    guard let (key, event) = queue.pop(until: time) else { return nil }
    let place = Int(event.subject)
    switch Kind(rawValue: event.kind) {
    case .run:
      let id = runs[place].id
      runs[place] = Armed()
      return (key.nanoseconds, .timer(.run(RunID(id))))
    case .autoClose:
      let id = contacts[place].id
      contacts[place] = Armed()
      return (key.nanoseconds, .timer(.autoClose(ContactID(id))))
    case .rare:
      guard let timer = rareKeys[place] else { return nil }
      rarer[timer] = nil
      release(place)
      return (key.nanoseconds, .timer(timer))
    case .promise, nil:
      guard let promise = promises[place] else { return nil }
      promises[place] = nil
      freePromises.append(place)
      return (key.nanoseconds, .event(promise))
    }
  }

  enum Due {
    case timer(TimerKey)
    case event(EngineEvent)
  }
}
