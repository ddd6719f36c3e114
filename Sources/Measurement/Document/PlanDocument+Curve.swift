extension PlanDocument {
  /// The staffing curve: agents needed in each period, and what formulas say instead.
  public struct Curve: Codable, Sendable, Equatable {
    /// The strategy.
    public var strategy: String
    /// The team whose agents are counted.
    public var team: String
    /// The length of a period in seconds.
    public var length: Double
    /// How a period is called: `hour`, `half hour`, `quarter of an hour`, `day`.
    public var noun: String
    /// Whether the days of the week differ.
    public var isWeekly: Bool
    /// The goal of every period, such as `first_response.within(5 min) >= 80%`.
    public var goal: String
    /// The bound of the goal in seconds.
    public var bound: Double
    /// The share of the goal, 0 to 1.
    public var share: Double
    /// The mean service of a conversation in seconds, by which the formulas were asked.
    public var meanService: Double
    /// The mean patience in seconds; nil where nobody gives up.
    public var meanPatience: Double?
    /// Conversations that an agent works on at once at the most.
    public var slots: Int
    /// Replications of the search.
    public var replications: Int
    /// Replications of the verification, on other customers.
    public var verification: Int
    /// The periods in order.
    public var periods: [Period]
    /// The plan found, the formulas' plans and the plan with one fewer and one more everywhere.
    public var plans: [Plan]
    /// Money for an hour of an agent; nil if agents cost nothing.
    public var costPerHour: Double?
    /// Positions of periods that no number within the limits was shown to suffice for.
    public var unmet: [Int]

    /// Puts the parts together.
    public init(
      strategy: String, team: String, length: Double, noun: String, isWeekly: Bool, goal: String,
      bound: Double, share: Double, meanService: Double, meanPatience: Double?, slots: Int,
      replications: Int, verification: Int, periods: [Period], plans: [Plan],
      costPerHour: Double?, unmet: [Int]
    ) {
      self.strategy = strategy
      self.team = team
      self.length = length
      self.noun = noun
      self.isWeekly = isWeekly
      self.goal = goal
      self.bound = bound
      self.share = share
      self.meanService = meanService
      self.meanPatience = meanPatience
      self.slots = slots
      self.replications = replications
      self.verification = verification
      self.periods = periods
      self.plans = plans
      self.costPerHour = costPerHour
      self.unmet = unmet
    }
  }

  /// A period of the day or the week.
  public struct Period: Codable, Sendable, Equatable {
    /// Its begin on the clock, such as `08:00` or `Mon 08:00`.
    public var begin: String
    /// Conversations that open in it, on average.
    public var arrivals: Double
    /// Agents needed.
    public var needed: Int
    /// What one fewer in this period alone would change on the same customers; nil where none can be taken away.
    public var fewer: Share?
    /// What one more in this period alone would change.
    public var more: Share?

    /// Puts the parts together.
    public init(
      begin: String, arrivals: Double, needed: Int, fewer: Share? = nil, more: Share? = nil
    ) {
      self.begin = begin
      self.arrivals = arrivals
      self.needed = needed
      self.fewer = fewer
      self.more = more
    }
  }

  /// The share answered in time in one period, with its 95 % interval, and what became of the goal.
  public struct Share: Codable, Sendable, Equatable {
    /// The share, 0 to 1; nil if nobody wrote.
    public var value: Double?
    /// Lower end.
    public var low: Double?
    /// Upper end.
    public var high: Double?
    /// What became of the goal.
    public var result: Measurement.Goal.Outcome

    /// Puts the parts together.
    public init(value: Double?, low: Double?, high: Double?, result: Measurement.Goal.Outcome) {
      self.value = value
      self.low = low
      self.high = high
      self.result = result
    }
  }

  /// A number of agents for each period, simulated over the whole day.
  public struct Plan: Codable, Sendable, Equatable {
    /// Whose plan it is.
    public var kind: Kind
    /// Agents in each period.
    public var agents: [Int]
    /// What became of the goal in each period.
    public var shares: [Share]
    /// Agent hours of all periods.
    public var hours: Double

    /// Whose plan it is.
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// Found by simulation.
      case needed
      /// One agent fewer in every period.
      case fewer
      /// One agent more in every period.
      case more
      /// The Erlang C formula's.
      case erlangC = "erlang_c"
      /// The Erlang A formula's.
      case erlangA = "erlang_a"
      /// The square-root rule's.
      case squareRoot = "square_root"
    }

    /// Periods in which the goal is shown to be kept.
    public var metCount: Int { shares.count { $0.result == .met } }
    /// Periods in which it is shown to be missed.
    public var missedCount: Int { shares.count { $0.result == .missed } }

    /// Puts the parts together.
    public init(kind: Kind, agents: [Int], shares: [Share], hours: Double) {
      self.kind = kind
      self.agents = agents
      self.shares = shares
      self.hours = hours
    }
  }
}
