extension ResultDocument {
  /// How long customers waited for the first answer, as curves.
  public struct WaitCurves: Codable, Sendable, Equatable {
    /// Share of all conversations without an answer after a time; it levels out at those never answered.
    public var unanswered: [CurvePoint]
    /// The same among the answered conversations only; it ends at zero.
    public var tail: [CurvePoint]
  }

  /// A point of a curve over time.
  public struct CurvePoint: Codable, Sendable, Equatable {
    /// Seconds.
    public var time: Double
    /// The share at that time.
    public var share: Double
    /// Lower end of its interval.
    public var low: Double?
    /// Upper end of its interval.
    public var high: Double?

    /// Puts the parts together.
    public init(time: Double, share: Double, low: Double? = nil, high: Double? = nil) {
      self.time = time
      self.share = share
      self.low = low
      self.high = high
    }
  }

  /// What moving conversations between agents brought, a conversation.
  public struct Moves: Codable, Sendable, Equatable {
    /// Moves after which the answer came sooner than the agent left would have given it.
    public var helped: Estimate
    /// Moves after which it came no sooner.
    public var noSooner: Estimate
    /// Moves of which that cannot be said: nobody was left who would have answered, or neither came.
    public var unjudged: Estimate?
    /// Those of all of them that went back to an agent who had the conversation before.
    public var pingPong: Estimate
    /// Share of conversations with none, one, two and more moves; the last entry counts the rest.
    public var distribution: [Double] = []
  }

  /// Some minutes of one run, a lane for each agent.
  public struct LaneWindow: Codable, Sendable, Equatable {
    /// The strategy shown.
    public var strategy: String
    /// The run shown, counted from 1.
    public var replication: Int
    /// Start of the window in seconds since the start.
    public var from: Double
    /// End of the window in seconds since the start.
    public var to: Double
    /// Names of the agents, a lane each.
    public var agents: [String]
    /// Stretches of conversations and absences, cut to the window, in order of lane and start.
    public var spans: [LaneSpan]
    /// Conversations that changed hands in the window, in order.
    public var transfers: [LaneTransfer]
    /// Customers who gave up in the window, in order.
    public var departures: [LaneDeparture]

    /// Puts the parts together.
    public init(
      strategy: String, replication: Int, from: Double, to: Double, agents: [String],
      spans: [LaneSpan], transfers: [LaneTransfer], departures: [LaneDeparture] = []
    ) {
      self.strategy = strategy
      self.replication = replication
      self.from = from
      self.to = to
      self.agents = agents
      self.spans = spans
      self.transfers = transfers
      self.departures = departures
    }
  }

  /// A stretch of time of a conversation with one agent, or of an agent's absence.
  public struct LaneSpan: Codable, Sendable, Equatable {
    /// The lane, an index into the agents.
    public var lane: Int
    /// The conversation; nil for an absence.
    public var conversation: Int?
    /// Start in seconds since the start of the run.
    public var from: Double
    /// End in seconds since the start of the run.
    public var to: Double
    /// What happens in it.
    public var kind: LaneKind

    /// Puts the parts together.
    public init(lane: Int, conversation: Int? = nil, from: Double, to: Double, kind: LaneKind) {
      self.lane = lane
      self.conversation = conversation
      self.from = from
      self.to = to
      self.kind = kind
    }
  }

  /// What happens in a stretch of a lane.
  public enum LaneKind: String, Codable, Sendable {
    /// The customer waits for the agent.
    case waiting
    /// The agent works on an answer.
    case working
    /// The agent wraps the conversation up.
    case wrapUp = "wrap_up"
    /// The agent waits for the customer.
    case customer
    /// The agent is away.
    case away
  }

  /// A conversation that changes hands.
  public struct LaneTransfer: Codable, Sendable, Equatable {
    /// Seconds since the start of the run.
    public var at: Double
    /// The conversation.
    public var conversation: Int
    /// The lane left; nil if the agent has no lane in the window.
    public var fromLane: Int?
    /// The lane joined; nil if the agent has no lane in the window.
    public var toLane: Int?
    /// Whether the answer came sooner; nil if it is not known.
    public var helped: Bool?

    /// Puts the parts together.
    public init(
      at: Double, conversation: Int, fromLane: Int? = nil, toLane: Int? = nil, helped: Bool? = nil
    ) {
      self.at = at
      self.conversation = conversation
      self.fromLane = fromLane
      self.toLane = toLane
      self.helped = helped
    }
  }

  /// A customer who gave up.
  public struct LaneDeparture: Codable, Sendable, Equatable {
    /// Seconds since the start of the run.
    public var at: Double
    /// The conversation.
    public var conversation: Int
    /// The lane; nil if nobody had it.
    public var lane: Int?

    /// Puts the parts together.
    public init(at: Double, conversation: Int, lane: Int? = nil) {
      self.at = at
      self.conversation = conversation
      self.lane = lane
    }
  }
}

extension ResultDocument.WaitCurves {
  /// The curves of nobody.
  public init() { self.init(unanswered: [], tail: []) }
}

extension ResultDocument.Moves {
  /// No moves at all.
  public init() {
    self.init(helped: .init(), noSooner: .init(), pingPong: .init())
  }
}
