import Foundation
import Measurement
import Scenarios
import Testing
import VirtualTime

@testable import World

/// A run that is made for its lanes alone ends early, and shows what the whole run would.
@Suite struct LaneEndTests {
  @Test(arguments: ["prompt-transfer", "support-desk", "grabbing", "shifts/next-shift", "faults"])
  func `the lanes are those of the whole run`(_ name: String) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scenarios/\(name).yaml").path
    let scenario = try Scenario.load(path)
    let hour: Int64 = 3_600_000_000_000
    var moves = 0
    for strategy in scenario.strategies.isEmpty ? [scenario.standard] : scenario.strategies {
      for start in [0, 2, 5] {
        var plan = WorldPlan(scenario, strategy)
        plan.duration = min(plan.duration, 10 * hour)
        plan.lanes = LaneRequest(
          replication: 0, from: min(Int64(start) * hour, plan.duration / 2),
          to: min(Int64(start + 1) * hour, plan.duration))
        let whole = try run(plan)
        plan.endsWithLanes = true
        let short = try run(plan)
        #expect(short.lanes == whole.lanes, "\(strategy.name), hour \(start)")
        #expect(short.violations.isEmpty)
        if start == 0, plan.model.faults.isEmpty {
          #expect(short.ending.events < whole.ending.events, "\(strategy.name)")
        }
        moves += whole.lanes?.transfers.count { $0.helped != nil } ?? 0
      }
    }
    if name == "prompt-transfer" { #expect(moves > 10, "moves whose use shows only later") }
  }
}
