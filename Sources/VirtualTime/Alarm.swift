import Glibc

/// A bell that one thread waits for and any thread rings.
///
/// Unsafe because a semaphore of the C library needs a fixed address: it has a block of its own,
/// made and freed with this object. The calls themselves are safe from any thread.
@safe final class Alarm: @unchecked Sendable {
  private let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe semaphore.initialize(to: sem_t())
    let result = unsafe sem_init(semaphore, 0, 0)
    precondition(result == 0, "the system gives no semaphore")
  }

  deinit {
    unsafe sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }

  func ring() {
    unsafe sem_post(semaphore)
  }

  /// Waits for a ring, at most that many nanoseconds; for ever without a number.
  ///
  /// It may return early, after a signal: the caller looks whether there is something to do.
  func wait(nanoseconds: Int64?) {
    guard let nanoseconds else {
      unsafe sem_wait(semaphore)
      return
    }
    let (instant, overflow) = Self.now(CLOCK_REALTIME).addingReportingOverflow(max(0, nanoseconds))
    let end = overflow ? Int64.max : instant
    var deadline = timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
    unsafe sem_timedwait(semaphore, &deadline)
  }

  /// The machine's clock that never goes back, in nanoseconds.
  static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
