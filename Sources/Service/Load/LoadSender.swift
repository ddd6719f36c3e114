import Measurement
import Sampling
import Statistics
import Synchronization
import VirtualTime

/// The sender: lets the crowd live by the clock on the wall, and measures itself.
struct LoadSender: ~Copyable {
  private var crowd: Crowd
  private let plan: LoadPlan
  private let clock: LoadClock
  private let side: any LoadSide
  private var heard = ContiguousArray<LoadNotice>()
  private var lateness = Histogram()
  private var sentCount = 0
  private var greatestBacklog = 0
  private var sent = SentSeconds()
  private var summary: LoadSummary
  private var isOverwhelmed = false
  /// What nobody rings: a sleep to the nanosecond.
  private let pause = Alarm()

  /// More than these wait for an engine that does not keep up, and the test has its answer.
  private static let mostWaiting = 8_000_000
  /// How long the sender looks for something to do before it sleeps, in nanoseconds.
  private static let patience: Int64 = 60_000
  /// How often it looks where it is not woken.
  private static let poll: Int64 = 200_000
  /// The longest it sleeps.
  private static let nap: Int64 = 1_000_000

  init(_ crowd: consuming Crowd, plan: LoadPlan, clock: LoadClock, to side: any LoadSide) {
    self.crowd = crowd
    self.plan = plan
    self.clock = clock
    self.side = side
    summary = LoadSummary(length: plan.course.length, warmup: plan.warmup)
  }

  private var end: Int64 { clock.start &+ Int64(plan.course.length * 1e9) }
  private var countedFrom: Int64 { clock.start &+ Int64(plan.warmup * 1e9) }

  /// Sends until the end, then waits for what is under way; true if it was interrupted.
  mutating func run(
    _ isInterrupted: () -> Bool, _ onSecond: (LoadProgress) -> Void
  ) -> Bool {
    var told = 0
    var isCounting = plan.warmup <= 0
    while true {
      let wall = Alarm.now()
      if wall >= end { break }
      if isInterrupted() { return true }
      step(at: wall)
      if !isCounting, wall >= countedFrom {
        isCounting = true
        crowd.seen.restart(at: clock.time(at: wall))
      }
      if isOverwhelmed || side.failure != nil { break }
      let second = Int((wall &- clock.start) / 1_000_000_000)
      if wall > clock.start, second > told {
        told = second
        tell(second - 1, onSecond)
      }
      let next = min(crowd.nextDue(), wall &+ Self.nap, end)
      if side.isPolled {
        pause.wait(nanoseconds: max(1, min(next &- Alarm.now(), Self.poll)))
      } else {
        side.notices.wait(until: next, lookingFor: Self.patience)
      }
    }
    finish()
    return false
  }

  private mutating func step(at wall: Int64) {
    side.notices.take(into: &heard)
    for notice in heard { crowd.hear(notice) }
    crowd.advance(to: wall)
    guard !crowd.outgoing.isEmpty else { return }
    let now = Alarm.now()
    for operation in crowd.outgoing { note(operation, at: now) }
    sentCount += crowd.outgoing.count
    side.send(&crowd.outgoing)
    let backlog = sentCount - side.carriedOut
    if backlog > greatestBacklog { greatestBacklog = backlog }
    if backlog > Self.mostWaiting { isOverwhelmed = true }
  }

  private mutating func note(_ operation: LoadOperation, at now: Int64) {
    let second = max(0, Int((operation.due &- clock.start) / 1_000_000_000))
    while second >= sent.offered.count {
      sent.offered.append(Array(repeating: 0, count: OperationKind.allCases.count))
      sent.late.append(0)
    }
    sent.offered[second][Int(operation.kind.rawValue)] += 1
    let delay = max(0, now &- operation.due)
    if delay > sent.late[second] { sent.late[second] = delay }
    if operation.due >= countedFrom { lateness.record(delay) }
  }

  private mutating func tell(_ number: Int, _ onSecond: (LoadProgress) -> Void) {
    summary.take(side.seconds.take())
    let backlog = max(0, sentCount - side.carriedOut)
    while sent.backlogs.count < number { sent.backlogs.append(sent.backlogs.last ?? 0) }
    sent.backlogs.append(backlog)
    summary.tell(at: number, sent)
    let all = summary.all(of: number)
    onSecond(
      LoadProgress(
        second: number + 1, total: Int(plan.course.length.rounded(.up)),
        offered: sent.offered.indices.contains(number) ? sent.offered[number].reduce(0, +) : 0,
        done: all.count,
        latency: all.count > 0
          ? (
            seconds(all.quantile(0.5)), seconds(all.quantile(0.99)), seconds(all.quantile(0.999))
          ) : nil,
        backlog: backlog))
  }

  private func seconds(_ nanoseconds: Int64?) -> Double { Double(nanoseconds ?? 0) * 1e-9 }

  static func all(_ parts: [Histogram]) -> Histogram {
    var all = Histogram()
    for part in parts { all.merge(part) }
    return all
  }

  /// What is under way may still be carried out, as long as that takes no longer than the test did.
  private mutating func finish() {
    let limit = end &+ max(2_000_000_000, end &- clock.start)
    while sentCount > side.carriedOut, Alarm.now() < limit {
      side.notices.wait(until: Alarm.now() &+ Self.nap, lookingFor: 0)
      side.notices.take(into: &heard)
      for notice in heard { crowd.hear(notice) }
      crowd.outgoing.removeAll(keepingCapacity: true)
    }
  }

  // MARK: - What came of it

  mutating func outcome(_ report: LoadSideReport, wasInterrupted: Bool) -> LoadRun.Outcome {
    summary.take(side.seconds.take())
    var step = LoadStep(
      shape: plan.course.shape, fromRate: plan.course.first, toRate: plan.course.last,
      duration: plan.course.length, warmup: plan.warmup)
    step.speed = clock.speed
    summary.fill(&step, sent)
    step.lateness = LoadSummary.times("lateness", lateness)
    step.greatestBacklog = greatestBacklog
    step.refusedCount = report.refusedCount
    step.violations = report.violations
    step.invalid = report.invalid ?? reason(wasInterrupted)
    let time = clock.time(at: min(Alarm.now(), end))
    return LoadRun.Outcome(
      step: step, fingerprint: crowd.fingerprint, seen: crowd.seen.summary(until: time),
      stoppedFor: report.stoppedFor.map { Double($0) * 1e-9 })
  }

  private func reason(_ wasInterrupted: Bool) -> String? {
    if wasInterrupted { return "it was interrupted" }
    if isOverwhelmed {
      return "\(Self.mostWaiting) events waited for the engine, and it was given up"
    }
    guard let p99 = lateness.quantile(0.99) else { return "nothing was sent after the warm-up" }
    if Double(p99) * 1e-9 > plan.latenessLimit {
      return "the generator itself was late: 1 % of its events by more than "
        + "\(Self.told(p99)), where at most \(Self.told(Int64(plan.latenessLimit * 1e9))) is allowed"
    }
    return nil
  }

  /// A time to three digits.
  private static func told(_ nanoseconds: Int64) -> String {
    var unit: Int64 = 1
    while nanoseconds / unit >= 1_000 { unit *= 10 }
    return DurationText.format((nanoseconds + unit / 2) / unit * unit)
  }
}
