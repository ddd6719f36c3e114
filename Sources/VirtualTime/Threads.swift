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
