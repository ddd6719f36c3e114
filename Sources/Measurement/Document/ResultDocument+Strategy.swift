extension ResultDocument {
  /// What one strategy did.
  public struct Strategy: Codable, Sendable, Equatable {
    /// The strategy's name in the scenario.
    public var name: String
    /// How it assigns, in a few plain words.
    public var description: String
    /// Its parameters as `name=value`, in file order.
    public var parameters: [String]
    /// The goals in their order.
    public var goals: [GoalOutcome]
    /// Every metric, in the order of the document's metrics.
    public var values: [MetricValue]
    /// The load of each agent, in team order.
    public var agents: [AgentRow]
    /// The simulated time in equal steps.
    public var timeline: [TimelineRow]
    /// How long customers waited for the first answer.
    public var waits: WaitCurves?
    /// What moving conversations brought.
    public var moves: Moves?
    /// What each population met with; nil where there is only one.
    public var populations: [PopulationRow]?
    /// Where and when more work comes in than the agents can do; nil if nowhere.
    public var overload: Overload?
    /// The platform's reports of its first run; nil in older results.
    public var reports: Reports?

    // In the order in which a file has them: some are long, and none has to be moved.
    private enum CodingKeys: String, CodingKey {
      case agents, description, goals, moves, name, overload, parameters, populations, reports
      case timeline, values, waits
    }

    /// Puts the parts together.
    public init(
      name: String, description: String = "", parameters: [String] = [], goals: [GoalOutcome] = [],
      values: [MetricValue], agents: [AgentRow] = [], timeline: [TimelineRow] = [],
      waits: WaitCurves? = nil, moves: Moves? = nil, overload: Overload? = nil
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

  /// More work comes in than the agents can do.
  public struct Overload: Codable, Sendable, Equatable {
    /// By how much the number of waiting conversations grows in an hour; nil if it does not.
    public var growthPerHour: Double?
    /// The teams and hours that have more work than time; one over all counted time spans from the
    /// end of the warm-up to the end of the run.
    public var places: [Place]

    /// One team in one stretch of time.
    public struct Place: Codable, Sendable, Equatable {
      /// The team; nil for everybody.
      public var team: String?
      /// Start in seconds since the start of the run.
      public var from: Double
      /// End in seconds since the start of the run.
      public var to: Double
      /// Agents that the work offered would keep busy.
      public var offered: Double
      /// Agents there to do it, on average.
      public var available: Double
      /// From how many agents on it would not be, in the fullest of its hours; nil if not known.
      public var enough: Int?

      /// Puts the parts together.
      public init(
        team: String? = nil, from: Double, to: Double, offered: Double, available: Double,
        enough: Int? = nil
      ) {
        self.team = team
        self.from = from
        self.to = to
        self.offered = offered
        self.available = available
        self.enough = enough
      }
    }

    /// Puts the parts together.
    public init(growthPerHour: Double? = nil, places: [Place] = []) {
      self.growthPerHour = growthPerHour
      self.places = places
    }
  }

  /// The load of one agent, means over runs.
  public struct AgentRow: Codable, Sendable, Equatable {
    /// The agent's name.
    public var agent: String
    /// The agent's team.
    public var team: String
    /// The user's number in the platform's export of conversations; nil in older results.
    public var number: Int?
    /// The team's number there; nil without a team.
    public var teamNumber: Int?
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

    // In the order in which a file has them: there may be a hundred thousand, and none has to be put in order.
    private enum CodingKeys: String, CodingKey {
      case agent, busy, busyRatio, busyRatioHalfWidth, conversations, conversationsHalfWidth
      case firstResponseMean, number, online, openMax, openMean, reassignedIn, reassignedOut
      case replies, team, teamNumber
    }
  }

  /// What the timelines of all strategies share.
  public struct TimelineFrame: Codable, Sendable, Equatable {
    /// Seconds in a step.
    public var step: Double
    /// The metric of `TimelineRow.within`, such as `first_response.within(5 min)`.
    public var withinMetric: String?
  }

  /// One step of the simulated time, means over runs.
  public struct TimelineRow: Codable, Sendable, Equatable {
    /// Seconds since the start.
    public var start: Double
    /// What the workspace's clock shows then, such as `2026-11-23 09:00`; nil in older results.
    public var startClock: String?
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
    /// Open contacts that somebody has, time average; nil in older results.
    public var assigned: Estimate?
    /// Open contacts that nobody has, time average; nil in older results.
    public var unassigned: Estimate?
    /// Of the conversations opened in the step, the share whose fate the frame's metric knows; nil without any.
    public var known: Double?

    /// Puts the parts together.
    public init(
      start: Double, arrivals: Estimate, open: Estimate, waiting: Estimate, agentsOnline: Estimate,
      busyRatio: Estimate, firstResponse: Estimate, within: Estimate? = nil,
      known: Double? = nil
    ) {
      self.start = start
      self.arrivals = arrivals
      self.open = open
      self.waiting = waiting
      self.agentsOnline = agentsOnline
      self.busyRatio = busyRatio
      self.firstResponse = firstResponse
      self.within = within
      self.known = known
    }
  }
}
