import Testing

@testable import VirtualTime

@Suite struct `The simulation clock` {
  @Test func `a process sleeps in virtual time, in turn with events`() {
    let bench = Bench()
    let (clock, log) = (bench.kernel.clock, bench.log)
    bench.kernel.arm(bench.event(5), at: .seconds(5))
    bench.kernel.spawn(name: "walker") {
      for step in 1...3 {
        try? await clock.sleep(for: .seconds(2))
        await log.note(UInt32(step))
      }
    }
    let ending = bench.kernel.run()
    #expect(ending.reason == .finished && ending.instant == .seconds(6))
    #expect(bench.subjects == [1, 2, 5, 3])
    #expect(bench.kernel.sleeperCount == 0)
  }

  @Test func `sleepers of one instant wake in the order in which they lay down`() {
    let bench = Bench()
    let (clock, log) = (bench.kernel.clock, bench.log)
    for number in 0..<100 as Range<UInt32> {
      bench.kernel.spawn(name: "sleeper \(number)") {
        try? await clock.sleep(until: .seconds(1))
        await log.note(number)
      }
    }
    bench.kernel.run()
    #expect(bench.subjects == Array(0..<100))
  }

  @Test func `a cancelled sleeper wakes at the instant of the cancellation`() {
    let bench = Bench()
    let (kernel, log) = (bench.kernel, bench.log)
    let cell = TaskCell()
    kernel.spawn(name: "sleeper") {
      withUnsafeCurrentTask { cell.cancel = $0?.cancel }
      do {
        try await kernel.clock.sleep(for: .seconds(900))
      } catch {
        await log.note(error is CancellationError ? 1 : 2)
      }
    }
    kernel.spawn(name: "canceller") {
      try? await kernel.clock.sleep(for: .seconds(3))
      cell.cancel?()
      await log.note(0)
    }
    let ending = kernel.run()
    #expect(
      bench.seen == [.init(at: 3_000_000_000, subject: 0), .init(at: 3_000_000_000, subject: 1)])
    #expect(ending.reason == .finished && ending.instant == .seconds(3))
    #expect(kernel.pendingCount == 0)
  }

  @Test func `an actor that sleeps stays on the kernel's thread`() {
    let kernel = Kernel()
    let walker = Walker(kernel: kernel)
    kernel.spawn(name: "walker") { await walker.walk() }
    kernel.run()
    #expect(walker.assumeIsolated { $0.steps } == 10)
    #expect(kernel.now == .seconds(10))
  }

  @Test func `a sleep that is over before it begins returns at once`() {
    let bench = Bench()
    let (clock, log) = (bench.kernel.clock, bench.log)
    bench.kernel.spawn(name: "hasty") {
      try? await clock.sleep(for: .seconds(-1))
      try? await clock.sleep(until: clock.now)
      await log.note(1)
    }
    bench.kernel.run()
    #expect(bench.seen == [.init(at: 0, subject: 1)])
  }

  @Test func `processes that still sleep at the horizon can be ended`() {
    let kernel = Kernel()
    let clock = kernel.clock
    for number in 0..<10 {
      kernel.spawn(name: "sleeper \(number)") { try? await clock.sleep(for: .seconds(100)) }
    }
    #expect(kernel.run(until: .seconds(1)).reason == .horizon)
    #expect(kernel.sleeperCount == 10 && kernel.pendingCount == 10)
    #expect(kernel.cancelProcesses() == [])
    #expect(kernel.sleeperCount == 0 && kernel.pendingCount == 0 && kernel.now == .seconds(1))
  }

  @Test func `a kernel does not outlive its run`() {
    weak var kernel: Kernel?
    do {
      let bench = Bench()
      kernel = bench.kernel
      bench.kernel.spawn(name: "sleeper") { try? await bench.kernel.clock.sleep(for: .seconds(1)) }
      bench.kernel.arm(bench.event(1), at: .seconds(2))
      bench.kernel.run()
    }
    #expect(kernel == nil)
  }

  @Test func `a hundred thousand sleep at once`() {
    let kernel = Kernel()
    let clock = kernel.clock
    for number in 1...100_000 as ClosedRange<Int64> {
      kernel.spawn(name: "sleeper") {
        try? await clock.sleep(until: Instant(nanoseconds: number * 7_919 % 100_003))
      }
    }
    kernel.run(until: .start)
    #expect(kernel.sleeperCount == 100_000)
    let ending = kernel.run()
    #expect(ending.reason == .finished && ending.events == 100_000)
    #expect(kernel.sleeperCount == 0)
  }

  private actor Walker: Entity {
    nonisolated let kernel: Kernel
    var steps = 0

    init(kernel: Kernel) {
      self.kernel = kernel
    }

    func walk() async {
      for _ in 0..<10 {
        try? await kernel.clock.sleep(for: .seconds(1))
        // Trips when the task has left the kernel's thread.
        kernel.checkIsolated()
        steps += 1
      }
    }
  }

  /// Touched on the kernel's thread only.
  private final class TaskCell: @unchecked Sendable {
    var cancel: (() -> Void)?
  }
}
