extension ResultDocument {
  /// What one strategy did.
  public struct Strategy: Codable, Sendable, Equatable {
    /// The strategy's name in the scenario.
    public var name: String
    /// How it assigns, in a few plain words.
    public var description: String = ""
    /// Its parameters as `name=value`, in file order.
    public var parameters: [String] = []
    /// The goals in their order.
    public var goals: [GoalOutcome] = []
    /// Every metric, in the order of the document's metrics.
    public var values: [MetricValue]
    /// The load of each agent, in team order.
    public var agents: [AgentRow] = []
    /// The simulated time in equal steps.
    public var timeline: [TimelineRow] = []
    /// How long customers waited for the first answer.
    public var waits: WaitCurves?
    /// What moving conversations brought.
    public var moves: Moves?
    /// What each population met with; nil where there is only one.
    public var populations: [PopulationRow]?
    /// Why its means are not to be trusted, if a queue grows without end.
    public var overload: String?

    /// Puts the parts together.
    public init(
      name: String, description: String = "", parameters: [String] = [], goals: [GoalOutcome] = [],
      values: [MetricValue], agents: [AgentRow] = [], timeline: [TimelineRow] = [],
      waits: WaitCurves? = nil, moves: Moves? = nil, overload: String? = nil
    ) {
      self.name = name
      self.description = description
      self.parameters = parameters
      self.goals = goals
      self.values = values
      self.agents = agents
      self.timeline = timeline
      self.waits = waits
      self.moves = moves
      self.overload = overload
    }
  }

  /// The load of one agent, means over runs.
  public struct AgentRow: Codable, Sendable, Equatable {
    /// The agent's name.
    public var agent: String
    /// The agent's team.
    public var team: String
    /// Conversations handled.
    public var conversations: Double
    /// Half-width of the interval of the conversations.
    public var conversationsHalfWidth: Double?
    /// Answers sent.
    public var replies: Double
    /// Seconds online.
    public var online: Double
    /// Seconds working.
    public var busy: Double
    /// Share of online time spent working; nil if never online.
    public var busyRatio: Double?
    /// Half-width of the interval of that share.
    public var busyRatioHalfWidth: Double?
    /// Open conversations, time average.
    public var openMean: Double
    /// Most open conversations at once.
    public var openMax: Double
    /// Conversations taken over from somebody.
    public var reassignedIn: Double
    /// Conversations given to somebody.
    public var reassignedOut: Double
    /// Mean time to a first response by this agent; nil if there was none.
    public var firstResponseMean: Double?

    /// Puts the parts together.
    public init(
      agent: String, team: String, conversations: Double, conversationsHalfWidth: Double? = nil,
      replies: Double, online: Double, busy: Double, busyRatio: Double? = nil,
      busyRatioHalfWidth: Double? = nil, openMean: Double, openMax: Double, reassignedIn: Double,
      reassignedOut: Double, firstResponseMean: Double? = nil
    ) {
      self.agent = agent
      self.team = team
      self.conversations = conversations
      self.conversationsHalfWidth = conversationsHalfWidth
      self.replies = replies
      self.online = online
      self.busy = busy
      self.busyRatio = busyRatio
      self.busyRatioHalfWidth = busyRatioHalfWidth
      self.openMean = openMean
      self.openMax = openMax
      self.reassignedIn = reassignedIn
      self.reassignedOut = reassignedOut
      self.firstResponseMean = firstResponseMean
    }
  }

  /// What the timelines of all strategies share.
  public struct TimelineFrame: Codable, Sendable, Equatable {
    /// Seconds in a step.
    public var step: Double
    /// The metric of `TimelineRow.within`, such as `first_response.within(5 min)`.
    public var withinMetric: String?

    /// Puts the parts together.
    public init(step: Double, withinMetric: String? = nil) {
      self.step = step
      self.withinMetric = withinMetric
    }
  }

  /// One step of the simulated time, means over runs.
  public struct TimelineRow: Codable, Sendable, Equatable {
    /// Seconds since the start.
    public var start: Double
    /// Conversations opened in the step.
    public var arrivals: Estimate
    /// Open conversations, time average.
    public var open: Estimate
    /// Conversations that need an agent and have nobody working on them, time average.
    public var waiting: Estimate
    /// Agents online, time average.
    public var agentsOnline: Estimate
    /// Share of online time spent working.
    public var busyRatio: Estimate
    /// Mean first response time of the conversations opened in the step, in seconds.
    public var firstResponse: Estimate
    /// Share of those conversations that the frame's metric counts as in time.
    public var within: Estimate?

    /// Puts the parts together.
    public init(
      start: Double, arrivals: Estimate, open: Estimate, waiting: Estimate, agentsOnline: Estimate,
      busyRatio: Estimate, firstResponse: Estimate, within: Estimate? = nil
    ) {
      self.start = start
      self.arrivals = arrivals
      self.open = open
      self.waiting = waiting
      self.agentsOnline = agentsOnline
      self.busyRatio = busyRatio
      self.firstResponse = firstResponse
      self.within = within
    }
  }
}
