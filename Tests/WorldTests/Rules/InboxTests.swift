import Measurement
import Testing

@testable import World

@Suite struct InboxTests {
  @Test func `the oldest message is picked first`() throws {
    let world = try SmallWorld(arrivals: [100, 101, 102]).measured()
    #expect(try world.minutes("wait.mean") == 9)
    #expect(try world.minutes("wait.max") == 18)
    #expect(try world.minutes("resolution.max") == 28)
  }

  @Test func `the newest message is picked first by who prefers it`() throws {
    let world = try SmallWorld(
      arrivals: [100, 101, 102],
      teams: "{all: {agents: 1, reply_time: 10 min, picks: newest}}"
    ).measured()
    #expect(try world.minutes("wait.mean") == 9)
    #expect(try world.minutes("wait.max") == 19)
  }

  @Test func `who is free longest takes the next conversation`() throws {
    // Ana takes the first and is free again at 110; ben has been free since the start.
    let world = try SmallWorld(
      arrivals: [100, 115, 117],
      teams: "{all: {agents: [ana, ben], reply_time: 10 min, picks: oldest}}"
    ).measured()
    #expect(world.result.agents.map(\.conversations) == [2, 1])
    #expect(try world.minutes("wait.max") == 0)
  }

  @Test func `work that was assigned ends the time for which somebody was free`() throws {
    // All are free since 0. The VIP at 50 is assigned to ana, who is free again at 60: the others'
    // conversations go to ben and cho before her.
    let world = try SmallWorld(
      arrivals: [50, 100, 101],
      teams: "{all: {agents: [ana, ben, cho], reply_time: 10 min, picks: oldest}}",
      more: """
        workflows:
          first:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - date_and_time: {from: 2026-11-23 00:00, to: 2026-11-23 01:00}
                outside: []
              - assign_to: {user: ana}
        """
    ).measured()
    #expect(world.result.agents.map(\.conversations) == [1, 1, 1])
  }

  @Test func `who may not see the unassigned inbox picks nothing`() throws {
    let world = try SmallWorld(
      arrivals: [100],
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest, sees: own}}"
    ).measured()
    #expect(try world.number("closed") == 0)
    #expect(try world.number("waiting") > 0)
  }

  @Test func `a known contact goes to the inbox of who has it, though nobody picks`() throws {
    let world = try SmallWorld(
      arrivals: [100], contacts: "known: {share: 100%, assigned: 100%}",
      teams: "{all: {agents: 1, reply_time: 10 min}}"
    ).measured()
    #expect(try world.minutes("resolution.mean") == 10)
    #expect(try !world.has("time_to_assignment.mean"))
  }

  @Test func `who comes back goes to the same agent, online or not`() throws {
    // Done at 110, back at 140, when ana is away from 120 to 220; ben must not take it.
    let world = try SmallWorld(
      arrivals: [100], contacts: "returns: {chance: 100%, after: 30 min}",
      teams: """
        {all: {agents: [{name: ana, away: {after: 120 min, for: 100 min}}, ben],
          reply_time: 10 min, picks: oldest}}
        """, minutes: 235
    ).measured()
    #expect(try world.number("opened") == 2)
    #expect(try world.minutes("wait.max") == 80)
    #expect(try world.number("same_agent") == 1)
  }

  @Test func `two slots take two conversations at full speed`() throws {
    let world = try SmallWorld(
      arrivals: [100, 101, 102],
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest, attention: {parallel: 2}}}"
    ).measured()
    #expect(try world.minutes("wait.max") == 8)
    #expect(try world.minutes("resolution.max") == 18)
  }

  @Test func `shared attention slows everybody down`() throws {
    let world = try SmallWorld(
      arrivals: [100, 102],
      teams: "{all: {agents: 1, reply_time: 9 min, picks: oldest, attention: {shared: [1, 1.5]}}}"
    ).measured()
    // 7 minutes left at 0.75: 9 1/3; then 2 minutes alone.
    #expect(try world.minutes("resolution.mean") == 11.333333)
    #expect(try world.minutes("wait.max") == 0)
  }
}
