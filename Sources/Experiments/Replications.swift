import Glibc
import Synchronization
import VirtualTime

/// Independent pieces of work on all cores, their results taken in the order of their numbers.
///
/// Who finishes first has no influence on anything: results wait until it is their turn, and what
/// was begun but is no longer wanted is thrown away.
public enum Replications {
  /// How many threads there is hardware for.
  public static var hardwareThreads: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Runs pieces by their numbers until `take` has had enough or `count` are done.
  ///
  /// `take` is called on the calling thread, in order; once it returns false nothing new is begun.
  public static func run<Result: Sendable>(
    count: Int, threads: Int = hardwareThreads, _ body: @escaping @Sendable (Int) -> Result,
    take: (Int, Result) -> Bool
  ) {
    work(count, threads, body, take) { board in
      for number in 0..<count where !take(number, board.result(of: number)) { break }
      board.close()
    }
  }

  /// Runs pieces by their numbers and gives each result as soon as it is there, in no order.
  ///
  /// `take` is called on the calling thread. Once it returns false nothing new is begun, but what was
  /// begun is still handed over: nothing that was done is thrown away.
  static func asFinished<Result: Sendable>(
    count: Int, threads: Int = hardwareThreads, _ body: @escaping @Sendable (Int) -> Result,
    take: (Int, Result) -> Bool
  ) {
    work(count, threads, body, take) { board in
      while let (number, result) = board.nextResult() {
        if !take(number, result) { board.close() }
      }
    }
  }

  /// Lets threads put results on a board, from which they are collected on the calling one.
  private static func work<Result: Sendable>(
    _ count: Int, _ threads: Int, _ body: @escaping @Sendable (Int) -> Result,
    _ take: (Int, Result) -> Bool, collect: (Board<Result>) -> Void
  ) {
    guard count > 0 else { return }
    let wanted = min(max(1, threads), count)
    let board = Board<Result>(count: count, window: wanted * 2)
    let workers = start(wanted, board, body)
    guard workers.contains(where: \.isStarted) else {
      // No thread to be had: the calling one does it all, and the workers must find nothing to do.
      for number in 0..<count where !take(number, body(number)) { break }
      return
    }
    collect(board)
    for worker in workers { worker.join() }
  }

  private static func start<Result: Sendable>(
    _ count: Int, _ board: Board<Result>, _ body: @escaping @Sendable (Int) -> Result
  ) -> [SystemThread] {
    (0..<count).map { _ in
      SystemThread {
        while let number = board.nextNumber() { board.put(body(number), for: number) }
      }
    }
  }

  /// Runs pieces by their numbers and gives their results in order.
  public static func all<Result: Sendable>(
    count: Int, threads: Int = hardwareThreads, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    var results: [Result] = []
    run(count: count, threads: threads, body) { _, result in
      results.append(result)
      return true
    }
    return results
  }
}

/// Where threads fetch numbers and leave results.
private final class Board<Result: Sendable>: Sendable {
  private struct State {
    /// How many pieces were begun.
    var next = 0
    /// How many results were taken away.
    var taken = 0
    var isClosed = false
    var results: [Int: Result] = [:]
  }

  private let count: Int
  /// How far ahead of the reader the threads may run.
  private let window: Int
  private let state = Mutex(State())
  private let changed = Bell()

  init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  /// The next piece of work; waits while the reader is too far behind; nil when there is no more.
  func nextNumber() -> Int? {
    while true {
      let seen = changed.count
      let answer: Int?? = state.withLock { state in
        if state.isClosed || state.next >= count { return .some(nil) }
        if state.next >= state.taken + window { return nil }
        state.next += 1
        return state.next - 1
      }
      if let answer { return answer }
      changed.wait(after: seen)
    }
  }

  func put(_ result: Result, for number: Int) {
    state.withLock { $0.results[number] = result }
    changed.ring()
  }

  /// Waits for the result of a piece and takes it away.
  func result(of number: Int) -> Result {
    while true {
      let seen = changed.count
      let found = state.withLock { state -> Result? in
        guard let found = state.results.removeValue(forKey: number) else { return nil }
        state.taken = number + 1
        return found
      }
      if let found {
        changed.ring()
        return found
      }
      changed.wait(after: seen)
    }
  }

  /// Waits for any result and takes it away; nil once all that was begun is taken and no more will be.
  func nextResult() -> (number: Int, result: Result)? {
    while true {
      let seen = changed.count
      let answer: (number: Int, result: Result)?? = state.withLock { state in
        if let number = state.results.keys.min(),
          let found = state.results.removeValue(forKey: number)
        {
          state.taken += 1
          return .some((number, found))
        }
        let isOver = state.isClosed || state.next >= count
        return isOver && state.taken == state.next ? .some(nil) : nil
      }
      if let answer {
        changed.ring()
        return answer
      }
      changed.wait(after: seen)
    }
  }

  func close() {
    state.withLock { $0.isClosed = true }
    changed.ring()
  }
}
