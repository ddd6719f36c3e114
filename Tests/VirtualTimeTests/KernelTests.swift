import Testing

@testable import VirtualTime

@Suite struct `The kernel` {
  @Test func `events happen in order of instant, class and scheduling`() {
    let kernel = Kernel()
    let log = Log(kernel: kernel)
    let target = kernel.register(log)
    kernel.arm(Event(to: target, kind: 1, subject: 1), at: Instant(nanoseconds: 20))
    kernel.arm(Event(to: target, kind: 1, subject: 2), at: Instant(nanoseconds: 10))
    kernel.arm(Event(to: target, kind: 1, subject: 3), at: Instant(nanoseconds: 10))
    kernel.schedule(Event(to: target, kind: 1, subject: 4), at: Instant(nanoseconds: 10))
    let ending = kernel.run()
    #expect(ending.reason == .finished)
    #expect(ending.instant == Instant(nanoseconds: 20))
    #expect(log.seen.map(\.subject) == [4, 2, 3, 1])
    #expect(log.seen.map(\.at) == [10, 10, 10, 20])
  }

  @Test func `a process sleeps in virtual time, in turn with events`() {
    let kernel = Kernel()
    let log = Log(kernel: kernel)
    let target = kernel.register(log)
    let clock = kernel.clock
    kernel.arm(Event(to: target, kind: 1, subject: 5), at: Instant(nanoseconds: 5_000_000_000))
    kernel.spawn(name: "walker") {
      for step in 1...3 {
        try? await clock.sleep(for: .seconds(2))
        await log.note(UInt32(step))
      }
    }
    let ending = kernel.run()
    #expect(ending.reason == .finished)
    #expect(log.seen.map(\.subject) == [1, 2, 5, 3])
    #expect(ending.instant == Instant(nanoseconds: 6_000_000_000))
    #expect(kernel.sleeperCount == 0)
  }
}

/// An actor that writes down what it receives.
actor Log: EventTarget {
  nonisolated let kernel: Kernel
  /// Read by the test after the run, on the kernel's thread.
  nonisolated(unsafe) private(set) var seen: [(at: Int64, subject: UInt32)] = []

  init(kernel: Kernel) {
    self.kernel = kernel
  }

  func receive(_ event: Event) {
    note(event.subject)
  }

  func note(_ subject: UInt32) {
    seen.append((kernel.now.nanoseconds, subject))
  }
}
