public import CThread

/// The virtual time of one replication: its clock, its pending events, its executor, its thread.
///
/// One kernel a replication, made and run on one thread. Its actors (`Entity`) share it as their
/// serial executor, so they never run at the same time and call each other synchronously (`Near`).
/// Inside `run`, one driver task pops the next event, sets the time and calls the event's target.
///
/// How a world of contacts, channels, agents and the engine uses it:
///
/// - Make the kernel on the replication's thread, then the actors with it, and keep both until the
///   run is over. Register each actor that receives events once, and keep the `Target`:
///   `desk = kernel.register(agents)`. A million pooled contacts are one actor, or a hundred, whose
///   events carry the contact's index as `subject`; an actor a contact works as well, and costs a
///   table entry each. An actor that must not know this module (the engine) is registered with a
///   closure, provided its `unownedExecutor` is the kernel's.
/// - `schedule` what comes from outside (arrivals, answers), `arm` what the system sets itself
///   (timeouts, the end of work): of one instant, what comes from outside is handled first, and then
///   in the order of scheduling. Both give a `TimerHandle` for `cancel` and `rearm`; a handle that is
///   no longer good does nothing, so it need not be cleared.
/// - An event is 16 bytes and its handler runs to its end: what must happen next at the same instant
///   is called directly, not scheduled.
/// - Then `run()`, or `run(until:)` as often as wanted, and look at the `Ending`. Set `waiting` to
///   name who still waits when nothing is pending, or the end counts as `finished`.
/// - A process with a story (a test, an example) is a task made by `spawn` that sleeps on `clock`.
///
/// Everything here but `post` and `stop` belongs to the kernel's thread and checks that it is there.
public final class Kernel: SerialExecutor, @unchecked Sendable {
  /// The seed of the run: only passed on, to name it when the run ends.
  public nonisolated let seed: UInt64

  @safe @exclusivity(unchecked) @usableFromInline var queue: EventQueue
  @safe @exclusivity(unchecked) var targets = Targets()
  @safe @exclusivity(unchecked) @usableFromInline var nanoseconds: Int64 = 0
  @safe @exclusivity(unchecked) @usableFromInline var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
  @safe @exclusivity(unchecked) @usableFromInline var handled: UInt64 = 0
  /// Jobs of processes that can go on now, first in first out.
  @safe @exclusivity(unchecked) var ready = ReadyJobs()
  /// Up to when events may be handled; before all time when a job is ready, or the run must end.
  @safe @exclusivity(unchecked) var horizon = Int64.min
  /// Why the run must end, when it must.
  @safe @exclusivity(unchecked) @usableFromInline var verdict: Ending.Reason?
  @safe @exclusivity(unchecked) @usableFromInline var owner: UInt

  /// Jobs, events and stops from other threads.
  let inbox = Inbox()
  var isRunning = false
  var isDriving = false
  var processes = Processes()
  /// The latest job of a process that was enqueued: just after a task is made, that task's.
  var spawned: UnownedJob?
  var sleepers = Sleepers()
  /// What the process that is about to sleep has asked for.
  var bedtime: (Instant, SleepTicket)?
  var jobsRun: UInt64 = 0
  private(set) lazy var processExecutor = ProcessExecutor(kernel: self)
  private(set) lazy var sleepExecutor = SleepExecutor(kernel: self)
  private(set) lazy var bed = Bed(executor: sleepExecutor)
  /// How many sleeps in a row were over before they began.
  var idleSleeps: UInt64 = 0

  /// How many events may be handled in a run.
  public var eventLimit: UInt64 = .max
  /// How many nanoseconds of the wall's clock an idle run waits for a task that has left its thread.
  ///
  /// Only a run that has gone wrong ever waits, so it can be generous.
  var escapeGrace: Int64 = 1_000_000_000
  /// How many events may be handled without time moving on, about.
  var zeroDelayLimit: UInt64 = 10_000_000
  /// How virtual time goes with the clock on the wall.
  var pacer = Pacer.atOnce
  /// Whether other threads may send events and jobs: a run then waits for them when it is idle.
  var isLive = false
  /// Names who still waits when nothing is pending; asked once, at the end of a run.
  public var waiting: () -> [String] = { [] }

  /// A kernel at the start of time, which belongs to the calling thread.
  ///
  /// More events pending than the limit end the run.
  public init(seed: UInt64 = 0, pendingLimit: Int = .max) {
    self.seed = seed
    queue = EventQueue(limit: pendingLimit)
    owner = sb_thread()
  }

  /// Hands the kernel over to the calling thread; not while it runs.
  public func adopt() {
    precondition(!isRunning, "a running kernel cannot change its thread")
    owner = sb_thread()
  }

  // MARK: - Time

  /// The virtual time.
  @inlinable public var now: Instant {
    checkThread()
    return Instant(nanoseconds: nanoseconds)
  }

  /// How many events were handled since the start.
  @inlinable public var eventCount: UInt64 {
    checkThread()
    return handled
  }

  /// The rolling hash over instant, sequence, kind and subject of every event handled.
  @inlinable public var fingerprint: UInt64 {
    checkThread()
    return hash
  }

  /// How many events and sleepers are pending.
  var pendingCount: Int {
    checkThread()
    return queue.count
  }

  /// The instant of the next event, if any is pending.
  public var nextDeadline: Instant? {
    checkThread()
    return queue.next().map { Instant(nanoseconds: $0.nanoseconds) }
  }

  // MARK: - Scheduling

  /// Schedules something from outside for an instant; one that has passed means now.
  @inlinable @discardableResult
  public func schedule(_ event: Event, at instant: Instant) -> TimerHandle {
    push(event, .external, at: max(nanoseconds, instant.nanoseconds))
  }

  /// Schedules something from outside after a time; a negative one means now.
  @inlinable @discardableResult
  public func schedule(_ event: Event, afterNanoseconds delay: Int64) -> TimerHandle {
    push(event, .external, at: later(delay))
  }

  /// Arms a timer for an instant; one that has passed means now.
  @inlinable @discardableResult
  public func arm(_ event: Event, at instant: Instant) -> TimerHandle {
    push(event, .timer, at: max(nanoseconds, instant.nanoseconds))
  }

  /// Arms a timer that runs for some time; a negative one means now.
  @inlinable @discardableResult
  public func arm(_ event: Event, afterNanoseconds delay: Int64) -> TimerHandle {
    push(event, .timer, at: later(delay))
  }

  /// Takes a pending event back; false, and nothing done, when the handle is no longer good.
  @inlinable @discardableResult
  public func cancel(_ handle: TimerHandle) -> Bool {
    checkThread()
    return queue.cancel(handle)
  }

  /// Moves a pending event to another instant, behind what is already scheduled for it.
  ///
  /// The old handle is no longer good. The new one is `none` when the old one was not good either.
  @discardableResult
  func rearm(_ handle: TimerHandle, at instant: Instant) -> TimerHandle {
    checkThread()
    return queue.rearm(handle, at: max(nanoseconds, instant.nanoseconds))
  }

  /// Moves a pending event to some time from now, behind what is already scheduled for it.
  @discardableResult
  func rearm(_ handle: TimerHandle, afterNanoseconds delay: Int64) -> TimerHandle {
    checkThread()
    return queue.rearm(handle, at: later(delay))
  }

  /// When a pending event is due; nothing when the handle is no longer good.
  @inlinable public func deadline(of handle: TimerHandle) -> Instant? {
    checkThread()
    return queue.deadline(of: handle).map { Instant(nanoseconds: $0) }
  }

  // MARK: - What these stand on

  @inlinable @inline(__always) func later(_ delay: Int64) -> Int64 {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(max(0, delay))
    return overflow ? .max : sum
  }

  @inlinable @inline(__always)
  func push(_ event: Event, _ class: EventClass, at instant: Int64) -> TimerHandle {
    checkThread()
    if queue.isReady(for: instant) { return queue.pushAtOnce(event, at: instant, class: `class`) }
    return pushElse(event, `class`, at: instant)
  }

  /// The same where the queue must grow, or is full, or the instant is the present.
  @usableFromInline @inline(never)
  func pushElse(_ event: Event, _ class: EventClass, at instant: Int64) -> TimerHandle {
    let handle = queue.push(event, at: instant, class: `class`)
    if handle == .none { end(.queueFull(pending: queue.count)) }
    return handle
  }

  @usableFromInline func addTarget(
    _ actor: AnyObject, as type: ObjectIdentifier?,
    _ call: @escaping (AnyObject, Event) -> Void
  ) -> Target {
    checkThread()
    return Target(index: UInt32(targets.add(actor, as: type, call)))
  }

  @inlinable @inline(__always) var isOwnThread: Bool { sb_thread() == owner }

  /// Stops the program when another thread is where only the kernel's own may be.
  @inlinable @inline(__always) func checkThread() {
    precondition(
      sb_thread() == owner,
      "a kernel belongs to one thread; other threads may only post events to it")
  }

  /// Ends the run after the event at hand; the first reason stays.
  func end(_ reason: Ending.Reason) {
    if verdict == nil { verdict = reason }
    horizon = .min
  }
}
