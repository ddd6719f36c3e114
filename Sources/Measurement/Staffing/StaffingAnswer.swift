/// What is asked of a grid of agents, hours and times, and what was found out besides it.
public struct StaffingAnswer: Sendable {
  /// The share to be answered, from 0 to 1.
  public var share: Double
  /// The place of the time in the grid's bounds.
  public var bound: Int
  /// The place of the way of assigning among `ways`.
  public var way: Int
  /// The names of all ways.
  public var ways: [String]
  /// The team whose agents are counted; nil where there is one team.
  public var team: String?
  /// How many it has in the scenario.
  public var present: Int
  /// What the grid is; nil while it is not known.
  public var grid: StaffingGrid?
  /// The times that may be asked for, in seconds.
  public var bounds: [Double]
  /// What formulas say; nil where they do not apply.
  public var formulas: StaffingFormulasAnswer?
  /// What came of the plan run as one day; nil before.
  public var day: StaffingDay?
  /// Whether the day covers the first of several.
  public var isFirstDay: Bool

  /// A question, with nothing known yet.
  public init(
    share: Double, bound: Int, way: Int, ways: [String], team: String?, present: Int,
    bounds: [Double], isFirstDay: Bool
  ) {
    self.share = share
    self.bound = bound
    self.way = way
    self.ways = ways
    self.team = team
    self.present = present
    self.bounds = bounds
    self.isFirstDay = isFirstDay
  }

  /// The time in seconds.
  public var within: Double { bounds[bound] }
}

/// What formulas ask for in each period.
public struct StaffingFormulasAnswer: Sendable, Equatable {
  /// Erlang C, one conversation at a time, in each period; nil where there is no number.
  public var single: [Int?]
  /// Erlang C with the gain from several at once; nil where nobody works on several.
  public var several: [Int?]?
  /// How much an agent with all conversations in hand does in the time of one.
  public var gain: Double
  /// The most conversations that an agent works on at once.
  public var slots: Int
  /// The share of replies that are written within the time at all; nil where no formula tells.
  public var ceiling: Double?
  /// Answers a conversation.
  public var answers: Double
  /// Seconds of writing an answer, on average.
  public var writing: Double
  /// From the return to the next absence, and how long one lasts, in seconds; nil without absences.
  public var away: Away?

  /// Absences.
  public struct Away: Sendable, Equatable {
    /// From the return to the next absence.
    public var after: Double
    /// How long one lasts.
    public var length: Double

    /// Names both means.
    public init(after: Double, length: Double) {
      self.after = after
      self.length = length
    }
  }

  /// What formulas ask for.
  public init(
    single: [Int?], several: [Int?]?, gain: Double, slots: Int, ceiling: Double?,
    answers: Double, writing: Double, away: Away?
  ) {
    self.single = single
    self.several = several
    self.gain = gain
    self.slots = slots
    self.ceiling = ceiling
    self.answers = answers
    self.writing = writing
    self.away = away
  }
}

/// What came of a plan that was run as one day, on customers that it was not chosen by.
public struct StaffingDay: Sendable, Equatable {
  /// How many runs.
  public var runs: Int
  /// The share of the whole day.
  public var whole: StaffingReach
  /// The share of each period.
  public var periods: [StaffingReach]

  /// What came of a day.
  public init(runs: Int, whole: StaffingReach, periods: [StaffingReach]) {
    self.runs = runs
    self.whole = whole
    self.periods = periods
  }
}
