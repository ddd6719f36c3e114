import Measurement
import Scenarios
import Testing
import World

@testable import Experiments

/// More work than the agents can do is found, and less is not.
@Suite struct OverloadTests {
  private func overload(
    _ duration: String, _ arrivals: String, runs: Int = 5, more: String = ""
  ) throws -> ResultDocument.Overload? {
    let text = """
      name: a desk
      duration: \(duration)
      contacts: {all: {arrivals: {\(arrivals)}\(more)}}
      teams: {all: {agents: 4, reply_time: {exponential: 5 min}, picks: oldest}}
      """
    let scenario = try Scenario.read(SourceFile(name: "test.yaml", text: text))
    let entry = Campaign.Entry(name: "standard", plan: WorldPlan(scenario, scenario.standard))
    let campaign = Campaign(entries: [entry], seed: 5, replications: runs, threads: 1)
    return OverloadSearch(plan: entry.plan, outcome: try campaign.run().outcomes[0]).overload
  }

  @Test func `a third who give up do not hide five agents' work for four`() throws {
    let found = try #require(
      try overload("10 h", "poisson: 60 per hour", more: ", patience: {exponential: 20 min}"))
    let whole = try #require(found.places.first)
    #expect(whole.from == 0 && whole.to == 36_000 && whole.team == nil)
    // 60 conversations of 5 minutes an hour are 5 hours of work.
    #expect(abs(whole.offered - 5) < 0.3)
    #expect(whole.available == 4)
    #expect(whole.enough == Int(whole.offered.rounded(.up)))
  }

  @Test func `two hundredths too much for ten days is told, a twentieth to spare is not`() throws {
    // The queue itself wanders too much for five runs to show that it grows; the work tells.
    let found = try #require(try overload("10 d", "poisson: 48.96 per hour"))
    let whole = try #require(found.places.first)
    #expect(whole.to == 864_000 && abs(whole.offered - 4.08) < 0.04 && whole.enough == 5)
    #expect(try overload("10 d", "poisson: 45.6 per hour") == nil)
  }

  @Test func `an hour's peak is told as that hour`() throws {
    let profile = """
      profile: {"09:00": 20 per hour, "11:00": 90 per hour, "12:00": 20 per hour}
      """
    let found = try #require(try overload("8 h", profile, runs: 20))
    #expect(found.growthPerHour == nil)
    #expect(found.places.count == 1)
    let peak = try #require(found.places.first)
    #expect(peak.from == 7_200 && peak.to == 10_800 && abs(peak.offered - 7.5) < 0.7)
  }
}
