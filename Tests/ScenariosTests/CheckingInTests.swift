import Sampling
import Testing

@testable import Scenarios

/// `checks_in`: how long somebody stays away who was taken for absent.
@Suite struct `Looking in` {
  private func style(_ keys: String) throws -> WorkStyle {
    let result = scenario(small(team: keys))
    let found = try #require(result.scenario, "\(result.problems)")
    return try #require(found.standard.model.styles.first)
  }

  @Test func `nobody looks in who is not said to`() throws {
    #expect(try style("").checksIn == nil)
    #expect(try style(", checks_in: never").checksIn == nil)
  }

  @Test func `it is a distribution, for a team, an agent and a user`() throws {
    #expect(try style(", checks_in: {exponential: 20 min}").checksIn?.mean == 1_200)
    let text = small("users: {maria: {reply_time: 1 min, checks_in: 5 min}}").replacing(
      "agents: 2", with: "agents: [ana, {name: ben, checks_in: 10 min}]")
    let model = try #require(scenario(text).scenario).standard.model
    #expect(model.agents.map { model.style(of: $0).checksIn?.mean } == [nil, 600, 300])
  }

  @Test func `that nothing calls back who is taken for absent is told`() throws {
    func told(_ workspace: String, _ step: String, _ team: String = "") throws -> [String] {
      let text = small(
        "workspace: {\(workspace)}\nworkflows: {w: {trigger: conversation_opened, steps: [\(step)]}}",
        team: team)
      let found = try #require(scenario(text).scenario, "\(scenario(text).problems)")
      return found.warnings.all.map { "\($0.line ?? 0):\($0.column ?? 0): \($0.message)" }
    }
    let step = "{assign_to: {team: support, only_online: true}}"
    #expect(
      try told("inactivity: 5 min", step)
        == [
          "5:25: whoever is taken for absent stays away from contacts that wait for somebody online: "
            + "no agent has 'checks_in'"
        ])
    #expect(try told("inactivity: off", step) == [])
    #expect(try told("inactivity: 5 min", "{assign_to: {team: support}}") == [])
    #expect(try told("inactivity: 5 min", step, ", checks_in: 10 min") == [])
    #expect(try told("inactivity: 5 min", step, ", picks: oldest") == [])
  }

  @Test(arguments: ["sometimes", "5", "{every: 5 min}", "-1 min"])
  func `anything else is refused`(value: String) {
    #expect(scenario(small(team: ", checks_in: \(value)")).problems.count == 1)
  }
}
