import Glibc
import Testing

@testable import VirtualTime

/// Each case runs in a process of its own: the runs block a thread of the global executor, which
/// the escaping task needs as well, and the alarm is one for the whole process.
@Suite struct `A task that leaves the kernel's thread` {
  @Test func `is named when it comes back while nothing is pending`() async {
    await #expect(processExitsWith: .exitCode(3)) { exit(endsWhileNothingIsPending() ? 3 : 4) }
  }

  @Test func `is named when it comes back in the middle of a run`() async {
    await #expect(processExitsWith: .exitCode(3)) { exit(endsInTheMiddle() ? 3 : 4) }
  }

  @Test func `is named when it is a task of its own that calls an actor of the kernel`() async {
    await #expect(processExitsWith: .exitCode(3)) { exit(endsWithAStowaway() ? 3 : 4) }
  }

  /// The alarm is the runtime's hook for jobs sent to the global executor.
  @Test func `sets off the alarm`() async {
    await #expect(processExitsWith: .exitCode(3)) { exit(escapesOfATask() > 0 ? 3 : 4) }
  }

  @Test func `is not one that keeps to the rules`() async {
    await #expect(processExitsWith: .exitCode(3)) { exit(escapesOfLawfulTasks() == 0 ? 3 : 4) }
  }
}

private func endsWhileNothingIsPending() -> Bool {
  let kernel = Kernel(seed: 7)
  kernel.escapeGrace = 300_000_000_000  // a busy machine may be slow to bring the task back
  let isAway = Alarm()
  kernel.spawn(name: "runaway") { await elsewhere(until: isAway) }
  // Who still waits is asked when nothing is ready: the task has left.
  kernel.waiting = {
    isAway.ring()
    return []
  }
  let ending = kernel.run()
  return ending.reason == .escapedJob(task: "runaway") && ending.seed == 7
    && !ending.isOrderly && kernel.cancelProcesses() == []
}

/// How many events pass at most until the task is back: minutes, so that only a lost task uses them up.
private let patience: UInt64 = 300_000_000

private func endsInTheMiddle() -> Bool {
  let isAway = Alarm()
  let bench = Bench { kernel, event in
    // Time moves only when nothing is ready: the task has left.
    if kernel.now == Instant(nanoseconds: 5) { isAway.ring() }
    kernel.arm(event, afterNanoseconds: 1)
  }
  bench.kernel.eventLimit = patience
  bench.kernel.schedule(bench.event(0), at: .start)
  bench.kernel.spawn(name: "runaway") { await elsewhere(until: isAway) }
  return bench.kernel.run().reason == .escapedJob(task: "runaway")
    && bench.kernel.cancelProcesses() == []
}

private func endsWithAStowaway() -> Bool {
  let bench = Bench { kernel, event in kernel.arm(event, afterNanoseconds: 1) }
  bench.kernel.eventLimit = patience
  bench.kernel.schedule(bench.event(0), at: .start)
  let log = bench.log
  Task.detached { await log.note(1) }
  return bench.kernel.run().reason == .escapedJob(task: "one that the kernel did not start")
}

/// What happens when an actor starts a task by itself, in the middle of a run.
private func escapesOfATask() -> Int {
  let bench = Bench()
  let log = bench.log
  bench.log.assumeIsolated { actor in
    actor.begin(actor.target) { _, _ in Task { await log.note(1) } }
  }
  bench.kernel.arm(bench.event(1), at: .start)
  return countEscapes { bench.kernel.run() }
}

/// Processes that sleep, call actors and have child tasks: all of it stays on the thread.
private func escapesOfLawfulTasks() -> Int {
  let kernel = Kernel()
  let log = Log(kernel: kernel)
  for number in 0..<100 as Range<UInt32> {
    kernel.spawn(name: "sleeper") {
      for _ in 0..<5 {
        try? await kernel.clock.sleep(for: .seconds(Int64(number % 7 + 1)))
        await log.note(number)
      }
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<3 { group.addTask { await log.note(number) } }
      }
    }
  }
  let escapes = countEscapes { kernel.run() }
  return log.assumeIsolated { $0.seen.count } == 800 ? escapes : -1
}

/// A suspension that another thread ends, once the task has been seen to be away.
///
/// A thread that does not wait for that may resume the task before it is suspended, and then the task
/// goes on where it is and escapes nobody.
private func elsewhere(until isAway: Alarm) async {
  await withCheckedContinuation { continuation in
    SystemThread {
      isAway.wait(nanoseconds: nil)
      continuation.resume()
    }.detach()
  }
}

nonisolated(unsafe) private var escapes = 0

/// How many jobs go to the global executor meanwhile; -1 where the runtime has no hook.
private func countEscapes(_ body: () -> Ending) -> Int {
  typealias Original = @convention(thin) (UnownedJob) -> Void
  typealias Hook = @convention(thin) (UnownedJob, Original) -> Void
  guard let symbol = dlsym(dlopen(nil, 0), "swift_task_enqueueGlobal_hook") else { return -1 }
  let hook: Hook = { _, _ in escapes += 1 }
  symbol.assumingMemoryBound(to: UnsafeRawPointer?.self).pointee = unsafeBitCast(
    hook, to: UnsafeRawPointer?.self)
  let ending = body()
  return ending.reason == .finished ? escapes : -1
}
