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

  /// When conversations were opened that programs open at 100, in seconds after that.
  private func opened(_ workspace: String, by program: String) throws -> (
    seconds: [Double], result: WorldResult
  ) {
    var plan = try SmallWorld(
      arrivals: Array(repeating: 100, count: 12), contacts: "opened_by: \(program)",
      more: "workspace: {\(workspace)}", minutes: 300
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    #expect(result.violations.isEmpty)
    let found = (result.ledger?.conversations ?? []).map { Double($0.openedAt.nanoseconds) / 1e9 }
    return (found.sorted().map { $0 - 6_000 }, result)
  }

  @Test(arguments: ["api", "zapier", "make"])
  func `what programs open is called for too`(program: String) throws {
    let free = try opened("api: off", by: program)
    #expect(free.seconds == Array(repeating: 0, count: 12))
    #expect(free.result.measured.occasional?.links == nil)
    // Twelve, then seven, then two calls.
    let held = try opened("api: {}", by: program)
    #expect(
      held.seconds == Array(repeating: 0, count: 5) + Array(repeating: 1, count: 5) + [2, 2])
    #expect(try held.result.measured.number("api.calls") == 21)
    #expect(try held.result.measured.number("api.refused") == 9)
  }

  @Test func `what users open is no call`() throws {
    let held = try opened("api: {calls: 1 per hour}", by: "user")
    #expect(held.seconds.count == 12)
    #expect(try held.result.measured.number("api.calls") == 0)
  }

  @Test func `openings and closings have a limit each`() throws {
    // Two at a time are opened at 100 and at 101; all four write at once and give up three minutes later, so they
    // are closed at 103 and 104: no call is refused but for the two openings.
    var plan = try SmallWorld(
      arrivals: [100, 100, 100, 100],
      contacts: "opened_by: {api: {writes: {share: 100%}}}, patience: 3 min",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, shift: {hours: \"10:00-11:00\"}}}",
      more: """
        workspace: {api: {calls: 2 per minute}}
        workflows:
          hello: {trigger: {conversation_opened: {source: api}}, steps: [{send_message: Hello}]}
        """, minutes: 200
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    let conversations = try #require(result.ledger).conversations
    #expect(
      conversations.map { $0.openedAt.nanoseconds / 60_000_000_000 }.sorted() == [
        100, 100, 101, 101,
      ])
    #expect(
      conversations.map { $0.closedAt.nanoseconds / 60_000_000_000 }.sorted() == [
        103, 103, 104, 104,
      ])
    #expect(try result.measured.number("api.calls") == 10)
    #expect(try result.measured.number("api.refused") == 2)
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
