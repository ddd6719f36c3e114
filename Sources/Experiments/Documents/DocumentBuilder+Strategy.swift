import Engine
import Measurement
import Scenarios
import Statistics
import World

extension DocumentBuilder {
  /// What one strategy did.
  func strategy(
    _ entry: Campaign.Entry, _ outcome: Campaign.Outcome, _ scenario: Scenario
  ) -> ResultDocument.Strategy {
    let found = outcome.result
    let named = scenario.strategy(named: entry.name)
    var result = ResultDocument.Strategy(
      name: entry.name,
      values: found.metrics.map { metric in Self.value(metric, found) })
    result.description = named?.description ?? ""
    result.parameters = named?.parameters.map { "\($0.name)=\($0.value)" } ?? []
    if let engine = named?.model.engine { result.parameters.append("engine=\(engine.text)") }
    result.goals = scenario.goals.compactMap { goal in
      found.outcome(of: goal).map(Self.outcome)
    }
    if let model = named?.model {
      result.agents = zip(model.agents, found.agents).enumerated().map { index, pair in
        let (agent, tally) = pair
        var row = Self.row(
          agent.name, team: agent.team.map { model.teams[$0.index].name } ?? "", tally)
        row.number = index + 1
        row.teamNumber = agent.team.map { $0.index + 1 }
        return row
      }
    }
    if let model = named?.model, model.populations.count > 1 {
      result.populations = zip(model.populations, found.populations).map {
        Self.row($0.name, $1, runs: found.replications.count)
      }
    }
    let step = entry.plan.recording.step
    result.timeline = found.steps.enumerated().map { index, tally in
      var row = Self.row(start: Double(index) * Double(step) / 1e9, tally)
      let start = EngineTime(nanoseconds: Int64(index) * step)
      row.startClock =
        CivilTime(scenario.timeZone.local(start, epoch: scenario.epoch)).dateAndMinute
      return row
    }
    result.waits = Self.curves(found.waits)
    result.moves = Self.moves(found)
    result.reports = outcome.reports
    result.overload = OverloadSearch(plan: entry.plan, outcome: outcome).overload
    return result
  }

  static func value(
    _ metric: MetricReference, _ found: StrategyResult
  ) -> ResultDocument.MetricValue {
    let summary = found.summary(of: metric)
    return ResultDocument.MetricValue(
      metric: metric.description, mean: summary?.mean, low: summary?.low, high: summary?.high,
      halfWidth: summary?.halfWidth, sd: summary?.standardDeviation,
      replications: summary?.replications ?? 0,
      samples: found.values(of: metric)?.map { $0?.value } ?? [])
  }

  static func outcome(_ summary: GoalSummary) -> ResultDocument.GoalOutcome {
    return ResultDocument.GoalOutcome(
      goal: summary.goal.text, value: summary.value, low: summary.low, high: summary.high,
      result: summary.outcome)
  }

  private static func row(
    _ agent: String, team: String, _ tally: AgentSummary
  ) -> ResultDocument.AgentRow {
    func mean(_ moments: Moments) -> Double { moments.mean ?? 0 }
    return ResultDocument.AgentRow(
      agent: agent, team: team, conversations: mean(tally.conversations),
      conversationsHalfWidth: ConfidenceInterval.student(tally.conversations)?.halfWidth,
      replies: mean(tally.replies), online: mean(tally.onlineSeconds),
      busy: mean(tally.busySeconds), busyRatio: tally.busyRatio.ratio,
      busyRatioHalfWidth: tally.busyRatio.interval(within: .share)?.halfWidth,
      openMean: mean(tally.openMean), openMax: mean(tally.openMaximum),
      reassignedIn: mean(tally.reassignedIn), reassignedOut: mean(tally.reassignedOut),
      firstResponseMean: tally.firstResponseMean.ratio)
  }

  private static func row(
    _ name: String, _ counts: SegmentCounts, runs: Int
  ) -> ResultDocument.PopulationRow {
    func share(_ count: Int) -> Double? {
      counts.opened > 0 ? Double(count) / Double(counts.opened) : nil
    }
    return ResultDocument.PopulationRow(
      name: name, conversations: Double(counts.opened) / Double(max(1, runs)),
      firstResponse: counts.firstResponse.mean, resolution: counts.resolution.mean,
      abandoned: share(counts.abandoned), reassigned: share(counts.reassigned))
  }

  private static func row(start: Double, _ tally: StepSummary) -> ResultDocument.TimelineRow {
    var row = ResultDocument.TimelineRow(
      start: start, arrivals: estimate(tally.arrivals), open: estimate(tally.open),
      waiting: estimate(tally.waiting), agentsOnline: estimate(tally.agentsOnline),
      busyRatio: estimate(tally.busyRatio, .share),
      firstResponse: estimate(tally.firstResponseMean, .positive))
    row.within = tally.within.count > 0 ? estimate(tally.within, .share) : nil
    row.known = tally.known
    row.assigned = estimate(tally.assigned)
    row.unassigned = estimate(tally.unassigned)
    return row
  }

  /// The mean of some moments and its interval.
  static func estimate(_ moments: Moments) -> ResultDocument.Estimate {
    let interval = ConfidenceInterval.student(moments)
    return ResultDocument.Estimate(
      mean: moments.mean, low: interval?.low, high: interval?.high)
  }

  /// A ratio of sums over runs and its interval.
  private static func estimate(
    _ ratio: RunningRatio, _ range: QuantityRange
  ) -> ResultDocument.Estimate {
    let interval = ratio.interval(within: range)
    return ResultDocument.Estimate(mean: ratio.ratio, low: interval?.low, high: interval?.high)
  }

  private static func curves(_ waits: WaitCurve) -> ResultDocument.WaitCurves {
    func points(_ curve: [RunningRatio]) -> [ResultDocument.CurvePoint] {
      zip(waits.points, curve).compactMap { time, ratio in
        guard let share = ratio.ratio else { return nil }
        let interval = ratio.interval(within: .share)
        return ResultDocument.CurvePoint(
          time: Double(time) / 1e9, share: share, low: interval.map { max(0, $0.low) },
          high: interval.map { min(1, $0.high) })
      }
    }
    return ResultDocument.WaitCurves(
      unanswered: points(waits.unanswered), tail: points(waits.tail))
  }

  private static func moves(_ found: StrategyResult) -> ResultDocument.Moves {
    let all = Double(found.counts.conversations)
    var moves = ResultDocument.Moves(
      helped: estimate(found.moves.sooner, .positive),
      noSooner: estimate(found.moves.noSooner, .positive),
      unjudged: estimate(found.moves.unjudged, .positive),
      pingPong: estimate(found.moves.back, .positive))
    moves.distribution = all > 0 ? found.counts.byMoves.map { Double($0) / all } : []
    return moves
  }
}
