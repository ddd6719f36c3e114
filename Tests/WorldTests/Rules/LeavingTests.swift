import Testing

@testable import Measurement
@testable import World

@Suite struct LeavingTests {
  private func alone(_ leaving: String, arrivals: [Double] = [100]) throws -> Measured {
    try SmallWorld(
      arrivals: arrivals,
      teams: """
        {all: {agents: 1, reply_time: 10 min, picks: oldest, leaving: \(leaving),
          away: {after: 103 min, for: 20 min}}}
        """, minutes: 200
    ).measured()
  }

  @Test func `who finishes first is away for the full time afterwards`() throws {
    let world = try alone("finish_first", arrivals: [100, 115])
    // Done at 110, away until 130.
    #expect(try world.minutes("resolution.max") == 25)
    #expect(try world.minutes("wait.max") == 15)
    #expect(world.result.agents[0].onlineSeconds == 180 * 60)
  }

  @Test func `who finishes first takes nothing more from the inbox`() throws {
    let world = try alone("finish_first", arrivals: [100, 101])
    #expect(try world.minutes("wait.max") == 29)
  }

  @Test func `who stops at once goes on where the work was left`() throws {
    let world = try alone("preempt", arrivals: [100, 101])
    // 3 minutes done by 103, back at 123, done at 130; the second from 130 to 140.
    #expect(try world.minutes("resolution.max") == 39)
    #expect(try world.minutes("wait.max") == 29)
    #expect(try world.number("reassignments") == 0)
    // Nobody works on the first from 103 to 123, on the second from 101 to 130.
    #expect(try world.number("waiting") * 200 == 49)
  }

  @Test func `work handed back waits for whoever comes and keeps what was done`() throws {
    let world = try alone("hand_back")
    #expect(try world.minutes("resolution.mean") == 30)
    #expect(try world.minutes("wait.mean") == 0)
  }

  @Test func `the next agent does only what is left of work handed back`() throws {
    let world = try SmallWorld(
      arrivals: [100],
      teams: """
        {all: {agents: [{name: ana, away: {after: 103 min, for: 20 min}}, ben],
          reply_time: 10 min, picks: oldest, leaving: hand_back}}
        """
    ).measured()
    #expect(try world.minutes("resolution.mean") == 10)
    #expect(try world.number("reassigned") == 1)
    #expect(world.result.agents.map(\.replies) == [0, 1])
  }

  @Test func `work handed back goes before what is younger`() throws {
    // Handed back at 103 with 7 left; 101 and 102 wait already. At 123: 100 first, then 101, 102.
    let world = try alone("hand_back", arrivals: [100, 101, 102])
    #expect(try world.minutes("wait.max") == 38)
    #expect(try world.minutes("resolution.max") == 48)
  }

  @Test func `both slots are handed back and taken up again`() throws {
    let world = try SmallWorld(
      arrivals: [100, 101],
      teams: """
        {all: {agents: 1, reply_time: 10 min, picks: oldest, leaving: hand_back,
          attention: {shared: [1, 2]}, away: {after: 103 min, for: 20 min}}}
        """, minutes: 200
    ).measured()
    // 3 and 2 minutes done; both go on at 123.
    #expect(try world.minutes("resolution.max") == 30)
    #expect(try world.minutes("resolution.mean") == 30)
  }

  @Test func `the end of a shift is like an absence until the next begins`() throws {
    let world = try SmallWorld(
      arrivals: [100, 115],
      teams: """
        {all: {agents: 1, reply_time: 10 min, picks: oldest,
          shift: {hours: ["01:00-01:45", "03:00-04:00"]}}}
        """, minutes: 400
    ).measured()
    // The first is finished at 110, after the shift's end at 105; the second waits for 180.
    #expect(try world.minutes("wait.max") == 65)
    #expect(world.result.agents[0].onlineSeconds == (50 + 60) * 60)
    #expect(world.result.agents[0].shiftSeconds == (45 + 60) * 60)
  }

  @Test func `a shift that ends in an absence is followed by one that begins online`() throws {
    // Away from 90 (30 min after the shift began) for ever longer than the shift; Busy, then Offline.
    let world = try SmallWorld(
      arrivals: [200],
      teams: """
        {all: {agents: 1, reply_time: 10 min, away: {after: 30 min, for: 60 min},
          shift: {hours: ["01:00-01:45", "03:00-03:29"]}}}
        """,
      more: """
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps: [{assign_to: {team: all, logic: round_robin, only_online: true}}]
        """
    ).measured()
    #expect(try world.minutes("wait.mean") == 0)
    #expect(try world.minutes("time_to_assignment.mean") == 0)
  }
}
