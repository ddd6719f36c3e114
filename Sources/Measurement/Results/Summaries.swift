public import Statistics

/// One agent over replications: a mean and its spread for every column of `agents.csv`.
public struct AgentSummary: Sendable, Equatable, Codable {
  /// Conversations in which the agent wrote.
  public var conversations = Moments()
  /// Messages of the agent.
  public var replies = RunningMean()
  /// What nobody did of the agent's conversations, all replications together.
  public private(set) var undone = UndoneWork()
  /// Seconds online.
  public var onlineSeconds = RunningMean()
  /// Seconds working.
  public var busySeconds = RunningMean()
  /// Share of online time spent working, all replications together.
  var busyRatio = RunningRatio()
  /// Open conversations, on average over time.
  var openMean = RunningMean()
  /// The most open conversations at once.
  var openMaximum = RunningMean()
  /// Conversations that came from another agent.
  var reassignedIn = RunningMean()
  /// Conversations that went to another agent.
  var reassignedOut = RunningMean()
  /// Mean seconds to the agent's first responses, all replications together.
  var firstResponseMean = RunningRatio()

  mutating func add(_ agent: AgentResult) {
    conversations.record(Double(agent.conversations))
    replies.record(Double(agent.replies))
    undone.merge(agent.undone)
    onlineSeconds.record(agent.onlineSeconds)
    busySeconds.record(agent.busySeconds)
    busyRatio.record(agent.busySeconds, over: agent.onlineSeconds)
    openMean.record(agent.openMean)
    openMaximum.record(Double(agent.openMaximum))
    reassignedIn.record(Double(agent.reassignedIn))
    reassignedOut.record(Double(agent.reassignedOut))
    firstResponseMean.record(agent.firstResponseSeconds, over: Double(agent.firstResponses))
  }
}

/// One step of the timeline over replications: every column of `timeline.csv`.
public struct StepSummary: Sendable, Equatable, Codable {
  /// Conversations opened in the step.
  public var arrivals = Moments()
  /// Open conversations, on average over the step.
  var open = Moments()
  /// Those of them that somebody has, on average over the step.
  var assigned = Moments()
  /// Those of them that nobody has, on average over the step.
  var unassigned = Moments()
  /// Waiting conversations, on average over the step.
  public var waiting = Moments()
  /// Agents online, on average over the step.
  public var agentsOnline = Moments()
  /// Share of online time spent working, all replications together.
  public var busyRatio = RunningRatio()
  /// Mean seconds to the first response of the conversations opened in it.
  public var firstResponseMean = RunningRatio()
  /// Share answered within the plan's bound of the conversations opened in it whose fate is known.
  var within = RunningRatio()
  /// Share of the conversations opened in it of which that is known, all replications together; nothing
  /// if none was opened or the plan has no bound.
  var known: Double? {
    guard let knownCount, arrivalCount > 0 else { return nil }
    return Double(knownCount) / Double(arrivalCount)
  }
  private var arrivalCount = 0
  private var knownCount: Int?

  mutating func add(_ step: StepResult) {
    arrivals.record(Double(step.arrivals))
    if step.seconds > 0 {
      open.record(step.openSeconds / step.seconds)
      assigned.record(step.assignedSeconds / step.seconds)
      unassigned.record(step.unassignedSeconds / step.seconds)
      waiting.record(step.waitingSeconds / step.seconds)
      agentsOnline.record(step.onlineSeconds / step.seconds)
    }
    busyRatio.record(step.busySeconds, over: step.onlineSeconds)
    firstResponseMean.record(step.firstResponseSeconds, over: Double(step.firstResponses))
    guard let known = step.knownOfBound else { return }
    arrivalCount += step.arrivals
    knownCount = (knownCount ?? 0) + known
    within.record(Double(step.withinBound), over: Double(known))
  }
}

/// How many customers are still without an answer after a time, over replications.
struct WaitCurve: Sendable, Equatable, Codable {
  /// The usual times in nanoseconds: ten for each power of ten, from 1 s to 11 days.
  private static let usual: [Int64] = {
    let steps: [Int64] = [100, 125, 160, 200, 250, 315, 400, 500, 630, 800]
    var result: [Int64] = []
    var scale: Int64 = 10_000_000
    for _ in 0..<6 {
      result += steps.map { $0 * scale }
      scale *= 10
    }
    return result + [100 * scale]
  }()

  /// The times of the points in nanoseconds: the usual ones and those that goals ask about.
  let points: [Int64]

  /// Share of the conversations without a first response after each time, of those of which that is
  /// known: what `first_response.within` leaves of all.
  private(set) var unanswered: [RunningRatio]

  /// The same among those answered at all; it ends at nought.
  private(set) var tail: [RunningRatio]

  /// A curve of no replication yet, with points where `metrics` have bounds.
  init(_ metrics: [MetricReference]) {
    let bounds = metrics.compactMap { metric -> Int64? in
      guard metric.metric == .firstResponse, metric.scope == nil, !metric.isOffice,
        case .within(let bound) = metric.statistic, bound >= Self.usual[0]
      else { return nil }
      return bound
    }
    points = Set(Self.usual + bounds).sorted()
    unanswered = Array(repeating: RunningRatio(), count: points.count)
    tail = unanswered
  }

  mutating func add(_ result: ReplicationResult) {
    let times = result.times.firstResponse
    guard result.all.conversations > 0 else { return }
    let fates = result.fates.known(
      .firstResponse, times, conversations: result.all.conversations, onePerConversation: true,
      within: points)
    let answered = Double(times.count)
    for (index, count) in times.counts(within: points).enumerated() {
      let (within, known) = (fates[index].within, fates[index].known)
      unanswered[index].record(max(0, known - max(0, within)), over: known)
      tail[index].record(max(0, answered - count), over: answered)
    }
  }
}

/// What moves brought, per conversation, over replications.
struct MoveSummary: Sendable, Equatable, Codable {
  /// Moves after which work started sooner than the agent left would have started.
  var sooner = RunningRatio()
  /// Moves after which it started no sooner.
  var noSooner = RunningRatio()
  /// Moves that nobody can judge: no agent was left who would have answered, or none came until the end.
  var unjudged = RunningRatio()
  /// Those of all of them that went to an agent who had the conversation before.
  var back = RunningRatio()

  mutating func add(_ counts: ConversationCounts) {
    let all = Double(counts.conversations)
    sooner.record(Double(counts.movesSooner), over: all)
    noSooner.record(Double(counts.movesNoSooner), over: all)
    unjudged.record(Double(counts.movesUnjudged), over: all)
    back.record(Double(counts.movesBack), over: all)
  }
}
