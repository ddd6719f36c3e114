import Engine
import Glibc
import Sampling
import Synchronization
import VirtualTime

/// The engine's side of a load test: the actor, its executor and its thread.
///
/// Unchecked: `work` is the engine's thread's own until that thread has ended.
final class EngineSide: LoadSide, @unchecked Sendable {
  let mailbox = Mailbox<LoadOperation>()
  let notices = Mailbox<LoadNotice>()
  let seconds = SecondBox()
  let work: EngineWork
  /// Operations carried out.
  private let doneCount = Atomic<Int>(0)
  private let thread = Mutex<SystemThread?>(nil)
  private let executor: LiveExecutor
  private let engine: EngineActor
  private let hasEnded = Atomic<Bool>(false)
  /// How long the engine stood still where that was wanted, in nanoseconds; read when its thread has ended.
  private var stoppedFor: Int64?
  private let freeze: (at: Int64, length: Int64)?

  init(
    _ plan: LoadPlan, _ core: sending EngineCore, streams: RandomStreams, clock: LoadClock
  ) {
    let mailbox = mailbox
    executor = LiveExecutor { mailbox.ring() }
    engine = unsafe EngineActor(core, on: executor.asUnownedSerialExecutor())
    work = EngineWork(
      plan, streams: streams, clock: clock, notices: notices,
      meter: LoadMeter(start: clock.start, finished: seconds))
    freeze = plan.freeze.map {
      (clock.start &+ Int64($0.at * 1e9), Int64($0.length * 1e9))
    }
  }

  /// Starts the thread.
  func start() {
    thread.withLock { $0 = SystemThread { [self] in run() } }
  }

  var carriedOut: Int { doneCount.load(ordering: .relaxed) }
  var failure: String? { nil }
  let isPolled = false

  func send(_ batch: inout ContiguousArray<LoadOperation>) { mailbox.put(&batch) }

  /// Works until it is told to stop; the calling thread is the engine's from now on.
  private func run() {
    executor.adopt()
    var frozen = false
    while true {
      let isLast = hasEnded.load(ordering: .acquiring)
      if let freeze, !frozen, Alarm.now() >= freeze.at {
        frozen = true
        let begin = Alarm.now()
        usleep(UInt32(clamping: freeze.length / 1_000))
        stoppedFor = Alarm.now() - begin
      }
      let work = work
      let mailbox = mailbox
      let done = engine.assumeIsolated { work.round($0, mailbox) }
      doneCount.wrappingAdd(done, ordering: .relaxed)
      executor.runJobs()
      if isLast { break }
      let due = min(work.nextDue(), freeze.map { frozen ? .max : $0.at } ?? .max)
      mailbox.wait(until: due, lookingFor: Self.patience)
    }
    work.meter.finish()
    work.finish(engine.assumeIsolated { $0.core.checkInvariants() })
  }

  /// How long the thread looks for work before it sleeps, in nanoseconds.
  private static let patience: Int64 = 60_000

  func finish() -> LoadSideReport {
    hasEnded.store(true, ordering: .releasing)
    mailbox.ring()
    thread.withLock { $0 }?.join()
    return LoadSideReport(
      refusedCount: work.refusedCount, violations: work.broken, stoppedFor: stoppedFor)
  }
}
