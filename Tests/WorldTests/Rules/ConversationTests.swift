import Measurement
import Testing

@testable import World

@Suite struct ConversationTests {
  @Test func `questions follow after a thought, to the same agent`() throws {
    let world = try SmallWorld(arrivals: [100], contacts: "questions: 3, think_time: 5 min")
      .measured()
    #expect(try world.minutes("resolution.mean") == 40)
    #expect(try world.minutes("response.mean") == 10)
    #expect(world.result.agents[0].replies == 3)
  }

  @Test func `wrapping up holds the slot before closing`() throws {
    let world = try SmallWorld(
      arrivals: [100, 101],
      teams: "{all: {agents: 1, reply_time: 10 min, wrap_up: 2 min, picks: oldest}}"
    ).measured()
    #expect(try world.minutes("first_response.mean") == 15.5)
    #expect(try world.minutes("resolution.max") == 23)
  }

  @Test func `who forgets to close leaves the conversation open`() throws {
    let world = try SmallWorld(
      arrivals: [100],
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest, forgets_to_close: 100%}}"
    ).measured()
    #expect(try world.number("closed") == 0)
    #expect(try world.number("open_at_end") == 1)
    #expect(try world.minutes("first_response.mean") == 10)
    #expect(try world.number("waiting") == 0)
  }

  @Test func `what was forgotten is closed by the workspace`() throws {
    let world = try SmallWorld(
      arrivals: [100],
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest, forgets_to_close: 100%}}",
      more: "workspace: {auto_close: 60 min}"
    ).measured()
    #expect(try world.minutes("resolution.mean") == 70)
  }

  @Test func `a note that the workspace insists on is written`() throws {
    let world = try SmallWorld(
      arrivals: [100, 101], contacts: "patience: 5 min",
      more: "workspace: {closing_notes: category_and_summary, categories: [solved]}"
    ).measured()
    #expect(try world.number("closed") == 2)
    #expect(try world.number("abandoned") == 0.5)
  }

  // MARK: - Patience

  @Test func `patience ends when somebody starts`() throws {
    let world = try SmallWorld(arrivals: [100, 101], contacts: "patience: 5 min").measured()
    #expect(try world.number("abandoned") == 0.5)
    // Closed by the API at 106; no wait of it is counted.
    #expect(try world.minutes("resolution.mean") == 7.5)
    #expect(try world.minutes("wait.max") == 0)
    #expect(try world.number("closed") == 2)
  }

  @Test func `patience may last until the answer`() throws {
    let world = try SmallWorld(
      arrivals: [100, 101], contacts: "patience: 5 min, patience_until: answer"
    ).measured()
    // The first leaves at 105; the agent turns to the second, who leaves at 106.
    #expect(try world.number("abandoned") == 1)
    #expect(try world.minutes("resolution.mean") == 5)
    #expect(try world.number("busy") * 1_000 == 6)
    #expect(try !world.has("first_response.mean"))
  }

  @Test func `who gives up may leave the conversation open for an answer that comes too late`()
    throws
  {
    let world = try SmallWorld(
      arrivals: [100, 101], contacts: "patience: 5 min, giving_up: stays_open"
    ).measured()
    #expect(try world.number("abandoned") == 0.5)
    #expect(try world.minutes("resolution.max") == 19)
    #expect(try world.minutes("wait.max") == 0)
    // Nobody waits for an answer from 106 on.
    #expect(try world.number("waiting") * 1_000 == 5)
  }

  @Test func `patience runs anew for every question`() throws {
    let world = try SmallWorld(
      arrivals: [100, 112], contacts: "questions: 2, think_time: 1 min, patience: 8 min"
    ).measured()
    // 100-110; asks again at 111: 111-121. The other waits from 112, leaves at 120.
    #expect(try world.number("abandoned") == 0.5)
    #expect(try world.minutes("resolution.max") == 21)
  }

  // MARK: - Coming back

  @Test func `returns are drawn after every closing`() throws {
    let world = try SmallWorld(
      arrivals: [100], contacts: "returns: {chance: 100%, after: 30 min}", minutes: 300
    ).measured()
    // 100-110, 140-150, 180-190, 220-230, 260-270, next at 300: outside.
    #expect(try world.number("opened") >= 5)
    #expect(try world.number("closed") == 5)
    #expect(try world.minutes("resolution.mean") == 10)
  }

  @Test func `nobody comes back who has no reason to`() throws {
    let world = try SmallWorld(
      arrivals: [100], contacts: "returns: {chance: 0%, after: 30 min}"
    ).measured()
    #expect(try world.number("opened") == 1)
  }

  // MARK: - Moves

  /// Ana's at first, ben's if nobody has answered in time.
  private func transfer(after time: String) -> String {
    """
    workflows:
      transfer:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - assign_to: {user: ana}
          - wait: \(time)
          - branch:
              - name: Not answered yet
                when: {all: [time_since_last_outgoing_message does not exist]}
                steps: [{assign_to: {user: ben}}]
    """
  }

  private func moved(_ keys: String, contacts: String = "questions: 1") throws -> Measured {
    try SmallWorld(
      arrivals: [100], contacts: contacts,
      teams: "{all: {agents: [ana, ben], reply_time: 10 min\(keys)}}",
      more: transfer(after: "4 min")
    ).measured()
  }

  @Test func `work that is moved in hand starts from the beginning`() throws {
    let world = try moved("")
    #expect(try world.minutes("resolution.mean") == 14)
    #expect(try world.number("reassignments") == 1)
    #expect(try world.number("moves_no_sooner") == 1)
    #expect(world.result.agents.map(\.replies) == [0, 1])
    #expect(world.result.agents.map(\.busySeconds) == [240, 600])
  }

  @Test func `who finishes anyway answers and closes what is another's by now`() throws {
    let world = try moved(", finishes_anyway: true")
    #expect(try world.minutes("resolution.mean") == 10)
    #expect(world.result.agents.map(\.replies) == [1, 0])
    #expect(try world.number("closed") == 1)
  }

  @Test func `after an answer that was sent anyway the new agent gives the next`() throws {
    // Ana's answer at 110 though ben has it since 104; asked again at 115, ben answers by 125.
    let world = try moved(
      ", finishes_anyway: true", contacts: "questions: 2, think_time: 5 min")
    #expect(try world.minutes("first_response.mean") == 10)
    #expect(try world.minutes("resolution.mean") == 25)
    #expect(try world.minutes("response.max") == 10)
    #expect(world.result.agents.map(\.replies) == [1, 1])
    // Nobody began work that was lost.
    #expect(world.result.agents.map(\.busySeconds) == [600, 600])
    #expect(try world.number("closed") == 1)
  }

  @Test func `who laid an answer down to go away does not finish it for another`() throws {
    // Ana begins at 100 and is away from 102 to 162; ben has it from 104 on and begins anew.
    let world = try SmallWorld(
      arrivals: [100],
      teams: """
        {all: {agents: [{name: ana, away: {after: 102 min, for: 60 min}}, ben],
          reply_time: 10 min, leaving: preempt, finishes_anyway: true}}
        """,
      more: transfer(after: "4 min")
    ).measured()
    #expect(try world.minutes("resolution.mean") == 14)
    #expect(world.result.agents.map(\.replies) == [0, 1])
  }

  @Test func `who sees only his own conversations cannot finish another's`() throws {
    let world = try moved(", finishes_anyway: true, sees: own")
    #expect(try world.minutes("resolution.mean") == 14)
    #expect(world.result.agents.map(\.replies) == [0, 1])
  }

  @Test func `a greeting is a first response and ends the rule that asks for one`() throws {
    let world = try moved(", greets: true")
    #expect(try world.minutes("first_response.mean") == 0)
    #expect(try world.minutes("resolution.mean") == 10)
    #expect(try world.number("reassignments") == 0)
    #expect(world.result.agents.map(\.replies) == [2, 0])
  }

  @Test func `an answer at the very instant of a timer comes before it`() throws {
    let world = try SmallWorld(
      arrivals: [100], teams: "{all: {agents: [ana, ben], reply_time: 10 min}}",
      more: transfer(after: "10 min")
    ).measured()
    #expect(try world.number("reassignments") == 0)
  }

  @Test func `a move to a free agent brings the answer sooner`() throws {
    // Two for ana; the second would be reached at 110 and is moved to ben at 105.
    let world = try SmallWorld(
      arrivals: [100, 101], teams: "{all: {agents: [ana, ben], reply_time: 10 min, greets: true}}",
      more: transfer(after: "4 min")
    ).measured()
    #expect(try world.minutes("wait.max") == 4)
    #expect(try world.number("reassigned") == 0.5)
    #expect(try world.number("moves_no_sooner") == 0)
  }
}
