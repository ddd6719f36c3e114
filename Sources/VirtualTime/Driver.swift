/// The task inside which events are handled.
///
/// It runs on the kernel, so that the targets it calls, and those they call, need not be awaited: a
/// check of isolation inside a task on the executor is a comparison, outside it is a search.
actor Driver: Entity {
  nonisolated let kernel: Kernel

  init(kernel: Kernel) {
    self.kernel = kernel
  }

  func drive(until horizon: Int64, budget: UInt64) {
    kernel.handleEvents(until: horizon, budget: budget)
  }
}

extension Kernel {
  /// Starts a process: a task that runs on the kernel's thread, in turn with events.
  ///
  /// It begins in the next `run`. It must not suspend on anything but the kernel's `clock` and actors
  /// of the same kernel, and starts no tasks of its own but through this function. Until it ends it
  /// counts as waiting: a run with nothing pending and a process that has not ended is a deadlock.
  public func spawn(name: String, _ body: @escaping @Sendable () async -> Void) {
    checkThread()
    let number = processes.begin(name)
    spawned = nil
    let task = start(name) {
      await body()
      self.processes.end(number)
    }
    processes.attach(task, spawned, to: number)
  }

  /// Cancels every process, lets each come to its end, and names those that would not.
  ///
  /// For processes that still sleep when a run has reached its horizon: a process that never ends
  /// keeps the kernel in memory. No event is handled and no time passes.
  @discardableResult func cancelProcesses() -> [String] {
    checkThread()
    precondition(!isRunning, "processes are cancelled together when a run is over")
    for task in processes.tasks { task.cancel() }
    while runReadyJob() {}
    return processes.unfinished
  }

  /// Sends the driver to handle events, and waits until it comes back.
  func drive(until horizon: Int64, budget: UInt64) {
    let driver = Driver(kernel: self)
    isDriving = true
    _ = start("driver") { await driver.drive(until: horizon, budget: budget) }
    while isDriving, runReadyJob() {}
  }

  /// Runs the next job that is ready, if any is.
  func runReadyJob() -> Bool {
    guard let (job, kind) = ready.removeFirst() else { return false }
    run(job, kind)
    return true
  }

  /// The one place where tasks are created, so that none is made that could leave the thread.
  private func start(
    _ name: String, _ body: @escaping @Sendable () async -> Void
  ) -> Task<Void, Never> {
    Task(name: name, executorPreference: processExecutor, operation: body)
  }

  /// Handles events one after the other until something else needs attention.
  func handleEvents(until horizon: Int64, budget: UInt64) {
    var left = budget
    self.horizon = verdict != nil || !ready.isEmpty ? .min : horizon
    while left > 0, let (key, event) = queue.pop(until: self.horizon) {
      if event.target == .sleeper {
        wake(event, key)
      } else {
        if let next = queue.likelyNext() { targets.fetchAhead(next) }
        note(key, event)
        targets.deliver(event)
      }
      left &-= 1
    }
    isDriving = false
  }

  /// Sets the time and counts the event, before anything of it happens.
  @inline(__always) func note(_ key: EventKey, _ event: Event) {
    nanoseconds = key.nanoseconds
    handled &+= 1
    let instant = UInt64(bitPattern: key.nanoseconds) &* 0x9E37_79B9_7F4A_7C15
    let order = key.order &* 0xD6E8_FEB8_6659_FD93
    let what = (UInt64(event.kind) << 32 | UInt64(event.subject)) &* 0xC2B2_AE3D_27D4_EB4F
    let rotated = hash << 23 | hash >> 41
    hash = (rotated ^ (instant &+ order &+ what)) &* 0x2545_F491_4F6C_DD1D
  }
}
