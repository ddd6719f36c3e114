import Testing

@testable import Measurement

@Suite("Changing hands")
struct MovesTests {
  @Test func `the first assignment is no move, another user after it is`() throws {
    var history = try History()
    history.opens(0, 0)
    history.assigns(0, 0, 10)
    history.assigns(0, 1, 20)
    history.assigns(0, 2, 30)
    history.opens(1, 0)
    history.assigns(1, 1, 10)
    let result = history.result()
    #expect(try history.value(of: "reassigned") == 0.5)
    #expect(try history.value(of: "reassignments") == 1)
    #expect(try history.value(of: "assignments") == 2)
    #expect(try history.value(of: "ping_pong") == 0)
    #expect(result.agents.map(\.reassignedIn) == [0, 1, 1])
    #expect(result.agents.map(\.reassignedOut) == [1, 1, 0])
    #expect(result.all.byMoves == [1, 0, 1, 0])
  }

  @Test func `coming back to an earlier agent is ping-pong`() throws {
    var history = try History()
    history.opens(0, 0)
    for (index, user) in [0, 1, 0, 1, 2].enumerated() {
      history.assigns(0, user, Int64(index))
    }
    // 0 -> 1 -> back to 0 -> back to 1 -> 2.
    history.opens(1, 0)
    history.assigns(1, 0, 10)
    history.assigns(1, nil, 20)
    history.assigns(1, 1, 30)
    #expect(try history.value(of: "ping_pong") == 0.5)
    #expect(history.result().all.movesBack == 2)
  }

  @Test func `who had the contact when it opened is an earlier agent too`() throws {
    var history = try History()
    history.opens(0, 0, assignee: 2)
    // Away from who had it, by whatever way; then back.
    history.assigns(0, 1, 10)
    history.assigns(0, 2, 20)
    #expect(try history.value(of: "reassignments") == 2)
    #expect(try history.value(of: "reassigned") == 1)
    #expect(try history.value(of: "ping_pong") == 1)
    #expect(history.result().agents.map(\.reassignedOut) == [0, 1, 1])
  }

  @Test func `nobody in between makes a move of two people and none of one`() throws {
    var history = try History()
    for slot in 0..<2 {
      history.opens(slot, 0, assignee: 0)
      history.assigns(slot, nil, 10)
    }
    history.assigns(0, 0, 20)
    history.assigns(1, 2, 20)
    let result = history.result()
    #expect(result.all.byMoves == [1, 1, 0, 0])
    #expect(result.agents.map(\.reassignedIn) == [0, 0, 1])
    #expect(result.agents.map(\.reassignedOut) == [1, 0, 0])
  }

  @Test func `a slot used again remembers nothing`() throws {
    var history = try History()
    history.opens(0, 0)
    history.assigns(0, 0, 1)
    history.assigns(0, 1, 2)
    history.replies(0, by: 0, 3)
    history.replies(0, by: 1, 4)
    history.closes(0, 5)
    history.opens(0, 10)
    history.assigns(0, 2, 11)
    history.assigns(0, 0, 12)
    history.replies(0, by: 0, 13)
    #expect(try history.value(of: "ping_pong") == 0)
    #expect(history.result().agents.map(\.conversations) == [2, 1, 0])
  }

  @Test func `a move helps if work starts before the agent left would have started`() throws {
    var history = try History()
    // Sooner: started at 50, the agent left gets there at 60.
    history.opens(0, 0)
    history.assigns(0, 0, 0)
    history.moves(0, 1, 10)
    history.starts(0, 50)
    history.reaches(0, 60)
    // No sooner: the agent left would have started at 40.
    history.opens(1, 0)
    history.assigns(1, 0, 0)
    history.moves(1, 1, 10)
    history.reaches(1, 40)
    history.starts(1, 50)
    // At the same instant is no sooner, whichever is told first.
    for (slot, startsFirst) in [(2, true), (3, false)] {
      history.opens(slot, 0)
      history.assigns(slot, 0, 0)
      history.moves(slot, 1, 10)
      if startsFirst { history.starts(slot, 70) }
      history.reaches(slot, 70)
      if !startsFirst { history.starts(slot, 70) }
    }
    // Neither came: nobody knows.
    history.opens(4, 0)
    history.assigns(4, 0, 0)
    history.moves(4, 1, 10)
    #expect(try history.value(of: "moves_no_sooner") == 0.6)
    #expect(history.result().all.movesSooner == 1)
    #expect(history.result().all.movesUnjudged == 1)
    #expect(try history.value(of: "reassignments") == 1)
  }

  @Test func `each of several moves is judged by the agent that it left`() throws {
    var history = try History()
    history.opens(0, 0)
    history.assigns(0, 0, 0)
    history.moves(0, 1, 10)
    history.moves(0, 2, 20)
    // The first agent would have been there at 30, the second one never before the start.
    history.reaches(0, 30)
    history.starts(0, 40)
    history.reaches(0, 90)
    #expect(history.result().all.movesNoSooner == 1)
    #expect(history.result().all.movesSooner == 1)
  }

  @Test func `a returning contact may meet the same agent`() throws {
    var history = try History()
    history.opens(0, 0, previous: 1)
    history.replies(0, by: 1, 10)
    history.opens(1, 0, previous: 1)
    history.replies(1, by: 2, 10)
    history.replies(1, by: 1, 20)
    // Not answered yet, and one who is new: both say nothing.
    history.opens(2, 0, previous: 1)
    history.opens(3, 0)
    history.replies(3, by: 1, 10)
    #expect(try history.value(of: "same_agent") == 0.5)
  }

  @Test func `windows and deliveries are shares of conversations and of messages`() throws {
    var history = try History()
    history.opens(0, 0)
    history.opens(1, 0)
    for _ in 0..<3 { history.sends(0, 10) }
    history.sends(1, 10, isLost: true)
    history.missesWindow(1, 20)
    history.missesWindow(1, 30)
    #expect(try history.value(of: "delivery_failed") == 0.25)
    #expect(try history.value(of: "window_expired") == 0.5)
  }

  @Test func `what happens to no open conversation is not measured`() throws {
    var history = try History()
    history.assigns(7, 1, 0)
    history.writes(7, 0)
    history.closes(7, 0)
    history.opens(0, 0)
    history.closes(0, 10)
    history.assigns(0, 1, 20)
    history.replies(0, by: 1, 30)
    #expect(try history.value(of: "assignments") == 0)
    #expect(history.result().agents[1].replies == 0)
    #expect(try history.value(of: "same_agent") == nil)
    #expect(try history.value(of: "delivery_failed") == nil)
  }

  @Test func `a slot holds one conversation`() async {
    await #expect(processExitsWith: .failure) {
      var history = try History()
      history.opens(0, 0)
      history.opens(0, 1)
      _ = history.result()
    }
  }
}
