import Measurement
import Scenarios
import Statistics
import World

/// Reasons to believe the numbers: the nearest formula beside the simulation, and how the answer settles.
struct SanityCheck {
  let document: ResultDocument.Sanity

  init(_ scenario: Scenario, _ campaign: Campaign, _ result: Campaign.Result) {
    var sanity = ResultDocument.Sanity()
    if let entry = campaign.entries.first, let outcome = result.outcomes.first {
      sanity.formulas = Self.pooled(entry, outcome)
    }
    sanity.warmup = Self.warmup(campaign, result)
    sanity.convergence = Self.convergence(scenario, result)
    document = sanity
  }

  /// Erlang C with everybody on one queue: no strategy that keeps conversations with agents is quicker.
  private static func pooled(
    _ entry: Campaign.Entry, _ outcome: Campaign.Outcome
  ) -> [ResultDocument.FormulaRow] {
    guard let reference = MetricReference(.wait, .mean),
      let busy = outcome.result.agents.isEmpty ? nil : outcome.result,
      let wait = busy.summary(of: reference), wait.mean != nil
    else { return [] }
    let counts = busy.counts
    let hours = Double(entry.plan.duration - entry.plan.warmup) / 1e9
    guard hours > 0, counts.conversations > 0, outcome.result.replications.count > 0 else {
      return []
    }
    let runs = Double(outcome.result.replications.count)
    let rate = Double(counts.conversations) / hours / runs
    let worked = busy.agents.reduce(0.0) { $0 + ($1.busySeconds.mean ?? 0) }
    let online = busy.agents.reduce(0.0) { $0 + ($1.onlineSeconds.mean ?? 0) }
    let slots = entry.plan.slotsPerAgent
    guard slots == 1, online > 0 else { return [] }
    let work = worked * runs / Double(counts.conversations)
    let servers = Int((online / hours).rounded())
    let formula = ErlangC(servers: servers, arrivalRate: rate, meanService: work)
    return [
      ResultDocument.FormulaRow(
        name: "Erlang C, \(servers) agents on one queue", formula: formula?.meanWait,
        simulation: ResultDocument.Estimate(wait),
        unit: "s, mean wait", decimals: 1,
        explanation: formula == nil
          ? "The work is more than that many agents can do in the long run: no formula applies."
          : "A lower bound for steady arrivals: every conversation would go to whoever is free first."
      )
    ]
  }

  private static func warmup(
    _ campaign: Campaign, _ result: Campaign.Result
  ) -> ResultDocument.WarmupCurve? {
    guard let plan = campaign.entries.first?.plan, plan.warmup > 0,
      let outcome = result.outcomes.first
    else { return nil }
    let step = Double(plan.step) / 1e9
    let points = outcome.result.steps.enumerated().compactMap { index, tally in
      tally.waiting.mean.map {
        ResultDocument.WarmupPoint(time: (Double(index) + 0.5) * step, value: $0)
      }
    }
    return ResultDocument.WarmupCurve(
      label: "waiting conversations", points: points, dropped: Double(plan.warmup) / 1e9)
  }

  private static func convergence(
    _ scenario: Scenario, _ result: Campaign.Result
  ) -> ResultDocument.Convergence? {
    guard
      let metric = scenario.goals.first?.metric ?? MetricReference(.firstResponse, .mean)
    else { return nil }
    let curves = result.outcomes.map { outcome in
      var moments = Moments()
      var points: [ResultDocument.ConvergencePoint] = []
      let values = outcome.result.values(of: metric) ?? []
      for (index, value) in values.enumerated() {
        guard let value else { continue }
        moments.record(value.value)
        // Two dozen points tell as much as a thousand.
        let isShown =
          index < 12 || index == values.count - 1 || index % max(1, values.count / 24) == 0
        guard moments.count >= 2, isShown else { continue }
        // A quantile of the first runs together is not known: it is the mean of theirs.
        let found = outcome.result.summary(of: metric, first: index + 1)
        let estimate =
          found.map { ResultDocument.Estimate($0) } ?? ResultDocument.Estimate(moments)
        points.append(
          ResultDocument.ConvergencePoint(replications: index + 1, estimate: estimate))
      }
      return ResultDocument.ConvergenceCurve(strategy: outcome.name, points: points)
    }
    return ResultDocument.Convergence(metric: metric.description, curves: curves)
  }
}
