import Scenarios
import Statistics
import Testing
import World

@testable import Experiments
@testable import Measurement

/// Waits that the end of a run cuts off are in no mean: a short run must say so.
@Suite struct UnfinishedRemarkTests {
  private func results(_ duration: String, count: Int) throws -> StrategyResult {
    let text = """
      name: a busy hour
      duration: \(duration)
      contacts: {all: {arrivals: {poisson: 56 per hour}}}
      teams: {all: {agents: 2, reply_time: {exponential: 2 min}, picks: oldest}}
      """
    let scenario = try Scenario.read(SourceFile(name: "test.yaml", text: text))
    let plan = WorldPlan(scenario, scenario.standard)
    var result = StrategyResult(metrics: plan.metrics)
    for replication in 0..<count {
      result.add(try Bench(plan, seed: 3, replication: replication).run().measured)
    }
    return result
  }

  @Test func `an hour of a busy desk is told, a long run is not`() throws {
    let hour = try results("1 h", count: 40)
    let found = try #require(hour.unfinished(.wait))
    #expect(found.share > 0.01 && found.shift > 0.01)
    let remarks = DocumentBuilder.remarksOnUnfinished(
      [("a", hour), ("b", hour)], shown: ["wait.mean", "first_response.p90"])
    #expect(remarks.count == 2)
    #expect(remarks[0].contains("are left out of wait") && remarks[0].contains("under "))
    let long = try results("400 h", count: 1)
    #expect(try #require(long.unfinished(.wait)).shift < 0.01)
    #expect(DocumentBuilder.remarksOnUnfinished([("a", long)], shown: ["wait.mean"]).isEmpty)
  }

  @Test func `the shift is the one that hours followed to their end have`() throws {
    // The same customers in the first hour, their waits cut off at its end or followed for two more.
    let cut = try results("1 h", count: 300)
    let shift = try #require(cut.unfinished(.wait)).shift
    let text = """
      name: a busy hour, followed
      duration: 4 h
      contacts: {all: {arrivals: {profile: {"09:00": 56 per hour, "10:00": 0 per hour}}}}
      teams: {all: {agents: 2, reply_time: {exponential: 2 min}, picks: oldest}}
      """
    let scenario = try Scenario.read(SourceFile(name: "test.yaml", text: text))
    let plan = WorldPlan(scenario, scenario.standard)
    var followed = StrategyResult(metrics: plan.metrics)
    for replication in 0..<300 {
      followed.add(try Bench(plan, seed: 4, replication: replication).run().measured)
    }
    let whole = try #require(followed.times?.wait.mean)
    let left = try #require(cut.times?.wait.mean)
    #expect(shift > 0.02)
    // Two samples of 300 hours differ by some 5 % of the mean by chance.
    #expect(abs(left * (1 + shift) / whole - 1) < 0.15)
  }

  @Test func `an agent's share of working time is that of its row`() throws {
    let result = try results("1 h", count: 5)
    let agent = result.agents[0]
    let busy = try #require(agent.busySeconds.mean)
    let online = try #require(agent.onlineSeconds.mean)
    #expect(abs(try #require(agent.busyRatio.ratio) / (busy / online) - 1) < 1e-12)
  }
}
