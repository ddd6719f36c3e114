import Testing

@testable import VirtualTime

@Suite struct `The kernel` {
  @Test func `events happen in order of instant, class and scheduling`() {
    let bench = Bench()
    let kernel = bench.kernel
    kernel.arm(bench.event(1), at: .seconds(20))
    kernel.arm(bench.event(2), at: .seconds(10))
    kernel.arm(bench.event(3), afterNanoseconds: 10_000_000_000)
    kernel.schedule(bench.event(4), at: .seconds(10))
    let ending = kernel.run()
    #expect(ending.reason == .finished && ending.instant == .seconds(20) && ending.events == 4)
    #expect(bench.subjects == [4, 2, 3, 1])
    #expect(bench.seen.map(\.at) == [10, 10, 10, 20].map { $0 * 1_000_000_000 })
  }

  @Test func `the time is set before anything of its instant happens`() {
    let bench = Bench { kernel, event in
      if event.subject == 1 { kernel.arm(Event(to: event.target, kind: 0, subject: 2), at: .start) }
    }
    bench.kernel.arm(bench.event(1), at: .seconds(5))
    bench.kernel.run()
    // An instant that has passed means now.
    #expect(bench.seen.map(\.at) == [5_000_000_000, 5_000_000_000])
  }

  @Test func `a run up to an instant includes it and leaves the time there`() {
    let bench = Bench()
    let kernel = bench.kernel
    for second in 1...4 as ClosedRange<Int64> {
      kernel.arm(bench.event(UInt32(second)), at: .seconds(second))
    }
    let first = kernel.run(until: .seconds(2))
    #expect(first.reason == .horizon && kernel.now == .seconds(2) && bench.subjects == [1, 2])
    #expect(kernel.nextDeadline == .seconds(3) && kernel.pendingCount == 2)
    kernel.advance(by: .milliseconds(1_500))
    #expect(kernel.now == Instant(nanoseconds: 3_500_000_000) && bench.subjects == [1, 2, 3])
    let last = kernel.run(until: .seconds(100))
    #expect(last.reason == .finished && kernel.now == .seconds(100))
    #expect(kernel.nextDeadline == nil)
  }

  @Test func `a cancelled event does not happen, and a rearmed one happens once`() {
    let bench = Bench()
    let kernel = bench.kernel
    let cancelled = kernel.arm(bench.event(1), at: .seconds(1))
    let moved = kernel.arm(bench.event(2), at: .seconds(2))
    kernel.arm(bench.event(3), at: .seconds(3))
    #expect(kernel.deadline(of: moved) == .seconds(2))
    let again = kernel.rearm(moved, at: .seconds(3))
    #expect(kernel.cancel(cancelled) && !kernel.cancel(cancelled) && !kernel.cancel(moved))
    #expect(kernel.deadline(of: again) == .seconds(3))
    #expect(kernel.rearm(cancelled, afterNanoseconds: 5) == .none)
    kernel.run()
    #expect(bench.subjects == [3, 2])
  }

  @Test func `what is scheduled between two runs may come before what was already pending`() {
    let bench = Bench()
    let kernel = bench.kernel
    kernel.schedule(bench.event(1), at: .seconds(1))
    kernel.schedule(bench.event(9), at: .seconds(9_000))
    #expect(kernel.run(until: .seconds(2)).reason == .horizon)
    #expect(kernel.nextDeadline == .seconds(9_000))
    for subject in [4, 3, 5, 2] as [UInt32] {
      kernel.schedule(bench.event(subject), at: .seconds(Int64(subject)))
    }
    kernel.schedule(bench.event(6), at: .seconds(1))
    #expect(kernel.nextDeadline == .seconds(2))
    kernel.run()
    #expect(bench.subjects == [1, 2, 6, 3, 4, 5, 9])
    #expect(bench.seen[2].at == 2_000_000_000)
  }

  @Test func `an event at the end of time never comes`() {
    let bench = Bench()
    bench.kernel.arm(bench.event(1), afterNanoseconds: .max)
    bench.kernel.arm(bench.event(2), at: .seconds(1))
    let ending = bench.kernel.run()
    #expect(ending.reason == .finished && ending.instant == .seconds(1))
    #expect(bench.subjects == [2] && bench.kernel.pendingCount == 1)
  }

  @Test func `actors of one kernel call each other through the door`() {
    let bench = Bench()
    let door = Near(bench.log, of: bench.kernel)
    let count = door(7 as UInt32) { log, subject in
      log.note(subject)
      return log.seen.count
    }
    #expect(count == 1 && door { $0.seen.first?.subject } == 7)
  }

  @Test func `an actor that does not know the kernel lives on it all the same`() {
    let kernel = Kernel()
    let stranger = Stranger(executor: kernel.asUnownedSerialExecutor())
    let target = kernel.register(stranger) { $0.count(Int($1.subject)) }
    kernel.arm(Event(to: target, kind: 0, subject: 4), at: .seconds(1))
    kernel.arm(Event(to: target, kind: 0, subject: 5), at: .seconds(2))
    kernel.run()
    #expect(Near(stranger, of: kernel)(1) { $0.count($1) } == 10)
  }

  /// As the engine does it: an executor that it was given, and no more.
  private actor Stranger {
    nonisolated let unownedExecutor: UnownedSerialExecutor
    private var sum = 0

    init(executor: UnownedSerialExecutor) {
      unownedExecutor = executor
    }

    @discardableResult func count(_ number: Int) -> Int {
      sum += number
      return sum
    }
  }

  @Test func `pending events never exceed live timers`() {
    // Each step cancels the timer of the step before: what was cancelled must be gone at once.
    let bench = Bench()
    let state = Timers()
    bench.log.assumeIsolated { log in
      log.begin(log.target) { kernel, event in
        guard event.subject < 5_000 else { return }
        kernel.cancel(state.last)
        state.last = kernel.arm(
          Event(to: event.target, kind: 9, subject: 0), afterNanoseconds: 900_000_000_000)
        kernel.schedule(
          Event(to: event.target, kind: 0, subject: event.subject + 1), afterNanoseconds: 1)
        state.most = max(state.most, kernel.pendingCount)
      }
    }
    bench.kernel.schedule(bench.event(0), at: .start)
    bench.kernel.run(until: .seconds(1))
    #expect(state.most == 2 && bench.kernel.pendingCount == 1)
  }

  /// Touched on the kernel's thread only.
  private final class Timers: @unchecked Sendable {
    var last = TimerHandle.none
    var most = 0
  }
}
