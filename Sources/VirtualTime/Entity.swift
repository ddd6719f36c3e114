/// An actor that lives in one replication: on that replication's kernel, and on its thread.
///
/// ```swift
/// actor Agent: EventTarget {
///   nonisolated let kernel: Kernel
///   func receive(_ event: Event) { ... }
/// }
/// ```
///
/// Whoever makes the actors of a replication keeps them alive until its run is over: the kernel and
/// the doors between actors (`Near`) hold no reference of their own.
public protocol Entity: Actor {
  /// The kernel whose thread this actor runs on.
  nonisolated var kernel: Kernel { get }
}

extension Entity {
  /// The kernel itself: every actor of a replication shares one serial executor.
  @inlinable nonisolated public var unownedExecutor: UnownedSerialExecutor {
    unsafe kernel.asUnownedSerialExecutor()
  }
}

/// An entity that receives events when their instant has come.
public protocol EventTarget: Entity {
  /// Handles an event, now. It runs to its end before anything else happens in the replication.
  func receive(_ event: Event)
}
