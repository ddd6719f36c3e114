import Glibc
import Synchronization

/// Computes numbered results on several threads and gives them in the order of their numbers.
///
/// Each thread takes the next number that nobody has taken, until there is none: which thread
/// computes what differs from time to time, the results do not. The calling thread waits.
public func inParallel<Result: Sendable>(
  count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Result
) -> [Result] {
  let tally = Tally<Result>(count: max(0, count))
  let started = (0..<min(max(1, threads), max(1, count))).map { _ in
    SystemThread {
      while let number = tally.take() { tally.put(body(number), at: number) }
    }
  }
  for thread in started { thread.join() }
  return tally.results
}

/// Which number is next, and what was computed.
private final class Tally<Result: Sendable>: Sendable {
  private let count: Int
  private let next = Atomic<Int>(0)
  private let slots: Mutex<[Result?]>

  init(count: Int) {
    self.count = count
    slots = Mutex(Array(repeating: nil, count: count))
  }

  func take() -> Int? {
    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return number < count ? number : nil
  }

  func put(_ result: Result, at number: Int) {
    slots.withLock { $0[number] = result }
  }

  var results: [Result] { slots.withLock { $0.compactMap { $0 } } }
}

/// A thread of the system, for as long as a piece of work takes.
///
/// Unsafe because the C library passes the work as a bare pointer: it is a retained box, which the
/// new thread releases. Where the system refuses a thread, `join` does the work instead.
@safe private final class SystemThread {
  private final class Box: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
      self.work = work
    }
  }

  private let box: Box
  private var thread = pthread_t()
  private let isStarted: Bool

  init(_ work: @escaping @Sendable () -> Void) {
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

  func join() {
    if isStarted {
      pthread_join(thread, nil)
    } else {
      box.work()
    }
  }
}
