import Synchronization

/// Where seconds that are over wait to be looked at by another thread.
final class SecondBox: Sendable {
  private let seconds = Mutex<[LoadMeter.Second]>([])

  func put(_ second: LoadMeter.Second) { seconds.withLock { $0.append(second) } }

  func take() -> [LoadMeter.Second] {
    seconds.withLock { seconds in
      let taken = seconds
      seconds = []
      return taken
    }
  }
}
