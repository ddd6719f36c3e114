import Glibc
import Synchronization
import VirtualTime

/// A thread of its own for one engine, in real time: where its actor's calls are carried out.
///
/// Its owner gives it rounds of work; calls that others await are carried out between two of them.
///
/// Unchecked: the jobs lie behind a lock, and the thread's number is written before anybody else sees it.
final class LiveExecutor: SerialExecutor, @unchecked Sendable {
  private let jobs = Mutex<[UnownedJob]>([])
  private let hasJobs = Atomic<Bool>(false)
  private let owner = Atomic<UInt>(0)
  /// What wakes the thread when a job comes.
  private let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// The calling thread is this executor's from now on.
  func adopt() { owner.store(UInt(pthread_self()), ordering: .sequentiallyConsistent) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    hasJobs.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  /// Carries out the calls that wait.
  func runJobs() {
    while hasJobs.exchange(false, ordering: .sequentiallyConsistent) {
      let taken = jobs.withLock { jobs in
        let taken = jobs
        jobs = []
        return taken
      }
      for job in taken { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
  }

  func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "only the engine's own thread may do this")
  }

  func isIsolatingCurrentContext() -> Bool? {
    owner.load(ordering: .relaxed) == UInt(pthread_self())
  }
}
