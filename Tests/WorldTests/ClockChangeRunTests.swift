import Engine
import Testing

@testable import Scenarios
@testable import World

/// A whole run over a night in which the clock is put forward or back: shifts, hours that a workflow
/// asks for, and arrivals all go by the clock on the wall.
@Suite struct `A run over a change of the clock` {
  @Test(arguments: [("Europe/Lisbon", "2026-03-27"), ("Europe/Lisbon", "2026-10-23")])
  func `everything keeps its hours`(zone: String, start: String) throws {
    var plan = try world(
      """
      name: clock
      start: \(start) 00:00
      time_zone: \(zone)
      duration: 5 d
      contacts: {all: {arrivals: {poisson: 12 per hour}}}
      teams:
        day: {agents: 40, reply_time: 1 s, shift: {hours: "09:00-17:00"}}
        night: {agents: 40, reply_time: 1 s, shift: {hours: "17:00-09:00"}}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - date_and_time: {days: every day, hours: ["09:00-17:00"]}
              outside: [{assign_to: {team: night, only_online: true}}]
            - assign_to: {team: day, only_online: true}
      """)
    plan.recordsConversations = true
    let result = try run(plan)
    let rules = try TimeZoneFolder.system.rules(zone)
    let epoch = plan.model.settings.epoch
    var sides: [Int64: Int] = [:]
    for record in try #require(result.ledger).conversations {
      // The zone's own rule, looked up for each conversation.
      let utc = epoch + record.openedAt.nanoseconds / 1_000_000_000
      let offset = rules.changes.last { $0.at <= utc }?.offset ?? rules.offset
      let second = LocalTime(seconds: utc + offset).secondOfDay
      let isDay = (9 * 3_600..<17 * 3_600).contains(second)
      let agent = try #require(record.assignee).index
      #expect((agent < 40) == isDay, "\(second) s after midnight")
      sides[Int64(offset), default: 0] += 1
    }
    // Whoever is on shift has room for all: nobody waits but who writes in the last second of a shift.
    #expect(try result.measured.number("wait.max") < 2)
    // Both sides of the change were seen.
    #expect(sides.count == 2 && sides.values.allSatisfy { $0 > 400 }, "\(sides)")
  }
}
