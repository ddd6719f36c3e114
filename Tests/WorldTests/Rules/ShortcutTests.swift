import Engine
import Measurement
import Scenarios
import Testing

@testable import World

/// Shortcuts: a conversation handed on after a look, and all that somebody has at the end of a shift.
@Suite struct ShortcutTests {
  private func desk(
    _ shortcuts: String, arrivals: [Double] = [100], keys: String = "",
    contacts: String = "questions: 1",
    steps: String = "[{assign_to: {team: tier 2}}, {add_comment: $trigger.reason}]",
    more: String = "",
    minutes: Double = 1_000
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: contacts,
      teams: """
        {tier 1: {agents: 1, reply_time: 10 min, shortcuts: {\(shortcuts)}\(keys)}, tier 2: {agents: 1, reply_time: 4 min}}
        """,
      more: """
        workflows:
          open: {trigger: {conversation_opened: {source: contact}}, steps: [{assign_to: {team: tier 1}}]}
          up: {trigger: {shortcut: {name: up}}, steps: \(steps)}
        \(more)
        """, minutes: minutes
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  private func closed(_ result: WorldResult) throws -> [Double?] {
    try #require(result.ledger).conversations.map {
      $0.closedAt == .never ? nil : Double($0.closedAt.nanoseconds) / 6e10
    }
  }

  @Test func `what is escalated is handed on after the look and answered there`() throws {
    for keys in [
      "", ", finishes_anyway: true", ", attention: {shared: [1, 1.5]}", ", greets: true",
    ] {
      let result = try desk("up: {chance: 100%, after: 3 min, form: {reason: refund}}", keys: keys)
      // Looked at from 100 to 103, answered by the other from then on.
      #expect(try closed(result) == [107])
      #expect(result.measured.agents.map(\.busySeconds) == [180, 240])
      #expect(try result.measured.number("shortcuts.used") == 1)
      #expect(try Measured(result: result.measured).minutes("wait.mean") == 0)
      let record = try #require(result.ledger).conversations[0]
      #expect(record.course.comments == 1 && record.course.reassignments == 1)
    }
  }

  @Test func `nobody escalates without a chance, and only so many with one`() throws {
    #expect(try closed(desk("up: {chance: 0%}")) == [110])
    let result = try desk(
      "up: {chance: 25%}", arrivals: (0..<2_000).map { Double($0) / 4 },
      keys: ", attention: {parallel: 900}")
    // 500 of 2,000 inside the 99.9 % interval of the binomial distribution.
    #expect(abs(try result.measured.number("shortcuts.used") - 500) <= 64)
  }

  @Test func `what the shortcut leaves with the agent is answered`() throws {
    // A look of 3 min, a comment, and then the answer; a second question is not decided upon again.
    let result = try desk(
      "up: {chance: 100%, after: 3 min}", contacts: "questions: 2, think_time: 5 min",
      steps: "[{add_comment: look at this}]")
    #expect(try closed(result) == [100 + 3 + 10 + 5 + 10])
    #expect(try result.measured.number("shortcuts.used") == 1)
  }

  @Test
  func `whoever is moved away from during the look loses it, and who leaves takes it up again`()
    throws
  {
    let away = ", away: {after: 101 min, for: 30 min}, leaving: "
    // Away from 101 to 131: one minute of the look is done, two are left.
    #expect(try closed(desk("up: {chance: 100%, after: 3 min}", keys: away + "preempt")) == [137])
    #expect(
      try closed(desk("up: {chance: 100%, after: 3 min}", keys: away + "finish_first")) == [107])
    let back = try desk(
      "up: {chance: 100%, after: 3 min}", keys: away + "hand_back",
      more: "users: {zoe: {reply_time: 1 h, picks: oldest}}")
    // What is left for zoe is the whole answer, and no look.
    #expect(try closed(back) == [111])
    #expect(try back.measured.number("shortcuts.used") == 0)
  }

  @Test(arguments: ["finish_first", "preempt"])
  func `at the end of a shift all open contacts are handed over at once`(leaving: String) throws {
    // At 120 one is in hand, two are in the inbox and the first of all thinks about another question.
    let result = try desk(
      "up: {at: shift_end}", arrivals: [100, 111, 112, 113],
      keys: ", leaving: \(leaving), shift: {hours: \"00:00-02:00\"}",
      contacts: "questions: 2, think_time: 30 min", minutes: 121.5)
    let used = try result.measured.number("shortcuts.used")
    let ledger = try #require(result.ledger)
    let handed = ledger.assignments.filter { $0.entry.to?.index == 1 }
      .map { Double($0.at.nanoseconds) / 6e10 }
    if leaving == "preempt" {
      #expect(used == 4 && handed == [120, 120, 120, 120])
    } else {
      // The reply in hand is finished first, at 121.
      #expect(used == 4 && handed == [120, 120, 120, 121])
    }
    #expect(result.measured.agents[0].openContacts(at: ledger) == 0)
  }

  @Test func `shortcuts are the customer's and change nobody else's numbers`() throws {
    func others(_ shortcuts: String) throws -> SegmentCounts {
      let plan = try world(
        """
        name: beside
        duration: 6 h
        contacts:
          others: {arrivals: {poisson: 20 per hour}, channels: a, questions: {geometric: 2}, think_time: {exponential: 1 min}}
          more: {arrivals: {poisson: 30 per hour}, channels: b}
        channels: {a: {}, b: {}}
        teams:
          calm: {agents: 1, attention: {parallel: 200}, reply_time: {exponential: 4 min}}
          other: {agents: 1, attention: {parallel: 200}, reply_time: {exponential: 4 min}\(shortcuts)}
        workflows:
          w:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - branch:
                  - {when: {all: [last_channel = a]}, steps: [{assign_to: {team: calm}}]}
                  - {steps: [{assign_to: {team: other}}]}
          up: {trigger: {shortcut: {name: up}}, steps: [{assign_to: {team: calm}}]}
        """)
      return try run(plan).measured.populations[0]
    }
    #expect(
      try others("") == others(", shortcuts: {up: {chance: 40%, after: {exponential: 1 min}}}"))
  }

  @Test(arguments: ["finish_first", "preempt", "hand_back"], [false, true])
  func `everything adds up whatever is handed on`(leaving: String, finishes: Bool) throws {
    let text = WholeOccasionalRunTests.busy(leaving, finishes)
    let plan = try world(
      text.replacing(
        "    wrap_up: 20 s\n",
        with:
          "    wrap_up: 20 s\n    shortcuts: {up: {chance: 30%, after: {exponential: 1 min}}, over: {at: shift_end}}\n",
        maxReplacements: 1
      ).replacing(
        "workflows:\n",
        with: """
          workflows:
            up: {trigger: {shortcut: {name: up}}, steps: [{assign_to: {team: support, logic: random, exclude_current: true}}]}
            over: {trigger: {shortcut: {name: over}}, steps: [{assign_to: {user: maria}}]}

          """, maxReplacements: 1))
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    #expect(try result.measured.number("shortcuts.used") > 30)
  }
}

extension AgentResult {
  /// How many open contacts somebody has at the end of a ledger: the first agent.
  fileprivate func openContacts(at ledger: Ledger) -> Int {
    ledger.conversations.count { $0.closedAt == .never && $0.assignee?.index == 0 }
  }
}
