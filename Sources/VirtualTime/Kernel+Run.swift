extension Kernel {
  /// Handles events until nothing is pending.
  @discardableResult public func run() -> Ending {
    run(until: .distantFuture)
  }

  /// Handles events for some virtual time from now.
  @discardableResult public func advance(by duration: Duration) -> Ending {
    run(until: now.advanced(by: duration))
  }

  /// Handles all events up to an instant, those of that instant included, and sets the time to it.
  ///
  /// May be called again to go on, after whatever end but an escaped job. An event at `Instant.distantFuture` never
  /// comes.
  @discardableResult public func run(until horizon: Instant) -> Ending {
    checkThread()
    precondition(!isRunning, "a run cannot be started from inside a run")
    isRunning = true
    defer { isRunning = false }
    let last = min(horizon.nanoseconds, Int64.max - 1)
    let pace = Pace(pacer, from: nanoseconds)
    var progress = Progress(limit: zeroDelayLimit, at: nanoseconds, steps: steps)
    while verdict == nil {
      step(until: last, horizon: horizon, pace)
      if let stuck = progress.events(at: nanoseconds, steps: steps) {
        end(.noProgress(events: stuck))
      }
    }
    let reason = verdict ?? .finished
    verdict = nil
    return Ending(
      reason: reason, seed: seed, instant: Instant(nanoseconds: nanoseconds), events: handled,
      fingerprint: hash)
  }

  /// Ends the run after the event at hand, or the next one as soon as it begins.
  ///
  /// May be called from any thread.
  public func stop() {
    if isOwnThread { end(.stopped) } else { inbox.put(.stop) }
  }

  /// Ends the run because it may not go on; only from the kernel's own thread.
  public func giveUp(_ why: String) {
    checkThread()
    end(.gaveUp(why))
  }

  /// Whether another thread sent something that the run comes to once the event at hand is through; for
  /// an event that takes long on the clock of the wall.
  public var hasMail: Bool { inbox.hasMail }

  /// Sends an event from another thread, to happen as soon as the run comes to it.
  ///
  /// When that is depends on the threads, so two runs are not the same: meant for a live kernel.
  public func post(_ event: Event) {
    inbox.put(.event(event))
  }

  private var steps: UInt64 { handled &+ jobsRun }

  /// The next thing to do: mail from other threads, then jobs that are ready, then the next event.
  private func step(until last: Int64, horizon: Instant, _ pace: Pace?) {
    if inbox.hasMail { openMail(pace, last) }
    if verdict != nil { return }
    if runReadyJob() {
      jobsRun &+= 1
      return
    }
    guard handled < eventLimit, queue.hasSequenceNumbers else {
      return end(.eventLimit(handled))
    }
    guard let key = queue.next(), key.nanoseconds < .max else {
      return idle(until: last, horizon, pace)
    }
    if let pace {
      let wait = pace.wait(until: min(key.nanoseconds, last))
      if wait > 0 { return inbox.wait(nanoseconds: wait) }
    }
    if key.nanoseconds > last {
      nanoseconds = max(nanoseconds, last)
      return end(.horizon)
    }
    if queue.event(at: key).target == .sleeper {
      if let (key, event) = queue.pop(until: last) { wake(event, key) }
    } else {
      let due = pace.map { min(last, $0.virtualNow) } ?? last
      let budget = min(Self.batch, eventLimit - handled, max(1, zeroDelayLimit))
      drive(until: max(due, key.nanoseconds), budget: budget)
    }
  }

  /// Between two looks at the inbox: a millisecond or less.
  private static var batch: UInt64 { 1 << 14 }

  /// Nothing is pending: wait for other threads, or end.
  private func idle(until last: Int64, _ horizon: Instant, _ pace: Pace?) {
    if isLive {
      guard let pace, horizon != .distantFuture else { return inbox.wait(nanoseconds: nil) }
      let wait = pace.wait(until: last)
      if wait > 0 { return inbox.wait(nanoseconds: wait) }
      nanoseconds = max(nanoseconds, last)
      return end(.horizon)
    }
    let names = processes.unfinished + waiting()
    if !names.isEmpty {
      // Whoever has left the thread comes back soon, and then it is not a deadlock but an escape.
      if !processes.isEmpty { inbox.wait(nanoseconds: escapeGrace) }
      if !inbox.hasMail { end(.deadlock(waiting: names)) }
      return
    }
    if horizon != .distantFuture { nanoseconds = max(nanoseconds, last) }
    end(.finished)
  }

  /// What a task is called that `spawn` did not start.
  private static var stranger: String { "one that the kernel did not start" }

  private func openMail(_ pace: Pace?, _ last: Int64) {
    let next = queue.next().map { $0.nanoseconds } ?? .max
    // What comes now happens now, but not after something that should have happened before it.
    if let pace { nanoseconds = max(nanoseconds, min(pace.virtualNow, next, last)) }
    for item in inbox.take() {
      switch item {
      case .stop: end(.stopped)
      case .event(let event): schedule(event, at: Instant(nanoseconds: nanoseconds))
      case .job(let job, let kind):
        if !isLive { end(.escapedJob(task: processes.name(of: job) ?? Self.stranger)) }
        enqueue(job, kind)
      }
    }
  }
}

/// Watches that virtual time moves on.
private struct Progress {
  let limit: UInt64
  private var instant: Int64
  private var steps: UInt64

  init(limit: UInt64, at instant: Int64, steps: UInt64) {
    self.limit = limit
    self.instant = instant
    self.steps = steps
  }

  /// How many events and jobs there were since time last moved, when there were too many.
  mutating func events(at now: Int64, steps count: UInt64) -> UInt64? {
    if now != instant {
      instant = now
      steps = count
    }
    return count - steps > limit ? count - steps : nil
  }
}
