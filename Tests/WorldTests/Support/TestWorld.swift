import Measurement
import Scenarios
import Testing
import VirtualTime

@testable import World

/// Reads a scenario that a test wrote; whatever is wrong with it fails the test.
func readScenario(_ text: String, _ overrides: [Override] = []) throws -> Scenario {
  do {
    return try Scenario.read(SourceFile(name: "test.yaml", text: text), overrides: overrides)
  } catch {
    Issue.record("\(error.all.map(\.description).joined(separator: "\n"))\n\(text)")
    throw error
  }
}

/// The world of a scenario that a test wrote.
func world(_ text: String, _ metrics: String...) throws -> WorldPlan {
  let scenario = try readScenario(text)
  var plan = WorldPlan(scenario, scenario.standard)
  plan.metrics += try metrics.map { try MetricReference($0) }
  return plan
}

/// One replication from beginning to end; a broken invariant or an unfinished run fails the test.
@discardableResult
func run(_ plan: WorldPlan, seed: UInt64 = 1, replication: Int = 0) throws -> WorldResult {
  let result = try Bench(plan, seed: seed, replication: replication).run()
  #expect(result.violations.isEmpty)
  #expect(result.ending.isOrderly, "\(result.ending)")
  return result
}

/// Many replications on as many threads, in their order.
func runs(
  _ plan: WorldPlan, seed: UInt64 = 1, count: Int, threads: Int = 2
) -> [Result<WorldResult, any Error>] {
  inParallel(count: count, threads: threads) { replication in
    Result { try Bench(plan, seed: seed, replication: replication).run() }
  }
}

extension ReplicationResult {
  /// The value of a metric by its name in files; fails the test where there is none.
  func number(_ metric: String) throws -> Double {
    try #require(value(of: MetricReference(metric))?.value, "no \(metric)")
  }
}
