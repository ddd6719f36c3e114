import Engine
public import Measurement
import Sampling
public import Scenarios
import Statistics
import World

/// Turns what was found into the document that every report of `plan --roster` is made from.
public struct RosterDocumentBuilder: Sendable {
  /// What was found.
  public var outcome: RosterPlanner.Outcome
  /// The version of the program.
  public var version: String
  /// The file as it was given.
  public var path: String
  /// The words that repeat the command.
  public var repeatedBy: [String]

  /// Names what stands around the results.
  public init(
    _ outcome: RosterPlanner.Outcome, version: String, path: String, repeatedBy: [String]
  ) {
    self.outcome = outcome
    self.version = version
    self.path = path
    self.repeatedBy = repeatedBy
  }

  private var search: RosterSearch { outcome.search }
  private var question: RosterSearch.Question { search.question }

  /// The document of a scenario's roster.
  public func document(_ scenario: Scenario) -> RosterDocument {
    let frame = question.frame
    return RosterDocument(
      head: head(scenario), goal: question.goal.text, share: question.goal.share,
      bound: Double(question.goal.bound) / 1e9, level: question.level,
      team: question.roster.teamName, periodLength: Int(frame.grid.length),
      start: Int(frame.grid.start.seconds), isWeek: frame.isWeek,
      shifts: question.roster.shifts.indices.map(shift),
      periods: (0..<frame.grid.count).map(period), isConfirmed: outcome.isConfirmed,
      confirmations: outcome.confirmations, solved: search.rounds, cuts: search.cutCount,
      runsOfPeriods: outcome.runs.count)
  }

  private func head(_ scenario: Scenario) -> StudyHead {
    StudyHead(
      version: version, command: "roster", scenario: scenario.name,
      description: scenario.description, path: path,
      digest: DocumentBuilder.digest(scenario.resolved), seed: scenario.seed,
      fingerprint: DocumentBuilder.text(fingerprint: search.trials.fingerprint),
      repeatedBy: repeatedBy, strategies: 1, replications: search.trials.most,
      runs: search.trials.runs, events: Int(clamping: search.trials.events),
      partial: outcome.isPartial
        ? "before the search was done; what follows is the last roster that was run" : nil,
      remarks: remarks(scenario))
  }

  private func remarks(_ scenario: Scenario) -> [String] {
    var remarks = scenario.remarks
    let others = scenario.goals.filter { $0.text != question.goal.text }
    if !others.isEmpty {
      let texts = others.map { "'\($0.text)'" }.joined(separator: ", ")
      remarks.append("Only '\(question.goal.text)' is judged in each period, not \(texts).")
    }
    if !question.frame.isWeek {
      remarks.append(
        "The run lasts \(scenario.duration): only its own periods are judged, costs are those of a week."
      )
    }
    if !question.frame.isWeek, scenario.warmup == .automatic {
      remarks.append("No warm-up is looked for: the run is judged from its start.")
    }
    let end = Double(question.frame.duration) / 1e9
    if RosterClock(scenario.standard.model).changes.contains(where: { $0.time > 0 && $0.time < end }
    ) {
      remarks.append(
        "The clock is put forward or back during the run: periods after it are named by the old one."
      )
    }
    if scenario.standard.model.teams.count > 1 {
      remarks.append(
        "What Erlang C asks for takes all conversations to be for the team '\(question.roster.teamName)'; "
          + "the simulation does not.")
    }
    return remarks
  }

  private func shift(_ index: Int) -> RosterDocument.Shift {
    let shift = question.roster.shifts[index]
    let fewer = index < outcome.fewer.count ? outcome.fewer[index] : nil
    return RosterDocument.Shift(
      name: shift.name, days: shift.days.map { Int($0.rawValue) },
      work: shift.work.map { RosterDocument.Stretch(from: $0.lowerBound, to: $0.upperBound) },
      cost: shift.cost, atMost: shift.atMost, agents: outcome.counts[index],
      formulaAgents: outcome.formula?.counts[index],
      oneFewer: fewer.map { verdict in
        let missed = verdict.failing.count { $0.outcome == .missed }
        return RosterDocument.Neighbour(
          missed: missed, inconclusive: verdict.failing.count - missed, runs: verdict.runs)
      })
  }

  private func period(_ index: Int) -> RosterDocument.Period {
    let kind = index < search.kinds.count ? search.kinds[index] : .idle
    let own = share(outcome.runs, index)
    return RosterDocument.Period(
      kind: kind, arrivals: outcome.runs.arrivals(in: index),
      formulaNeeds: search.requirements.agents[index],
      agents: question.frame.staffed(outcome.counts, in: index),
      share: own,
      formulaAgents: outcome.formula.map { question.frame.staffed($0.counts, in: index) },
      formulaShare: outcome.formula.map { share($0.runs, index) },
      isHopeless: search.hopeless.contains(index) && own.result != .met)
  }

  private func share(_ runs: RosterRuns, _ period: Int) -> RosterDocument.Share {
    let share = runs.share(in: period)
    let interval = share.interval(level: question.level)
    return RosterDocument.Share(
      value: share.value, low: interval?.low, high: interval?.high,
      result: question.goal.outcome(share, level: question.level))
  }
}
