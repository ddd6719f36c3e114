import Engine
import Measurement
import Testing

@testable import World

/// A manager who looks at the inboxes and gives to others by hand what has waited too long.
@Suite struct SupervisorTests {
  /// Conversations are given to ana by a workflow; she starts on the first at once.
  private func desk(
    _ supervises: String, arrivals: [Double] = [100, 101, 102, 103], ana: String = "",
    others: String = "ben", minutes: Double = 1_000, steps: String = "{assign_to: {user: ana}}"
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals,
      teams: "{all: {agents: [{name: ana\(ana)}, \(others)], reply_time: 1 h}}",
      more: """
        users: {maria: {role: manager, reply_time: 1 h, supervises: {\(supervises)}}}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps: [\(steps)]
        """, minutes: minutes
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  /// The moves by hand, as minute, who had it, who has it.
  private func moves(_ result: WorldResult) throws -> [String] {
    try #require(result.ledger).assignments.filter { $0.entry.source == .user }.map { move in
      let from = move.entry.from.map { "\($0.index)" } ?? "nobody"
      let to = move.entry.to.map { "\($0.index)" } ?? "nobody"
      #expect(move.entry.actor == .user(UserID(2)) || move.entry.actor == .user(UserID(3)))
      return "\(move.at.nanoseconds / 60_000_000_000): \(from) to \(to)"
    }
  }

  @Test func `a look moves what has waited so long from an overloaded agent`() throws {
    // Ana works on the first; the others wait since 101, 102, 103. Looks at 30, 60, ...: at 120 the
    // second has waited 19 min, at 150 all have waited long enough, and two moves make it 2 to 2.
    #expect(
      try moves(desk("every: 30 min, waiting: 20 min, overloaded: 2"))
        == ["150: 0 to 1", "150: 0 to 1"])
    #expect(
      try moves(desk("every: 30 min, waiting: 19 min, overloaded: 2"))
        == ["120: 0 to 1", "150: 0 to 1"])
    #expect(try moves(desk("every: 30 min, waiting: 20 min, overloaded: 5")) == [])
  }

  @Test func `nothing is moved to somebody who would have as many`() throws {
    let keys = "every: 10 min, waiting: 5 min, overloaded: 2"
    // Two at ana and none at ben become one each; two and one stay two and one.
    #expect(try moves(desk(keys, arrivals: [100, 101])) == ["110: 0 to 1"])
    let inTurn = "{assign_to: {team: all, logic: round_robin}}"
    #expect(try moves(desk(keys, arrivals: [100, 101, 102], minutes: 150, steps: inTurn)) == [])
  }

  @Test func `what lies with somebody who is away goes to the least loaded online`() throws {
    // Ana leaves at 105 with one in hand and three in the inbox; cho and ben get them in turn.
    let result = try desk(
      "every: 25 min, waiting: 10 min",
      ana: ", shift: {hours: [\"00:00-01:45\"]}, leaving: preempt",
      others: "ben, cho", minutes: 300)
    #expect(try moves(result) == ["125: 0 to 1", "125: 0 to 2", "125: 0 to 1", "125: 0 to 2"])
    // Unsent work is lost: an hour each, one after the other.
    #expect(result.measured.agents.map(\.replies) == [0, 2, 2, 0])
  }

  @Test func `who finishes what is in hand keeps that`() throws {
    let result = try desk(
      "every: 25 min, waiting: 10 min", ana: ", shift: {hours: [\"00:00-01:45\"]}", minutes: 400)
    #expect(try moves(result) == ["125: 0 to 1", "125: 0 to 1", "125: 0 to 1"])
    #expect(result.measured.agents[0].replies == 1)
  }

  @Test func `at most so many at a look, oldest first`() throws {
    let result = try desk(
      "every: 25 min, waiting: 10 min, at_most: 2",
      ana: ", shift: {hours: [\"00:00-01:45\"]}, leaving: preempt", minutes: 160)
    #expect(
      try moves(result) == ["125: 0 to 1", "125: 0 to 1", "150: 0 to 1", "150: 0 to 1"])
    let contacts = try #require(result.ledger).assignments.filter { $0.entry.source == .user }
      .map(\.entry.contact)
    #expect(contacts == contacts.sorted { $0.slot < $1.slot })
  }

  @Test func `what nobody has is given out if that is wanted`() throws {
    let keys = "every: 30 min, waiting: 10 min, unassigned: true"
    let result = try desk(keys, steps: "{add_comment: Hello.}")
    #expect(
      try moves(result)
        == ["120: nobody to 0", "120: nobody to 1", "120: nobody to 0", "120: nobody to 1"])
    #expect(try moves(desk("every: 30 min, waiting: 10 min", steps: "{add_comment: Hi.}")) == [])
  }

  @Test func `a manager who is not there does not look`() throws {
    let result = try SmallWorld(
      arrivals: [100],
      teams: "{all: {agents: [ana, ben], reply_time: 1 h, shift: {hours: [\"00:00-01:00\"]}}}",
      more: """
        users:
          maria:
            role: manager
            reply_time: 1 h
            shift: {hours: ["00:00-02:00"]}
            supervises: {every: 50 min, waiting: 0 s, unassigned: true}
        """
    ).measured()
    #expect(result.result.all.assignments == 0)
  }

  @Test func `a team may be named to get them`() throws {
    let plan = try SmallWorld(
      arrivals: [100, 100.1],
      teams: """
        {all: {agents: [ana], reply_time: 1 h}, late: {agents: [ben, cho], reply_time: 10 min}}
        """,
      more: """
        users:
          maria:
            role: manager
            reply_time: 1 h
            supervises: {every: 60 min, waiting: 0 s, unassigned: true, to: late}
        """
    ).plan()
    #expect(try run(plan).measured.agents.map(\.replies) == [0, 1, 1, 0])
  }
}
