public import Scenarios
import World

/// `plan --roster` from the question to what is to be told.
public struct RosterPlanner: Sendable {
  /// The question.
  public var question: RosterSearch.Question
  /// The scenario.
  public var scenario: Scenario
  /// The world of its strategy, with as many agents as the file says.
  public var model: Model
  /// The world with so many agents in the roster's team.
  public var worlds: RosterTrials.Worlds
  /// Threads that work on it; no result depends on it.
  public var threads: Int

  /// How often a roster is looked for anew where fresh customers do not confirm it.
  private static let rounds = 4
  /// Rounds in all, those in which fewer were tried that fresh customers seem to allow included.
  private static let mostRounds = 8

  /// Names what is needed.
  public init(
    question: RosterSearch.Question, scenario: Scenario, model: Model, threads: Int,
    worlds: @escaping RosterTrials.Worlds
  ) {
    self.question = question
    self.scenario = scenario
    self.model = model
    self.threads = threads
    self.worlds = worlds
  }

  /// Why there is no result.
  public enum Failure: Error, Sendable {
    /// As in a campaign: a bug, or a run that did not come to its end.
    case run(Campaign.Failure)
    /// The scenario cannot be read with the number of agents that a roster needs.
    case unreadable(String)
    /// The solver has no answer, or there is none.
    case solver(String)
    /// The user stopped it before anything was known.
    case interrupted
  }

  /// What was found.
  public struct Outcome: Sendable {
    var counts: [Int]
    var runs: RosterRuns
    var verdict: RosterSearch.Finding
    var isConfirmed = false
    var confirmations = 0
    /// What one agent fewer in each shift would do; nil where the shift has none.
    var fewer: [RosterSearch.Finding?] = []
    /// What an Erlang C calculator would have given.
    var formula: (counts: [Int], runs: RosterRuns)?
    var isPartial = false
    var search: RosterSearch
  }

  /// Searches and confirms; what was found before an interruption is given back, marked.
  public func run(
    _ interruption: Interruption, progress: @escaping @Sendable (Int) -> Void
  ) throws(Failure) -> Outcome {
    guard IntegerProgram.isAvailable else { throw .solver(IntegerProgram.advice) }
    guard let metric = question.goal.metric else { throw .solver("the goal has no metric") }
    let requirements = RosterRequirements(
      model, question.roster, question.frame, question.goal)
    let trials = RosterTrials(
      frame: question.frame, roster: question.roster, metric: metric,
      seed: scenario.seed, threads: threads, worlds: worlds, interruption: interruption,
      progress: progress)
    var search = RosterSearch(question, requirements, trials, interruption)
    do throws(Failure) {
      return try complete(&search)
    } catch {
      guard case .interrupted = error, let (counts, runs) = search.latest, runs.count > 1 else {
        throw error
      }
      return Outcome(
        counts: counts, runs: runs, verdict: search.verdict(runs),
        fewer: counts.map { _ in nil }, isPartial: true, search: search)
    }
  }

  /// Search and confirmation in turn; then one fewer in each shift on the customers that confirmed it.
  private func complete(
    _ search: inout RosterSearch
  ) throws(Failure) -> Outcome {
    try search.classify()
    var best: Outcome?
    do throws(Failure) {
      try improve(&best, &search)
      guard var outcome = best else { throw .solver("no roster was found") }
      outcome.formula = try formula(&search, outcome.runs.count, outcome.confirmations)
      outcome.search = search
      return outcome
    } catch {
      // What fresh customers have confirmed stands, although less was to be tried.
      guard case .interrupted = error, var known = best else { throw error }
      known.isPartial = true
      known.search = search
      return known
    }
  }

  private func improve(
    _ best: inout Outcome?, _ search: inout RosterSearch
  ) throws(Failure) {
    var round = 0
    var current: (counts: [Int], shift: Int)?
    while true {
      round += 1
      let counts: [Int]
      if let current {
        counts = current.counts
      } else {
        counts = try search.descend(from: search.climb())
      }
      let (verdict, runs) = try search.confirm(counts, round: round)
      if !verdict.isFeasible {
        if let tried = current, var known = best {
          // The roster before it stands, and this is what one fewer does.
          known.fewer[tried.shift] = search.verdict(runs, ofAll: true)
          best = known
          guard let next = allowed(known, search, round) else { break }
          current = next
          continue
        }
        if round < Self.rounds {
          try search.reject(counts, verdict)
          continue
        }
      }
      var found = Outcome(
        counts: counts, runs: runs, verdict: verdict, isConfirmed: verdict.isFeasible,
        confirmations: round, search: search)
      found.fewer = try search.fewer(counts, runs.count, round)
      best = found
      guard verdict.isFeasible, let next = allowed(found, search, round) else { break }
      current = next
    }
  }

  /// A roster with one fewer that fresh customers seem to allow; they have chosen it, so others must confirm.
  private func allowed(
    _ outcome: Outcome, _ search: RosterSearch, _ round: Int
  ) -> (counts: [Int], shift: Int)? {
    guard round < Self.mostRounds,
      let shift = search.bySavings.first(where: { shift in
        outcome.fewer[shift].map { search.allows($0, outcome.counts, without: shift) } ?? false
      })
    else { return nil }
    var counts = outcome.counts
    counts[shift] -= 1
    return (counts, shift)
  }

  /// The roster of an Erlang C calculator on the same shifts, on the same customers.
  private func formula(
    _ search: inout RosterSearch, _ count: Int, _ round: Int
  ) throws(Failure) -> (counts: [Int], runs: RosterRuns)? {
    switch search.covering(search.requirements.agents).outcome(search.interruption) {
    case .optimum(let counts):
      let runs = try search.trials.extend(
        [RosterStaff(counts: counts)], to: count, from: RosterSearch.fresh(round))[0]
      return (counts, runs)
    case .interrupted: throw .interrupted
    case .failed(let why): throw .solver(why)
    case .infeasible: return nil
    }
  }
}
