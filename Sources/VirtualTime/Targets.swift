import CThread

/// Who receives events, by the number that an event carries.
///
/// The code is unsafe, as in `FlatTable` and `Near`. The reasoning: an
/// entry holds an actor without keeping it alive, as `Near` does, and calls it only from the kernel's
/// driver task, where it is isolated; `register` has checked that the actor's executor is the kernel.
/// The table owns the receivers, which its entries point at, until it goes itself.
@safe struct Targets: ~Copyable {
  typealias Call = (AnyObject, Event) -> Void

  /// What an actor is called with.
  ///
  /// An object of its own: what it holds never changes, so a call counts no references, as it must for
  /// a closure that lies in a table. All actors of a type share one, so it is near when it is needed.
  private final class Receiver {
    let call: Call

    init(_ call: @escaping Call) { self.call = call }
  }

  @safe private struct Entry {
    let actor: Unmanaged<AnyObject>
    let receiver: Unmanaged<Receiver>
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var count: Int
  private var capacity: Int
  private var receivers: [Receiver] = []
  private var shared: [ObjectIdentifier: Receiver] = [:]

  init() {
    capacity = 16
    count = 0
    unsafe entries = .allocate(capacity: capacity)
    // Number 0 stands for sleeping processes, which are woken elsewhere.
    _ = add(Nobody.only, as: nil) { _, _ in }
  }

  deinit { unsafe entries.deallocate() }

  /// Adds an actor and what to call it with; actors that name the same type are called alike.
  mutating func add(_ actor: AnyObject, as type: ObjectIdentifier?, _ call: @escaping Call) -> Int {
    if count == capacity {
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
      unsafe larger.moveInitialize(from: entries, count: count)
      unsafe entries.deallocate()
      unsafe entries = larger
      capacity *= 2
    }
    let known = type.flatMap { shared[$0] }
    let receiver = known ?? Receiver(call)
    if known == nil {
      receivers.append(receiver)
      if let type { shared[type] = receiver }
    }
    unsafe (entries + count).initialize(
      to: Entry(actor: .passUnretained(actor), receiver: .passUnretained(receiver)))
    count += 1
    return count - 1
  }

  /// Has the memory of an event's target come near.
  @inline(__always) func fetchAhead(_ event: Event) {
    let index = Int(event.target.index)
    if index < count { unsafe sb_fetch_ahead(entries[index].actor.toOpaque()) }
  }

  /// Hands an event to its target.
  @inline(__always) func deliver(_ event: Event) {
    let index = Int(event.target.index)
    precondition(index < count, "an event for a target that this kernel never registered")
    unsafe entries[index].receiver._withUnsafeGuaranteedRef { receiver in
      unsafe entries[index].actor._withUnsafeGuaranteedRef { receiver.call($0, event) }
    }
  }
}

extension Kernel {
  /// Makes an actor of this kernel a target of events.
  @inlinable public func register<A: EventTarget>(_ actor: A) -> Target {
    _ = Near(actor, of: self)
    return addTarget(actor, as: ObjectIdentifier(A.self)) { object, event in
      unsafe enter(unsafeDowncast(object, to: A.self), event) { $0.receive($1) }
    }
  }

  /// Makes an actor of this kernel a target of events, by a call of one's own.
  @inlinable public func register<A: Actor>(
    _ actor: A, _ receive: @escaping (isolated A, Event) -> Void
  ) -> Target {
    _ = Near(actor, of: self)
    return addTarget(actor, as: nil) { object, event in
      unsafe enter(unsafeDowncast(object, to: A.self), event, receive)
    }
  }
}

/// The target of sleeping processes, which receives nothing.
private final class Nobody: Sendable {
  static let only = Nobody()
}
