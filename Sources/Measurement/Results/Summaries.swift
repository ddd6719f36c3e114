public import Statistics

/// One agent over replications: a mean and its spread for every column of `agents.csv`.
public struct AgentSummary: Sendable, Equatable, Codable {
  /// Conversations in which the agent wrote.
  public var conversations = Moments()
  /// Messages of the agent.
  public var replies = Moments()
  /// Seconds online.
  public var onlineSeconds = Moments()
  /// Seconds working.
  public var busySeconds = Moments()
  /// Share of online time spent working, of the replications with any.
  public var busyRatio = Moments()
  /// Open conversations, on average over time.
  public var openMean = Moments()
  /// The most open conversations at once.
  public var openMaximum = Moments()
  /// Conversations that came from another agent.
  public var reassignedIn = Moments()
  /// Conversations that went to another agent.
  public var reassignedOut = Moments()
  /// Mean seconds to the agent's first responses, of the replications with any.
  public var firstResponseMean = Moments()

  /// An agent in no replication yet.
  public init() {}

  mutating func add(_ agent: AgentResult) {
    conversations.record(Double(agent.conversations))
    replies.record(Double(agent.replies))
    onlineSeconds.record(agent.onlineSeconds)
    busySeconds.record(agent.busySeconds)
    if let ratio = agent.busyRatio { busyRatio.record(ratio) }
    openMean.record(agent.openMean)
    openMaximum.record(Double(agent.openMaximum))
    reassignedIn.record(Double(agent.reassignedIn))
    reassignedOut.record(Double(agent.reassignedOut))
    if let mean = agent.firstResponseMean { firstResponseMean.record(mean) }
  }
}

/// One step of the timeline over replications: every column of `timeline.csv`.
public struct StepSummary: Sendable, Equatable, Codable {
  /// Conversations opened in the step.
  public var arrivals = Moments()
  /// Open conversations, on average over the step.
  public var open = Moments()
  /// Waiting conversations, on average over the step.
  public var waiting = Moments()
  /// Agents online, on average over the step.
  public var agentsOnline = Moments()
  /// Share of online time spent working, of the replications with any.
  public var busyRatio = Moments()
  /// Mean seconds to the first response of the conversations opened in it.
  public var firstResponseMean = Moments()
  /// Share of these first responses within the plan's bound.
  public var within = Moments()

  /// A step of no replication yet.
  public init() {}

  mutating func add(_ step: StepResult) {
    arrivals.record(Double(step.arrivals))
    if step.seconds > 0 {
      open.record(step.openSeconds / step.seconds)
      waiting.record(step.waitingSeconds / step.seconds)
      agentsOnline.record(step.onlineSeconds / step.seconds)
    }
    if step.onlineSeconds > 0 { busyRatio.record(step.busySeconds / step.onlineSeconds) }
    if step.firstResponses > 0 {
      let count = Double(step.firstResponses)
      firstResponseMean.record(step.firstResponseSeconds / count)
      within.record(Double(step.withinBound) / count)
    }
  }
}

/// How many customers are still without an answer after a time, over replications.
public struct WaitCurve: Sendable, Equatable, Codable {
  /// The times of the points in nanoseconds: ten for each power of ten, from 1 s to 11 days.
  public static let points: [Int64] = {
    let steps: [Int64] = [100, 125, 160, 200, 250, 315, 400, 500, 630, 800]
    var result: [Int64] = []
    var scale: Int64 = 10_000_000
    for _ in 0..<6 {
      result += steps.map { $0 * scale }
      scale *= 10
    }
    return result + [100 * scale]
  }()

  /// Share of all conversations without a first response after each time.
  public private(set) var unanswered = [Moments](repeating: Moments(), count: points.count)

  /// The same among those answered at all; it ends at nought.
  public private(set) var tail = [Moments](repeating: Moments(), count: points.count)

  /// A curve of no replication yet.
  public init() {}

  mutating func add(_ result: ReplicationResult) {
    let answered = Double(result.times.firstResponse.count)
    let all = Double(result.all.conversations)
    guard all > 0 else { return }
    let within = result.times.firstResponse.counts(within: Self.points)
    for (index, count) in within.enumerated() {
      unanswered[index].record(max(0, 1 - count / all))
      if answered > 0 { tail[index].record(max(0, 1 - count / answered)) }
    }
  }
}

/// What moves brought, per conversation, over replications.
public struct MoveSummary: Sendable, Equatable, Codable {
  /// Moves after which work started sooner than the agent left would have started.
  public var sooner = Moments()
  /// Moves after which it started no sooner.
  public var noSooner = Moments()
  /// Moves to an agent who had the conversation before.
  public var back = Moments()

  /// Moves in no replication yet.
  public init() {}

  mutating func add(_ counts: ConversationCounts) {
    guard counts.conversations > 0 else { return }
    let all = Double(counts.conversations)
    sooner.record(Double(counts.movesSooner) / all)
    noSooner.record(Double(counts.movesNoSooner) / all)
    back.record(Double(counts.movesBack) / all)
  }
}
