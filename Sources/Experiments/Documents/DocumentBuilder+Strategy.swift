import Engine
import Measurement
import Scenarios
import World

extension DocumentBuilder {
  /// What one strategy did.
  func strategy(
    _ entry: Campaign.Entry, _ outcome: Campaign.Outcome, _ scenario: Scenario
  ) -> ResultDocument.Strategy {
    let named = scenario.strategy(named: entry.name)
    let model = named?.model
    let step = entry.plan.step
    var result = ResultDocument.Strategy(
      name: entry.name, outcome.result, goals: scenario.goals,
      agents: model.map(Self.names) ?? [], populations: model?.populations.map(\.name) ?? [],
      step: step,
      startClock: { index in
        let start = EngineTime(nanoseconds: Int64(index) * step)
        return CivilTime(scenario.timeZone.local(start, epoch: scenario.epoch)).dateAndMinute
      })
    result.description = named?.description ?? ""
    result.parameters = named?.parameters.map { "\($0.name)=\($0.value)" } ?? []
    if let engine = model?.engine { result.parameters.append("engine=\(engine.text)") }
    result.reports = outcome.reports
    result.overload = OverloadSearch(plan: entry.plan, outcome: outcome).overload
    return result
  }

  /// What the agents of a model are called.
  private static func names(_ model: Model) -> [ResultDocument.AgentName] {
    model.agents.map { agent in
      ResultDocument.AgentName(
        agent.name, team: agent.team.map { (model.teams[$0.index].name, $0.index + 1) })
    }
  }
}
