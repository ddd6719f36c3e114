import Engine
import Sampling
import Testing

@testable import Scenarios
@testable import World

/// Customers and agents keep the same hours on the clock on the wall when it is put forward or back.
@Suite struct ProfileOverClockChangesTests {
  /// A zone, and a year in which its clock is put forward and back or leaves out a day.
  static let years = [
    ("Europe/Lisbon", 2026), ("America/Santiago", 2026), ("Pacific/Apia", 2011),
    ("Australia/Lord_Howe", 2026),
  ]

  /// A world with customers and agents from nine to five.
  private func office(_ zone: String, _ start: String, days: Int) throws -> WorldPlan {
    try world(
      """
      name: office
      start: \(start)
      time_zone: \(zone)
      duration: \(days) d
      contacts:
        all: {arrivals: {profile: {"09:00": 6 per hour, "17:00": 0 per hour}}}
      teams: {all: {agents: 1, reply_time: 1 s, picks: oldest, shift: {hours: ["09:00-17:00"]}}}
      """)
  }

  @Test(arguments: years) func `customers come while the agents are there`(
    zone: String, year: Int
  ) throws {
    let plan = try office(zone, "\(year)-01-01 00:00", days: 366)
    let rules = try TimeZoneFolder.system.rules(zone)
    let epoch = plan.model.settings.epoch
    let population = plan.model.populations[0]
    let clock = WallClock(plan.model.settings)
    var arrivals = population.arrivals.generator(
      try .init(seed: 1, replication: 0), population: 0, start: clock.startOfWeek,
      changes: clock.changes)
    let changes = rules.changes.filter { $0.at > epoch && $0.at < epoch + 366 * 86_400 }
    #expect(changes.count >= 2)
    var seen = Set<Int>()
    while let time = arrivals.next(), time < 366 * 86_400_000_000_000 {
      // The zone's own rule, looked up for each arrival.
      let utc = epoch + time / 1_000_000_000
      let past = rules.changes.filter { $0.at <= utc }
      let offset = past.last?.offset ?? rules.offset
      let second = LocalTime(seconds: utc + offset).secondOfDay
      #expect((9 * 3_600..<17 * 3_600).contains(second), "\(utc - epoch) s of the run")
      seen.insert(changes.count { $0.at <= utc })
    }
    // Before, between and after all changes.
    #expect(seen.count == changes.count + 1)
  }

  @Test(arguments: [("2026-03-27", "forward"), ("2026-10-23", "back")])
  func `nobody waits for the agents because the clock was put`(start: String, way: String) throws {
    let result = try run(try office("Europe/Lisbon", "\(start) 00:00", days: 5))
    #expect(try result.measured.number("wait.max") < 120, "\(way)")
  }
}
