import VirtualTime

/// An actor that writes down what it receives, and when.
actor Log: EventTarget {
  nonisolated let kernel: Kernel
  private(set) var seen: [Entry] = []
  private(set) var target = Target.nobody
  /// What to do besides, with each event.
  private var reaction: (@Sendable (Kernel, Event) -> Void)?

  struct Entry: Equatable, Sendable {
    let at: Int64
    let subject: UInt32
  }

  init(kernel: Kernel) {
    self.kernel = kernel
  }

  func begin(_ target: Target, _ reaction: (@Sendable (Kernel, Event) -> Void)?) {
    self.target = target
    self.reaction = reaction
  }

  func receive(_ event: Event) {
    note(event.subject)
    reaction?(kernel, event)
  }

  func note(_ subject: UInt32) {
    seen.append(Entry(at: kernel.now.nanoseconds, subject: subject))
  }
}

/// A kernel with a log on it, for tests that run on the kernel's thread.
struct Bench {
  let kernel: Kernel
  let log: Log
  let target: Target

  init(
    seed: UInt64 = 0, pendingLimit: Int = .max,
    _ reaction: (@Sendable (Kernel, Event) -> Void)? = nil
  ) {
    kernel = Kernel(seed: seed, pendingLimit: pendingLimit)
    log = Log(kernel: kernel)
    let target = kernel.register(log)
    self.target = target
    log.assumeIsolated { $0.begin(target, reaction) }
  }

  func event(_ subject: UInt32, kind: UInt16 = 0) -> Event {
    Event(to: target, kind: kind, subject: subject)
  }

  var seen: [Log.Entry] { log.assumeIsolated { $0.seen } }
  var subjects: [UInt32] { seen.map(\.subject) }
}

extension Instant {
  static func seconds(_ seconds: Int64) -> Instant { Instant(nanoseconds: seconds * 1_000_000_000) }
}
