import Measurement
import Scenarios
import Testing
import World

@testable import Experiments

@Suite struct `The picture of an hour` {
  /// Five hours with few customers but for the fourth, in which two agents have work for four.
  private func campaign(replications: Int = 3) throws -> Campaign {
    var text = Desk(strategies: "{in turn: {logic: round_robin}, fewest: {logic: least_open}}").text
    text.replace("duration: 1100 min", with: "duration: 5 h\nstart: 2026-11-23 09:00")
    text.replace("warmup: 100 min", with: "warmup: 10 min")
    text.replace(
      "{poisson: 1.0 per minute}",
      with: "{profile: {\"09:00\": 20 per hour, \"12:00\": 240 per hour, \"13:00\": 20 per hour}}")
    let scenario = try Scenario.read(SourceFile(name: "desk.yaml", text: text))
    let entries = scenario.strategies.map {
      Campaign.Entry(name: $0.name, plan: WorldPlan(scenario, $0))
    }
    return Campaign(entries: entries, seed: 5, replications: replications, threads: 1)
  }

  @Test func `shows the hour in which most wait, of the first run of every strategy`() throws {
    let campaign = try campaign()
    var result = try campaign.run()
    let before = result
    try campaign.drawLanes(&result)
    let windows = result.outcomes.compactMap(\.lanes)
    #expect(windows.map(\.strategy) == ["in turn", "fewest"])
    for window in windows {
      // Those who came between 12:00 and 13:00 wait for two agents until about 14:00.
      #expect((3 * 3600.0...4 * 3600).contains(window.from) && window.to == window.from + 3600)
      #expect(window.replication == 1)
      #expect(window.spans.contains { $0.kind == .waiting })
      #expect(window.spans.allSatisfy { $0.from >= window.from && $0.to <= window.to })
    }
    // Running one again changes nothing else.
    #expect(result.fingerprint == before.fingerprint && result.finishedRuns == before.finishedRuns)
    #expect(result.outcomes.map(\.events) == before.outcomes.map(\.events))
    #expect(result.outcomes.map(\.result) == before.outcomes.map(\.result))
  }

  @Test func `stays within what is counted`() throws {
    var campaign = try campaign(replications: 1)
    for place in campaign.entries.indices {
      campaign.entries[place].plan.duration = 2_400_000_000_000
    }
    let hour = try #require(campaign.busiestHour(of: try campaign.run()))
    #expect(hour.from >= campaign.entries[0].plan.warmup && hour.to == 2_400_000_000_000)
    #expect(hour.from < hour.to)
  }

  @Test func `is not drawn of an interrupted comparison`() throws {
    let campaign = try campaign(replications: 1)
    var result = try campaign.run()
    result.isPartial = true
    try campaign.drawLanes(&result)
    #expect(result.outcomes.allSatisfy { $0.lanes == nil })
  }
}
