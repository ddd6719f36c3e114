import Engine
import Measurement
import Scenarios
import Testing

@testable import World

/// Users who join the workspace in the middle of the run, and users who leave it for good.
@Suite struct TenureTests {
  private func desk(
    _ teams: String, arrivals: [Double], contacts: String = "questions: 1", more: String = "",
    minutes: Double = 1_000
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: contacts, teams: teams, more: more, minutes: minutes
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  private func workflow(_ keys: String) -> String {
    """
    workflows:
      w: {trigger: {conversation_opened: {source: contact}}, steps: [{assign_to: {team: all\(keys)}}]}
    """
  }

  private func assignees(_ result: WorldResult) throws -> [Int?] {
    try #require(result.ledger).conversations.sorted { $0.openedAt < $1.openedAt }
      .map(\.assignee?.index)
  }

  @Test func `a new agent joining in least open gets everything until level`() throws {
    // One contact a minute, and nobody closes anything: two share 100, and the third the next 50 alone.
    let result = try desk(
      "{all: {agents: [ana, {name: cho, joins: 99 min 30 s}, ben], attention: {parallel: 500}, reply_time: 30 d}}",
      arrivals: (0..<153).map { Double($0) }, more: workflow(", logic: least_open"), minutes: 200)
    let assignees = try assignees(result).map { $0 ?? -1 }
    // Cho joins last, and so is the last of the list.
    #expect(assignees.prefix(100).count { $0 == 0 } == 50)
    #expect(assignees.prefix(100).count { $0 == 1 } == 50)
    #expect(assignees[100..<150].allSatisfy { $0 == 2 })
    #expect(Set(assignees[150...]) == [0, 1, 2])
    #expect(result.measured.agents.map(\.onlineSeconds) == [12_000, 12_000, 100.5 * 60])
  }

  @Test func `whoever joins wakes the queue and takes what nobody has`() throws {
    let queue = try desk(
      """
      {all: {agents: [{name: ana, joins: 2 h}, {name: ben, shift: {hours: "20:00-21:00"}}],
        reply_time: 5 min}}
      """, arrivals: [100, 101],
      more: workflow(", only_online: true"))
    #expect(try Measured(result: queue.measured).minutes("wait.max") == 24)
    #expect(try Measured(result: queue.measured).minutes("first_response.mean") == 27)
    let picks = try desk(
      "{all: {agents: [{name: ana, joins: \"2026-11-23 02:00\"}], reply_time: 5 min, picks: oldest}}",
      arrivals: [100, 101])
    #expect(picks.measured.times.wait == queue.measured.times.wait)
    #expect(picks.measured.times.firstResponse == queue.measured.times.firstResponse)
    // A shift holds from the day of joining on: the next begins at 03:00.
    let shift = try desk(
      """
      {all: {agents: [{name: ana, joins: 2 h, shift: {hours: ["01:00-01:30", "03:00-09:00"]}}],
        reply_time: 5 min, picks: oldest}}
      """, arrivals: [100])
    #expect(try Measured(result: shift.measured).minutes("wait.mean") == 80)
  }

  @Test(arguments: ["finish_first", "preempt", "hand_back"])
  func `what somebody had who leaves is nobody's`(leaving: String) throws {
    // Ana has one in hand at 105 and one in the inbox; ben, who takes what nobody has, comes at 200.
    let result = try desk(
      "{all: {agents: [{name: ana, leaves: 105 min, leaving: \(leaving)}], reply_time: 10 min}}",
      arrivals: [100, 101],
      more: """
        users: {ben: {joins: 200 min, reply_time: 10 min, picks: oldest}}
        \(workflow(""))
        """)
    let conversations = try #require(result.ledger).conversations.sorted {
      $0.openedAt < $1.openedAt
    }
    let closed = conversations.map { Double($0.closedAt.nanoseconds) / 6e10 }
    // What is handed back needs only what is left of it.
    switch leaving {
    case "finish_first": #expect(closed == [110, 210])
    case "preempt": #expect(closed == [210, 220])
    default: #expect(closed == [205, 215])
    }
    #expect(conversations.last?.assignee?.index == 1)
    let sources = try #require(result.ledger).assignments.filter { $0.entry.to == nil }
      .map(\.entry.source)
    #expect(sources == (leaving == "hand_back" ? [.user, .system] : [.system, .system]))
    #expect(result.measured.agents[0].onlineSeconds == (leaving == "finish_first" ? 110 : 105) * 60)
  }

  @Test func `by the policy they stay with the user who is gone`() throws {
    let result = try desk(
      "{all: {agents: [{name: ana, leaves: 105 min}], reply_time: 10 min}}",
      arrivals: [100, 101, 102],
      more: """
        users:
          ben: {reply_time: 1 min, picks: oldest}
          maria: {role: manager, reply_time: 1 min, supervises: {every: 300 min, waiting: 1 min, at_most: 1}}
        workspace: {policies: {removed_user: keeps}}
        \(workflow(""))
        """, minutes: 400)
    let conversations = try #require(result.ledger).conversations
    #expect(conversations.map(\.assignee?.index) == [0, 1, 0])
    // A manager who looks at 300 gives one to ben, who answers at 301; the other has nobody who sees it.
    #expect(Double(conversations[1].closedAt.nanoseconds) / 6e10 == 301)
    #expect(conversations[2].closedAt == .never)
  }

  @Test func `whoever leaves during an absence or off shift is gone at once`() throws {
    let result = try desk(
      """
      {all: {reply_time: 1 min, agents: [
        {name: ana, away: {after: 100 min, for: 100 min}, leaves: 150 min},
        {name: ben, shift: {hours: "00:00-01:00"}, leaves: 25 h}, {name: cho, leaves: 16 h}]}}
      """, arrivals: [10, 160], more: workflow(", logic: round_robin"), minutes: 3_000)
    // Ana is away when she leaves; at 160 only ben and cho are in the pool.
    #expect(try assignees(result) == [0, 1])
    #expect(result.measured.agents.map(\.onlineSeconds) == [6_000, 3_600 + 3_600, 57_600])
  }

  @Test func `hours and costs are those of who is there`() throws {
    let scenario = try readScenario(
      """
      name: staff
      duration: 10 h
      warmup: 1 h
      contacts: {all: {arrivals: {poisson: 1 per hour}}}
      teams:
        all: {reply_time: 1 min, cost: 20 per hour, picks: oldest,
          agents: [ana, {name: ben, joins: 4 h}, {name: cho, leaves: 30 min}, {name: dan, joins: 2 h, leaves: 5 h}]}
      """)
    var plan = WorldPlan(scenario, scenario.standard)
    plan.metrics.append(try MetricReference("cost"))
    let staff = StaffHours(plan)
    #expect(staff.hours == 9 + 6 + 0 + 3)
    #expect(abs(try #require(staff.money) - 18 * 20) < 1e-9)
    #expect(abs(try run(plan).measured.number("cost") - 360) < 1e-6)
  }

  @Test func `contacts known from before belong to who is there`() throws {
    let result = try desk(
      "{all: {agents: [{name: ana, leaves: 1 h}, {name: ben, joins: 2 h}], reply_time: 1 min}}",
      arrivals: [10, 100, 130], contacts: "known: {share: 100%, assigned: 100%}")
    #expect(try assignees(result) == [0, nil, nil])
  }

  @Test func `whoever was to write first is followed by somebody else`() throws {
    let result = try desk(
      "{all: {agents: [{name: ana, leaves: 105 min, leaving: preempt}, {name: ben, joins: 1 h}], reply_time: 10 min}}",
      arrivals: [30, 100, 101, 102, 103], contacts: "opened_by: user")
    // Ana and ben in turn from 60 on; at 105 one of ana's is in hand and one in the inbox: both are ben's.
    let ledger = try #require(result.ledger)
    #expect(
      ledger.conversations.map(\.openedAt.nanoseconds).map { Double($0) / 6e10 }.sorted() == [
        40, 110, 120, 130, 140,
      ])
    #expect(ledger.conversations.count { $0.assignee?.index == 1 } == 4)
  }

  @Test(arguments: ["finish_first", "preempt", "hand_back"], ["unassigns", "keeps"])
  func `everything adds up whoever comes and goes`(leaving: String, policy: String) throws {
    let text = WholeOccasionalRunTests.busy(leaving, leaving == "preempt")
    let plan = try world(
      text.replacing(
        "teams:\n",
        with: """
          teams:
            guests:
              reply_time: {exponential: 3 min}
              wrap_up: 20 s
              picks: oldest
              leaving: \(leaving)
              away: {after: {exponential: 40 min}, for: {exponential: 10 min}}
              agents: [{name: xenia, joins: 30 min, leaves: 2 h}, {name: yves, leaves: 1 h 10 min},
                {name: zoe, joins: 90 min}, {name: zita, joins: 90 min, leaves: 3 h 20 min}]

          """, maxReplacements: 1
      ).replacing("workspace: {", with: "workspace: {policies: {removed_user: \(policy)}, "))
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    #expect(result.measured.agents.suffix(3).allSatisfy { $0.replies > 0 })
  }
}
