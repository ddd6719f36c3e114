import Engine
import Measurement
import Testing

@testable import World

/// The developer API: so many calls of a method in a time, and no more.
@Suite struct `The developer API` {
  private func result(_ workspace: String, count: Int = 12) throws -> WorldResult {
    // Nobody is there to answer, and all who wrote at 100 lose patience at 103.
    var plan = try SmallWorld(
      arrivals: Array(repeating: 100, count: count), contacts: "patience: 3 min",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, shift: {hours: \"10:00-11:00\"}}}",
      more: "workspace: {\(workspace)}", minutes: 200
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  /// When conversations were closed, in seconds after 103 minutes.
  private func closed(_ result: WorldResult) -> [Double] {
    (result.ledger?.conversations ?? []).map(\.closedAt.nanoseconds).sorted().map {
      Double($0) / 1e9 - 103 * 60
    }
  }

  @Test func `without a limit all are closed at once`() throws {
    let result = try result("api: off")
    #expect(closed(result) == Array(repeating: 0, count: 12))
    #expect(result.measured.occasional == nil)
  }

  @Test func `five calls a second go through, the others are made again`() throws {
    let result = try result("api: {}")
    #expect(
      closed(result)
        == Array(repeating: 0, count: 5) + Array(repeating: 1, count: 5) + [2, 2])
    // Twelve, then seven, then two calls.
    #expect(try result.measured.number("api.calls") == 21)
    #expect(try result.measured.number("api.refused") == 9)
    #expect(try result.measured.number("abandoned") == 1)
  }

  @Test func `a limit may hold for another time`() throws {
    let result = try result("api: {calls: 1 per minute}", count: 3)
    #expect(closed(result) == [0, 60, 120])
    #expect(try result.measured.number("api.calls") == 6)
  }

  @Test func `what was closed otherwise meanwhile is not called for again`() throws {
    // The second is refused at 103, and answered and closed by 103:30.
    var plan = try SmallWorld(
      arrivals: [100, 100], contacts: "patience: 3 min",
      teams: "{all: {agents: 2, reply_time: 30 s, picks: oldest, shift: {hours: \"01:43-03:00\"}}}",
      more: "workspace: {api: {calls: 1 per minute}}", minutes: 200
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(closed(result).count == 2)
    #expect(closed(result).allSatisfy { $0 <= 30 })
  }
}
