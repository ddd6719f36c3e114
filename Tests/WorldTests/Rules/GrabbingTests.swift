import Engine
import Measurement
import Testing

@testable import World

/// Agents who take conversations without looking who has them.
@Suite struct GrabbingTests {
  private func world(
    _ teams: String, arrivals: [Double] = [100], more: String = "",
    contacts: String = "questions: 1"
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: contacts, teams: teams, more: more
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  private func moves(_ result: WorldResult) throws -> [String] {
    try #require(result.ledger).assignments.map { move in
      let from = move.entry.from.map { "\($0.index)" } ?? "nobody"
      let to = move.entry.to.map { "\($0.index)" } ?? "nobody"
      return "\(move.at.nanoseconds / 1_000_000_000 - 6_000) s: \(from) to \(to)"
    }
  }

  @Test func `who clicks last has it, and the others' work is lost`() throws {
    // Ana picks at once, ben clicks after 4 s, cho after 9 s: three assignments, two hand-overs.
    let result = try world(
      """
      {all: {reply_time: 10 min, picks: oldest, agents: [
        ana, {name: ben, picks: nothing, grabs: {chance: 100%, after: 4 s}},
        {name: cho, picks: nothing, grabs: {chance: 100%, after: 9 s}}]}}
      """)
    #expect(try moves(result) == ["0 s: nobody to 0", "4 s: 0 to 1", "9 s: 1 to 2"])
    #expect(result.measured.agents.map(\.busySeconds) == [4, 5, 600])
    #expect(try result.measured.number("reassignments") == 2)
    #expect(try result.measured.number("quick_handovers") == 2)
    #expect(try result.measured.number("ping_pong") == 0)
    #expect(try result.measured.number("first_response.mean") == 609)
  }

  @Test func `who lost it takes it back, and that is a hand-over too`() throws {
    // Ana has it at once, ben at 4 s, ana, who is free again, at 11 s; 11 s later nobody minds.
    let result = try world(
      """
      {all: {reply_time: 10 min, agents: [
        {name: ana, picks: oldest, grabs: {chance: 100%, after: 11 s}},
        {name: ben, grabs: {chance: 100%, after: 4 s}},
        {name: cho, grabs: {chance: 100%, after: 21.5 s}}]}}
      """)
    #expect(
      try moves(result) == ["0 s: nobody to 0", "4 s: 0 to 1", "11 s: 1 to 0", "21 s: 0 to 2"])
    #expect(try result.measured.number("ping_pong") == 1)
    #expect(try result.measured.number("quick_handovers") == 2)
    #expect(try result.measured.number("reassignments") == 3)
  }

  @Test func `a conversation is gone for once and only by who has nothing to do`() throws {
    // Ben is busy with another until 110, when his reaction to the first is long over.
    let result = try world(
      """
      {all: {reply_time: 20 min, agents: [
        {name: ana}, {name: ben, picks: oldest, grabs: {chance: 100%, after: 1 min}}]}}
      """, arrivals: [90, 100],
      more: """
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps: [{wait: 30 s}, {assign_to: {user: ana}}]
        """)
    // Ben picks the first at 90; it is given to ana at 90.5, and he takes it back at 91. The second
    // comes when he is busy with it and stays ana's.
    #expect(result.measured.agents.map(\.replies) == [1, 1])
    #expect(
      try #require(result.ledger).assignments.map { $0.entry.to?.index } == [1, 0, 1, 0])
  }

  @Test func `what is answered by then is not taken`() throws {
    func replies(_ reaction: String) throws -> [Int] {
      let result = try world(
        """
        {all: {reply_time: 5 s, agents: [
          {name: ana, picks: oldest}, {name: ben, grabs: {chance: 100%, after: \(reaction)}}]}}
        """, contacts: "questions: 2, think_time: 1 h")
      return result.measured.agents.map(\.replies)
    }
    #expect(try replies("5001 ms") == [2, 0])
    // He takes the first at the last moment, and the second is his without taking it.
    #expect(try replies("4999 ms") == [0, 2])
  }

  @Test func `each agent goes for the share that is written`() throws {
    let result = try world(
      """
      {all: {reply_time: 1 s, attention: {parallel: 100}, agents: [
        {name: ana, reply_time: 1 min, picks: oldest},
        {name: ben, grabs: {chance: 25%, after: 2 s}}]}}
      """, arrivals: (0..<1_000).map { Double($0) / 2 })
    // 250 of 1,000 inside the 99.9 % interval of the binomial distribution.
    #expect(abs(result.measured.agents[1].replies - 250) <= 45)
    #expect(
      try result.measured.number("quick_handovers") * 1_000
        == Double(result.measured.agents[1].replies))
  }

  @Test func `an agent of a grabbing team may be above it`() throws {
    let result = try world(
      """
      {all: {reply_time: 1 min, grabs: {chance: 100%, after: 2 s}, agents: [
        {name: ana, picks: oldest, grabs: never}, {name: ben, grabs: never}]}}
      """)
    #expect(try moves(result) == ["0 s: nobody to 0"])
  }
}
