import Glibc

/// A bell that one thread waits for and any thread rings.
///
/// Unsafe because the C library's lock and condition need fixed addresses: they have a block each,
/// made and freed with this object. The calls themselves are safe from any thread.
@safe public final class Alarm: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  /// Whether somebody rang since the last wait; touched under the lock.
  private var hasRung = false

  /// A bell that nobody has rung.
  public init() {
    unsafe lock = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    let made = unsafe pthread_mutex_init(lock, nil) | pthread_cond_init(condition, &attributes)
    precondition(made == 0, "the system gives no lock")
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(lock)
    unsafe condition.deallocate()
    unsafe lock.deallocate()
  }

  /// Wakes whoever waits, or the next who would.
  public func ring() {
    unsafe pthread_mutex_lock(lock)
    hasRung = true
    unsafe pthread_cond_signal(condition)
    unsafe pthread_mutex_unlock(lock)
  }

  /// Waits for a ring, at most that many nanoseconds; for ever without a number.
  public func wait(nanoseconds: Int64?) {
    let limit = nanoseconds.map { Instant(nanoseconds: Self.now()).advanced(byNanoseconds: $0) }
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    while !hasRung {
      guard let limit else {
        unsafe pthread_cond_wait(condition, lock)
        continue
      }
      let (seconds, rest) = limit.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
      var deadline = timespec(tv_sec: Int(seconds), tv_nsec: Int(rest))
      if unsafe pthread_cond_timedwait(condition, lock, &deadline) != 0 { break }
    }
    hasRung = false
  }

  /// The machine's clock that never goes back, in nanoseconds.
  public static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
