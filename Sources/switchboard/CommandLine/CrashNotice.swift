import Glibc
import Synchronization

/// Says which seed was being told when the engine stopped the process.
///
/// The engine stops where it finds itself in a state that must not be and going on would make matters
/// worse. The handler runs on the thread that stopped, and may do next to nothing there: it looks up
/// which seed that thread tells, writes it, and ends the process.
enum CrashNotice {
  /// Thread and seed in turn; no place is ever given to another thread.
  private nonisolated(unsafe) static let places =
    UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 4096)
  private static let taken = Mutex(0)
  private static let signals = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE]

  /// Begins to listen.
  static func start() {
    unsafe places.initialize(repeating: 0)
    for number in signals { signal(number) { _ in CrashNotice.tell() } }
  }

  /// Notes that the calling thread tells the story of a seed.
  static func note(_ seed: UInt64) {
    let thread = UInt64(pthread_self())
    taken.withLock { count in
      var place = 0
      while place < count, unsafe places[2 * place] != thread { place += 1 }
      guard unsafe 2 * place + 1 < places.count else { return }
      unsafe places[2 * place] = thread
      unsafe places[2 * place + 1] = seed
      count = max(count, place + 1)
    }
  }

  private static func tell() {
    let thread = UInt64(pthread_self())
    var place = 0
    while unsafe 2 * place + 1 < places.count, unsafe places[2 * place] != thread { place += 1 }
    if unsafe 2 * place + 1 < places.count {
      write("\nswitchboard: error: the engine stopped in the story of seed ")
      writeNumber(unsafe places[2 * place + 1])
      write(": a state that must not be; its message is above\n")
    }
    _exit(ExitCode.failed.rawValue)
  }

  private static func write(_ text: StaticString) {
    _ = unsafe Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }

  private static func writeNumber(_ number: UInt64) {
    var power: UInt64 = 1
    while number / power >= 10 { power *= 10 }
    while power > 0 {
      var digit = UInt8(ascii: "0") + UInt8(number / power % 10)
      _ = unsafe Glibc.write(STDERR_FILENO, &digit, 1)
      power /= 10
    }
  }
}
