import Testing

@testable import World

/// Agents who are put out in the middle of what they do, and called back.
@Suite struct `Faults of agents` {
  /// Assigns to whoever is online.
  private static let online = """
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: all, only_online: true, fewer_than: 1}}]
    """

  @Test func `work in hand lies there until the connection is back`() throws {
    let world = try FaultyWorld([10], faults: "wlan: {agents_drop: {}, at: 15 min, for: 20 min}")
    #expect(try world.measured.minutes("first_response.mean") == 30)
    #expect(world.counts.droppedAgents == 1)
  }

  @Test func `who is out is offline to the engine`() throws {
    let world = try FaultyWorld(
      [20], faults: "wlan: {agents_drop: {team: all}, at: 15 min, for: 20 min}",
      teams: "{all: {agents: 1, reply_time: 10 min}}", more: Self.online)
    #expect(try world.measured.minutes("wait.mean") == 15)
    #expect(try world.measured.minutes("first_response.mean") == 25)
  }

  @Test func `a share of the agents is each agent's chance`() throws {
    let world = try FaultyWorld(
      [500], faults: "wlan: {agents_drop: {share: 30%}, at: 15 min, for: {exponential: 5 min}}",
      teams: "{all: {agents: 400, reply_time: 10 min, picks: oldest}}")
    // Four deviations of a binomial count.
    #expect((84...156).contains(world.counts.droppedAgents), "\(world.counts)")
    #expect(try world.measured.minutes("wait.mean") == 0)
  }

  @Test func `all are out at one instant and in again at one`() throws {
    let world = try FaultyWorld(
      [16, 17, 18], faults: "login service: {log_out: {}, at: 15 min, for: 10 min}",
      teams: "{all: {agents: 3, reply_time: 10 min}}", more: Self.online)
    // All start at 25.
    #expect(try world.measured.minutes("wait.mean") == 8)
    #expect(try world.measured.minutes("wait.max") == 9)
    #expect(world.counts.droppedAgents == 3)
  }

  @Test func `who is called back is back before the time`() throws {
    let away = try FaultyWorld(
      [10], faults: "roll call: {log_in: {}, at: 20 min}",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, away: {after: 5 min, for: 1 h}}}")
    #expect(try away.measured.minutes("first_response.mean") == 20)
    #expect(away.counts.loggedInAgents == 1)
    let out = try FaultyWorld(
      [10],
      faults: "wlan: {agents_drop: {}, at: 5 min}\nroll call: {log_in: {}, at: 20 min}")
    #expect(try out.measured.minutes("first_response.mean") == 20)
  }

  @Test func `whose shift is over when the connection is back stays away`() throws {
    let world = try FaultyWorld(
      [10], faults: "wlan: {agents_drop: {}, at: 15 min, for: 30 min}",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, shift: {hours: [\"00:00-00:40\", \"03:00-04:00\"]}}}"
    )
    // Half of it was done at 15; the other half from 180 on.
    #expect(try world.measured.minutes("first_response.mean") == 175)
  }

  @Test func `who is put out for good is back with the next shift`() throws {
    let world = try FaultyWorld(
      [10], faults: "wlan: {agents_drop: {}, at: 15 min}",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, shift: {hours: [\"00:00-01:00\", \"02:00-03:00\"]}}}"
    )
    #expect(try world.measured.minutes("first_response.mean") == 115)
  }

  @Test func `who is not there cannot be put out`() throws {
    let world = try FaultyWorld(
      [10], faults: "wlan: {agents_drop: {}, at: 7 min, for: 1 min}",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, away: {after: 5 min, for: 10 min}}}")
    #expect(try world.measured.minutes("first_response.mean") == 15)
    #expect(world.counts.droppedAgents == 0)
  }
}
