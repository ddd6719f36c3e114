public import CThread

/// A way to an actor on the caller's own executor: a synchronous call, where `await` would cost
/// fifty times as much.
///
/// ```swift
/// let agents: [Near<Agent>]
/// agents[i](conversation) { $0.finished($1) }  // reads as: tell this agent
/// ```
///
/// The closure must not capture anything, because a capture allocates: pass values as arguments.
///
/// The code is unsafe, as in `FlatTable` and `Targets`. The reasoning: a
/// door is made only for an actor whose executor is the given kernel, is not `Sendable`, and so is
/// used by actors of the same replication, or to wire them before a run, on the kernel's one thread.
/// Being there already, the caller has the isolation that the callee wants;
/// the cast of an `isolated` function is the one that the standard library's `assumeIsolated` makes,
/// without the closure that it allocates. Debug builds check the claim at every call. The door does
/// not keep the actor alive: whoever wires a replication does.
@frozen @safe public struct Near<A: Actor> {
  @usableFromInline let ref: Unmanaged<A>

  /// Opens a door to an actor of this kernel.
  @inlinable public init(_ actor: A, of kernel: Kernel) {
    let executor = unsafe actor.unownedExecutor
    precondition(
      unsafe sameExecutor(executor, kernel.asUnownedSerialExecutor()),
      "a door leads only to an actor on the same kernel, never into another replication")
    unsafe ref = .passUnretained(actor)
  }

  /// Calls the actor with one value.
  @inlinable @inline(__always)
  public func callAsFunction<T, R>(_ value: T, _ body: @escaping (isolated A, T) -> R) -> R {
    unsafe ref._withUnsafeGuaranteedRef { unsafe enter($0, value, body) }
  }

  /// Calls the actor with nothing but itself.
  @inlinable @inline(__always)
  public func callAsFunction<R>(_ body: @escaping (isolated A) -> R) -> R {
    unsafe ref._withUnsafeGuaranteedRef { unsafe enter($0, body) }
  }

  /// Says that the actor is about to be called: its memory comes together and not line by line.
  @inlinable @inline(__always)
  public func fetchAhead() { unsafe sb_fetch_ahead(ref.toOpaque()) }

  /// The actor, to be awaited or kept.
  @inlinable public var actor: A { unsafe ref.takeUnretainedValue() }
}

@available(*, unavailable) extension Near: Sendable {}

/// A door is the bare address of an actor, so a table of plain values can hold it.
extension Near: BitwiseCopyable {}

/// Whether two unowned executors are the same object.
///
/// The standard library compares task executors so, but offers no comparison for serial ones.
@usableFromInline func sameExecutor(
  _ left: UnownedSerialExecutor, _ right: UnownedSerialExecutor
) -> Bool {
  let left = unsafe unsafeBitCast(left, to: (UInt, UInt).self)
  let right = unsafe unsafeBitCast(right, to: (UInt, UInt).self)
  return left.0 == right.0
}

/// Calls an actor whose isolation the caller already has.
@unsafe @inlinable @inline(__always)
func enter<A: Actor, T, R>(
  _ actor: A, _ value: T, _ body: @escaping (isolated A, T) -> R
) -> R {
  #if DEBUG
    actor.preconditionIsolated(
      "a door is used only on its own kernel's thread, by that kernel's actors")
  #endif
  return unsafe unsafeBitCast(body, to: ((A, T) -> R).self)(actor, value)
}

/// Calls an actor whose isolation the caller already has, with nothing but itself.
@unsafe @inlinable @inline(__always)
func enter<A: Actor, R>(_ actor: A, _ body: @escaping (isolated A) -> R) -> R {
  #if DEBUG
    actor.preconditionIsolated(
      "a door is used only on its own kernel's thread, by that kernel's actors")
  #endif
  return unsafe unsafeBitCast(body, to: ((A) -> R).self)(actor)
}
