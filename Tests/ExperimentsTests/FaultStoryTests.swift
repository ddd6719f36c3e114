import Measurement
import Scenarios
import Testing
import VirtualTime

@testable import Experiments
@testable import World

/// Scenarios that chance wrote with faults that chance wrote: whatever goes wrong, everything adds up.
@Suite struct `Stories with faults` {
  /// How many scenarios of chance; `SWITCHBOARD_LONG` runs them all.
  private static let stories = isLongRun ? 1_000 : 40

  private static func story(_ seed: Int) throws -> Scenario {
    var scenario = RandomScenario(seed: UInt64(seed))
    var faults = RandomFaults(seed: UInt64(seed))
    let text = faults.added(to: scenario.text())
    do throws(Diagnostics) {
      return try Scenario.read(SourceFile(name: "chance", text: text))
    } catch {
      Issue.record("seed \(seed): \(error.rendered())\n\(text)")
      throw error
    }
  }

  private static func run(_ scenario: Scenario, _ seed: Int) throws -> WorldResult {
    var plan = WorldPlan(scenario, scenario.standard)
    plan.recordsConversations = seed % 3 == 0
    return try Bench(plan, seed: UInt64(seed), replication: 0).run()
  }

  @Test func `no invariant breaks whatever goes wrong`() throws {
    var sum = FaultCounts()
    Replications.run(count: Self.stories, threads: 2) { seed in
      Result { try Self.run(Self.story(seed), seed) }
    } take: { seed, found in
      guard let result = try? found.get() else {
        Issue.record("seed \(seed): \(found)")
        return true
      }
      #expect(result.violations.isEmpty, "seed \(seed)")
      #expect(result.ending.isOrderly, "seed \(seed): \(result.ending)")
      #expect(result.refusedCount == 0, "seed \(seed): \(result.firstRefusal ?? "")")
      if let faults = result.faults { sum = faults + sum }
      return true
    }
    // Every kind of fault did something, or it would not be tried.
    let seen = [
      sum.heldMessages, sum.failedMessages, sum.duplicateMessages, sum.lateMessages,
      sum.failedCalls, sum.slowCalls, sum.garbledCalls, sum.droppedAgents, sum.loggedInAgents,
      sum.restarts, sum.heldEvents,
    ]
    #expect(seen.allSatisfy { $0 > 0 }, "\(sum)")
  }

  @Test func `the same seed tells the same story`() throws {
    for seed in 0..<6 {
      let scenario = try Self.story(seed)
      let (one, two) = (try Self.run(scenario, seed), try Self.run(scenario, seed))
      #expect(one.ending == two.ending && one.measured == two.measured, "seed \(seed)")
      #expect(one.faults == two.faults, "seed \(seed)")
    }
  }

  @Test func `what faults did is told of each strategy`() throws {
    var counts = FaultCounts()
    counts.failedMessages = 1
    counts.restarts = 12
    var outcomes = ["a", "b", "c"].map {
      Campaign.Outcome(name: $0, result: .init(metrics: []))
    }
    outcomes[0].faults = counts
    outcomes[1].faults = FaultCounts()
    #expect(
      RemarksOnFaults(outcomes, runs: 20).sentences == [
        "Faults under a, in all 20 runs: 1 message to a contact failed while its channel was down; "
          + "12 restarts of the engine.",
        "Faults under b, in all 20 runs: none came to anything.",
      ])
    #expect(
      RemarksOnFaults([outcomes[0]], runs: 1).sentences == [
        "Faults, in the run: 1 message to a contact failed while its channel was down; "
          + "12 restarts of the engine."
      ])
  }

  @Test func `and the answer tells it`() throws {
    let text = """
      name: a desk
      duration: 2 h
      contacts: {all: {arrivals: {poisson: 9 per hour}}}
      teams: {all: {agents: 1, reply_time: {exponential: 5 min}, picks: oldest}}
      faults: {deploy: {engine_restarts: {}, at: 1 h}}
      """
    let scenario = try Scenario.read(SourceFile(name: "test.yaml", text: text))
    let campaign = Campaign(
      entries: [Campaign.Entry(name: "default", plan: WorldPlan(scenario, scenario.standard))],
      seed: 1, replications: 5, threads: 1)
    let builder = DocumentBuilder(version: "", path: "test.yaml", repeatedBy: [])
    let document = builder.document(.run, scenario, campaign, try campaign.run())
    #expect(document.remarks.contains("Faults, in all 5 runs: 5 restarts of the engine."))
  }
}
