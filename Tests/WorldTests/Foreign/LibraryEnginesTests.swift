import Engine
import Foundation
import Testing

@testable import World

/// The engines of the scenario library, held to what is said of those that they are written after.
@Suite(.enabled(if: Python.isThere, "python3 is not there"))
struct `Engines of the library` {
  /// Who got a conversation, and at which second.
  private struct Placement: Equatable, CustomStringConvertible {
    var second: Double
    var user: Int
    var description: String { "\(user) at \(second) s" }

    init(_ second: Double, _ user: Int) { (self.second, self.user) = (second, user) }
  }

  private func placements(
    _ words: String..., arrivals: [Int], step: String = ""
  ) throws -> [Placement] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scenarios/engines/\(words[0])").path
    let result = try ForeignWorld().run(
      ["python3", file] + words.dropFirst(), within: "60 s", step: step, arrivals: arrivals)
    let failure = result.engineFailure
    #expect(failure == nil, "\(failure?.what ?? "") \(failure?.lastLines ?? [])")
    return try #require(result.ledger).assignments.map {
      Placement(Double($0.at.nanoseconds) / 1e9, $0.entry.to?.index ?? -1)
    }
  }

  // Two agents answer for ten minutes, one conversation at a time; the answer closes the conversation.

  @Test func `Rocket.Chat places one conversation of a queue in five seconds`() throws {
    // The first by name, the one with fewer, and of equals the one who was routed to longer ago.
    #expect(
      try placements("rocket_chat.py", arrivals: [61, 61, 61])
        == [Placement(65, 0), Placement(70, 1), Placement(75, 0)])
    // Both have none, and the second was never routed to: the name comes last.
    #expect(
      try placements("rocket_chat.py", arrivals: [61, 801]) == [
        Placement(65, 0), Placement(805, 1),
      ])
    // Each has two and nobody may have a third: the head waits until the first answer, at 665 s, where
    // what an agent does comes before the worker's round of the same instant.
    #expect(
      try placements("rocket_chat.py", arrivals: [61, 61, 61, 61, 61])
        == [
          Placement(65, 0), Placement(70, 1), Placement(75, 0), Placement(80, 1), Placement(665, 0),
        ])
  }

  @Test func `Chatwoot gives to the first of equals, again and again`() throws {
    // Each is answered before the next one comes; a job runs two seconds after what queued it.
    let alone = [60, 1_000, 2_000]
    #expect(
      try placements("chatwoot_v2.py", arrivals: alone)
        == [Placement(62, 0), Placement(1_002, 0), Placement(2_002, 0)])
    #expect(
      try placements("round_robin.py", arrivals: alone)
        == [Placement(60, 0), Placement(1_000, 1), Placement(2_000, 0)])
  }

  @Test func `Chatwoot leaves out who had enough within the window`() throws {
    // One within 300 s each: the third waits for the job that the first closings queue, at 663 s.
    #expect(
      try placements("chatwoot_v2.py", "100", "300", "1", arrivals: [61, 61, 61])
        == [Placement(63, 0), Placement(63, 1), Placement(665, 0)])
    // Nothing happens until the sweep, for the window is longer than the work.
    #expect(
      try placements("chatwoot_v2.py", "100", "800", "1", arrivals: [61, 61, 61])
        == [Placement(63, 0), Placement(63, 1), Placement(900, 0)])
    // One a pass, and a closing is needed for the next pass.
    #expect(
      try placements("chatwoot_v2.py", "1", arrivals: [61, 61, 61]).map(\.second)
        == [63, 665, 900])
  }

  @Test func `round robin in Python lets the oldest go first, and nobody overtakes`() throws {
    // Four are taken at once, the fifth and sixth wait for the first two answers, at 661 s.
    #expect(
      try placements("round_robin.py", arrivals: [61, 61, 61, 61, 62, 63])
        == [
          Placement(61, 0), Placement(61, 1), Placement(61, 0), Placement(61, 1),
          Placement(661, 0), Placement(661, 1),
        ])
  }
}
