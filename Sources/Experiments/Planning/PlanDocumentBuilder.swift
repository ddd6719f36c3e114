public import Measurement
public import Scenarios
import Statistics
import World

/// Turns what a search found into the document that every report of `plan` is made from.
public struct PlanDocumentBuilder: Sendable {
  /// The search.
  public var search: PlanSearch
  /// The scenario before anything was varied.
  public var scenario: Scenario
  /// Whether agents cost money.
  public var hasMoney: Bool

  /// Names what stands around the results.
  public init(search: PlanSearch, scenario: Scenario, hasMoney: Bool) {
    self.search = search
    self.scenario = scenario
    self.hasMoney = hasMoney
  }

  /// The metrics of the goals as tables show them.
  public static func metrics(_ scenario: Scenario) -> [ResultDocument.Metric] {
    var metrics: [MetricReference] = []
    for goal in scenario.goals where !metrics.contains(goal.metric) { metrics.append(goal.metric) }
    return metrics.map { DocumentBuilder.metric($0, scenario) }
  }

  /// The goals as documents hold them.
  public static func goals(_ scenario: Scenario) -> [ResultDocument.Goal] {
    scenario.goals.map { ResultDocument.Goal($0) }
  }

  /// What was found for one strategy.
  public func answer(_ strategy: String, _ outcome: PlanSearch.Outcome) -> PlanDocument.Answer {
    let order = outcome.tried.indices.sorted {
      let (left, right) = (outcome.tried[$0], outcome.tried[$1])
      let (first, second) = (cost(left.place), cost(right.place))
      return (first, search.index(of: left.place)) < (second, search.index(of: right.place))
    }
    let tried = order.map { setting(outcome.tried[$0], outcome) }
    var answer = PlanDocument.Answer(
      strategy: strategy, tried: tried,
      chosen: outcome.chosen.flatMap { chosen in order.firstIndex(of: chosen) })
    if answer.chosen == nil { answer.nearest = nearest(tried) }
    if let chosen = outcome.chosen { answer.steps = steps(from: chosen, outcome, order) }
    return answer
  }

  private func cost(_ place: [Int]) -> Double { search.costs[search.index(of: place)] }

  private func setting(
    _ tried: (place: [Int], number: Int, answer: StagedTest.Answer), _ outcome: PlanSearch.Outcome
  ) -> PlanDocument.Setting {
    let trial = outcome.trials.all[tried.number]
    let goals = search.test.goals.map { ResultDocument.GoalOutcome($0, in: trial.result) }
    let result: Goal.Outcome =
      switch tried.answer {
      case .feasible: .met
      case .infeasible: .missed
      case .open: .inconclusive
      }
    return PlanDocument.Setting(
      place: tried.place, cost: cost(tried.place), agents: trial.plan.model.agents.count,
      replications: trial.count, goals: goals, result: result)
  }

  /// The setting whose worst goal is nearest to its limit, or farthest beyond it.
  private func nearest(_ tried: [PlanDocument.Setting]) -> Int? {
    let margins = tried.map { setting in
      zip(search.test.goals, setting.goals).map { goal, outcome -> Double in
        guard let value = outcome.value else { return -.infinity }
        let apart = (value - goal.limit) / max(goal.limit.magnitude, 1e-12)
        switch goal.relation {
        case .atLeast, .above: return apart
        case .atMost, .below: return -apart
        }
      }.min() ?? -.infinity
    }
    guard let most = margins.max() else { return nil }
    return margins.firstIndex(of: most)
  }

  private func steps(
    from chosen: Int, _ outcome: PlanSearch.Outcome, _ order: [Int]
  ) -> [PlanDocument.Step] {
    let base = outcome.tried[chosen]
    return search.neighbours(of: base.place).compactMap { neighbour in
      guard let index = outcome.tried.firstIndex(where: { $0.place == neighbour.place }),
        let position = order.firstIndex(of: index)
      else { return nil }
      let other = outcome.tried[index]
      return PlanDocument.Step(
        name: neighbour.name, direction: neighbour.direction, setting: position,
        changes: search.test.goals.map { goal in
          change(goal, outcome.trials.all[base.number], outcome.trials.all[other.number])
        }, cost: cost(other.place) - cost(base.place))
    }
  }

  private func change(
    _ goal: Goal, _ base: Trials.Trial, _ other: Trials.Trial
  ) -> PlanDocument.Change {
    let pair = PairOfStrategies(
      goal.metric, baseline: Campaign.Outcome(name: base.name, result: base.result),
      other: Campaign.Outcome(name: other.name, result: other.result),
      isPaired: base.count == other.count)
    guard let difference = pair.difference,
      let factor = StudentT.critical(level: 0.95, freedom: difference.freedom)
    else { return PlanDocument.Change(goal: goal.text, change: nil, halfWidth: nil) }
    return PlanDocument.Change(
      goal: goal.text, change: difference.interval.estimate,
      halfWidth: difference.widened(to: factor, level: 0.95).halfWidth)
  }
}
