import Engine
import VirtualTime

/// The engine's timers on the kernel: at most one for each run, contact, user and for the queues.
struct EngineTimers: ~Copyable {
  private let kernel: Kernel
  private var target = Target.nobody
  /// Of each slot of runs, contacts and users four places beside each other, one for each kind; the
  /// first of all is that of the queues.
  private var table = FlatTable<Armed>(count: 256)

  // Not private: unoptimised, Swift 6.3.1 breaks on a private type in a table that others see.
  struct Armed: BitwiseCopyable {
    var handle: TimerHandle
    var id: UInt64

    static var none: Armed { Armed(handle: .none, id: 0) }
  }

  /// Which kind of timer an event is.
  enum Kind: UInt16 {
    case run, autoClose, snooze, inactivity, queues
  }

  init(_ kernel: Kernel) { self.kernel = kernel }

  /// Where the timers go when they fire.
  mutating func wire(to target: Target) { self.target = target }

  mutating func arm(_ key: TimerKey, at deadline: Instant) {
    if case .run(let id) = key {
      arm(.run, id.slot, id.raw, at: deadline)
    } else {
      armOther(key, at: deadline)
    }
  }

  @inline(never)
  private mutating func armOther(_ key: TimerKey, at deadline: Instant) {
    let (kind, index, id) = place(of: key)
    arm(kind, index, id, at: deadline)
  }

  @inline(__always)
  private mutating func arm(_ kind: Kind, _ index: Int, _ id: UInt64, at deadline: Instant) {
    let place = Self.place(kind, index)
    if place >= table.capacity { table.resize(to: max(place + 1, 2 * table.capacity)) }
    let former = table[place]
    if former.handle != .none, former.id == id { kernel.cancel(former.handle) }
    let event = Event(to: target, kind: kind.rawValue, subject: UInt32(truncatingIfNeeded: index))
    let handle =
      deadline == .distantFuture ? .none : kernel.arm(event, at: deadline)
    table[place] = Armed(handle: handle, id: id)
  }

  mutating func cancel(_ key: TimerKey) {
    let (kind, index, id) = place(of: key)
    let place = Self.place(kind, index)
    guard place < table.capacity, table[place].id == id else { return }
    if table[place].handle != .none { kernel.cancel(table[place].handle) }
    table[place] = .none
  }

  /// A timer that went off while the engine was down goes off at another time.
  mutating func postpone(_ event: Event, to deadline: Instant) {
    guard let kind = Kind(rawValue: event.kind) else { return }
    let place = Self.place(kind, Int(event.subject))
    table[place].handle = kernel.arm(event, at: deadline)
  }

  /// The key of a timer that has fired.
  @inline(__always)
  mutating func key(of event: Event) -> TimerKey? {
    if event.kind == Kind.run.rawValue {
      return fired(.run, event.subject).map { .run(RunID($0)) }
    }
    return otherKey(of: event)
  }

  @inline(never)
  private mutating func otherKey(of event: Event) -> TimerKey? {
    guard let kind = Kind(rawValue: event.kind), let id = fired(kind, event.subject) else {
      return nil
    }
    switch kind {
    case .run: return .run(RunID(id))
    case .autoClose: return .autoClose(ContactID(id))
    case .snooze: return .snooze(ContactID(id))
    case .inactivity: return .inactivity(UserID(UInt32(truncatingIfNeeded: id)))
    case .queues: return .queues
    }
  }

  /// Whose timer has fired; its place is free now.
  @inline(__always)
  private mutating func fired(_ kind: Kind, _ subject: UInt32) -> UInt64? {
    let place = Self.place(kind, Int(subject))
    guard place < table.capacity else { return nil }
    let id = table[place].id
    table[place] = .none
    return id
  }

  @inline(__always)
  private func place(of key: TimerKey) -> (Kind, Int, UInt64) {
    switch key {
    case .run(let id): (.run, id.slot, id.raw)
    case .autoClose(let id): (.autoClose, id.slot, id.raw)
    case .snooze(let id): (.snooze, id.slot, id.raw)
    case .inactivity(let id): (.inactivity, id.index, UInt64(id.raw))
    case .queues: (.queues, 0, 0)
    }
  }

  /// The place in the table.
  @inline(__always)
  private static func place(_ kind: Kind, _ index: Int) -> Int {
    kind == .queues ? 0 : (index &+ 1) << 2 | Int(kind.rawValue)
  }
}

/// Rings when one of the engine's timers goes off.
actor TimerBell: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange

  init(exchange: Exchange) {
    self.exchange = exchange
    kernel = exchange.kernel
  }

  func receive(_ event: Event) {
    if exchange.isDown {
      exchange.faults.counts.heldEvents += 1
      return exchange.timers.postpone(event, to: exchange.downUntil)
    }
    guard let key = exchange.timers.key(of: event) else { return }
    // Whoever has work in hand does something all the time, though the engine hears of it at the end.
    if case .inactivity(let user) = key, exchange.agents[user.index]({ $0.isSeenWorking }) {
      exchange.handle(.acts(user))
    }
    exchange.timerFires(key)
    exchange.settle()
  }
}
