import Scenarios
import Testing

@testable import Measurement
@testable import World

/// Which conversations a goal for a part is about, as the world tells the recorder.
@Suite struct RecordedPartTests {
  private func plan(_ goals: String, start: String = "2026-10-24 12:00") throws -> WorldPlan {
    try world(
      """
      name: parts
      start: \(start)
      time_zone: Europe/Lisbon
      duration: 2 d
      channels: {whatsapp: {kind: whatsapp}, web: {kind: website_chat}}
      contacts:
        everyday: {arrivals: {poisson: 20 per hour}, channels: {whatsapp: 50%, web: 50%}}
        vip: {arrivals: {poisson: 5 per hour}, channels: web}
      teams:
        first: {agents: 2, reply_time: 1 min, picks: oldest}
        second: {agents: 1, reply_time: 2 min, picks: oldest}
      goals: [\(goals)]
      """)
  }

  @Test func `names become numbers`() throws {
    let parts = try plan(
      "population vip: abandoned <= 5%, channel web: abandoned <= 5%, team second: wait.p90 <= 1 h"
    ).recording.parts
    let scopes = parts.map(\.scope.description)
    #expect(
      scopes == ["population everyday", "population vip", "channel web", "team second"])
    guard case .population(1) = parts[1].members, case .channel(1) = parts[2].members,
      case .agents([false, false, true]) = parts[3].members
    else {
      Issue.record("\(parts)")
      return
    }
  }

  @Test func `a stretch of the day follows the clock on the wall`() throws {
    // The clocks go back at two on the 25th: between half past midnight and half past two lie three hours.
    let part = try #require(
      plan("between 00:30 and 02:30: abandoned <= 5%").recording.parts.last)
    guard case .opened(let stretches) = part.members else {
      Issue.record("\(part)")
      return
    }
    let hours = stretches.map {
      [Double($0.lowerBound) / 3.6e12, Double($0.upperBound) / 3.6e12]
    }
    #expect(hours == [[12.5, 15.5], [37.5, 39.5]])
  }

  @Test func `over midnight and to the end of the day`() throws {
    func hours(_ goal: String) throws -> [[Double]] {
      guard case .opened(let stretches)? = try plan(goal).recording.parts.last?.members else {
        return []
      }
      return stretches.map { [Double($0.lowerBound) / 3.6e12, Double($0.upperBound) / 3.6e12] }
    }
    #expect(
      try hours("between 22:00 and 06:00: abandoned <= 5%")
        == [[10, 19], [35, 43]])
    // Hours of each day: what is left of the first, all of the second, what comes of the third.
    #expect(try hours("between 12:00 and 24:00: abandoned <= 5%").first == [0, 12])
  }

  @Test func `the parts of everything add up to everything`() throws {
    let plan = try plan(
      """
      population vip: opened >= 1, channel web: opened >= 1, channel whatsapp: opened >= 1,
        team first: opened >= 1, team second: opened >= 1, between 06:00 and 18:00: opened >= 1,
        between 18:00 and 06:00: opened >= 1, population everyday: opened >= 1
      """)
    let measured = try run(plan).measured
    let all = try measured.number("opened")
    for pair in [
      ["population vip", "population everyday"], ["channel web", "channel whatsapp"],
      ["between 06:00 and 18:00", "between 18:00 and 06:00"],
    ] {
      let sum = try pair.reduce(0) { try $0 + measured.number("\($1): opened") }
      #expect(sum == all, "\(pair)")
    }
    // Nobody is assigned before a team's agent picks: only those who still wait are nobody's.
    let teams = try measured.number("team first: opened") + measured.number("team second: opened")
    #expect(teams <= all && teams >= all - Double(measured.waitingAtEnd))
    for (population, counts) in zip(["everyday", "vip"], measured.populations) {
      #expect(
        try measured.number("population \(population): opened") == Double(counts.opened))
    }
  }
}
