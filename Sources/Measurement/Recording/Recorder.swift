import Statistics
public import VirtualTime

/// Follows one replication and keeps the sums that every metric comes from.
///
/// The world tells it what happens, in the order in which it happens; instants never go back, and are
/// plain nanoseconds in here. Each contact keeps the `Course` of its conversation and brings it with
/// whatever is told; what happens without a conversation is not measured. Agents, populations and
/// channels are numbered from 0. Memory depends on how much is open at once, never on how much has
/// passed.
///
/// It is not copyable: two records of one run would tell two stories.
public struct Recorder: ~Copyable {
  /// Who had, and who answered, the conversations that went from hand to hand.
  var pasts: ContiguousArray<Past> = []
  var freePasts: ContiguousArray<Int32> = []
  @usableFromInline var agents: RecordTable<AgentTally>
  @usableFromInline var timeline: Timeline
  @usableFromInline let warmup: Int64

  var populations: RecordTable<SegmentCounts>
  var channels: RecordTable<SegmentCounts>
  var counts = ConversationCounts()
  var undone = UndoneWork()
  @usableFromInline var times: TimeTallies
  /// What became of those whom no time ended in good time.
  var fates: Fates
  /// The same on the office clock, if somebody asks.
  var office: ClockRecord?
  /// The parts that somebody asks for.
  var parts: ContiguousArray<PartTally>
  /// The timeline of each team, if there are several.
  var teamSteps: TeamSteps
  @usableFromInline let asksTeams: Bool
  /// Whether every single response is more than one in the sums of all.
  @usableFromInline let asksResponses: Bool
  /// The mean response of each closed conversation: the platform's own number.
  var averages: Histogram
  let asksClosedOnly: Bool
  /// Whether a conversation that ends is more than a line in the sums of all.
  let asksMore: Bool
  let timelineBound: Int64
  let costPerHour: [Double]

  /// A recorder for a run in which nothing has happened yet.
  public init(_ plan: RecordingPlan) {
    agents = RecordTable(count: plan.agents, repeating: AgentTally())
    timeline = Timeline(plan)
    warmup = min(max(0, plan.warmup), plan.duration)
    populations = RecordTable(count: plan.populations, repeating: SegmentCounts())
    channels = RecordTable(count: plan.channels, repeating: SegmentCounts())
    times = TimeTallies(plan)
    let asksOffice = plan.metrics.contains(where: \.isOffice)
    let asksClosedOnly = plan.metrics.contains(where: \.isClosedOnly)
    self.asksClosedOnly = asksClosedOnly
    fates = Fates(plan, office: false)
    office = asksOffice ? ClockRecord(plan, office: true) : nil
    averages = Histogram(bounds: plan.bounds(.response, office: false))
    parts = ContiguousArray(plan.parts.map { PartTally($0, plan, asksOffice: asksOffice) })
    asksResponses = asksOffice || !plan.parts.isEmpty
    // Not read back from `self`: release builds of Swift 6.3 then release fields that are not yet set.
    let teamSteps = TeamSteps(plan)
    let asksTeams = !teamSteps.steps.isEmpty
    self.teamSteps = teamSteps
    self.asksTeams = asksTeams
    // Where there is but one population or channel, it is told at the end what all have told.
    asksMore =
      asksResponses || asksClosedOnly || asksTeams || plan.populations > 1 || plan.channels > 1
    timelineBound = plan.timelineBound ?? -1
    costPerHour = plan.costPerHour
  }

  // MARK: - Conversations

  /// A conversation was opened.
  ///
  /// `assignee` is who has the contact already; `previousAgent` is who sent the last answer in an
  /// earlier conversation of this contact.
  @inlinable
  public mutating func conversationOpened(
    _ course: inout Course, population: Int = 0, channel: Int = 0, assignee: AgentNumber = .nobody,
    previousAgent: AgentNumber = .nobody, at now: Instant
  ) {
    let now = now.nanoseconds
    if now >= timeline.nextCut { cut(at: now) }
    precondition(!course.isOpen, "recorder: a course is one open conversation at a time")
    course.begin(at: now, counts: now >= warmup, step: timeline.current)
    course.population = Int32(truncatingIfNeeded: population)
    course.channel = Int32(truncatingIfNeeded: channel)
    course.assignee = assignee
    course.holder = assignee
    course.previousAgent = previousAgent
    course.isUnusual = previousAgent.isSomebody
    timeline.steps[Int(timeline.current)].arrivals &+= 1
    timeline.open.change(by: 1, at: now)
    if assignee.isSomebody { comes(to: assignee, at: now) }
  }

  /// A message of the contact reached the platform.
  @inlinable @inline(__always)
  public mutating func contactMessage(_ course: inout Course, at now: Instant) {
    let now = now.nanoseconds
    note(course.contactMessage(at: now), at: now)
  }

  /// A program or a workflow opened the conversation, and an agent is to write first.
  @inlinable
  public mutating func agentWanted(_ course: inout Course, at now: Instant) {
    let now = now.nanoseconds
    note(course.agentWanted(), at: now)
  }

  /// The contact was assigned to a user, or to nobody, by whatever way.
  ///
  /// Gives the user whom the conversation moved away from; nobody if this is no move.
  @discardableResult @inlinable @inline(__always)
  public mutating func assigned(_ course: inout Course, to user: AgentNumber, at now: Instant)
    -> AgentNumber
  {
    let now = now.nanoseconds
    if now >= timeline.nextCut { cut(at: now) }
    let change = course.assigned(to: user, at: now)
    guard change.isOpen else { return .nobody }
    if change.before != user {
      if change.before.isSomebody { goes(from: change.before, at: now) }
      if user.isSomebody { comes(to: user, at: now) }
    }
    if change.from.isSomebody { moves(&course, from: change.from, to: user) }
    return change.from
  }

  /// Another user has it than the one before.
  @usableFromInline
  mutating func moves(_ course: inout Course, from: AgentNumber, to user: AgentNumber) {
    let past = past(of: &course)
    if !pasts[past].holders.contains(from) { pasts[past].holders.append(from) }
    if pasts[past].holders.contains(user) { course.oddities.returnMoves &+= 1 }
    guard course.isCounted else { return }
    agents[user.index].movedIn &+= 1
    agents[from.index].movedOut &+= 1
  }

  /// The conversation left an agent who had not answered, for another: to be judged by who comes first.
  ///
  /// Told beside ``assigned(_:to:at:)`` when an unanswered message moved to another agent. The
  /// world then follows the place it left, and tells when that agent would have reached it.
  @inlinable
  public mutating func movedUnanswered(_ course: inout Course) {
    guard course.isOpen else { return }
    course.isUnusual = true
    course.oddities.pendingMoves &+= 1
  }

  /// An agent that the conversation was moved away from would have reached it now.
  ///
  /// Also told at once if that agent was working on it when it moved.
  @inlinable
  public mutating func formerAgentReached(_ course: inout Course, at now: Instant) {
    let now = now.nanoseconds
    course.formerAgentReached(at: now)
  }

  /// An agent starts, or goes on, to work on the conversation.
  @inlinable @inline(__always)
  public mutating func workStarted(_ course: inout Course, at now: Instant) {
    let now = now.nanoseconds
    note(course.workStarted(at: now), at: now)
  }

  /// An agent stops working on it: done, interrupted, or it was moved away.
  @inlinable @inline(__always)
  public mutating func workStopped(_ course: inout Course, at now: Instant) {
    let now = now.nanoseconds
    note(course.workStopped(), at: now)
  }

  /// A user wrote to the contact; `answers` is false for a greeting that leaves the answer owed.
  ///
  /// `isResponse` is false where messages may be lost: ``response(_:by:at:)`` follows if this one is not.
  @inlinable @inline(__always)
  public mutating func humanMessage(
    _ course: inout Course, by agent: AgentNumber, answers: Bool = true, isResponse: Bool = true,
    at now: Instant
  ) {
    let now = now.nanoseconds
    let answer = course.humanMessage(by: agent, answers: answers, isResponse: isResponse, at: now)
    if answer.endsWaiting { note(.ends, at: now) }
    guard answer.isCounted else { return }
    if answer.length >= 0 { takeIn(&course, answer.length, at: now) }
    agents[agent.index].replies &+= 1
    // Another agent wrote than the last time: a conversation counts once for each.
    if answer.earlier == .nobody
      || answer.earlier != agent && isNewReplier(&course, agent, after: answer.earlier)
    {
      agents[agent.index].conversations &+= 1
    }
  }

  /// A message of a user, told before without being a response, will arrive.
  @inlinable
  public mutating func response(_ course: inout Course, by agent: AgentNumber, at now: Instant) {
    let now = now.nanoseconds
    guard course.isOpen else { return }
    let length = course.response(by: agent, at: now)
    if course.isCounted, length >= 0 { takeIn(&course, length, at: now) }
  }

  @inlinable @inline(__always)
  mutating func takeIn(_ course: inout Course, _ length: Int64, at now: Int64) {
    // The first one waits: at the end it is mostly the first response and the resolution as well.
    if course.responses > 1 { recordResponse(&course, length) }
    if course.gaveUp { recordLateResponse(length) }
    if asksResponses { recordMore(&course, since: now &- length, at: now) }
  }

  /// Takes in a response, and with the second one the first that waited.
  @usableFromInline @inline(never)
  mutating func recordResponse(_ course: inout Course, _ length: Int64) {
    if course.responses == 2 {
      times.recordResponse(course.responseSum &- length)
    }
    times.recordResponse(length)
  }

  @usableFromInline
  mutating func isNewReplier(_ course: inout Course, _ agent: AgentNumber, after last: AgentNumber)
    -> Bool
  {
    let past = past(of: &course)
    if !pasts[past].repliers.contains(last) { pasts[past].repliers.append(last) }
    return !pasts[past].repliers.contains(agent)
  }

  /// An answer to a message that the customer had given up on.
  @usableFromInline @inline(never)
  mutating func recordLateResponse(_ length: Int64) { fates.late.response.record(length) }

  /// What only some runs ask of a response.
  @usableFromInline @inline(never)
  mutating func recordMore(_ course: inout Course, since: Int64, at now: Int64) {
    for index in parts.indices { parts[index].response(course, since: since, at: now) }
    guard let length = office?.elapsed(from: since, to: now) else { return }
    office?.response(from: since, to: now, isLate: course.gaveUp)
    course.isUnusual = true
    course.oddities.officeResponseSum += length
  }

  /// The customer gave up.
  @inlinable
  public mutating func abandoned(_ course: inout Course, at now: Instant) {
    let now = now.nanoseconds
    guard course.isOpen else { return }
    note(course.abandoned(at: now), at: now)
  }

  /// A reply came after the channel's reply window had closed.
  @inlinable
  public mutating func windowExpired(_ course: inout Course) {
    course.windowExpired = true
    course.isUnusual = true
  }

  /// A message went out to the contact.
  @inlinable
  public mutating func messageSent(_ course: inout Course) {
    course.sent &+= 1
  }

  /// A message to the contact was lost; it was told as sent before.
  @inlinable
  public mutating func deliveryFailed(_ course: inout Course) {
    course.oddities.lost &+= 1
    course.isUnusual = true
  }

  /// The conversation was closed; its course may be another's from now on.
  @inlinable @inline(__always)
  public mutating func conversationClosed(_ course: inout Course, at now: Instant) {
    let now = now.nanoseconds
    if now >= timeline.nextCut { cut(at: now) }
    let closing = course.closed()
    guard closing.wasOpen else { return }
    if closing.endsWaiting { timeline.waiting.change(by: -1, at: now) }
    timeline.open.change(by: -1, at: now)
    if closing.assignee.isSomebody { goes(from: closing.assignee, at: now) }
    conclude(&course, closedAt: now)
  }

  // MARK: - Agents

  /// An agent came online or went away: the time that `busy` is a share of.
  @inlinable
  public mutating func agentOnline(_ agent: AgentNumber, _ isOnline: Bool, at now: Instant) {
    let now = now.nanoseconds
    if now >= timeline.nextCut { cut(at: now) }
    if asksTeams, !isOnline { noteOnline(agent, until: now) }
    guard agents[agent.index].online.set(isOnline, at: now) else { return }
    timeline.online.change(by: isOnline ? 1 : -1, at: now)
  }

  /// An agent goes to work on something, or has nothing in hand any more.
  @inlinable
  public mutating func agentWorking(_ agent: AgentNumber, _ isWorking: Bool, at now: Instant) {
    let now = now.nanoseconds
    if now >= timeline.nextCut { cut(at: now) }
    if asksTeams, !isWorking { noteBusy(agent, until: now) }
    guard agents[agent.index].busy.set(isWorking, at: now) else { return }
    timeline.busy.change(by: isWorking ? 1 : -1, at: now)
  }

  /// An agent's shift begins or ends: the time that costs money, short absences included.
  @inlinable
  public mutating func agentOnShift(_ agent: AgentNumber, _ isOnShift: Bool, at now: Instant) {
    let now = now.nanoseconds
    if now >= timeline.nextCut { cut(at: now) }
    _ = agents[agent.index].onShift.set(isOnShift, at: now)
  }

  // MARK: - Inner works

  /// An open conversation becomes a user's.
  @inlinable @inline(__always)
  mutating func comes(to user: AgentNumber, at now: Int64) {
    agents[user.index].opens(1, at: now)
    timeline.assigned.change(by: 1, at: now)
  }

  /// An open conversation is a user's no more.
  @inlinable @inline(__always)
  mutating func goes(from user: AgentNumber, at now: Int64) {
    agents[user.index].opens(-1, at: now)
    timeline.assigned.change(by: -1, at: now)
  }

  @inlinable @inline(__always)
  mutating func note(_ change: WaitChange, at now: Int64) {
    guard change != .none else { return }
    if now >= timeline.nextCut { cut(at: now) }
    timeline.waiting.change(by: change == .begins ? 1 : -1, at: now)
  }

  /// The place of what is past of a conversation, made when there is none.
  mutating func past(of course: inout Course) -> Int {
    course.isUnusual = true
    if course.oddities.past < 0 {
      if let place = freePasts.popLast() {
        course.oddities.past = place
      } else {
        course.oddities.past = Int32(truncatingIfNeeded: pasts.count)
        pasts.append(Past())
      }
    }
    return Int(course.oddities.past)
  }

  /// The time online that ends now, for the agent's team.
  @usableFromInline @inline(never)
  mutating func noteOnline(_ agent: AgentNumber, until now: Int64) {
    let since = agents[agent.index].online.since
    teamSteps.add(\.onlineSeconds, of: agent, from: since, to: now)
  }

  /// The time working that ends now, for the agent's team.
  @usableFromInline @inline(never)
  mutating func noteBusy(_ agent: AgentNumber, until now: Int64) {
    let since = agents[agent.index].busy.since
    teamSteps.add(\.busySeconds, of: agent, from: since, to: now)
  }

  @usableFromInline @inline(never)
  mutating func cut(at now: Int64) {
    guard timeline.roll(to: now) else { return }
    for index in 0..<agents.count { agents[index].reset(at: warmup) }
  }
}
