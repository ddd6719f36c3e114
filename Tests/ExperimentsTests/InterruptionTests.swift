import Scenarios
import Testing
import VirtualTime
import World

@testable import Experiments

@Suite("A wish to stop")
struct InterruptionTests {
  @Test("a run that was not known of when somebody wished to stop does not go on to its end")
  func late() throws {
    let scenario = try Scenario.read(
      SourceFile(
        name: "long",
        text: """
          name: long
          duration: 1 h
          contacts: {all: {arrivals: {poisson: 60 per hour}}}
          teams: {desk: {agents: 3, reply_time: {exponential: 1 min}}}
          workflows: {assignment: {trigger: {conversation_opened: {}}, steps: [{assign_to: {team: desk, logic: round_robin}}]}}
          """))
    let bench = try Bench(WorldPlan(scenario, scenario.standard), seed: 1, replication: 0)
    let interruption = Interruption()
    interruption.set()
    // As it happens to a thread that looked just before.
    let found = interruption.watching(bench.kernel) { bench.run() }
    #expect(found.ending.reason == .stopped && found.ending.events < 10)
  }
}
