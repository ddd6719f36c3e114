/// What one replication found: sums from which every metric follows.
public struct ReplicationResult: Sendable, Equatable, Codable {
  /// Which replication it was.
  public var replication: Int

  /// All counted conversations, those still open at the end included.
  public var all: ConversationCounts

  /// The closed ones alone: what the platform's own reports look at.
  public var closed: ConversationCounts

  /// Counted conversations open at the end that nobody has.
  var unassignedAtEnd = 0

  /// Counted conversations open at the end that need an agent and have nobody working on them.
  var waitingAtEnd = 0

  /// What nobody did of the counted conversations.
  public var undone = UndoneWork()

  /// All times that have ended.
  public var times: Times

  /// The same on the office clock, if somebody asked.
  var officeTimes: Times?

  /// The times of closed conversations, if somebody asked.
  var closedTimes: Times?

  /// The times of closed conversations on the office clock, if somebody asked.
  var closedOfficeTimes: Times?

  /// What became of those whom no time ended in good time.
  public var fates: Fates

  /// The same on the office clock, if somebody asked.
  var officeFates: Fates?

  /// The same of closed conversations, if somebody asked.
  var closedFates: Fates?

  /// The same of closed conversations on the office clock, if somebody asked.
  var closedOfficeFates: Fates?

  /// The time measured, from the end of the warm-up, in seconds.
  public var seconds = 0.0

  /// Open conversations times seconds.
  var openSeconds = 0.0

  /// Waiting conversations times seconds.
  public var waitingSeconds = 0.0

  /// Agents online times seconds.
  public var onlineSeconds = 0.0

  /// Agents working times seconds.
  public var busySeconds = 0.0

  /// What the agents' shifts cost; nothing if nobody costs anything.
  public var cost: Double?

  /// What is counted only where the scenario has such things.
  public var occasional: OccasionalCounts?

  /// Each agent.
  public var agents: [AgentResult]

  /// The parts of the conversations that somebody asked for.
  public var parts: [PartResult] = []

  /// Each population.
  public var populations: [SegmentCounts]

  /// Each channel.
  public var channels: [SegmentCounts]

  /// The steps of the whole run, the warm-up included.
  public var steps: [StepResult]

  /// What opened for each team in the steps after the warm-up, how many of its agents were online and
  /// busy, and how long first responses took; empty where there is one team or none.
  public var teams: [[StepResult]] = []

  init(
    replication: Int, all: ConversationCounts, closed: ConversationCounts, times: Times,
    agents: [AgentResult], fates: Fates, populations: [SegmentCounts], channels: [SegmentCounts],
    steps: [StepResult]
  ) {
    self.replication = replication
    self.all = all
    self.closed = closed
    self.times = times
    self.agents = agents
    self.fates = fates
    self.populations = populations
    self.channels = channels
    self.steps = steps
  }

  /// Counted conversations that are still open.
  var openAtEnd: Int { all.conversations - closed.conversations }

  /// Conversations open at once, on average.
  public var openMean: Double? { seconds > 0 ? openSeconds / seconds : nil }
}

/// What one replication found of a part of the conversations.
public struct PartResult: Sendable, Equatable, Codable {
  /// The part.
  public var scope: MetricScope
  /// The counts and times of its conversations; nothing of agents, levels and steps.
  public var result: ReplicationResult
}

/// What one agent did in one replication.
public struct AgentResult: Sendable, Equatable, Codable {
  /// Conversations in which the agent wrote.
  public var conversations = 0
  /// Messages of the agent.
  public var replies = 0
  /// What nobody did of the conversations that this agent had when they ended, or has at the end.
  public var undone = UndoneWork()
  /// Time online.
  public var onlineSeconds = 0.0
  /// Time working.
  public var busySeconds = 0.0
  /// Time on shift.
  var shiftSeconds = 0.0
  /// Open conversations assigned to the agent, on average over time.
  public var openMean = 0.0
  /// The most of them at once.
  var openMaximum = 0
  /// Conversations that came from another agent.
  public var reassignedIn = 0
  /// Conversations that went to another agent.
  public var reassignedOut = 0
  /// First responses by the agent.
  var firstResponses = 0
  /// The sum of their lengths.
  var firstResponseSeconds = 0.0

  /// An agent who did nothing.
  public init() {}

  /// The share of online time spent working; nothing if never online.
  public var busyRatio: Double? { onlineSeconds > 0 ? busySeconds / onlineSeconds : nil }

  /// The mean length of the agent's first responses; nothing without any.
  public var firstResponseMean: Double? {
    firstResponses > 0 ? firstResponseSeconds / Double(firstResponses) : nil
  }
}

/// One step of the timeline in one replication.
public struct StepResult: Sendable, Equatable, Codable {
  /// The length of the step; less than the usual one at the end of the run.
  public var seconds = 0.0
  /// Conversations opened in it.
  public var arrivals = 0
  /// Open conversations times seconds.
  var openSeconds = 0.0
  /// Those of them that somebody has, times seconds.
  var assignedSeconds = 0.0
  /// Those of them that nobody has, times seconds.
  var unassignedSeconds = 0.0
  /// Waiting conversations times seconds.
  public var waitingSeconds = 0.0
  /// Agents online times seconds.
  public var onlineSeconds = 0.0
  /// Agents working times seconds.
  public var busySeconds = 0.0
  /// First responses of the conversations opened in it, whenever they came.
  var firstResponses = 0
  /// The sum of their lengths.
  var firstResponseSeconds = 0.0
  /// Conversations opened in it that were answered within the bound of the plan, before the customer
  /// gave up.
  public var withinBound = 0
  /// Those of which is known whether they were; nil if the plan has no bound.
  public var knownOfBound: Int?

  /// A step in which nothing happened.
  public init() {}
}
