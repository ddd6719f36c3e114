import Glibc
import Testing

@testable import VirtualTime

@Suite struct `A live kernel` {
  @Test func `keeps pace with the clock on the wall`() {
    // Two virtual seconds at forty times real time: never before 50 ms have passed.
    let bench = Bench()
    bench.kernel.pacer = .wallClock(speed: 40)
    bench.kernel.arm(bench.event(1), at: .seconds(1))
    bench.kernel.arm(bench.event(2), at: .seconds(2))
    let clock = ContinuousClock()
    let passed = clock.measure { bench.kernel.run() }
    #expect(passed >= .milliseconds(50))
    #expect(bench.seen.map(\.at) == [1_000_000_000, 2_000_000_000])
  }

  @Test func `reaches its horizon with nothing pending, in its time`() {
    let kernel = Kernel()
    kernel.isLive = true
    kernel.pacer = .wallClock(speed: 100)
    let clock = ContinuousClock()
    var ending: Ending?
    let passed = clock.measure { ending = kernel.run(until: .seconds(3)) }
    #expect(ending?.reason == .horizon && ending?.instant == .seconds(3))
    #expect(passed >= .milliseconds(30))
  }

  @Test func `takes events from other threads, at the instant of the wall`() {
    let begun = Alarm()
    let bench = Bench { kernel, event in
      if event.subject == 0 { begun.ring() }
      if event.subject == 3 { kernel.stop() }
    }
    let (kernel, target) = (bench.kernel, bench.target)
    kernel.isLive = true
    kernel.schedule(bench.event(0), at: .start)
    kernel.pacer = .wallClock(speed: 1_000)
    let endings = inParallel(count: 2, threads: 2) { number -> Ending? in
      if number == 0 {
        kernel.adopt()
        return kernel.run()
      }
      begun.wait(nanoseconds: nil)
      for subject in 1...3 as ClosedRange<UInt32> {
        usleep(5_000)
        kernel.post(Event(to: target, kind: 0, subject: subject))
      }
      return nil
    }
    kernel.adopt()
    #expect(endings[0]?.reason == .stopped)
    #expect(bench.subjects == [0, 1, 2, 3])
    // Five milliseconds are five virtual seconds, and the run was under way before the first.
    let times = bench.seen.map(\.at)
    #expect(times == times.sorted())
    #expect(times[1] >= 5_000_000_000 && times[2] >= 10_000_000_000 && times[3] >= 15_000_000_000)
  }

  @Test func `is awaited from elsewhere like any actor`() async {
    // In a process of its own, because the run blocks a thread that the caller needs.
    await #expect(processExitsWith: .exitCode(3)) {
      exit(callsFromElsewhere() == 100 ? 3 : 4)
    }
  }

  @Test func `waits for nothing when it is not live, but takes what has been posted`() {
    let bench = Bench()
    bench.kernel.post(bench.event(1))
    let ending = bench.kernel.run()
    #expect(ending.reason == .finished && bench.subjects == [1])
  }
}

/// How many of a hundred calls by a task outside have arrived.
private func callsFromElsewhere() -> Int {
  let bench = Bench()
  let (kernel, log) = (bench.kernel, bench.log)
  kernel.isLive = true
  Task.detached {
    for subject in 0..<100 as Range<UInt32> { await log.note(subject) }
    kernel.stop()
  }
  return kernel.run().reason == .stopped ? bench.subjects.count : -1
}
