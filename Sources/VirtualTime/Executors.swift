extension Kernel {
  /// Takes a job of one of this kernel's actors; for the runtime to call.
  public func enqueue(_ job: consuming ExecutorJob) {
    enqueue(UnownedJob(job), .actor)
  }

  /// Stops the program when the calling thread is not the kernel's; for the runtime to call.
  ///
  /// On that thread one thing happens at a time, so whoever is there has the isolation of all the
  /// kernel's actors: inside a run, and before and after it to wire them and to read results.
  public func checkIsolated() {
    checkThread()
  }

  /// Whether the calling thread is the kernel's; for the runtime to call.
  public func isIsolatingCurrentContext() -> Bool? {
    isOwnThread
  }

  func enqueue(_ job: UnownedJob, _ kind: ReadyJobs.Kind) {
    guard isOwnThread else {
      inbox.put(.job(job, kind))
      return
    }
    if kind == .process { spawned = job }
    ready.append(job, kind)
    horizon = .min
  }

  /// Runs one job under the executor that it was sent to.
  func run(_ job: UnownedJob, _ kind: ReadyJobs.Kind) {
    let tasks = unsafe processExecutor.asUnownedTaskExecutor()
    switch kind {
    case .actor:
      unsafe job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: tasks)
    case .process:
      unsafe job.runSynchronously(on: tasks)
    case .sleeper:
      unsafe job.runSynchronously(
        isolatedTo: sleepExecutor.asUnownedSerialExecutor(), taskExecutor: tasks)
    }
  }
}

/// Where processes run outside any actor.
///
/// A class of its own, because a job must be run under the identity that it was enqueued for.
final class ProcessExecutor: TaskExecutor, @unchecked Sendable {
  unowned let kernel: Kernel

  init(kernel: Kernel) {
    self.kernel = kernel
  }

  func enqueue(_ job: consuming ExecutorJob) {
    kernel.enqueue(UnownedJob(job), .process)
  }
}

/// Where processes sleep: what is enqueued here waits in the event queue for its time.
final class SleepExecutor: SerialExecutor, @unchecked Sendable {
  unowned let kernel: Kernel

  init(kernel: Kernel) {
    self.kernel = kernel
  }

  func enqueue(_ job: consuming ExecutorJob) {
    kernel.sleep(UnownedJob(job))
  }
}

/// Whether two jobs are one: a task is its own job, for as long as it lives.
///
/// Unsafe because a job is an opaque word; only the words are compared, nothing is looked at.
func isSame(_ left: UnownedJob, _ right: UnownedJob) -> Bool {
  unsafe unsafeBitCast(left, to: UInt.self) == unsafeBitCast(right, to: UInt.self)
}
