import Glibc

/// A thread of one's own: a kernel belongs to the thread that makes it, and must not move.
final class Worker {
  private var thread = pthread_t()

  /// What a thread is started with.
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  init(_ body: @escaping @Sendable () -> Void) {
    let box = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
    let status = unsafe pthread_create(&thread, nil, threadMain, box)
    precondition(status == 0, "the system gives no thread (error \(status))")
  }

  /// Lets the thread go its own way.
  func detach() { pthread_detach(thread) }

  /// Waits until the thread is done.
  func join() { pthread_join(thread, nil) }

  // The box was retained for the thread alone, which takes it over here.
  fileprivate static func run(_ box: UnsafeMutableRawPointer) {
    unsafe Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run()
  }
}

private func threadMain(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let box = unsafe box { unsafe Worker.run(box) }
  return nil
}

/// Tells threads that something has changed.
@safe final class Bell: @unchecked Sendable {
  // Both live as long as this object and are only touched through pthread calls.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var rings = 0

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// How often it has rung.
  var count: Int {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return rings
  }

  func ring() {
    unsafe pthread_mutex_lock(mutex)
    rings += 1
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Waits until it has rung more than so many times.
  func wait(after seen: Int) {
    unsafe pthread_mutex_lock(mutex)
    while rings == seen { unsafe pthread_cond_wait(condition, mutex) }
    unsafe pthread_mutex_unlock(mutex)
  }
}
