import Engine
import Foundation
import Testing

@testable import World

/// A small world in which something goes wrong, with its ledger: times in minutes.
struct FaultyWorld {
  let result: WorldResult

  init(
    _ arrivals: [Double], faults: String, contacts: String = "questions: 1",
    teams: String = "{all: {agents: 1, reply_time: 10 min, picks: oldest}}", more: String = "",
    seed: UInt64 = 1
  ) throws {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: contacts, teams: teams,
      more: more + "\nfaults:\n" + faults.split(separator: "\n").map { "  \($0)\n" }.joined()
    ).plan()
    plan.recordsConversations = true
    result = try run(plan, seed: seed)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
  }

  var counts: FaultCounts { result.faults ?? FaultCounts() }
  var measured: Measured { Measured(result: result.measured) }

  /// The conversations in the order of their opening.
  private var conversations: [ConversationRecord] {
    (result.ledger?.conversations ?? []).sorted { $0.id.raw < $1.id.raw }
  }

  var opened: [Double] { conversations.map { Self.minutes($0.openedAt) } }
  var closed: [Double?] {
    conversations.map { $0.closedAt == .never ? nil : Self.minutes($0.closedAt) }
  }
  var categories: [String] { conversations.map(\.category) }
  /// How many messages of the contact each has.
  var incoming: [UInt32] { conversations.map(\.course.incoming) }

  private static func minutes(_ time: EngineTime) -> Double {
    (Double(time.nanoseconds) / 60e9 * 1e6).rounded() / 1e6
  }
}
