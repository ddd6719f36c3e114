import Synchronization

/// Somebody who is told every event as it is committed.
final class Follower {
  /// What somebody wants to be told.
  struct Order: Sendable {
    let id: UInt64
    /// The last event that is known already; nil for whatever comes from now on.
    let after: UInt64?
    let receive: @Sendable (_ sequence: UInt64, _ json: String) -> Bool
    let isCancelled: @Sendable () -> Bool
  }

  let order: Order
  /// The next event to be told.
  private(set) var next: UInt64

  init(_ order: Order, committed: UInt64) {
    self.order = order
    // Whoever asks for more than there is has seen another journal; what comes is told all the same.
    next = min(order.after ?? committed, committed) + 1
  }

  /// Tells an event if it is the next; false when no more is wanted.
  func tell(_ sequence: UInt64, _ json: String) -> Bool {
    guard sequence == next else { return true }
    guard !order.isCancelled(), order.receive(sequence, json) else { return false }
    next += 1
    return true
  }
}

/// Following a workspace, until it is cancelled or nobody holds it any more.
public final class Subscription: Sendable {
  private let cancelled = Atomic<Bool>(false)
  private let leave: @Sendable () -> Void

  init(_ leave: @escaping @Sendable () -> Void) { self.leave = leave }

  var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

  /// Tells no more; a call that is under way goes on to its end.
  public func cancel() {
    if !cancelled.exchange(true, ordering: .acquiringAndReleasing) { leave() }
  }
}
