import Statistics

/// What a history says about each quantity of a scenario, as observations to be fitted.
struct Quantities: Sendable {
  /// Work per answer.
  var work: [Observation] = []
  /// The conversation of each of them, as its position in the history; -1 for none.
  var workRows: [Int32] = []
  /// The same by team, in the order of the teams; empty where there is one.
  var workOfTeams: [[Observation]] = []
  /// What the work times are, in words.
  var workIs = WorkMeaning.replies
  /// Work after the last answer, where it is seen.
  var wrapUp: [Observation] = []
  /// From an answer to the next question.
  var thinkTime: [Observation] = []
  /// By population; one without a name where the file has none.
  var populations: [Population] = []

  /// How often somebody wrote again, but so late that it counts as an arrival.
  var laterReturns = 0

  /// What the observations of work are.
  enum WorkMeaning: Sendable, Equatable {
    /// From the begin of the work to the closing.
    case services
    /// Answers by agents who had nothing else open.
    case idleAgents
    /// Answers, by the order in which each agent's conversations came.
    case replies
    /// From the question to the answer, the waiting with it.
    case responses
    /// From taking up to closing, idle hours with it: nobody is known to have worked all that time.
    case nothing
  }

  /// One kind of contact.
  struct Population: Sendable {
    /// The name; empty where the file has none.
    public var name: String
    /// When conversations opened that are nobody's return, in milliseconds.
    public var openings: [Int64] = []
    /// How long contacts would wait; censored for all who were answered.
    public var patience: [Observation] = []
    /// How many gave up.
    public var gaveUp = 0
    /// Questions of each conversation.
    public var questions: [Int] = []
    /// From a closing to the next conversation of the same contact; censored where there was none.
    public var returns: [Observation] = []
    /// Conversations that are returns.
    var returned = 0
    /// Conversations by channel, the last for those without one.
    public var channels: [Int]
  }

  /// So many exact observations of agents with nothing else to do are preferred to all others.
  static let enoughIdle = 100

  init(
    _ history: History, _ finder: SpellFinder?, _ attention: AttentionFit?, _ frame: RunFrame,
    _ teams: TeamFit
  ) {
    let count = max(1, history.populations.count)
    populations = (0..<count).map { place in
      Population(
        name: place < history.populations.count ? history.populations[place] : "",
        channels: [Int](repeating: 0, count: history.channels.count + 1))
    }
    let unit = Double(history.resolution) / 1_000
    var started = history.conversations.map(\.started)
    takeWork(history, finder, attention, unit, teams, &started)
    takeCourse(history, unit)
    takePatience(history, started, unit)
    takeArrivals(history, frame, unit)
  }

  func place(of row: PastConversation) -> Int {
    min(max(0, Int(row.population)), populations.count - 1)
  }

  /// A length between two times of the file.
  static func length(_ from: Int64, _ to: Int64, _ unit: Double) -> Observation {
    .difference(Double(max(0, to - from)) / 1_000, cutTo: unit)
  }

  // MARK: - Work

  private mutating func takeWork(
    _ history: History, _ finder: SpellFinder?, _ attention: AttentionFit?, _ unit: Double,
    _ teams: TeamFit, _ started: inout [Int64]
  ) {
    let rows = history.conversations
    guard let finder, let attention else {
      takeWorkOfNobody(history, unit)
      return
    }
    var tally = SpellWalk.Tally()
    var walk = attention.walk
    // Whoever has a service in hand works on it.
    if finder.kind == .service, case .shared(let speeds) = attention.attention {
      walk = SpellWalk(slots: Int.max, speeds: speeds)
    }
    if finder.kind == .service, case .parallel = attention.attention {
      walk = SpellWalk(slots: Int.max, speeds: (1...10_000).map { Double($0) })
    }
    let teamOf = teams.teamOfAgent(count: history.agents.count)
    var idle = [WorkTally](repeating: WorkTally(), count: teams.teams.count)
    var all = idle
    let unanswered = finder.unanswered(history)
    for agent in finder.byAgent.indices {
      let spells = finder.byAgent[agent] + unanswered[agent]
      let team = max(0, teamOf[agent])
      let outcomes = walk.walk(spells, &tally)
      for (spell, outcome) in zip(spells, outcomes) {
        started[spell.row] = outcome.started
        guard spell.done != PastConversation.never, !rows[spell.row].gaveUp else { continue }
        let length =
          attention.attention == .serial && finder.kind == .service
          ? Double(spell.done - spell.from) : outcome.work
        let seen = Observation.difference((length).rounded() / 1_000, cutTo: unit)
        all[team].add(seen, of: spell.row)
        if spell.others == 0 { idle[team].add(seen, of: spell.row) }
      }
    }
    let idleCount = idle.reduce(0) { $0 + $1.seen.count }
    let allCount = all.reduce(0) { $0 + $1.seen.count }
    if finder.kind == .service {
      take(all, .services)
    } else if idleCount >= Self.enoughIdle || 2 * idleCount >= allCount {
      take(idle, .idleAgents)
    } else {
      take(all, .replies)
    }
  }

  /// Observations of work and the conversations that they are of.
  private struct WorkTally {
    var seen: [Observation] = []
    var rows: [Int32] = []

    mutating func add(_ observation: Observation, of row: Int) {
      seen.append(observation)
      rows.append(Int32(row))
    }
  }

  private mutating func take(_ teams: [WorkTally], _ meaning: WorkMeaning) {
    workIs = meaning
    workOfTeams = teams.count == 1 ? [] : teams.map(\.seen)
    work = teams.count == 1 ? teams[0].seen : teams.flatMap(\.seen)
    workRows = teams.count == 1 ? teams[0].rows : teams.flatMap(\.rows)
  }

  /// Without names of agents: services, or responses with the waiting in them.
  private mutating func takeWorkOfNobody(_ history: History, _ unit: Double) {
    for (place, row) in history.conversations.enumerated() where !row.gaveUp {
      if row.started != PastConversation.never, row.closed != PastConversation.never {
        work.append(Self.length(row.started, row.closed, unit))
        workRows.append(Int32(place))
        workIs = .services
      }
    }
    guard work.isEmpty else { return }
    workIs = .responses
    for (place, row) in history.conversations.enumerated()
    where row.responded != PastConversation.never {
      work.append(Self.length(row.opened, row.responded, unit))
      workRows.append(Int32(place))
    }
    for gap in history.exchange?.laterResponses ?? [] {
      work.append(Self.length(0, gap, unit))
      workRows.append(-1)
    }
    if work.isEmpty { workIs = .nothing }
  }

  // MARK: - The course of conversations

  private mutating func takeCourse(_ history: History, _ unit: Double) {
    for row in history.conversations {
      if let wrap = row.wrapUp { wrapUp.append(Self.length(0, wrap, unit)) }
      if row.responses > 0, !row.gaveUp,
        history.kind == .messages || row.closed != PastConversation.never
      {
        populations[place(of: row)].questions.append(Int(row.responses))
      }
    }
    if let gaps = history.exchange?.thinkTimes {
      thinkTime = gaps.map { Self.length(0, $0, unit) }
      return
    }
    // Of two answers the mean response is known, so what is left of the time is thinking.
    let after = wrapUpIsWork ? typicalWrapUp : 0
    for row in history.conversations
    where row.responses == 2 && row.incoming == 2 && !row.gaveUp && row.closer >= 0 {
      guard row.closed != PastConversation.never, row.averageResponse != PastConversation.never
      else { continue }
      let rest = row.closed - row.opened - 2 * row.averageResponse - after
      // The mean was cut to a whole second, so twice it lacks up to two.
      let seconds = Double(rest) / 1_000 - 1
      thinkTime.append(.between(max(0, seconds - 2), max(1, seconds + 2)))
    }
  }

  /// Whether the time from the last answer to the closing looks like work.
  ///
  /// It does if nine of ten are closed within ten minutes; who closes hours later has waited whether
  /// anything comes.
  var wrapUpIsWork: Bool {
    guard wrapUp.count >= 10 else { return false }
    return wrapUp.count { $0.high <= 600 } * 10 >= wrapUp.count * 9
  }

  private var typicalWrapUp: Int64 {
    let sorted = wrapUp.map { $0.low + ($0.high - $0.low) / 2 }.sorted()
    guard !sorted.isEmpty else { return 0 }
    return Int64(sorted[sorted.count / 2] * 1_000)
  }
}
