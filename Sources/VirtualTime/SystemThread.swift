import Glibc

/// A thread of the system, for as long as a piece of work takes.
///
/// A kernel belongs to the thread that makes it, so replications want threads, not tasks of a pool.
///
/// Unsafe because the C library passes the work as a bare pointer: it is a retained box, which the
/// new thread releases. Where the system refuses a thread, `join` does the work instead.
@safe public final class SystemThread {
  private final class Box: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
      self.work = work
    }
  }

  private let box: Box
  private var thread = pthread_t()
  /// Whether the system gave a thread.
  public let isStarted: Bool

  /// Starts the work.
  public init(_ work: @escaping @Sendable () -> Void) {
    box = Box(work)
    let pointer = unsafe Unmanaged.passRetained(box).toOpaque()
    let result = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().work()
        return nil
      }, pointer)
    isStarted = result == 0
    if !isStarted { unsafe Unmanaged<Box>.fromOpaque(pointer).release() }
  }

  /// Waits until the work is done.
  public func join() {
    if isStarted {
      pthread_join(thread, nil)
    } else {
      box.work()
    }
  }

  /// Lets the thread go its own way, if there is one.
  public func detach() {
    if isStarted { pthread_detach(thread) }
  }
}
