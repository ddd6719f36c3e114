import Engine
import Foundation
import Scenarios
import Testing

@testable import Measurement
@testable import World

/// A move is one thing: whatever counts moves counts the same ones, in every shipped scenario.
@Suite struct MoveAgreementTests {
  static let shipped = [
    "broadcast", "dedicated-agents", "grabbing", "high-quality", "low-cost", "new-returning",
    "pick-and-assign", "prompt-transfer", "support-desk", "vip",
  ]

  /// From whom to whom the conversations of a run went, from the platform's own list of assignments.
  private func moves(_ ledger: Ledger) -> [(from: Int, to: Int)] {
    var holders: [UInt64: UserID] = [:]
    var moves: [(from: Int, to: Int)] = []
    for assignment in ledger.assignments {
      guard let conversation = assignment.entry.conversation else { continue }
      if holders[conversation.raw] == nil, let from = assignment.entry.from {
        holders[conversation.raw] = from
      }
      guard let to = assignment.entry.to else { continue }
      if let holder = holders[conversation.raw], holder != to {
        moves.append((holder.index, to.index))
      }
      holders[conversation.raw] = to
    }
    return moves
  }

  @Test(arguments: shipped)
  func `all places count the same moves`(_ name: String) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scenarios/\(name).yaml").path
    let scenario = try Scenario.load(path)
    for strategy in scenario.strategies {
      var plan = WorldPlan(scenario, strategy)
      // Everything counts, and the picture shows the whole run.
      plan.warmup = 0
      plan.duration = min(plan.duration, 3 * 3_600_000_000_000)
      plan.recordsConversations = true
      plan.lanes = LaneRequest(replication: 0, from: 0, to: plan.duration)
      let result = try run(plan)
      let counts = result.measured.all
      let told = moves(try #require(result.ledger))
      #expect(counts.reassignments == told.count, "\(strategy.name)")
      #expect(try #require(result.lanes).transfers.count == told.count, "\(strategy.name)")
      for (index, agent) in result.measured.agents.enumerated() {
        #expect(agent.reassignedIn == told.count { $0.to == index })
        #expect(agent.reassignedOut == told.count { $0.from == index })
      }
      let transfers = try #require(result.lanes).transfers
      #expect(counts.movesSooner == transfers.count { $0.helped == true }, "\(strategy.name)")
      #expect(counts.movesNoSooner == transfers.count { $0.helped == false }, "\(strategy.name)")
      #expect(counts.movesUnjudged >= 0 && counts.movesBack <= counts.reassignments)
      #expect(counts.byMoves.reduce(0, +) == counts.conversations)
      let most = counts.byMoves[3]
      let once = counts.byMoves[1] + 2 * counts.byMoves[2]
      #expect(most == 0 ? told.count == once : told.count >= once + 3 * most)
      #expect((result.measured.occasional?.quickHandovers ?? 0) <= counts.reassignments)
    }
  }

  @Test func `somebody moves in them`() throws {
    // New and returning customers: who had the contact before counts as well.
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scenarios/new-returning.yaml").path
    let scenario = try Scenario.load(path)
    var plan = WorldPlan(scenario, try #require(scenario.strategies.first))
    plan.duration = min(plan.duration, 3 * 3_600_000_000_000)
    #expect(try run(plan).measured.number("reassigned") > 0)
  }
}
