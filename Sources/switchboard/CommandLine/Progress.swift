import Glibc
import Synchronization

/// Wall-clock time since it was made: for progress and for telling how long a command took.
struct Stopwatch {
  private let start = Stopwatch.now()

  /// Seconds since the start.
  var seconds: Double { Self.now() - start }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Seconds of processor time that this process took so far, on all its threads.
func processorSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A bar with the time left, on standard error, and only if that is a terminal.
struct Progress {
  fileprivate let isShown: Bool
  fileprivate let title: String
  private let isUTF8: Bool
  fileprivate let watch = Stopwatch()
  fileprivate var shownAt = -1.0

  init(_ terminal: Terminal, title: String) {
    isShown = terminal.hasProgress
    isUTF8 = terminal.isUTF8
    self.title = title
  }

  /// Shows how much is done; ten times a second at the most.
  mutating func show(_ done: Int, of total: Int) {
    let now = watch.seconds
    guard isShown, total > 0, now - shownAt > 0.1 || done == total else { return }
    shownAt = now
    let share = Double(done) / Double(total)
    let width = 24
    let full = Int(share * Double(width))
    let bar =
      String(repeating: isUTF8 ? "█" : "#", count: full)
      + String(repeating: isUTF8 ? "░" : ".", count: width - full)
    let left = done == 0 ? "" : "  \(decimals(now * (1 - share) / share, 0)) s left"
    put("\r\(title)  \(bar)  \(done) of \(total)\(left)   ", to: STDERR_FILENO)
  }

  /// Takes the bar away.
  func clear() {
    if isShown { put("\r\u{1B}[K", to: STDERR_FILENO) }
  }
}

extension Terminal {
  /// A tick or a cross, in colour where there is any.
  func mark(_ holds: Bool) -> String {
    let sign = holds ? (isUTF8 ? "✓" : "+") : (isUTF8 ? "✗" : "x")
    guard hasColor else { return sign }
    return "\u{1B}[\(holds ? 32 : 31)m\(sign)\u{1B}[0m"
  }
}

/// How many runs are done, on standard error, where nobody knows how many there will be.
final class ProgressOfRuns: Sendable {
  private let progress: Mutex<Progress>

  init(_ terminal: Terminal, title: String) {
    progress = Mutex(Progress(terminal, title: title))
  }

  /// Shows how many runs are done.
  func show(_ runs: Int) { progress.withLock { $0.show(runs: runs) } }

  /// Takes the line away.
  func clear() { progress.withLock { $0.clear() } }
}

extension Progress {
  /// Shows how many runs are done; ten times a second at the most.
  mutating func show(runs: Int) {
    let now = watch.seconds
    guard isShown, now - shownAt > 0.1 else { return }
    shownAt = now
    put("\r\(title)  \(runs) runs   ", to: STDERR_FILENO)
  }
}
