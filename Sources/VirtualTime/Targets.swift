/// Who receives events, by the number that an event carries.
///
/// This is one of the three files with unsafe code (with `RawTable` and `Near`). The reasoning: a
/// receiver holds an actor without keeping it alive, as `Near` does, and calls it only from the
/// kernel's driver task, where it is isolated; `register` has checked that the actor's executor is
/// the kernel. The table owns a reference to each receiver until it goes itself.
@safe struct Targets: ~Copyable {
  typealias Call = (AnyObject, Event) -> Void

  /// An actor and what to call it with.
  ///
  /// An object of its own: what it holds never changes, so a call counts no references, as it must for
  /// a closure that lies in a table.
  @safe private final class Receiver {
    let actor: Unmanaged<AnyObject>
    let call: Call

    init(_ actor: AnyObject, _ call: @escaping Call) {
      unsafe self.actor = .passUnretained(actor)
      self.call = call
    }
  }

  private var receivers: UnsafeMutablePointer<Unmanaged<Receiver>>
  private var count: Int
  private var capacity: Int

  init() {
    capacity = 16
    count = 0
    unsafe receivers = .allocate(capacity: capacity)
    // Number 0 stands for sleeping processes, which are woken elsewhere.
    _ = add(Nobody.only) { _, _ in }
  }

  deinit {
    for index in 0..<count { unsafe receivers[index].release() }
    unsafe receivers.deallocate()
  }

  /// Adds an actor and what to call it with.
  mutating func add(_ actor: AnyObject, _ call: @escaping Call) -> Int {
    if count == capacity {
      let larger = UnsafeMutablePointer<Unmanaged<Receiver>>.allocate(capacity: capacity * 2)
      unsafe larger.moveInitialize(from: receivers, count: count)
      unsafe receivers.deallocate()
      unsafe receivers = larger
      capacity *= 2
    }
    unsafe (receivers + count).initialize(to: .passRetained(Receiver(actor, call)))
    count += 1
    return count - 1
  }

  /// Hands an event to its target.
  @inline(__always) func deliver(_ event: Event) {
    let index = Int(event.target.index)
    precondition(index < count, "an event for a target that this kernel never registered")
    unsafe receivers[index]._withUnsafeGuaranteedRef { receiver in
      unsafe receiver.actor._withUnsafeGuaranteedRef { receiver.call($0, event) }
    }
  }
}

extension Kernel {
  /// Makes an actor of this kernel a target of events.
  @inlinable public func register<A: EventTarget>(_ actor: A) -> Target {
    _ = Near(actor, of: self)
    return addTarget(actor) { object, event in
      unsafe enter(unsafeDowncast(object, to: A.self), event) { $0.receive($1) }
    }
  }

  /// Makes an actor of this kernel a target of events, by a call of one's own.
  @inlinable public func register<A: Actor>(
    _ actor: A, _ receive: @escaping (isolated A, Event) -> Void
  ) -> Target {
    _ = Near(actor, of: self)
    return addTarget(actor) { object, event in
      unsafe enter(unsafeDowncast(object, to: A.self), event, receive)
    }
  }
}

/// The target of sleeping processes, which receives nothing.
private final class Nobody: Sendable {
  static let only = Nobody()
}
