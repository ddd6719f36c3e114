public import Statistics

/// Everything that a history says about a scenario, fitted.
public struct HistoryFit: Sendable {
  /// What was read.
  public let history: History
  /// What a run covers.
  public let frame: RunFrame
  /// Who worked when.
  public let shifts: ShiftFit
  /// Who answers whom.
  public let teams: TeamFit
  /// Work per answer of each team; empty where there is one.
  let workOfTeams: [TimeFit?]
  /// How many conversations at once; nil if the file does not say who answered.
  public let attention: AttentionFit?
  /// How conversations came to agents.
  public let assignment: AssignmentFit
  /// What the times of work are.
  let workIs: Quantities.WorkMeaning
  /// How many of them there are.
  let workCount: Int
  /// How many times from the last answer to the closing are seen.
  let wrapUpCount: Int
  /// Work per answer; nil if no row says anything about it.
  public let work: TimeFit?
  /// What must be said of work where populations share their agents and differ in it; nil where not.
  let workRemark: String?
  /// Work after the last answer; nil if it is not seen.
  public let wrapUp: TimeFit?
  /// How long absences are; nil where they are not seen.
  public let away: TimeFit?
  /// From one absence to the next on average, in seconds.
  let awayAfter: Double?
  /// From an answer to the next question.
  public let thinkTime: TimeFit?
  /// The kinds of contacts.
  public let populations: [Population]
  /// How often somebody wrote again, but so late that it counts as an arrival.
  let laterReturns: Int
  /// What channels that became populations differ in, in words; empty where none did.
  public let channelTraits: [String]
  /// Whether populations differ in their patience and in their questions.
  let laws: SharedLaws
  /// How many conversations were in hand at once where nobody's name is known; nil where names are.
  let nameless: Int?

  /// One kind of contact, fitted.
  public struct Population: Sendable {
    /// The name.
    public let name: String
    /// When conversations open; nil where no day has enough.
    public let arrivals: ArrivalFit?
    /// How many openings that rests on.
    public let openings: Int
    /// How long an answer is waited for; nil if the file does not say who gave up.
    public let patience: TimeFit?
    /// How many gave up, of all that share the patience.
    public let gaveUp: Int
    /// Questions of a conversation; nil where they are not counted.
    public let questions: CountFit?
    /// Who writes again soon after a closing; nil if nobody does, or it cannot be told.
    public let returns: Returns?
    /// Conversations by channel, the last for those without one.
    public let channels: [Int]
  }

  /// Who writes again.
  public struct Returns: Sendable {
    /// The share of closings that another conversation follows within a run, with its interval.
    public let chance: ConfidenceInterval
    /// How long after.
    public let after: TimeFit
    /// How many returns.
    public let count: Int
  }

  /// Fits everything.
  public init(_ history: History, seed: UInt64) {
    let frame = RunFrame(history)
    let shifts = ShiftFit(history)
    let finder = SpellFinder(history)
    let attention = finder.map { AttentionFit($0) }
    let members = shifts.members.filter { !$0.hours.isEmpty }.map(\.agent)
    let division = ChannelDivision(history) { fine in
      Quantities(fine, finder, attention, frame, TeamFit(fine, members: members))
    }
    let history = division.history
    self.history = history
    (self.frame, self.shifts, self.attention) = (frame, shifts, attention)
    channelTraits = division.traits.map(\.rawValue)
    assignment = AssignmentFit(history)
    teams = TeamFit(history, members: members)
    let quantities = Quantities(history, finder, attention, frame, teams)
    workIs = quantities.workIs
    workCount = quantities.work.count
    laterReturns = quantities.laterReturns
    wrapUpCount = quantities.wrapUp.count
    work = TimeFit(quantities.work, name: "reply time", seed: seed)
    workOfTeams = zip(quantities.workOfTeams, teams.teams).map { observations, team in
      TimeFit(
        observations, name: "reply time of " + Self.name(team, history), seed: seed)
    }
    let allTeams = teams
    let pauses = finder.map { AbsenceFit(history, $0, allTeams) }
    let seen = pauses?.wrapUps ?? []
    if seen.count >= 20 {
      wrapUp = TimeFit(seen, name: "wrap up", seed: seed)
    } else {
      wrapUp =
        quantities.wrapUpIsWork ? TimeFit(quantities.wrapUp, name: "wrap up", seed: seed) : nil
    }
    awayAfter = pauses?.after
    away = pauses.flatMap { pauses in
      pauses.after == nil ? nil : TimeFit(pauses.absences, name: "away", seed: seed)
    }
    thinkTime =
      quantities.thinkTime.count >= 10
      ? TimeFit(quantities.thinkTime, name: "think time", seed: seed) : nil
    let days = Self.days(history)
    let laws = SharedLaws(quantities.populations, seed: seed)
    self.laws = laws
    populations = quantities.populations.indices.map {
      Self.fit(
        quantities.populations, $0, laws, days: days, cut: history.resolution, seed: seed)
    }
    workRemark = teams.isDivided ? nil : WorkRemark(history, quantities)?.text
    nameless = finder == nil ? Self.peak(history) : nil
  }

  /// A team is called by its largest population.
  static func name(_ team: TeamFit.Team, _ history: History) -> String {
    let first = team.populations.first ?? 0
    return first < history.populations.count ? history.populations[first] + " agents" : "agents"
  }

  /// The name of a team in the scenario.
  func name(of team: TeamFit.Team) -> String {
    teams.isDivided ? Self.name(team, history) : "agents"
  }

  private static func fit(
    _ populations: [Quantities.Population], _ place: Int, _ laws: SharedLaws,
    days: ClosedRange<Int>?, cut: Int64, seed: UInt64
  ) -> Population {
    let population = populations[place]
    let name = population.name.isEmpty ? "contacts" : population.name
    let suffix = populations.count == 1 ? "" : " of " + name
    return Population(
      name: name,
      arrivals: ArrivalFit(population.openings, days: days, cut: cut, seed: seed),
      openings: population.openings.count,
      patience: laws.patience[place],
      gaveUp: laws.sharesPatience[place]
        ? populations.indices.reduce(0) {
          $0 + (laws.sharesPatience[$1] ? populations[$1].gaveUp : 0)
        } : population.gaveUp,
      questions: laws.questions[place],
      returns: returns(population, name: "returns" + suffix, seed: seed),
      channels: population.channels)
  }

  /// The days that the history covers.
  static func days(_ history: History) -> ClosedRange<Int>? {
    guard let first = history.firstOpened, let last = history.lastOpened else { return nil }
    return ArrivalDays.day(of: first)...ArrivalDays.day(of: last)
  }

  private static func returns(
    _ population: Quantities.Population, name: String, seed: UInt64
  ) -> Returns? {
    // A handful of returns is chance, and a scenario is simpler without them.
    guard population.returned >= 20, let curve = KaplanMeier(LifetimeSample(population.returns)),
      let end = curve.steps.last,
      let after = TimeFit(population.returns.filter { !$0.isCensored }, name: name, seed: seed)
    else { return nil }
    let chance = ConfidenceInterval(
      estimate: 1 - end.share, low: 1 - end.high, high: 1 - end.low, level: 0.95)
    return Returns(chance: chance, after: after, count: population.returned)
  }

  /// The most conversations that were worked on, or waited for an answer, at once.
  private static func peak(_ history: History) -> Int {
    let services = history.conversations.compactMap { row -> (from: Int64, to: Int64)? in
      guard row.started != PastConversation.never, row.closed != PastConversation.never else {
        return nil
      }
      return (row.started, row.closed)
    }
    let responses = history.conversations.compactMap { row -> (from: Int64, to: Int64)? in
      row.responded == PastConversation.never ? nil : (row.opened, row.responded)
    }
    return min(10_000, Overlap.most(services.isEmpty ? responses : services))
  }
}
