import Engine
import Foundation
import Testing

@testable import Scenarios

private func roster(_ shifts: String, team: String = "desk", agents: String = "3") -> String {
  """
  name: x
  duration: 8 h
  contacts: {all: {arrivals: {poisson: 1 per hour}}}
  teams: {desk: {agents: \(agents), picks: oldest, reply_time: 1 min}}
  roster:
    team: \(team)
    shifts: \(shifts)
  """
}

private func found(_ text: String) -> (scenario: Scenario?, problems: [String]) {
  do {
    return (try Scenario.read(SourceFile(name: "f", text: text)), [])
  } catch {
    return (
      nil,
      error.all.map { problem in
        problem.message + (problem.hint.map { "; \($0)" } ?? "")
      }
    )
  }
}

@Suite struct `Rosters in scenarios` {
  @Test func `a shift is days, hours without breaks, and what it costs`() throws {
    let text = roster(
      "{early: {days: mon-fri, hours: \"08:00-16:00\", breaks: [{after: 4 h, for: 30 min}], cost: 8, "
        + "at_most: 20}}")
    let roster = try #require(found(text).scenario?.roster)
    #expect(roster.team == 0 && roster.teamName == "desk")
    let shift = try #require(roster.shifts.first)
    #expect(shift.name == "early" && shift.cost == 8 && shift.atMost == 20)
    #expect(shift.work == [480..<720, 750..<960])
    #expect(shift.minutes == 450 && shift.costPerWeek == 40)
    #expect(
      shift.pattern == [
        Shift(
          days: [.monday, .tuesday, .wednesday, .thursday, .friday],
          hours: [HoursOfDay(from: 480, to: 720), HoursOfDay(from: 750, to: 960)])
      ])
  }

  @Test func `a night belongs to the day on which it begins, its second half to the next`() throws {
    let text = roster(
      "{night: {days: [mon, sun], hours: \"22:00-06:00\", breaks: [{after: 3 h, for: 1 h}, "
        + "{after: 1 h 30 min, for: 15 min}]}}")
    let shift = try #require(found(text).scenario?.roster?.shifts.first)
    #expect(shift.work == [1_320..<1_410, 1_425..<1_500, 1_560..<1_800])
    #expect(
      shift.pattern == [
        Shift(
          days: [.monday, .sunday],
          hours: [HoursOfDay(from: 1_320, to: 1_410), HoursOfDay(from: 1_425, to: 60)]),
        Shift(days: [.tuesday, .monday], hours: [HoursOfDay(from: 120, to: 360)]),
      ])
    // Without any cost a shift costs the hours that are worked.
    #expect(shift.cost == 6.75)
  }

  @Test func `the pattern holds just the minutes of work`() throws {
    let text = roster(
      "{split: {days: sat, hours: [\"18:00-23:00\", \"01:00-05:30\"], breaks: [{after: 8 h, for: 10 min}]}}"
    )
    let shift = try #require(found(text).scenario?.roster?.shifts.first)
    var minutes: [Int] = []
    for minute in 0..<10_080 {
      // 2026-11-23 is a Monday.
      let local = LocalTime(seconds: 20_780 * 86_400 + Int64(minute) * 60)
      if shift.pattern.contains(where: { $0.holds(local) }) { minutes.append(minute) }
    }
    let saturday = 5 * 1_440
    let expected = shift.work.flatMap { $0.map { (saturday + $0) % 10_080 } }
    #expect(Set(minutes) == Set(expected))
    #expect(minutes.count == shift.minutes)
  }

  @Test(arguments: [
    ("{a: {hours: \"08:00-16:00\"}}", "disk", "unknown team 'disk'; did you mean 'desk'?"),
    (
      "{a: {hour: \"08:00-16:00\"}}", "desk",
      "unknown key 'hour' in a shift of the roster; did you mean 'hours'?"
    ),
    (
      "{a: {hours: \"08:00-16:00\", breaks: [{after: 8 h, for: 30 min}]}}", "desk",
      "a break must lie inside a stretch of work, with work before and after it; 'after' counts from the start of the shift, which ends after 8 h"
    ),
    (
      "{a: {hours: \"08:00-16:00\", breaks: [{after: 1 h, for: 1 h}, {after: 90 min, for: 1 h}]}}",
      "desk", "a break that overlaps another one of the shift"
    ),
    (
      "{a: {hours: \"08:00-16:00\", breaks: [{after: 90 s, for: 1 h}]}}", "desk",
      "a break counts in whole minutes, from 1 min to 24 h, not 1 min 30 s"
    ),
    ("{a: {hours: \"08:00-16:00\", cost: -1}}", "desk", "a shift cannot cost less than nothing"),
    (
      "{a: {hours: \"08:00-16:00\", cost: 1}, b: {hours: \"08:00-16:00\"}}", "desk",
      "the shift 'b' has no cost, and others have; give every shift a cost for each time it is worked, or none: then the hours count"
    ),
    ("{}", "desk", "a roster needs at least one shift"),
  ])
  func `what is wrong is told`(shifts: String, team: String, problem: String) {
    let problems = found(roster(shifts, team: team)).problems
    #expect(problems.contains(problem), "\(problems)")
  }

  @Test func `every problem is told at once`() {
    let problems = found(
      roster("{a: {hours: \"08:00-16:00\", at_most: -1, cost: x}, b: {hours: \"8-9\"}}", team: "no")
    ).problems
    #expect(problems.count >= 4, "\(problems)")
  }

  @Test func `agents with names are no number`() {
    let problems = found(roster("{a: {hours: \"08:00-16:00\"}}", agents: "[ana, ben]")).problems
    #expect(problems.contains { $0.hasSuffix("; write their number, such as 'agents: 10'") })
  }

  @Test func `the resolved scenario has the same roster`() throws {
    let text = roster(
      "{a: {hours: \"22:00-06:00\", breaks: [{after: 4 h, for: 30 min}]}, b: {hours: \"08:00-16:00\"}}"
    )
    let first = try #require(found(text).scenario)
    let second = try #require(found(first.resolved).scenario)
    #expect(first.roster == second.roster)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(first.resolved))
  }

  @Test func `the example that describes it is one`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scenarios/README.md")
    let parts = try String(contentsOf: file, encoding: .utf8).split(separator: "```")
    let keys = try #require(parts.first { $0.hasPrefix("yaml\nroster:") }).dropFirst(5)
    let text =
      "name: x\nduration: 7 d\ncontacts: {all: {arrivals: {poisson: 1 per hour}}}\n"
      + "teams: {support: {agents: 2, picks: oldest, reply_time: 1 min}}\n" + keys
    #expect(found(text).problems == [])
    #expect(found(text).scenario?.roster?.shifts.count == 3)
  }
}
