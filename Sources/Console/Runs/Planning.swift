import Experiments
import Scenarios
import World

extension Sitting.Surroundings {
  /// What is run of a scenario: every way on the same customers, none again that was run before.
  func plan(_ scenario: Scenario, path: String, end: Int) -> Experiment.Plan {
    let ways = DraftReading.ways(of: scenario)
    var worlds: [WorldKey] = []
    let entries = ways.map { way in
      let plan = WorldPlan(scenario, way)
      let world = WorldKey(scenario, way, metrics: plan.metrics)
      worlds.append(world)
      var entry = Campaign.Entry(name: way.name, plan: plan)
      entry.memory = cache.memory(of: world)
      return entry
    }
    let builder = DocumentBuilder(
      version: version, path: path,
      repeatedBy: ["switchboard", ways.count > 1 ? "compare" : "run", path])
    return Experiment.Plan(
      scenario: scenario, builder: builder, entries: entries, worlds: worlds,
      looks: Looks(asked: Self.asked(scenario)), end: end, threads: threads)
  }

  static func asked(_ scenario: Scenario) -> Int? {
    if case .fixed(let count) = scenario.replications { return count }
    return nil
  }
}
