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
private actor Bed {
  nonisolated let kernel: Kernel

  init(kernel: Kernel) {
    self.kernel = kernel
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe kernel.sleepExecutor.asUnownedSerialExecutor()
  }

  func sleep() {}
}

extension Kernel {
  /// This kernel's virtual time as a `Clock`.
  public nonisolated var clock: SimulationClock { SimulationClock(kernel: self) }

  /// How many processes sleep.
  public var sleeperCount: Int { sleepers.count }

  func sleep(until deadline: Instant) async throws {
    try Task.checkCancellation()
    checkThread()
    guard deadline.nanoseconds > nanoseconds else { return }
    let ticket = SleepTicket()
    await withTaskCancellationHandler {
      bedtime = (deadline, ticket)
      await Bed(kernel: self).sleep()
    } onCancel: {
      hurry(ticket)
    }
    try Task.checkCancellation()
  }

  /// Takes a process that has just gone to sleep. Called by the runtime, straight from `sleep`.
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

  /// Wakes a cancelled sleeper at this instant, in its turn.
  private func hurry(_ ticket: SleepTicket) {
    checkThread()
    ticket.handle = rearm(ticket.handle, at: Instant(nanoseconds: nanoseconds))
  }
}

/// Ties a sleeper to its place in the queue, for the one who cancels it.
final class SleepTicket: @unchecked Sendable {
  var handle = TimerHandle.none
}
