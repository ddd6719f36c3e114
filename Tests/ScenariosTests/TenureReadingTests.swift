import Engine
import Testing

@testable import Scenarios

/// `joins` and `leaves` of agents and users.
@Suite struct `Joining and leaving` {
  private func team(_ agents: String) -> String {
    small().replacing("agents: 2", with: "agents: [\(agents)]")
  }

  @Test func `whoever joins later stands last, in the order of joining`() throws {
    let text =
      team(
        "{name: ana, joins: 3 h}, ben, {name: cho, joins: 1 h, leaves: 2 h}, {name: dan, joins: 0 s, leaves: 5 h}"
      ) + "users: {eva: {reply_time: 1 min, joins: \"2026-11-23 11:00\"}, fay: {reply_time: 1 min}}"
    let found = scenario(text)
    let read = try #require(found.scenario, "\(found.problems)")
    let model = read.standard.model
    #expect(model.agents.map(\.name) == ["ben", "dan", "fay", "cho", "eva", "ana"])
    #expect(model.agents.map(\.joins) == [nil, nil, nil, .hours(1), .hours(2), .hours(3)])
    #expect(model.agents.map(\.leaves) == [nil, .hours(5), nil, .hours(2), nil, nil])
    #expect(model.founderCount == 3)
    #expect(model.teams[0].members == 0..<2 && model.teams[0].latecomers == [3, 5])
    #expect(scenario(read.resolved).scenario?.resolved == read.resolved)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
    let rates = model.populations.map { _ in 1.0 }
    #expect(try model.steady(arrivals: rates).founderCount == 6)
  }

  @Test func `a late manager supervises under the own number`() throws {
    let text = small(
      """
      users:
        zoe: {role: manager, reply_time: 1 min, joins: 2 h, supervises: {every: 1 h, waiting: 1 min}}
        yan: {reply_time: 1 min}
      """)
    let model = try #require(scenario(text).scenario).standard.model
    #expect(model.agents[try #require(model.supervisors.first).agent].name == "zoe")
  }

  @Test func `what cannot be is refused in place`() {
    #expect(
      scenario(team("{name: ana, joins: 3 h, leaves: 2 h}, ben")).problems == [
        "4:60: leaving after 2 h is not after joining, which is after 3 h; "
          + "leave the agent out, or say when"
      ])
    #expect(
      scenario(team("{name: ana, joins: 2026-11-22 10:00}, ben")).problems == [
        "4:47: 2026-11-22 10:00 is before the start of the run"
      ])
    #expect(
      scenario(team("{name: ana, joins: 3}, ben")).problems == [
        "4:47: a duration needs a unit; write '3 s' or '3 min'"
      ])
    #expect(scenario(team("ana, {name: ana, joins: 3 h}")).problems.count == 1)
    #expect(scenario(small(team: ", joins: 3 h")).problems.count == 1)
    let workflow =
      "workflows: {w: {trigger: conversation_opened, steps: [{assign_to: {user: ana}}]}}"
    #expect(
      scenario(team("{name: ana, joins: 3 h}, ben") + workflow).problems == [
        "5:74: the user 'ana' joins only during the run, after the workflows are published; "
          + "give the contact to a team that the user is in"
      ])
    #expect(
      scenario(team("{name: ana, joins: 3 h}, ben") + "engine: {command: [x]}").problems.count == 1)
  }
}
