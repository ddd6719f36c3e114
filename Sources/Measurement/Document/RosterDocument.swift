/// What `plan --roster` found: shifts with their numbers, periods with what becomes of the goal in them.
public struct RosterDocument: Codable, Sendable, Equatable {
  /// What was asked, of what, and how to repeat it.
  public var head: StudyHead
  /// The goal that every period must meet, as it was written.
  public var goal: String
  /// The share that must be answered in time, 0 to 1.
  public var share: Double
  /// In what time, in seconds.
  public var bound: Double
  /// How sure the answer is of each period, such as 0.95.
  public var level: Double
  /// The team whose agents have the shifts.
  public var team: String
  /// The length of a period in seconds.
  public var periodLength: Int
  /// When the first period begins on the clock on the wall, in seconds since 1970-01-01 00:00 there.
  public var start: Int
  /// Whether the periods are a whole week.
  public var isWeek: Bool
  /// The shifts, in the order of the file.
  public var shifts: [Shift]
  /// The periods, in the order of the clock.
  public var periods: [Period]
  /// Whether customers that the search had not seen confirm every period.
  public var isConfirmed: Bool
  /// How often a roster was tried on such customers.
  public var confirmations: Int
  /// How often the integer program was solved.
  public var solved: Int
  /// Cuts that simulation added to it.
  public var cuts: Int
  /// Runs behind the shares of the periods.
  public var runsOfPeriods: Int

  /// Puts the parts together.
  public init(
    head: StudyHead, goal: String, share: Double, bound: Double, level: Double, team: String,
    periodLength: Int,
    start: Int, isWeek: Bool, shifts: [Shift], periods: [Period], isConfirmed: Bool,
    confirmations: Int, solved: Int, cuts: Int, runsOfPeriods: Int
  ) {
    self.head = head
    self.goal = goal
    self.share = share
    self.bound = bound
    self.level = level
    self.team = team
    self.periodLength = periodLength
    self.start = start
    self.isWeek = isWeek
    self.shifts = shifts
    self.periods = periods
    self.isConfirmed = isConfirmed
    self.confirmations = confirmations
    self.solved = solved
    self.cuts = cuts
    self.runsOfPeriods = runsOfPeriods
  }

  /// A shift and how many agents have it.
  public struct Shift: Codable, Sendable, Equatable {
    /// The name in the file.
    public var name: String
    /// The days on which it begins, 0 for Monday to 6 for Sunday.
    public var days: [Int]
    /// The stretches of work in minutes after the midnight before it begins; beyond 1,440 is the next day.
    public var work: [Stretch]
    /// What one agent costs each time it is worked.
    public var cost: Double
    /// The most agents who can be given it.
    public var atMost: Int
    /// How many agents have it.
    public var agents: Int
    /// How many an Erlang C calculator would have given it; nil if that is not known.
    public var formulaAgents: Int?
    /// What one agent fewer would do; nil where there is none to take away, or it was not tried.
    public var oneFewer: Neighbour?

    /// Puts the parts together.
    public init(
      name: String, days: [Int], work: [Stretch], cost: Double, atMost: Int, agents: Int,
      formulaAgents: Int? = nil, oneFewer: Neighbour? = nil
    ) {
      self.name = name
      self.days = days
      self.work = work
      self.cost = cost
      self.atMost = atMost
      self.agents = agents
      self.formulaAgents = formulaAgents
      self.oneFewer = oneFewer
    }

    /// Work each time it is worked, breaks left out, in minutes.
    public var minutes: Int { work.reduce(0) { $0 + $1.to - $1.from } }
    /// What one agent costs a week.
    public var costPerWeek: Double { cost * Double(days.count) }
    /// What one agent works a week, in hours.
    public var hoursPerWeek: Double { Double(minutes * days.count) / 60 }
  }

  /// Minutes from and to, counted from a midnight.
  public struct Stretch: Codable, Sendable, Equatable {
    /// Its start.
    public var from: Int
    /// Its end.
    public var to: Int

    /// A stretch.
    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// What one agent fewer in a shift does to the periods that are judged.
  public struct Neighbour: Codable, Sendable, Equatable {
    /// Periods that then miss the goal.
    public var missed: Int
    /// Periods that are then not known to meet it.
    public var inconclusive: Int
    /// Runs behind it.
    public var runs: Int

    /// Puts the counts together.
    public init(missed: Int, inconclusive: Int, runs: Int) {
      self.missed = missed
      self.inconclusive = inconclusive
      self.runs = runs
    }
  }

  /// What a period is to the search.
  public enum Kind: String, Codable, Sendable {
    /// The goal must be met in it.
    case judged
    /// No shift works in it.
    case uncovered
    /// Too few write in it to judge a share.
    case quiet
    /// Nobody writes in it, or it is not part of the run.
    case idle
  }

  /// A period of the week.
  public struct Period: Codable, Sendable, Equatable {
    /// What it is to the search.
    public var kind: Kind
    /// Conversations opened in it, on average over runs.
    public var arrivals: Double
    /// What Erlang C asks for in it.
    public var formulaNeeds: Int
    /// Agents who have it in their shifts, on average over the period.
    public var agents: Double
    /// What becomes of the goal.
    public var share: Share
    /// Agents of the calculator's roster; nil if that is not known.
    public var formulaAgents: Double?
    /// What becomes of the goal with them.
    public var formulaShare: Share?
    /// Whether no roster of these shifts is known to keep the goal in it.
    public var isHopeless: Bool

    /// Puts the parts together.
    public init(
      kind: Kind, arrivals: Double, formulaNeeds: Int, agents: Double, share: Share,
      formulaAgents: Double? = nil, formulaShare: Share? = nil, isHopeless: Bool = false
    ) {
      self.kind = kind
      self.arrivals = arrivals
      self.formulaNeeds = formulaNeeds
      self.agents = agents
      self.share = share
      self.formulaAgents = formulaAgents
      self.formulaShare = formulaShare
      self.isHopeless = isHopeless
    }
  }

  /// The share answered in time in a period, with its interval.
  public struct Share: Codable, Sendable, Equatable {
    /// The share; nil where nobody wrote.
    public var value: Double?
    /// The lower end of its interval.
    public var low: Double?
    /// The upper end.
    public var high: Double?
    /// What became of the goal.
    public var result: Measurement.Goal.Outcome

    /// Puts the parts together.
    public init(
      value: Double?, low: Double?, high: Double?, result: Measurement.Goal.Outcome
    ) {
      self.value = value
      self.low = low
      self.high = high
      self.result = result
    }
  }
}
