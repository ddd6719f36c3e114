import Testing

@testable import Measurement
@testable import World

/// Offline by inactivity (INV-12, PLATFORM.md 4.4 and 10.24): who is taken for absent is offline in every
/// count, and is back at the next action, when something reaches them, or when they look in.
@Suite struct InactivityTests {
  /// One agent, Offline after ten idle minutes; contacts wait for somebody online, as long as it takes.
  private func measured(
    _ arrivals: [Double], agent: String = "", step: String = "", after: String = "",
    minutes: Double
  ) throws -> Measured {
    try SmallWorld(
      arrivals: arrivals, teams: "{all: {agents: 1, reply_time: 30 min\(agent)}}",
      more: """
        workspace: {inactivity: 10 min}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - assign_to: {team: all, logic: round_robin, only_online: true\(step)}\(after)
        """, minutes: minutes
    ).measured()
  }

  private func online(_ world: Measured) -> Double { world.result.agents[0].onlineSeconds / 60 }

  @Test func `who is taken for absent is not online, and stays away if nothing calls`() throws {
    let world = try measured([50], minutes: 90)
    #expect(online(world) == 10)
    #expect(world.result.onlineSeconds == 600)
    #expect(world.result.unassignedAtEnd == 1)
  }

  @Test func `who looks in again and again takes what waits`() throws {
    // Online until 10; looks in at 35, 70 and 105, ten minutes each; has work from 105 to 135. Then idle
    // until 145 and back at 170, 205, 240, 275 and 310.
    let world = try measured([100, 300], agent: ", checks_in: 25 min", minutes: 1_000)
    #expect(try world.minutes("time_to_assignment.mean") == 7.5)
    #expect(try world.minutes("time_to_assignment.max") == 10)
    #expect(try world.number("closed") == 2)
    let short = try measured([85], agent: ", checks_in: 25 min", minutes: 90)
    #expect(online(short) == 30)
  }

  @Test func `something that reaches them brings them back`() throws {
    // Nobody is online at 100; at 105 the time is up and the contact is given to the agent all the same.
    let world = try measured(
      [100], step: ", timeout: 5 min",
      after: "\n        on_timeout: [{assign_to: {team: all, logic: round_robin}}]", minutes: 300)
    #expect(online(world) == 10 + 40)
    #expect(try world.number("closed") == 1)
  }

  @Test func `a long answer on the phone is not seen, one at a desk is`() throws {
    // Given to the agent at 100 whoever is online, worked on until 130; idle ten minutes before and after.
    func online(_ keys: String) throws -> Measured {
      let plan = try SmallWorld(
        arrivals: [100], teams: "{all: {agents: 1, reply_time: 30 min\(keys)}}",
        more: """
          workspace: {inactivity: 10 min}
          workflows:
            w: {trigger: {conversation_opened: {source: contact}}, steps: [{assign_to: {team: all}}]}
          """, minutes: 200
      ).plan()
      let result = try run(plan)
      #expect(result.refusedCount == 0)
      return Measured(result: result.measured)
    }
    let desk = try online("")
    #expect(self.online(desk) == 10 + 30 + 10)
    #expect(desk.result.agents[0].busySeconds == 1_800)
    // Seen where the work begins and where the answer is sent: offline from 110 to 130.
    let phone = try online(", works_visibly: false")
    #expect(self.online(phone) == 10 + 10 + 10)
    #expect(phone.result.agents[0].busySeconds == 600)
    #expect(try phone.minutes("first_response.mean") == 30)
    // A look every 12 minutes of being taken for absent, from 22 on: 22-32, 44-54, 66-76, 88-98; at work
    // 100-110, back at 122; the answer at 130 counts, until 140; then 152-162, 174-184 and 196-200.
    let looking = try online(", works_visibly: false, checks_in: 12 min")
    #expect(self.online(looking) == 10 + 40 + 10 + 18 + 20 + 4)
  }

  @Test func `contacts go past whoever writes on the phone`() throws {
    // At 12 the first agent has been at the answer for eleven minutes, the second is idle for nine.
    func second(_ keys: String) throws -> Int {
      try SmallWorld(
        arrivals: [1, 2, 12],
        teams: """
          {all: {reply_time: 30 min, attention: {parallel: 9},
            agents: [{name: phone\(keys)}, {name: desk, reply_time: 1 min}]}}
          """,
        more: """
          workspace: {inactivity: 10 min}
          workflows:
            w:
              trigger: {conversation_opened: {source: contact}}
              steps: [{assign_to: {team: all, logic: round_robin, only_online: true, timeout: 1 s},
                on_timeout: [{assign_to: {team: all, logic: round_robin}}]}]
          """, minutes: 300
      ).measured().result.agents[1].replies
    }
    #expect(try second("") == 1)
    #expect(try second(", works_visibly: false") == 2)
  }

  @Test func `nobody looks in after the shift, nor during an absence`() throws {
    let early = try measured(
      [170], agent: ", checks_in: 25 min, shift: {hours: \"00:00-00:40\"}", minutes: 180)
    // Until 10, and from 35 to the end of the shift.
    #expect(online(early) == 15)
    let late = try measured(
      [170], agent: ", checks_in: 25 min, shift: {hours: \"00:00-01:00\"}", minutes: 180)
    #expect(online(late) == 20)
    // Away from 20 to 50 and from 70 on, so the looks at 35 and at 85 come to nothing.
    let away = try measured(
      [65], agent: ", checks_in: 25 min, away: {after: 20 min, for: 30 min}", minutes: 90)
    #expect(online(away) == 20)
    #expect(away.result.unassignedAtEnd == 1)
  }

  @Test func `looking in shifts no other draw of the agent`() throws {
    // Without inactivity nobody is taken for absent, so the key changes nothing.
    func times(_ agent: String) throws -> [Double?] {
      let world = try SmallWorld(
        arrivals: [10, 20, 30, 300],
        teams: """
          {all: {agents: 2, picks: oldest, reply_time: {exponential: 9 min}, \
          away: {after: {exponential: 20 min}, for: {exponential: 5 min}}\(agent)}}
          """
      ).measured()
      return world.result.agents.map(\.onlineSeconds) + [try world.minutes("wait.mean")]
    }
    #expect(try times("") == times(", checks_in: {exponential: 5 min}"))
  }
}
