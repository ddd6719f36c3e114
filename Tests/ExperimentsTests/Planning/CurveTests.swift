import Experiments
import Measurement
import Scenarios
import Testing
import World

@Suite struct `The staffing curve` {
  /// Two hours with a sharp peak in the second half hour; each agent works on one conversation at a time.
  private static func scenario(_ agents: Int) throws -> Scenario {
    try Scenario.read(
      SourceFile(
        name: "peak",
        text: """
          name: A peak
          start: 2026-11-23 08:00
          duration: 2 h
          contacts:
            people:
              arrivals: {profile: {"08:00": 20 per hour, "08:30": 200 per hour, "09:00": 20 per hour}, shape: step}
          teams: {desk: {agents: \(agents), picks: oldest, reply_time: 3 min}}
          goals: ['first_response.within(6 min) >= 80%']
          """))
  }

  private static func search(replications: Int) throws -> CurveSearch {
    let largest = try scenario(16)
    let grid = try #require(
      PeriodGrid(length: 1_800, start: largest.start, duration: largest.duration))
    let goal = try #require(PeriodGoal(largest.goals[0]))
    return CurveSearch(
      grid: grid, goal: goal, bounds: 1...16, confidence: 0.95, replications: replications
    ) { curve in
      guard let scenario = try? scenario(max(1, curve.max() ?? 0)) else { return nil }
      var plan = WorldPlan(scenario, scenario.standard)
      let shifts = plan.model.teams[0].members.map { place in
        grid.shifts(in: curve.indices.filter { curve[$0] > place })
      }
      plan.model = plan.model.withShifts(shifts, ofTeam: 0)
      plan.timelineStep = 1_800_000_000_000
      plan.metrics = [goal.metric].compactMap { $0 }
      return plan
    }
  }

  @Test func `keeps the goal in every period where the formula's plan does not`() throws {
    let search = try Self.search(replications: 5)
    var ground = CurveSearch.Ground(
      seed: 11, threads: 2, interruption: Interruption(), progress: { _ in })
    let builder = CurveBuilder(search: search, strategy: "default", team: 0)
    let guess = try #require(try builder.guess(&ground))
    let found = try #require(try search.find(from: guess, &ground))
    #expect(found.unmet.isEmpty)
    let curve = try builder.curve(found, &ground)
    let needed = try #require(curve.plans.first { $0.kind == .needed })
    #expect(needed.metCount == 4)
    #expect(needed.agents == curve.periods.map(\.needed))
    // Ten agents' work comes in at the peak, one agent's before.
    #expect(needed.agents[1] > needed.agents[0])
    // What the formula leaves over at the peak waits in the half hour after it.
    let formula = try #require(curve.plans.first { $0.kind == .erlangC })
    #expect(formula.shares[2].result != .met && needed.shares[2].result == .met)
    #expect(formula.hours < needed.hours)
    let fewer = try #require(curve.plans.first { $0.kind == .fewer })
    #expect(fewer.metCount < 4)
    #expect(needed.hours == Double(needed.agents.reduce(0, +)) / 2)
  }

  @Test func `agents work in the periods that the curve says`() throws {
    let search = try Self.search(replications: 2)
    let plan = try #require(search.world([2, 5, 0, 1]))
    #expect(plan.model.agents.count == 5)
    let hours = StaffHours(plan)
    #expect(hours.hours == Double(2 + 5 + 0 + 1) / 2)
    #expect(hours.money == nil)
  }

  @Test func `goals about a share or a quantile of first responses are period goals`() throws {
    let p90 = try #require(PeriodGoal(try Goal("first_response.p90 <= 10 min")))
    #expect(p90.share == 0.9 && p90.bound == 600_000_000_000)
    let within = try #require(PeriodGoal(try Goal("first_response.within(5 min) >= 80%")))
    #expect(within.share == 0.8 && within.bound == 300_000_000_000)
    for other in ["reassigned <= 5%", "first_response.mean <= 5 min", "wait.within(5 min) >= 80%"] {
      #expect(PeriodGoal(try Goal(other)) == nil)
    }
  }
}
