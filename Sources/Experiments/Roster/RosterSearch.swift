import Measurement
public import Scenarios
import Statistics

/// The cheapest roster that keeps a goal in every period: an integer program of covering, a simulation that
/// says which periods miss the goal, a cut for each of them, and the program again.
///
/// The search itself looks at the same customers over and over, and so it comes to fit them. What it finds is
/// therefore tried on fresh customers, which must confirm it; where they do not, they add their cuts and the
/// search goes on with twice the runs.
public struct RosterSearch: Sendable {
  /// What is asked: the share answered within a time, opened in each period.
  public struct Question: Sendable {
    /// The periods and how shifts cover them.
    public var frame: RosterFrame
    /// The shifts.
    public var roster: Roster
    /// The goal.
    public var goal: PeriodGoal
    /// How sure the answer must be of each period, such as 0.95.
    public var level: Double
    /// Runs to begin with.
    public var start: Int
    /// The most runs of one roster while it is looked for; to confirm it there may be twice as many.
    public var cap: Int

    /// Puts a question together.
    public init(
      frame: RosterFrame, roster: Roster, goal: PeriodGoal, level: Double, start: Int, cap: Int
    ) {
      self.frame = frame
      self.roster = roster
      self.goal = goal
      self.level = level
      self.start = max(2, start)
      self.cap = max(2, start, cap)
    }
  }

  /// What is known of a roster.
  struct Finding: Sendable {
    /// The periods that are not known to meet the goal, with what is missing.
    var failing: [(period: Int, outcome: Goal.Outcome, missing: Double)] = []
    var runs = 0
    var isFeasible: Bool { failing.isEmpty }
  }

  let question: Question
  let requirements: RosterRequirements
  var trials: RosterTrials
  let interruption: Interruption
  /// No shift gets more than this: `at_most`, or thrice what Erlang C asks for at its busiest.
  let upper: [Int]
  private(set) var kinds: [RosterDocument.Kind] = []
  /// Periods that no roster is known to keep.
  private(set) var hopeless: Set<Int> = []
  private var cuts: [(period: Int, row: IntegerProgram.Row)] = []
  private var rejected: [(counts: [Int], verdict: Finding)] = []
  private var start: Int
  /// How often the program was solved.
  private(set) var rounds = 0
  /// All cuts that were added.
  private(set) var cutCount = 0
  /// What to show if the user stops now.
  private(set) var latest: (counts: [Int], runs: RosterRuns)?

  private var frame: RosterFrame { question.frame }

  init(
    _ question: Question, _ requirements: RosterRequirements, _ trials: RosterTrials,
    _ interruption: Interruption
  ) {
    self.question = question
    self.requirements = requirements
    self.trials = trials
    self.interruption = interruption
    let enough = 3 * (requirements.agents.max() ?? 0) + 10
    upper = question.roster.shifts.map { min($0.atMost, enough) }
    start = question.start
  }

  // MARK: - Before the search

  /// Runs the largest roster: what it does not keep, no roster keeps.
  mutating func classify() throws(RosterPlanner.Failure) {
    let runs = try trials.extend([RosterStaff(counts: upper)], to: start)[0]
    let met = Set(frame.judged.map { frame.grid.period(ofStep: $0) })
    kinds = (0..<frame.grid.count).map { period in
      guard met.contains(period) else { return .idle }
      let arrivals = runs.arrivals(in: period)
      if arrivals == 0 { return .idle }
      if !frame.isCovered(period) { return .uncovered }
      return isQuiet(arrivals) ? .quiet : .judged
    }
    for period in judged
    where question.goal.outcome(runs.share(in: period), level: question.level) == .missed {
      hopeless.insert(period)
    }
  }

  /// Whether even a share of 100 % of so few conversations would leave it open.
  private func isQuiet(_ arrivals: Double) -> Bool {
    let all = max(1, Int((arrivals * Double(question.cap)).rounded(.down)))
    var best = ShareOfRuns()
    // Of a single run nothing could be told at all.
    best.record(all - all / 2, of: all - all / 2)
    best.record(all / 2, of: all / 2)
    return question.goal.outcome(best, level: question.level) != .met
  }

  var judged: [Int] { kinds.indices.filter { kinds[$0] == .judged } }

  // MARK: - The program

  /// The program of covering alone: so many agents in each period.
  func covering(_ needed: [Int]) -> IntegerProgram {
    var program = IntegerProgram(
      costs: question.roster.shifts.map(\.costPerWeek), atMost: upper)
    for period in judged where needed[period] > 0 {
      let coefficients = frame.coverage.map { $0[period] }
      // What no shift works whole cannot be covered whole.
      let wanted = Double(needed[period]) * coefficients.reduce(0, max)
      let possible = zip(coefficients, upper).reduce(0) { $0 + $1.0 * Double($1.1) }
      program.rows.append(IntegerProgram.Row(coefficients, atLeast: min(wanted, possible)))
    }
    return program
  }

  /// One below the formula: it counts on nobody being away, but also on everybody being served.
  private var leastNeeds: [Int] { requirements.agents.map { $0 == 0 ? 0 : max(1, $0 - 1) } }

  /// Whether a roster does not give up on the periods that no roster keeps.
  private func covers(_ counts: [Int]) -> Bool {
    let needs = leastNeeds.enumerated().map { hopeless.contains($0.offset) ? $0.element : 0 }
    return covering(needs).holds(counts)
  }

  /// The roster that satisfies covering and cuts; periods that ask for the impossible are given up.
  private mutating func solve() throws(RosterPlanner.Failure) -> [Int] {
    var program = covering(leastNeeds)
    let fixed = program.rows
    while true {
      program.rows = fixed + cuts.map(\.row)
      rounds += 1
      switch program.outcome(interruption) {
      case .optimum(let counts): return counts
      case .interrupted: throw .interrupted
      case .failed(let why): throw .solver(why)
      case .infeasible:
        guard let last = cuts.last?.period else {
          throw .solver("the program of covering has no solution")
        }
        hopeless.insert(last)
        cuts.removeAll { $0.period == last }
      }
    }
  }

  // MARK: - The simulation

  /// Looks at a roster until it is told: twice the runs as long as every share is on the good side and some
  /// are not known to be.
  mutating func judge(_ counts: [Int]) throws(RosterPlanner.Failure) -> Finding {
    if let known = rejected.first(where: { known in
      zip(counts, known.counts).allSatisfy { $0 <= $1 }
    }) {
      return known.verdict
    }
    return try look(at: counts, from: 0, start: start, cap: max(start, question.cap)).verdict
  }

  private mutating func look(
    at counts: [Int], from first: Int, start: Int, cap: Int
  ) throws(RosterPlanner.Failure) -> (verdict: Finding, runs: RosterRuns) {
    var count = start
    while true {
      let runs = try trials.extend([RosterStaff(counts: counts)], to: count, from: first)[0]
      let verdict = verdict(runs)
      let isTold = verdict.failing.contains { failing in
        failing.outcome == .missed
          || (count >= 2 * start
            && (runs.share(in: failing.period).value ?? 0) < question.goal.share)
      }
      if verdict.isFeasible || isTold || count >= cap { return (verdict, runs) }
      count = min(cap, 2 * count)
    }
  }

  /// The periods that are not known to meet the goal; those that no roster keeps are passed over unless
  /// they are asked for.
  func verdict(_ runs: RosterRuns, ofAll: Bool = false) -> Finding {
    var verdict = Finding(runs: runs.count)
    for period in judged where ofAll || !hopeless.contains(period) {
      let share = runs.share(in: period)
      let outcome = question.goal.outcome(share, level: question.level)
      guard outcome != .met else { continue }
      // On the good side it is the interval that reaches too far.
      let value = share.value ?? 0
      let missing =
        question.goal.share
        - (value < question.goal.share ? value : share.interval(level: question.level)?.low ?? 0)
      verdict.failing.append((period, outcome, max(1e-4, missing)))
    }
    return verdict
  }

  // MARK: - The search

  /// From cut to cut to a roster that meets the goal in every period, as far as these customers tell.
  mutating func climb() throws(RosterPlanner.Failure) -> [Int] {
    while true {
      let counts = try solve()
      let verdict = try judge(counts)
      latest = (
        counts, try trials.extend([RosterStaff(counts: counts)], to: min(start, question.cap))[0]
      )
      if verdict.isFeasible { return counts }
      try cut(counts, verdict)
    }
  }

  /// Adds what each period that fails asks for.
  mutating func cut(_ counts: [Int], _ verdict: Finding) throws(RosterPlanner.Failure) {
    let gains = try gains(at: counts, periods: verdict.failing.map(\.period))
    for (failing, gains) in zip(verdict.failing, gains) {
      guard
        let row = RosterCut.row(
          period: failing.period, missing: failing.missing, gains: gains, counts: counts,
          coverage: frame.coverage)
      else {
        hopeless.insert(failing.period)
        continue
      }
      cuts.append((failing.period, row))
      cutCount += 1
    }
  }

  /// What one more agent in a period, or in one of the few before it, adds to its share.
  ///
  /// One run tries an agent in every fourth period at once: what happens four periods earlier is taken to be
  /// over, so that four runs tell the gains of all periods.
  private mutating func gains(
    at counts: [Int], periods: [Int]
  ) throws(RosterPlanner.Failure) -> [[(period: Int, gain: Double)]] {
    let reach = RosterCut.reach
    let staffs =
      [RosterStaff(counts: counts)]
      + (0..<reach).map { phase in
        RosterStaff(
          counts: counts,
          extra: (0..<frame.grid.count).filter { $0 % reach == phase && frame.isCovered($0) })
      }
    let runs = try trials.extend(staffs, to: start)
    return periods.map { period in
      let before = runs[0].share(in: period).value ?? 0
      return (0..<reach).compactMap { back -> (period: Int, gain: Double)? in
        var place = period - back
        if place < 0 {
          guard frame.isWeek else { return nil }
          place += frame.grid.count
        }
        let with = runs[1 + place % reach].share(in: period).value ?? before
        return (place, with - before)
      }
    }
  }

  /// Takes away an agent of one shift after the other as long as every period is still known to meet the
  /// goal: what is left is a local minimum.
  mutating func descend(from counts: [Int]) throws(RosterPlanner.Failure) -> [Int] {
    var counts = counts
    var isDone = false
    while !isDone {
      isDone = true
      for shift in bySavings where counts[shift] > 0 {
        var fewer = counts
        fewer[shift] -= 1
        guard covers(fewer), try judge(fewer).isFeasible else { continue }
        counts = fewer
        isDone = false
      }
    }
    return counts
  }

  /// The shifts, the most expensive first.
  var bySavings: [Int] {
    let costs = question.roster.shifts.map(\.costPerWeek)
    return costs.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
  }

  /// What one agent fewer in each shift does on the customers of a round; nil where a shift has none.
  mutating func fewer(
    _ counts: [Int], _ count: Int, _ round: Int
  ) throws(RosterPlanner.Failure) -> [Finding?] {
    let shifts = counts.indices.filter { counts[$0] > 0 }
    let staffs = shifts.map { shift in
      var fewer = counts
      fewer[shift] -= 1
      return RosterStaff(counts: fewer)
    }
    let runs = try trials.extend(staffs, to: count, from: Self.fresh(round))
    var verdicts: [Finding?] = counts.map { _ in nil }
    for (shift, runs) in zip(shifts, runs) { verdicts[shift] = verdict(runs, ofAll: true) }
    return verdicts
  }

  /// Whether one fewer in a shift loses no period that is kept, and gives up on none that cannot be.
  func allows(_ verdict: Finding, _ counts: [Int], without shift: Int) -> Bool {
    var fewer = counts
    fewer[shift] -= 1
    return verdict.failing.allSatisfy { hopeless.contains($0.period) } && covers(fewer)
  }

  /// Tries a roster on customers that the search has not seen.
  mutating func confirm(
    _ counts: [Int], round: Int
  ) throws(RosterPlanner.Failure) -> (verdict: Finding, runs: RosterRuns) {
    let found = try look(
      at: counts, from: Self.fresh(round), start: min(2 * start, 2 * question.cap),
      cap: 2 * max(start, question.cap))
    latest = (counts, found.runs)
    return found
  }

  /// The number of the first replication of a round of confirmation.
  static func fresh(_ round: Int) -> Int { 1_000_000 + round * 100_000 }

  /// Takes in that fresh customers did not confirm a roster.
  mutating func reject(_ counts: [Int], _ verdict: Finding) throws(RosterPlanner.Failure) {
    rejected.append((counts, verdict))
    start = min(2 * start, max(start, question.cap))
    try cut(counts, verdict)
  }
}
