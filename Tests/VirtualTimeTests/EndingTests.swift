import Glibc
import Testing

@testable import VirtualTime

@Suite struct `The end of a run` {
  @Test func `an event limit ends the run, with seed and instant`() {
    let bench = Bench(seed: 42) { kernel, event in kernel.arm(event, afterNanoseconds: 1_000) }
    bench.kernel.eventLimit = 25_000
    bench.kernel.schedule(bench.event(0), at: .start)
    let ending = bench.kernel.run()
    #expect(ending.reason == .eventLimit(25_000) && ending.events == 25_000)
    #expect(ending.seed == 42 && ending.instant == Instant(nanoseconds: 24_999_000))
    #expect(!ending.isOrderly)
    #expect(
      ending.description
        == "event limit: 25000 events were handled, the most this run may have "
        + "at 0.024999000s (seed 42, 25000 events)")
    // With more events allowed it goes on where it was.
    bench.kernel.eventLimit = 25_001
    #expect(bench.kernel.run().events == 25_001)
  }

  @Test func `a run out of sequence numbers ends before they repeat`() {
    let bench = Bench { kernel, event in kernel.arm(event, afterNanoseconds: 1) }
    bench.kernel.queue.sequence = EventKey.sequenceLimit - (1 << 32) - 10
    bench.kernel.schedule(bench.event(0), at: .start)
    guard case .eventLimit = bench.kernel.run().reason else {
      Issue.record("the run should have ended")
      return
    }
  }

  @Test func `an endless loop without delay is no progress`() {
    let bench = Bench { kernel, event in kernel.arm(event, afterNanoseconds: 0) }
    bench.kernel.zeroDelayLimit = 1_000
    bench.kernel.schedule(bench.event(0), at: .seconds(3))
    let ending = bench.kernel.run()
    guard case .noProgress(let events) = ending.reason else {
      Issue.record("\(ending)")
      return
    }
    #expect(events > 1_000 && events <= 2_001 && ending.instant == .seconds(3))
  }

  @Test func `many events of one instant are progress while time moves on after them`() {
    let bench = Bench()
    bench.kernel.zeroDelayLimit = 1_000
    for second in 1...5 as ClosedRange<Int64> {
      for subject in 0..<1_000 as Range<UInt32> {
        bench.kernel.arm(bench.event(subject), at: .seconds(second))
      }
    }
    #expect(bench.kernel.run().reason == .finished)
  }

  @Test func `a process that sleeps no time in a loop is no progress`() {
    let kernel = Kernel()
    kernel.zeroDelayLimit = 1_000
    let clock = kernel.clock
    kernel.spawn(name: "spinner") {
      while !Task.isCancelled { try? await clock.sleep(for: .zero) }
    }
    #expect(kernel.run().reason == .noProgress(events: 1_001))
    #expect(kernel.cancelProcesses() == [])
  }

  @Test func `two processes that only wake each other are no progress`() {
    let bench = Bench()
    bench.kernel.zeroDelayLimit = 1_000
    let log = bench.log
    bench.kernel.spawn(name: "caller") { while !Task.isCancelled { await log.note(1) } }
    guard case .noProgress = bench.kernel.run().reason else {
      Issue.record("the run should have ended")
      return
    }
    #expect(bench.kernel.cancelProcesses() == [])
  }

  @Test func `a deadlock names who waits`() {
    let bench = Bench()
    bench.kernel.arm(bench.event(1), at: .seconds(9))
    bench.kernel.waiting = { ["agent-3 for a conversation"] }
    let gate = Gate()
    bench.kernel.spawn(name: "opener") { await gate.pass() }
    let ending = bench.kernel.run()
    #expect(
      ending.reason == .deadlock(waiting: ["opener", "agent-3 for a conversation"])
        && ending.instant == .seconds(9))
    gate.open()
    bench.kernel.cancelProcesses()
  }

  @Test func `an actor may stop the run`() {
    let bench = Bench { kernel, event in
      if event.subject == 3 { kernel.stop() }
      kernel.arm(
        Event(to: event.target, kind: 0, subject: event.subject + 1), afterNanoseconds: 1)
    }
    bench.kernel.schedule(bench.event(0), at: .start)
    #expect(bench.kernel.run().reason == .stopped)
    #expect(bench.subjects == [0, 1, 2, 3])
  }

  @Test func `another thread may interrupt the run`() async {
    let bench = Bench { kernel, event in kernel.arm(event, afterNanoseconds: 1) }
    let kernel = bench.kernel
    kernel.schedule(bench.event(0), at: .start)
    let ending = inParallel(count: 2, threads: 2) { number -> Ending? in
      if number == 0 {
        kernel.adopt()
        return kernel.run()
      }
      usleep(20_000)
      kernel.stop()
      return nil
    }
    #expect(ending[0]?.reason == .stopped && ending[0]?.isOrderly == true)
  }

  @Test func `too many pending events end the run`() {
    let bench = Bench(pendingLimit: 1_000) { kernel, event in
      kernel.arm(event, afterNanoseconds: 1)
      kernel.arm(event, afterNanoseconds: 1)
    }
    bench.kernel.schedule(bench.event(0), at: .start)
    #expect(bench.kernel.run().reason == .queueFull(pending: 1_000))
  }
}

/// Something to wait for that is not on the kernel's clock: what a process must not do.
final class Gate: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var waiter: CheckedContinuation<Void, Never>?
  private var isOpen = false

  init() {
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func pass() async {
    await withCheckedContinuation { continuation in
      pthread_mutex_lock(lock)
      let open = isOpen
      if !open { waiter = continuation }
      pthread_mutex_unlock(lock)
      if open { continuation.resume() }
    }
  }

  func open() {
    pthread_mutex_lock(lock)
    isOpen = true
    let waiter = waiter
    self.waiter = nil
    pthread_mutex_unlock(lock)
    waiter?.resume()
  }
}
