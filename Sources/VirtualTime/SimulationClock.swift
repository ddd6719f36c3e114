/// The clock of a kernel, for code that is written as a process: it sleeps in virtual time.
public struct SimulationClock: Clock {
  let kernel: Kernel

  /// The virtual time.
  public var now: Instant { kernel.now }

  /// A nanosecond.
  public var minimumResolution: Duration { .nanoseconds(1) }

  /// Sleeps until an instant, on the kernel's thread; returns at once when it has passed.
  ///
  /// Only for tasks that the kernel's `spawn` started. When the task is cancelled it wakes at the
  /// instant of the cancellation, behind what is already scheduled there, with `CancellationError`.
  public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
    try await kernel.sleep(until: deadline)
  }
}
