import Testing

@testable import Scenarios

/// Scenarios that can be read and yet cannot be meant.
@Suite struct `What cannot be meant` {
  private func warnings(_ text: String, _ overrides: [Override] = []) throws -> [String] {
    let found = try #require(
      scenario(text, overrides).scenario, "\(scenario(text, overrides).problems)")
    // What is remarkable to whoever reads the file is so to whoever reads the result.
    let remarks = found.warnings.all.filter { !$0.message.hasPrefix("nothing uses") }.map {
      $0.message.prefix(1).uppercased() + $0.message.dropFirst() + "."
    }
    #expect(Set(remarks) == Set(found.remarks))
    return found.warnings.all.map { "\($0.line ?? 0):\($0.column ?? 0): \($0.message)" }
  }

  /// A team that picks, so that only what a test is about is remarkable.
  private func desk(
    _ more: String = "", contacts: String = "", team: String = ", picks: oldest"
  ) -> String {
    small(more, contacts: contacts, team: team)
  }

  @Test func `a desk that works is not remarkable`() throws {
    #expect(try warnings(desk()) == [])
    #expect(try warnings(example) == [])
  }

  // MARK: - Nobody at work

  /// The run is the eight hours from Monday, 23 November 2026, 09:00.
  @Test(arguments: [
    ("{days: sat}", false), ("{days: mon, hours: 06:00-09:00}", false),
    ("{hours: 17:30-08:00}", false), ("[{days: tue}, {days: mon, hours: 18:00-20:00}]", false),
    ("{days: mon}", true), ("{days: mon, hours: 06:00-09:01}", true),
    ("{hours: 16:59-08:00}", true), ("[{days: tue}, {days: mon, hours: 12:00-13:00}]", true),
    ("{days: sun, hours: 22:00-09:30}", true), ("always", true),
  ])
  func `a shift that never meets the run is told`(shift: String, meets: Bool) throws {
    let found = try warnings(desk(team: ", picks: oldest, shift: \(shift)"))
    #expect(
      found
        == (meets
          ? []
          : [
            "4:64: nobody of the team 'support' is ever on shift in this run of 8 h from Monday 09:00"
          ]))
  }

  @Test func `a longer run and another start are looked at as they are`() throws {
    let text = desk(team: ", picks: oldest, shift: {days: sat}")
    #expect(try warnings(text, [Override("duration", "4 d 15 h")]).count == 1)
    // Saturday begins 4 days and 15 hours after Monday 09:00; a run of 4 d 15 h ends as it begins.
    #expect(try warnings(text, [Override("duration", "4 d 15 h 1 min")]) == [])
    #expect(try warnings(text, [Override("duration", "90 d")]) == [])
    #expect(try warnings(text, [Override("start", "2026-11-28 12:00")]) == [])
    // 05:00 in UTC on a Saturday is still Friday night in Los Angeles.
    let west = desk("time_zone: America/Los_Angeles", team: ", picks: oldest, shift: {days: sat}")
    #expect(try warnings(west, [Override("start", "2026-11-27 15:00")]).count == 1)
    #expect(try warnings(west, [Override("start", "2026-11-27 16:01")]) == [])
  }

  @Test func `one member who comes is enough, and users outside teams are nobody's team`() throws {
    let one = desk(team: ", picks: oldest, shift: {days: sat}").replacing(
      "agents: 2", with: "agents: [ana, {name: ben, shift: always}]")
    #expect(try warnings(one) == [])
  }

  @Test func `a step that waits for somebody online of such a team is told as well`() throws {
    let steps = """
      parameters: {night: {days: sat}, careful: true}
      strategies: {weekend: {}, today: {night: {days: mon}}}
      workflows:
        w:
          trigger: conversation_opened
          steps:
            - assign_to: {team: support, only_online: $careful, timeout: 1 min}
              on_timeout: [{assign_to: {workspace: true, only_online: false}}]
      """
    let text = small(steps, team: ", shift: $night")
    #expect(
      try warnings(text) == [
        "4:49: nobody of the team 'support' is ever on shift in this run of 8 h from Monday 09:00 "
          + "under 'weekend'",
        "11:27: an assign_to step with only_online finds nobody: nobody of 'support' is ever online "
          + "in this run under 'weekend'",
      ])
    #expect(try warnings(text, [Override("careful", "false")]).count == 1)
    let workspace = small(
      """
      workflows:
        w: {trigger: conversation_opened, steps: [{assign_to: {workspace: true, only_online: true}}]}
      """, team: ", shift: {days: sat}")
    #expect(
      try warnings(workspace).last
        == "6:69: an assign_to step with only_online finds nobody: nobody of the workspace is ever "
        + "online in this run")
  }

  // MARK: - Nothing to do

  @Test func `nothing that gives work to anybody is told`() throws {
    let idle = "nothing gives conversations to anybody"
    #expect(try warnings(small()).map { $0.contains(idle) } == [true])
    let step = "trigger: conversation_opened, steps: [{wait: 1 s}, {assign_to: {team: support}}]"
    for (text, isIdle) in [
      ("workflows: {w: {\(step)}}", false), ("workflows: {w: {status: draft, \(step)}}", true),
      ("workflows: {w: {trigger: manual, steps: [{assign_to: {unassign: true}}]}}", true),
      ("users: {m: {reply_time: 1 s, picks: newest}}", false),
      (
        "workflows: {w: {trigger: conversation_opened, steps: [{branch: [{steps: [{assign_to: {team: support}}]}]}]}}",
        false
      ),
    ] {
      #expect(try warnings(small(text)).contains { $0.contains(idle) } == isIdle, "\(text)")
    }
    let known = small(contacts: ", known: {share: 50%, assigned: 50%}")
    #expect(try warnings(known) == [])
  }

  // MARK: - Strategies that are one

  @Test func `strategies that only differ in what nothing uses are one`() throws {
    let text = desk(
      """
      parameters: {n: 2, unused: 1}
      strategies: {a: {}, b: {n: 3}, c: {unused: 2, description: with words of its own}}
      """
    ).replacing("agents: 2", with: "agents: $n")
    #expect(
      try warnings(text) == [
        "5:20: nothing uses the parameter 'unused'",
        "6:32: the strategies 'a' and 'c' are the same: every parameter that is used has the same "
          + "value in both",
      ])
    // What the command line fixes holds for all.
    #expect(try warnings(text, [Override("n", "7")]).count { $0.contains("are the same") } == 2)
  }

  // MARK: - Goals about what cannot happen

  @Test(arguments: [
    (
      "window_expired <= 1%", "no channel has a reply window ('window')",
      "channels: {w: {window: 1 d}}"
    ),
    (
      "delivery_failed <= 1%",
      "every message is delivered (no channel has 'failure', 'queue' or 'window')",
      "channels: {w: {failure: 1%}}"
    ),
    (
      "broadcast.replied >= 10", "the scenario has no 'broadcasts'",
      "broadcasts: {b: {recipients: 9, at: 1 h}}"
    ),
    ("cost <= 100", "no agent has a 'cost'", "users: {m: {reply_time: 1 s, cost: 9 per hour}}"),
    (
      "same_agent >= 50%", "nobody opens a second conversation (no population has 'returns')",
      "workspace: {auto_close: 1 h}"
    ),
    ("abandoned <= 5%", "nobody gives up (no population has 'patience')", nil),
    ("spam <= 5%", "no population has 'spam'", nil),
    ("merged <= 5%", "no population has a 'second_channel'", nil),
    ("messages.repeated <= 5", "no channel has 'duplicates'", "channels: {w: {duplicates: 1%}}"),
    (
      "messages.late <= 5", "no channel has 'late'",
      "channels: {w: {late: {share: 1%, by: 1 min}}}"
    ),
    ("session_missed <= 5%", "no channel has a 'session'", "channels: {w: {session: 1 min}}"),
    ("pair_limit.refused <= 5", "no channel has a 'pair_limit'", "channels: {w: {pair_limit: {}}}"),
    ("tier.refused <= 5", "no channel has a 'tier'", "channels: {w: {tier: 250}}"),
    (
      "templates.refused <= 5",
      "no channel has templates that are still to be approved ('approved_after')",
      "channels: {w: {window: 1 d, templates: {approved_after: 1 d}}}"
    ),
    ("channel_cost <= 5", "no channel has a 'price'", "channels: {w: {price: {contact: 1}}}"),
    ("api.refused <= 5", "the workspace has no 'api'", "workspace: {api: {}}"),
    ("webhook.sent >= 5", "the scenario has no 'webhooks'", "webhooks: {crm: {}}"),
    (
      "assisted >= 5%", "no agent has 'assist'",
      "users: {m: {reply_time: 1 s, assist: {ai: {share: 1%, factor: 1}}}}"
    ),
    ("wait.p90 <= 5 min", nil, nil),
  ])
  func `a goal about what cannot happen is told`(goal: String, reason: String?, remedy: String?)
    throws
  {
    let text = "goals: [\"\(goal)\"]\n"
    let told = reason.map { ["5:9: the goal '\(goal)' speaks of what cannot happen: \($0)"] } ?? []
    #expect(try warnings(desk(text)) == told)
    if let remedy { #expect(try warnings(desk(text + remedy)) == [], "\(remedy)") }
  }

  @Test func `who has patience, junk or a second channel makes such goals possible`() throws {
    let text = desk(
      "goals: [abandoned <= 5%, spam <= 5%, merged <= 5%, same_agent >= 5%]\n"
        + "channels: {a: {}, b: {}}",
      contacts:
        ", channels: a, patience: 5 min, spam: {share: 1%}, returns: {chance: 1%, after: 1 h}, "
        + "second_channel: {share: 1%, channel: b, after: 1 min}")
    #expect(try warnings(text) == [])
  }

  @Test(arguments: [
    ("between 18:00 and 20:00: wait.mean <= 1 min", "the run never has that time of day"),
    ("between 17:00 and 09:00: wait.mean <= 1 min", "the run never has that time of day"),
    ("between 16:59 and 20:00: wait.mean <= 1 min", nil),
    ("between 22:00 and 09:01: wait.mean <= 1 min", nil),
    ("channel b: wait.mean <= 1 min", "no population writes on that channel"),
    ("channel a: wait.mean <= 1 min", nil),
    ("population calm: abandoned <= 1%", "nobody gives up (no population has 'patience')"),
    ("population hasty: abandoned <= 1%", nil),
  ])
  func `a goal for a part that has none of it is told`(goal: String, reason: String?) throws {
    let text = desk("channels: {a: {}, b: {}}\ngoals: [\"\(goal)\"]")
      .replacing(
        "contacts: {all: {arrivals: {poisson: 9 per hour}}}",
        with: "contacts: {calm: {arrivals: {poisson: 9 per hour}, channels: a}, "
          + "hasty: {arrivals: {poisson: 9 per hour}, channels: a, patience: 5 min}}")
    let told = reason.map { ["6:9: the goal '\(goal)' speaks of what cannot happen: \($0)"] } ?? []
    #expect(try warnings(text) == told)
  }

  @Test func `one agent alone moves nothing, and precision is asked as well`() throws {
    let alone = desk("precision: {metric: cost, within: 2%}\ngoals: [reassigned <= 5%]")
      .replacing("agents: 2", with: "agents: 1")
    #expect(
      try warnings(alone) == [
        "5:21: precision of 'cost' speaks of what cannot happen: no agent has a 'cost'",
        "6:9: the goal 'reassigned <= 5%' speaks of what cannot happen: there is one agent only",
      ])
  }
}
