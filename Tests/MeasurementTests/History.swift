import Measurement
import Testing
import VirtualTime

/// A small history told to a recorder in seconds, to be counted by hand.
///
/// It may be told conversation by conversation: the recorder hears it in the order of time, and in the
/// order of telling within an instant.
struct History {
  static let second: Int64 = 1_000_000_000
  private var plan: RecordingPlan
  var parts: [RecordedPart] {
    get { plan.parts }
    set { plan.parts = newValue }
  }
  private var happenings:
    [(at: Int64, slot: Int, tell: (inout Recorder, inout Course, Instant) -> Void)] = []

  init(
    agents: Int = 3, seconds: Int64 = 1_000, warmup: Int64 = 0, step: Int64? = nil,
    metrics: [String] = [], office: [Range<Int64>]? = nil, cost: [Double] = [],
    populations: Int = 1, channels: Int = 1
  ) throws {
    var plan = RecordingPlan(
      agents: agents, populations: populations, channels: channels,
      duration: seconds * Self.second, warmup: warmup * Self.second,
      metrics: try metrics.map { try MetricReference($0) },
      officeHours: office.map { openings in
        OfficeHours(
          openings.map { $0.lowerBound * Self.second..<$0.upperBound * Self.second })
      }, costPerHour: cost)
    if let step { plan.step = step * Self.second }
    self.plan = plan
  }

  private mutating func tell(
    _ at: Int64, of slot: Int = 0, _ tell: @escaping (inout Recorder, inout Course, Instant) -> Void
  ) {
    happenings.append((at, slot, tell))
  }

  mutating func opens(
    _ slot: Int, _ at: Int64, assignee: Int? = nil, previous: Int? = nil, population: Int = 0,
    channel: Int = 0, writes: Bool = true
  ) {
    tell(at, of: slot) {
      $0.conversationOpened(
        &$1, population: population, channel: channel,
        assignee: agent(assignee), previousAgent: agent(previous), at: $2)
    }
    if writes { self.writes(slot, at) }
  }

  mutating func writes(_ slot: Int, _ at: Int64) {
    tell(at, of: slot) { $0.contactMessage(&$1, at: $2) }
  }

  mutating func assigns(_ slot: Int, _ user: Int?, _ at: Int64) {
    tell(at, of: slot) { $0.assigned(&$1, to: agent(user), at: $2) }
  }

  /// An unanswered conversation goes from one agent's inbox to another agent.
  mutating func moves(_ slot: Int, _ user: Int?, _ at: Int64) {
    assigns(slot, user, at)
    tell(at, of: slot) { recorder, course, _ in recorder.movedUnanswered(&course) }
  }

  mutating func starts(_ slot: Int, _ at: Int64) {
    tell(at, of: slot) { $0.workStarted(&$1, at: $2) }
  }

  mutating func stops(_ slot: Int, _ at: Int64) {
    tell(at, of: slot) { $0.workStopped(&$1, at: $2) }
  }

  mutating func replies(
    _ slot: Int, by agent: Int, _ at: Int64, answers: Bool = true, isResponse: Bool = true
  ) {
    tell(at, of: slot) {
      $0.humanMessage(&$1, by: AgentNumber(agent), answers: answers, isResponse: isResponse, at: $2)
    }
  }

  /// A reply that may be lost will arrive.
  mutating func responds(_ slot: Int, by agent: Int, _ at: Int64) {
    tell(at, of: slot) { $0.response(&$1, by: AgentNumber(agent), at: $2) }
  }

  /// Work from one instant to another that ends with the answer.
  mutating func answers(
    _ slot: Int, by agent: Int, from start: Int64, to end: Int64, isResponse: Bool = true
  ) {
    starts(slot, start)
    replies(slot, by: agent, end, isResponse: isResponse)
    stops(slot, end)
  }

  mutating func reaches(_ slot: Int, _ at: Int64) {
    tell(at, of: slot) { $0.formerAgentReached(&$1, at: $2) }
  }

  mutating func abandons(_ slot: Int, _ at: Int64) {
    tell(at, of: slot) { $0.abandoned(&$1, at: $2) }
  }

  mutating func closes(_ slot: Int, _ at: Int64) {
    tell(at, of: slot) { $0.conversationClosed(&$1, at: $2) }
  }

  mutating func sends(_ slot: Int, _ at: Int64, isLost: Bool = false) {
    tell(at, of: slot) { recorder, course, _ in
      recorder.messageSent(&course)
      if isLost { recorder.deliveryFailed(&course) }
    }
  }

  mutating func missesWindow(_ slot: Int, _ at: Int64) {
    tell(at, of: slot) { recorder, course, _ in recorder.windowExpired(&course) }
  }

  mutating func online(_ agent: Int, _ isOnline: Bool, _ at: Int64) {
    tell(at) { recorder, _, now in recorder.agentOnline(AgentNumber(agent), isOnline, at: now) }
  }

  mutating func works(_ agent: Int, _ isWorking: Bool, _ at: Int64) {
    tell(at) { recorder, _, now in recorder.agentWorking(AgentNumber(agent), isWorking, at: now) }
  }

  mutating func onShift(_ agent: Int, _ isOnShift: Bool, _ at: Int64) {
    tell(at) { recorder, _, now in recorder.agentOnShift(AgentNumber(agent), isOnShift, at: now) }
  }

  /// Tells the history to a new recorder and ends the run.
  func result(at end: Int64 = 1_000, number: Int = 0) -> ReplicationResult {
    var recorder = Recorder(plan)
    let slots = (happenings.map(\.slot).max() ?? 0) + 1
    var courses = [Course](repeating: Course(), count: slots)
    let order = happenings.indices.sorted { (happenings[$0].at, $0) < (happenings[$1].at, $1) }
    for index in order {
      let happening = happenings[index]
      happening.tell(
        &recorder, &courses[happening.slot], Instant(nanoseconds: happening.at * Self.second))
    }
    return recorder.finish(
      at: Instant(nanoseconds: end * Self.second), replication: number, open: courses)
  }

  /// One metric of the run.
  func value(of metric: String, at end: Int64 = 1_000) throws -> Double? {
    result(at: end).value(of: try MetricReference(metric))?.value
  }
}

/// The agent of a number; nil is nobody.
private func agent(_ number: Int?) -> AgentNumber { number.map { AgentNumber($0) } ?? .nobody }
