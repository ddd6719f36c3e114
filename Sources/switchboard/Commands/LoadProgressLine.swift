import Glibc
import Measurement
import Reporting
import Service

/// How a load test goes, a line that is written over each second; only on a terminal.
struct LoadProgressLine {
  private let isShown: Bool

  init(_ terminal: Terminal) { isShown = terminal.hasProgress }

  func show(_ progress: LoadProgress) {
    guard isShown else { return }
    var line = "\(progress.second) of \(progress.total) s"
    line += "  due \(progress.offered)/s  done \(progress.done)/s"
    if let (p50, p99, p999) = progress.latency {
      line += "  p50 \(microseconds(p50))  p99 \(microseconds(p99))  p99.9 \(microseconds(p999)) us"
    }
    line += "  waiting \(progress.backlog)"
    put("\r" + line + "\u{1B}[K", to: STDERR_FILENO)
  }

  private func microseconds(_ seconds: Double) -> String { decimals(seconds * 1e6, 1) }

  func clear() {
    if isShown { put("\r\u{1B}[K", to: STDERR_FILENO) }
  }
}
