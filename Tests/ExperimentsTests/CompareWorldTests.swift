import Measurement
import Sampling
import Scenarios
import Testing
import World

@testable import Experiments

@Suite struct `Other worlds` {
  @Test func `more customers, and the same work`() throws {
    let model = try #require(try Desk().scenario().strategies.first?.model)
    let busier = try model.withVolume(times: 1.1)
    let before = model.populations[0].arrivals.expectedCount(from: 0, to: 3_600)
    let after = busier.populations[0].arrivals.expectedCount(from: 0, to: 3_600)
    #expect((after / before - 1.1).magnitude < 1e-12)
    #expect(
      busier.style(of: busier.agents[0]).replyTime == model.style(of: model.agents[0]).replyTime)
  }

  @Test(arguments: [0, 0.3, 1, 1.5]) func `work varies otherwise around the same mean`(cv: Double)
    throws
  {
    let model = try #require(try Desk().scenario().strategies.first?.model)
    let other = try model.withWorkVariation(cv)
    let work = other.style(of: other.agents[0]).replyTime
    #expect((work.mean - 60).magnitude < 1e-9)
    #expect((work.variance.squareRoot() - 60 * cv).magnitude < 1e-6)
    #expect(other.populations[0].arrivals == model.populations[0].arrivals)
  }

  @Test func `work that takes no time stays so`() throws {
    let model = try #require(try Desk(work: "0 s").scenario().strategies.first?.model)
    let other = try model.withWorkVariation(1.5)
    #expect(other.style(of: other.agents[0]).replyTime.mean == 0)
  }

  @Test func `the table has every world, judged together`() throws {
    let campaign = try Desk(minutes: 100).campaign(replications: 6)
    var result = try campaign.run()
    let metric = try #require(MetricReference(.firstResponse, .mean))
    let check = RobustnessCheck(metric: metric, builder: ComparisonBuilder())
    let before = result.fingerprint
    let table = try #require(
      try check.robustness(campaign, &result, interruption: Interruption()))
    #expect(
      table.rows.map(\.world) == [
        "as described", "load -10 %", "load +10 %", "work cv 0.3", "work cv 1", "work cv 1.5",
      ])
    #expect(table.rows.allSatisfy { $0.differences.map(\.strategy) == ["fewest"] })
    #expect(table.rows.allSatisfy { $0.differences[0].metric == "first_response.mean" })
    // More customers wait longer than fewer, and so do those whose work varies more.
    func waits(_ world: Int) -> Double { table.rows[world].differences[0].baselineMean ?? .nan }
    #expect(waits(1) < waits(0) && waits(0) < waits(2))
    #expect(waits(3) < waits(4) && waits(4) < waits(5))
    #expect(result.finishedRuns == 6 * 2 * 6)
    #expect(result.replications == 6)
    #expect(result.fingerprint != before)
  }

  @Test func `an interruption leaves the table out and the comparison whole`() throws {
    let campaign = try Desk(minutes: 20).campaign(replications: 2)
    var result = try campaign.run()
    let before = result
    let interruption = Interruption()
    interruption.set()
    let metric = try #require(MetricReference(.firstResponse, .mean))
    let table = try RobustnessCheck(metric: metric, builder: ComparisonBuilder())
      .robustness(campaign, &result, interruption: interruption)
    #expect(table == nil)
    #expect(result.isPartial && result.extraRuns > 0)
    #expect(result.fingerprint == before.fingerprint)
    #expect(result.replications == before.replications)
  }
}

@Suite struct `A warm-up that is found` {
  @Test func `a start that dies away is left out`() {
    // Down from 50 within a hundred steps, then level with a small wobble.
    let series = (0..<1_000).map { step -> Double in
      let start = max(0, 50 - Double(step) / 2)
      return start + Double((step * 37) % 11) / 10
    }
    guard case .found(let warmup) = WarmUpSearch.cut(series, step: 1) else {
      Issue.record("nothing was found")
      return
    }
    #expect((90...130).contains(warmup))
  }

  @Test func `a level series loses next to nothing`() {
    let series = (0..<1_000).map { Double(($0 * 37) % 11) }
    guard case .found(let warmup) = WarmUpSearch.cut(series, step: 1) else {
      Issue.record("nothing was found")
      return
    }
    #expect(warmup <= 50)
  }

  @Test func `a series that only grows is refused`() {
    #expect(WarmUpSearch.cut((0..<1_000).map { Double($0) }, step: 1) == .tooShort)
  }

  @Test func `a desk that fills up loses its beginning, on any number of threads`() throws {
    // Far from empty when it is level: 40 agents with long work.
    let desk = Desk(agents: 40, rate: 0.5, work: "{exponential: 60 min}", minutes: 3_000)
    let scenario = try desk.scenario()
    var plan = WorldPlan(scenario, scenario.strategies[0])
    plan.warmup = 0
    let one = try WarmUpSearch(plan: plan, seed: 1, threads: 1).outcome()
    guard case .found(let warmup) = one else {
      Issue.record("nothing was found")
      return
    }
    #expect((30.0...1_500).contains(Double(warmup) / 60e9))
    #expect(try WarmUpSearch(plan: plan, seed: 1, threads: 4).outcome() == one)
  }
}
