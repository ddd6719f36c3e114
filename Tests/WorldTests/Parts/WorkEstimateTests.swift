import Testing
import VirtualTime

@testable import Scenarios
@testable import World

/// What is too much is known before it runs, and a slip is told by its key.
@Suite struct WorkEstimateTests {
  private func estimate(
    _ arrivals: String, team: String = "", more: String = "", faults: String = "{}"
  ) throws -> WorkEstimate {
    WorkEstimate(
      try world(
        """
        name: estimate
        duration: 8 h
        contacts: {all: {arrivals: \(arrivals)\(more)}}
        teams: {all: {agents: 12, reply_time: {exponential: 5 min}, picks: oldest\(team)}}
        faults: \(faults)
        """))
  }

  @Test func `what runs every day is far from too much, and is guessed within a factor of four`()
    throws
  {
    let plan = try world(
      """
      name: estimate
      duration: 8 h
      contacts: {all: {arrivals: {poisson: 100 per hour}, questions: {geometric: {mean: 2}}}}
      teams: {all: {agents: 12, reply_time: {exponential: 3 min}, picks: oldest}}
      """)
    let found = WorkEstimate(plan)
    let real = Double(try Bench(plan, seed: 1, replication: 0).run().ending.events)
    #expect(found.events < 4 * real && real < 4 * found.events, "\(found.events) for \(real)")
    #expect(found.events < WorkEstimate.mostEvents && found.bytes < WorkEstimate.mostBytes)
  }

  @Test func `a slip in a unit is told by its key`() throws {
    let renewal = try estimate("{renewal: 1 ns}")
    #expect(renewal.events > WorkEstimate.mostEvents)
    #expect(renewal.busiest?.key == "contacts.all.arrivals")
    #expect(renewal.largest?.key == "contacts.all.arrivals")
    let absences = try estimate("{poisson: 1 per hour}", team: ", away: {after: 1 us, for: 1 us}")
    #expect(absences.events > WorkEstimate.mostEvents)
    #expect(absences.busiest?.key == "teams.all.away")
    let questions = try estimate("{poisson: 100 per hour}", more: ", questions: 10000000")
    #expect(questions.events > WorkEstimate.mostEvents)
    let restarts = try estimate(
      "{poisson: 1 per hour}", faults: "{deploy: {engine_restarts: {}, every: 1 us}}")
    #expect(restarts.events > WorkEstimate.mostEvents)
    #expect(restarts.busiest?.key == "faults.deploy.every")
  }

  @Test func `a million agents are few enough for one run`() throws {
    let plan = try world(
      """
      name: many
      duration: 1 h
      contacts: {all: {arrivals: {poisson: 100 per hour}}}
      teams: {all: {agents: 1000000, reply_time: {exponential: 5 min}, picks: oldest}}
      """)
    let found = WorkEstimate(plan)
    #expect(found.bytes < WorkEstimate.mostBytes && found.bytes > 1e9)
    #expect(found.largest?.key == "teams.all.agents")
  }

  @Test func `a run gives up where more customers are known than may be`() throws {
    var plan = try world(
      """
      name: flood
      duration: 8 h
      contacts: {all: {arrivals: {poisson: 1000 per hour}}}
      teams: {all: {agents: 1, reply_time: {exponential: 5 min}, picks: oldest}}
      """)
    plan.mostContacts = 500
    let ending = try Bench(plan, seed: 1, replication: 0).run().ending
    guard case .gaveUp(let why) = ending.reason else {
      Issue.record("\(ending)")
      return
    }
    #expect(why.contains("500 customers") && why.contains("--allow-huge"))
    plan.mostContacts = .max
    #expect(try Bench(plan, seed: 1, replication: 0).run().ending.reason == .horizon)
  }
}
