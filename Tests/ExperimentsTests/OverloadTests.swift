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
    try overload(
      """
      name: a desk
      duration: \(duration)
      contacts: {all: {arrivals: {\(arrivals)}\(more)}}
      teams: {all: {agents: 4, reply_time: {exponential: 5 min}, picks: oldest}}
      """, runs)
  }

  private func overload(_ text: String, _ runs: Int) throws -> ResultDocument.Overload? {
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

  /// Two kinds of customers and what the workflow does with the second.
  private func twoKinds(
    _ first: String, _ second: String, _ teams: String, _ steps: String, duration: String = "40 h"
  ) -> String {
    """
    name: two kinds
    duration: \(duration)
    contacts:
      a: {arrivals: {\(first)}, questions: 1, fields: {kind: {a: 100%}}}
      b:
        arrivals: {\(second)}
        questions: 1
        patience: {exponential: 10 min}
        fields: {kind: {b: 100%}}
    teams: \(teams)
    workflows:
      all:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - branch:
              - name: a
                when: {all: [contact.kind = a]}
                steps: [{assign_to: {team: one, logic: least_open}}]
              - name: b
                when: {all: [contact.kind = b]}
                steps: [\(steps)]
    """
  }

  @Test func `what a workflow closes is no work for anybody`() throws {
    // Four agents are busy 82 % of the time, and 24 conversations an hour need none of them.
    let text = twoKinds(
      "poisson: 33 per hour", "poisson: 24 per hour",
      "{one: {agents: 4, reply_time: {exponential: 6 min}}}",
      "{close_conversation: {}}")
    #expect(try overload(text, 5) == nil)
  }

  @Test func `those who give up on one team are not the work of another`() throws {
    // 3.3 agents' work for the four of the first team; 6 for the two of the second.
    let text = twoKinds(
      "poisson: 33 per hour", "poisson: 60 per hour",
      """
      {one: {agents: 4, reply_time: {exponential: 6 min}},
        two: {agents: 2, reply_time: {exponential: 6 min}}}
      """, "{assign_to: {team: two, logic: least_open}}")
    let found = try #require(try overload(text, 5))
    let teams = found.places.filter { $0.team != nil }
    #expect(teams.map(\.team) == ["two"])
    // 12,000 customers: 1 % of chance.
    #expect(abs(teams[0].offered - 6) < 0.25 && teams[0].available == 2)
    let whole = try #require(found.places.first { $0.team == nil })
    #expect(abs(whole.offered - 9.3) < 0.3 && whole.available == 6)
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

  @Test func `an hour's peak of one team is told as that team's hour`() throws {
    // 7.5 agents' work for four in the third hour; the second team has 2 for 4 all the time, and both
    // together have 9.5 for 8, which is told of the team that it comes from.
    let peak = """
      profile: {"09:00": 15 per hour, "11:00": 75 per hour, "12:00": 15 per hour}
      """
    let text = twoKinds(
      peak, "poisson: 20 per hour",
      """
      {one: {agents: 4, reply_time: {exponential: 6 min}},
        two: {agents: 4, reply_time: {exponential: 6 min}}}
      """, "{assign_to: {team: two, logic: least_open}}", duration: "8 h")
    let found = try #require(try overload(text, 20))
    #expect(found.places.map(\.team) == ["one"])
    let place = try #require(found.places.first)
    #expect(place.from == 7_200 && place.to == 10_800)
    // 1,500 customers come in that hour of the twenty runs: 2.6 % of chance, and as much of their work.
    #expect(abs(place.offered - 7.5) < 0.6 && abs(place.available - 4) < 0.01)
    #expect(place.enough == Int(place.offered.rounded(.up)))
  }

  @Test func `an hour in which every team has too much is told of everybody`() throws {
    let peak = """
      profile: {"09:00": 15 per hour, "11:00": 75 per hour, "12:00": 15 per hour}
      """
    let text = twoKinds(
      peak, peak,
      """
      {one: {agents: 4, reply_time: {exponential: 6 min}},
        two: {agents: 4, reply_time: {exponential: 6 min}}}
      """, "{assign_to: {team: two, logic: least_open}}", duration: "8 h")
    let found = try #require(try overload(text, 20))
    #expect(found.places.map(\.team) == [nil])
    #expect(found.places.first?.from == 7_200 && found.places.first?.to == 10_800)
  }
}
