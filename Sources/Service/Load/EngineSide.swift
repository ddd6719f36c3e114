import Engine
import Glibc
import Sampling
import Synchronization
import VirtualTime

/// The engine's side of a load test: the actor, its executor and its thread.
///
/// Unchecked: `work` is the engine's thread's own until that thread has ended.
final class EngineSide: @unchecked Sendable {
  let mailbox = Mailbox<LoadOperation>()
  let notices = Mailbox<LoadNotice>()
  let seconds = SecondBox()
  let work: EngineWork
  /// Operations carried out.
  let doneCount = Atomic<Int>(0)
  private let executor: LiveExecutor
  private let engine: EngineActor
  private let hasEnded = Atomic<Bool>(false)
  private let freeze: (at: Int64, length: Int64)?

  init(
    _ plan: LoadPlan, _ core: sending EngineCore, streams: RandomStreams, clock: LoadClock
  ) {
    let mailbox = mailbox
    executor = LiveExecutor { mailbox.ring() }
    engine = unsafe EngineActor(core, on: executor.asUnownedSerialExecutor())
    work = EngineWork(plan, streams: streams, clock: clock, notices: notices)
    work.meter = LoadMeter(start: clock.start, finished: seconds)
    freeze = plan.freeze.map {
      (clock.start &+ Int64($0.at * 1e9), Int64($0.length * 1e9))
    }
  }

  /// Works until it is told to stop; the calling thread is the engine's from now on.
  func run() {
    executor.adopt()
    var frozen = false
    while true {
      let isLast = hasEnded.load(ordering: .acquiring)
      if let freeze, !frozen, Alarm.now() >= freeze.at {
        frozen = true
        usleep(UInt32(clamping: freeze.length / 1_000))
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

  /// Ends the thread once all that was sent is carried out.
  func stop() {
    hasEnded.store(true, ordering: .releasing)
    mailbox.ring()
  }
}
