import Foundation
import Measurement
import Testing

@testable import Experiments
@testable import Scenarios

/// A few hours in which two short shifts overlap, small enough for a test.
private struct Bay {
  var atMost = 6
  var goal = "first_response.within(6 min) >= 75%"
  var agents = 2

  var text: String {
    """
    name: Bay
    seed: 11
    start: 2026-11-23 09:00
    duration: 3 h
    contacts: {all: {arrivals: {profile: {"09:00": 24 per hour, "10:00": 60 per hour, "11:00": 24 per hour}}}}
    teams: {desk: {agents: \(agents), picks: oldest, reply_time: {exponential: 2 min}}}
    roster:
      team: desk
      shifts:
        first: {hours: "09:00-11:00", cost: 2, at_most: \(atMost)}
        second: {hours: "10:00-12:00", cost: 2.1, at_most: \(atMost)}
        never: {hours: "20:00-21:00", cost: 0, at_most: 3}
    goals: ["\(goal)"]
    """
  }

  func scenario() throws -> Scenario {
    try Scenario.read(SourceFile(name: "bay.yaml", text: text))
  }

  func planner(threads: Int = 2, cap: Int = 8) throws -> RosterPlanner {
    let scenario = try scenario()
    let roster = try #require(scenario.roster)
    let goal = try #require(PeriodGoal(scenario.goals[0]))
    let frame = try #require(RosterFrame(scenario, roster, length: 3_600, bound: goal.bound))
    let bay = self
    return RosterPlanner(
      question: RosterSearch.Question(
        frame: frame, roster: roster, goal: goal, level: 0.95, start: min(4, cap), cap: cap),
      scenario: scenario, model: scenario.standard.model, threads: threads
    ) { agents in
      var other = bay
      other.agents = agents
      return try other.scenario().standard.model
    }
  }

  func document(_ outcome: RosterPlanner.Outcome) throws -> RosterDocument {
    RosterDocumentBuilder(outcome, version: "0", path: "bay.yaml", repeatedBy: ["switchboard"])
      .document(try scenario())
  }
}

@Suite(.enabled(if: IntegerProgram.isAvailable, "GLPK is not installed"))
struct `Rosters` {
  @Test func `every hour keeps the goal, one fewer does not`() throws {
    let bay = Bay()
    let outcome = try bay.planner().run(Interruption()) { _ in }
    let document = try bay.document(outcome)
    #expect(outcome.isConfirmed && !outcome.isPartial)
    let judged = document.periods.filter { $0.kind == .judged }
    #expect(judged.count == 3)
    for period in judged {
      #expect(period.share.result == .met)
      #expect(try #require(period.share.low) >= 0.75)
    }
    for shift in document.shifts where shift.agents > 0 {
      let fewer = try #require(shift.oneFewer)
      #expect(fewer.missed + fewer.inconclusive > 0, "\(shift.name)")
    }
    // Who never works where anybody writes is never given a shift, even for nothing.
    #expect(document.shifts[2].agents == 0 && document.shifts[2].oneFewer == nil)
    // Agents on in each hour follow from the shifts.
    let counts = document.shifts.map { Double($0.agents) }
    #expect(
      document.periods.map(\.agents) == [counts[0], counts[0] + counts[1], counts[1]])
    #expect(document.shifts.allSatisfy { $0.formulaAgents != nil })
    #expect(document.cuts > 0 || document.solved == 1)
  }

  @Test func `what no number of agents can do is told, and the rest is kept`() throws {
    var bay = Bay()
    // 60 an hour of 2 minutes are 2 erlangs, for at most two agents.
    bay.atMost = 1
    let tight = try bay.document(bay.planner().run(Interruption()) { _ in })
    #expect(tight.shifts.map(\.agents) == [1, 1, 0])
    let hopeless = tight.periods.filter(\.isHopeless)
    #expect(!hopeless.isEmpty)
    #expect(hopeless.allSatisfy { $0.share.result != .met })
  }

  @Test func `an interruption before anything is known says so, later it gives what is known`()
    throws
  {
    let early = Interruption()
    early.set()
    #expect(throws: RosterPlanner.Failure.self) {
      try Bay().planner().run(early) { _ in }
    }
    let late = Interruption()
    let outcome = try Bay().planner().run(late) { if $0 == 18 { late.set() } }
    #expect(outcome.isPartial)
    #expect(outcome.runs.count > 1)
    let document = try Bay().document(outcome)
    #expect(document.head.partial != nil)
    #expect(document.shifts.allSatisfy { $0.formulaAgents == nil })
  }

  @Test func `few who write are not judged, and no shift is no fault of a roster's`() throws {
    var bay = Bay()
    bay.goal = "first_response.within(6 min) >= 99.9%"
    // 3,000 conversations at the least would be needed to tell 99.9 % with 95 % confidence.
    let document = try bay.document(bay.planner(cap: 3).run(Interruption()) { _ in })
    #expect(document.periods.allSatisfy { $0.kind == .quiet })
    #expect(document.shifts.allSatisfy { $0.agents == 0 })
  }
}

@Suite struct `Frames of rosters` {
  private func frame(_ duration: String, _ length: Int64 = 3_600) throws -> RosterFrame? {
    let text = Bay().text.replacingOccurrences(of: "duration: 3 h", with: "duration: \(duration)")
    let scenario = try Scenario.read(SourceFile(name: "f", text: text))
    return RosterFrame(
      scenario, try #require(scenario.roster), length: length, bound: 360_000_000_000)
  }

  @Test func `a week is judged after a day that leads into it, less as it stands`() throws {
    let week = try #require(try frame("7 d"))
    #expect(week.isWeek && week.judged == 24..<192 && week.grid.count == 168)
    #expect(week.duration == (8 * 86_400 + 360) * 1_000_000_000)
    let hours = try #require(try frame("3 h"))
    #expect(!hours.isWeek && hours.judged == 0..<3 && hours.grid.count == 3)
    #expect(hours.duration == (3 * 3_600 + 360) * 1_000_000_000)
  }

  @Test func `a shift covers the share of a period that it works`() throws {
    let halves = try #require(try frame("3 h", 5_400 / 3))
    #expect(halves.coverage[0] == [1, 1, 1, 1, 0, 0])
    let long = try #require(try frame("3 h", 10_800))
    #expect(long.coverage[0] == [2.0 / 3])
    #expect(long.staffed([3, 3, 0], in: 0) == 4)
  }

  @Test func `lengths that do not divide a day are refused`() throws {
    for length: Int64 in [0, -60, 30, 90, 7 * 60, 2 * 86_400] {
      #expect(try frame("7 d", length) == nil, "\(length)")
    }
  }
}
