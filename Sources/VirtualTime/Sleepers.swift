/// Jobs that wait for their time: each stands in the event queue, which holds only its number.
struct Sleepers {
  private var jobs: [UnownedJob?] = []
  private var free: [UInt32] = []

  var count: Int { jobs.count - free.count }

  mutating func add(_ job: UnownedJob) -> UInt32 {
    if let number = free.popLast() {
      jobs[Int(number)] = job
      return number
    }
    jobs.append(job)
    return UInt32(jobs.count - 1)
  }

  mutating func remove(_ number: UInt32) -> UnownedJob? {
    let job = jobs[Int(number)]
    jobs[Int(number)] = nil
    free.append(number)
    return job
  }
}

/// An actor whose executor is the event queue: to call it is to sleep.
actor Bed {
  private nonisolated let executor: SleepExecutor

  init(executor: SleepExecutor) {
    self.executor = executor
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  func sleep() {}
}

extension Kernel {
  /// This kernel's virtual time as a `Clock`.
  public nonisolated var clock: SimulationClock { SimulationClock(kernel: self) }

  /// How many processes sleep.
  var sleeperCount: Int {
    checkThread()
    return sleepers.count
  }

  /// Suspends the calling task until an instant; see `SimulationClock.sleep`.
  ///
  /// No continuation is involved: a continuation resumes its task on the global executor, on another
  /// thread. The task hops to an actor whose executor keeps its job in the event queue instead.
  func sleep(until deadline: Instant) async throws {
    checkThread()
    if Task.isCancelled || deadline.nanoseconds <= nanoseconds {
      // A loop of sleeps that are over at once never comes back to the run: count, and catch it.
      idleSleeps += 1
      guard idleSleeps > zeroDelayLimit else { return try Task.checkCancellation() }
      end(.noProgress(events: idleSleeps))
    }
    idleSleeps = 0
    let ticket = SleepTicket()
    await withTaskCancellationHandler {
      bedtime = (deadline, ticket)
      await bed.sleep()
    } onCancel: {
      hurry(ticket)
    }
    try Task.checkCancellation()
  }

  /// Takes the job of a process that has just gone to sleep.
  ///
  /// The runtime calls this straight from the `await` in `sleep`, with nothing in between.
  func sleep(_ job: UnownedJob) {
    guard isOwnThread, let (deadline, ticket) = bedtime else {
      return enqueue(job, .sleeper)
    }
    bedtime = nil
    let number = sleepers.add(job)
    ticket.handle = arm(Event(to: .sleeper, kind: .max, subject: number), at: deadline)
  }

  /// Makes a sleeper ready whose time has come.
  func wake(_ event: Event, _ key: EventKey) {
    note(key, event)
    guard let job = sleepers.remove(event.subject) else { return }
    enqueue(job, .sleeper)
  }

  /// Wakes a cancelled sleeper at this instant: in its turn, or at once when no run is going on.
  private func hurry(_ ticket: SleepTicket) {
    checkThread()
    if isRunning {
      ticket.handle = queue.rearm(ticket.handle, at: nanoseconds)
    } else if let event = queue.event(of: ticket.handle), queue.cancel(ticket.handle) {
      if let job = sleepers.remove(event.subject) { enqueue(job, .sleeper) }
    }
  }
}

/// Ties a sleeper to its place in the queue, for the one who cancels it.
final class SleepTicket: @unchecked Sendable {
  var handle = TimerHandle.none
}
