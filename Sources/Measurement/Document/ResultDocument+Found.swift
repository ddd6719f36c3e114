public import Statistics

extension ResultDocument.Strategy {
  /// What a strategy's runs found, as the document has it.
  ///
  /// `agents` and `populations` name the rows of the result in its order; `startClock` is what the
  /// workspace's clock shows when a step of the timeline, counted from 0, begins.
  public init(
    name: String, _ found: StrategyResult, goals: [Goal], agents: [ResultDocument.AgentName],
    populations: [String], step: Int64, startClock: (Int) -> String
  ) {
    self.init(
      name: name, values: found.metrics.map { ResultDocument.MetricValue($0, in: found) })
    self.goals = goals.compactMap { goal in
      found.outcome(of: goal).map { ResultDocument.GoalOutcome($0) }
    }
    self.agents = zip(agents, found.agents).enumerated().map { index, pair in
      ResultDocument.AgentRow(pair.0, number: index + 1, pair.1)
    }
    if populations.count > 1 {
      self.populations = zip(populations, found.populations).map {
        ResultDocument.PopulationRow($0, $1, runs: found.replications.count)
      }
    }
    timeline = found.steps.enumerated().map { index, summary in
      ResultDocument.TimelineRow(
        start: Double(index) * Double(step) / 1e9, clock: startClock(index), summary)
    }
    waits = ResultDocument.WaitCurves(found.waits)
    moves = ResultDocument.Moves(found)
  }
}

extension ResultDocument {
  /// What an agent is called, and the team with its number among the teams, counted from 1.
  public struct AgentName: Sendable {
    let agent: String
    let team: (name: String, number: Int)?

    /// Names an agent, and the team of who is in one.
    public init(_ agent: String, team: (name: String, number: Int)?) {
      self.agent = agent
      self.team = team
    }
  }
}

extension ResultDocument.MetricValue {
  /// What the runs say of a metric.
  public init(_ metric: MetricReference, in found: StrategyResult) {
    let summary = found.summary(of: metric)
    self.init(
      metric: metric.description, mean: summary?.mean, low: summary?.low, high: summary?.high,
      halfWidth: summary?.halfWidth, sd: summary?.standardDeviation,
      replications: summary?.replications ?? 0,
      samples: found.values(of: metric)?.map { $0?.value } ?? [])
  }
}

extension ResultDocument.GoalOutcome {
  init(_ summary: GoalSummary) {
    self.init(
      goal: summary.goal.text, value: summary.value, low: summary.low, high: summary.high,
      result: summary.outcome)
  }

  /// What became of a goal; of one whose metric was not kept nothing can be said.
  public init(_ goal: Goal, in found: StrategyResult) {
    self =
      found.outcome(of: goal).map { Self($0) } ?? Self(goal: goal.text, result: .inconclusive)
  }
}

extension ResultDocument.Estimate {
  /// The mean of some moments and its interval.
  public init(_ moments: Moments) {
    let interval = ConfidenceInterval.student(moments)
    self.init(mean: moments.mean, low: interval?.low, high: interval?.high)
  }

  /// A ratio of sums over runs and its interval.
  init(_ ratio: RunningRatio, within range: QuantityRange) {
    let interval = ratio.interval(within: range)
    self.init(mean: ratio.ratio, low: interval?.low, high: interval?.high)
  }

  /// A metric over runs and its interval.
  public init(_ summary: MetricSummary) {
    self.init(mean: summary.mean, low: summary.low, high: summary.high)
  }
}

extension ResultDocument.AgentRow {
  fileprivate init(_ name: ResultDocument.AgentName, number: Int, _ summary: AgentSummary) {
    func mean(_ values: RunningMean) -> Double { values.mean ?? 0 }
    self.init(
      agent: name.agent, team: name.team?.name ?? "", number: number,
      teamNumber: name.team?.number, conversations: summary.conversations.mean ?? 0,
      conversationsHalfWidth: ConfidenceInterval.student(summary.conversations)?.halfWidth,
      replies: mean(summary.replies), online: mean(summary.onlineSeconds),
      busy: mean(summary.busySeconds), busyRatio: summary.busyRatio.ratio,
      busyRatioHalfWidth: summary.busyRatio.interval(within: .share)?.halfWidth,
      openMean: mean(summary.openMean), openMax: mean(summary.openMaximum),
      reassignedIn: mean(summary.reassignedIn), reassignedOut: mean(summary.reassignedOut),
      firstResponseMean: summary.firstResponseMean.ratio)
  }
}

extension ResultDocument.PopulationRow {
  fileprivate init(_ name: String, _ counts: SegmentCounts, runs: Int) {
    func share(_ count: Int) -> Double? {
      counts.opened > 0 ? Double(count) / Double(counts.opened) : nil
    }
    self.init(
      name: name, conversations: Double(counts.opened) / Double(max(1, runs)),
      firstResponse: counts.firstResponse.mean, resolution: counts.resolution.mean,
      abandoned: share(counts.abandoned), reassigned: share(counts.reassigned))
  }
}

extension ResultDocument.TimelineRow {
  fileprivate init(start: Double, clock: String, _ summary: StepSummary) {
    self.init(
      start: start, arrivals: .init(summary.arrivals), open: .init(summary.open),
      waiting: .init(summary.waiting), agentsOnline: .init(summary.agentsOnline),
      busyRatio: .init(summary.busyRatio, within: .share),
      firstResponse: .init(summary.firstResponseMean, within: .positive),
      within: summary.within.count > 0 ? .init(summary.within, within: .share) : nil,
      known: summary.known)
    startClock = clock
    assigned = .init(summary.assigned)
    unassigned = .init(summary.unassigned)
  }
}

extension ResultDocument.TimelineFrame {
  /// The frame of the timelines that a plan records.
  public init(_ plan: RecordingPlan) {
    let within = plan.timelineBound.flatMap { bound in
      MetricReference(.firstResponse, .within(bound))?.description
    }
    self.init(step: Double(plan.step) / 1e9, withinMetric: within)
  }
}

extension ResultDocument.WaitCurves {
  fileprivate init(_ waits: WaitCurve) {
    func points(_ curve: [RunningRatio]) -> [ResultDocument.CurvePoint] {
      zip(waits.points, curve).compactMap { time, ratio in
        guard let share = ratio.ratio else { return nil }
        let interval = ratio.interval(within: .share)
        return ResultDocument.CurvePoint(
          time: Double(time) / 1e9, share: share, low: interval.map { max(0, $0.low) },
          high: interval.map { min(1, $0.high) })
      }
    }
    self.init(unanswered: points(waits.unanswered), tail: points(waits.tail))
  }
}

extension ResultDocument.Moves {
  fileprivate init(_ found: StrategyResult) {
    let all = Double(found.counts.conversations)
    self.init(
      helped: .init(found.moves.sooner, within: .positive),
      noSooner: .init(found.moves.noSooner, within: .positive),
      unjudged: .init(found.moves.unjudged, within: .positive),
      pingPong: .init(found.moves.back, within: .positive),
      distribution: all > 0 ? found.counts.byMoves.map { Double($0) / all } : [])
  }
}

extension ResultDocument.Metric {
  /// A metric as tables and figures show it.
  public init(_ reference: MetricReference, isShown: Bool) {
    self.init(
      name: reference.description, label: reference.label, shortLabel: reference.shortLabel,
      group: reference.heading, unit: reference.unit, shownUnit: reference.shownUnit,
      shownFactor: reference.shownFactor, decimals: reference.decimals,
      polarity: reference.polarity, isShown: isShown,
      scope: reference.scope.map { ResultDocument.Scope($0) })
  }
}

extension ResultDocument.Scope {
  fileprivate init(_ scope: MetricScope) { self.init(scope.kind, scope.name) }
}
