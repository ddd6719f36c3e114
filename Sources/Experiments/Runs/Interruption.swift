import Glibc
import Synchronization
import VirtualTime
import World

/// A wish to stop: set once, by the user's Ctrl-C, and seen by everybody who runs.
public final class Interruption: Sendable {
  private struct State {
    var isSet = false
    var next = 0
    var running: [Int: Kernel] = [:]
  }

  private let state = Mutex(State())

  /// Nobody wishes to stop yet.
  public init() {}

  /// Whether somebody wishes to stop.
  public var isSet: Bool { state.withLock { $0.isSet } }

  /// Stops every run at its next event, and every run to come before it begins.
  public func set() {
    let kernels = state.withLock { state in
      state.isSet = true
      return Array(state.running.values)
    }
    for kernel in kernels { kernel.stop() }
  }

  /// Runs something that is stopped when somebody wishes to stop.
  func watching<Result>(_ kernel: Kernel, _ body: () -> Result) -> Result {
    let (number, isLate) = state.withLock { state in
      state.next += 1
      state.running[state.next] = kernel
      return (state.next, state.isSet)
    }
    // Who wished to stop a moment ago did not know of this run, which would go on to its end.
    if isLate { kernel.stop() }
    defer { state.withLock { $0.running[number] = nil } }
    return body()
  }

  /// Is set when the user interrupts the program, which `heard` may say; a second time ends it at once.
  ///
  /// To be called before any other thread is started: the signals then go to the one thread that
  /// waits for them.
  public func onInterrupt(_ heard: @escaping @Sendable () -> Void = {}) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe sigaddset(&signals, SIGTERM)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let listener = SystemThread { [self] in
      var signals = sigset_t()
      unsafe sigemptyset(&signals)
      unsafe sigaddset(&signals, SIGINT)
      unsafe sigaddset(&signals, SIGTERM)
      while true {
        var signal: Int32 = 0
        guard unsafe sigwait(&signals, &signal) == 0 else { return }
        if isSet {
          ForeignEngines.endAll()
          _exit(130)
        }
        heard()
        set()
      }
    }
    listener.detach()
    // Nobody listens: the signals do again what they do by themselves.
    if !listener.isStarted { unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
  }
}
