import Measurement
import Testing

@testable import World

/// Questions of workflows, AI agents, services, inactivity.
@Suite struct AutomatonTests {
  private func asking(_ steps: String, _ contacts: String, minutes: Double = 1_000) throws
    -> Measured
  {
    try SmallWorld(
      arrivals: [100], contacts: contacts, teams: "{all: {agents: 1, reply_time: 10 min}}",
      more: """
        services:
          crm: {latency: 30 s, answers: {kind: $contact.customer_type}}
          broken: {failure: 100%, answers: {kind: VIP}}
          slow: {latency: 2 min, answers: {kind: VIP}}
        workspace: {policies: {http_timeout: 60 s}}
        workflows:
          talk:
            trigger: {conversation_opened: {source: contact}}
            steps:
        \(steps)
        """, minutes: minutes
    ).measured()
  }

  private static let types = [
    "type: text", "type: number", "type: number, min: 3, max: 4",
    "type: number, min: 0.2, max: 0.3",
    "type: date", "type: phone", "type: email", "type: url", "type: rating", "type: location",
    "type: choice, choices: [Sales, Support]",
  ]

  @Test(arguments: types)
  func `a valid answer is valid for its kind of question`(type: String) throws {
    let world = try asking(
      """
              - ask_question: {text: Well?, \(type), save: {variable: x}}
                on_invalid: []
              - assign_to: {team: all, logic: round_robin}
      """, "answers: {valid: 100%, after: 7 min}")
    #expect(try world.minutes("time_to_assignment.mean") == 7)
  }

  @Test(arguments: types)
  func `an answer that is not valid is so for every kind of question`(type: String) throws {
    let world = try asking(
      """
              - ask_question: {text: Well?, \(type), save: {variable: x}}
                on_invalid:
                  - wait: 1 min
                  - assign_to: {team: all, logic: round_robin}
      """, "answers: {valid: 0%, after: 7 min}")
    #expect(try world.minutes("time_to_assignment.mean") == 8)
  }

  @Test func `some never answer`() throws {
    let world = try asking(
      """
              - ask_question: {text: Well?, type: text, timeout: 20 min}
                on_timeout: [{assign_to: {team: all, logic: round_robin}}]
      """, "answers: {never: 100%}")
    #expect(try world.minutes("time_to_assignment.mean") == 20)
  }

  @Test func `as many answer, and as many validly, as the shares say`() throws {
    let world = try SmallWorld(
      arrivals: (0..<2_000).map { Double($0) / 4 },
      contacts: "answers: {valid: 70%, after: {exponential: 1 min}, never: 10%}",
      teams: "{all: {agents: 40, reply_time: 1 s}}",
      more: """
        workflows:
          talk:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - ask_question: {text: Well?, type: rating, timeout: 1 h, save: {variable: x}}
                on_invalid: [{wait: 2 h}, {assign_to: {team: all, logic: round_robin}}]
                on_timeout: [{wait: 4 h}, {assign_to: {team: all, logic: round_robin}}]
              - assign_to: {team: all, logic: round_robin}
        """, minutes: 900
    ).measured("time_to_assignment.within(1 h)", "time_to_assignment.within(4 h)")
    // Binomial, each inside its 99.9 % interval: 1,260 of 2,000 validly, 200 never; none is as late
    // as an hour by more than chance allows (e^-60).
    let valid = try world.number("time_to_assignment.within(1 h)") * 2_000
    let answered = try world.number("time_to_assignment.within(4 h)") * 2_000
    #expect(abs(valid - 1_260) <= 72)
    #expect(abs(answered - 1_800) <= 45)
  }

  @Test func `an answer that comes too late changes nothing`() throws {
    let world = try asking(
      """
              - ask_question: {text: Well?, type: text, timeout: 20 min}
                on_timeout: [{assign_to: {team: all, logic: round_robin}}]
      """, "answers: {after: 25 min}")
    #expect(try world.minutes("time_to_assignment.mean") == 20)
    #expect(try world.minutes("resolution.mean") == 30)
    #expect(try world.number("opened") == 1)
  }

  @Test func `an answer after closing opens a conversation that somebody looks at`() throws {
    let world = try SmallWorld(
      arrivals: [100], teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest}}",
      more: """
        workflows:
          rating:
            trigger: {conversation_closed: {source: user, once_per_contact: true}}
            steps: [{ask_question: {text: How was it?, type: rating, save: {variable: x}}}]
        """
    ).measured()
    #expect(try world.number("opened") == 2)
    #expect(try world.number("closed") == 2)
    #expect(try world.minutes("resolution.mean") == 10)
  }

  @Test func `whoever has given up answers no question, whether it came before or after`() throws {
    // Nobody gives an answer, so the contact gives up at 105 and is closed, or stays. Asked at 100 it would answer
    // at 110, and asked at 108 at 118: a second conversation, or an assignment.
    for (wait, delay, closes) in [("", 10, true), ("", 10, false), ("wait: 8 min", 10, false)] {
      let world = try SmallWorld(
        arrivals: [100],
        contacts:
          "patience: 5 min, giving_up: \(closes ? "closes" : "stays_open"), answers: {after: \(delay) min}",
        teams: "{all: {agents: 1, reply_time: 10 min}}",
        more: """
          workflows:
            talk:
              trigger: {conversation_opened: {source: contact}}
              steps:
                \(wait.isEmpty ? "" : "- " + wait)
                - ask_question: {text: Well?, type: text, timeout: 1 h}
                  on_timeout: [{wait: 7 d}]
                - assign_to: {team: all, logic: round_robin}
          """
      ).measured()
      #expect(try world.number("opened") == 1)
      #expect(try world.number("closed") == (closes ? 1 : 0))
      #expect(try world.number("assignments") == 0)
    }
  }

  @Test func `who gave up answers again after coming back`() throws {
    // Gives up at 105 with a question of 103 to answer, which times out; comes back at 125 to an agent who starts at
    // once, is asked at 128, and its answer at 132 closes what the agent would have closed at 135.
    let world = try SmallWorld(
      arrivals: [100],
      contacts:
        "patience: 5 min, answers: {after: 4 min}, returns: {chance: 100%, after: 20 min}",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, shift: {hours: \"02:04-23:00\"}}}",
      more: """
        workflows:
          talk:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - wait: 3 min
              - ask_question: {text: Well?, type: text, timeout: 10 min}
                on_timeout: [{add_comment: No answer}]
              - close_conversation: {}
        """, minutes: 150
    ).measured()
    let (opened, abandoned) = (try world.number("opened"), try world.number("abandoned"))
    let resolution = try world.minutes("resolution.mean")
    #expect(opened == 2 && abandoned == 0.5)
    #expect(resolution == (5 + 7) / 2)
  }

  @Test func `two questions in a row get two answers`() throws {
    let world = try asking(
      """
              - ask_question: {text: One?, type: email, save: {field: email}}
              - ask_question: {text: Two?, type: rating, save: {variable: y}}
              - assign_to: {team: all, logic: round_robin}
      """, "answers: {after: 2 min}")
    #expect(try world.minutes("time_to_assignment.mean") == 4)
  }

  @Test func `a service answers after its latency with the contact's field`() throws {
    let world = try asking(
      """
              - http_request: {service: crm, save: {kind: $.kind}}
              - branch:
                  - name: VIP
                    when: {all: [$kind = VIP]}
                    steps: [{assign_to: {team: all, logic: round_robin}}]
      """, "fields: {customer_type: {VIP: 100%}}")
    #expect(try world.minutes("time_to_assignment.mean") == 0.5)
  }

  @Test(arguments: ["broken", "slow"])
  func `a service that fails or is too slow leaves the variable unset`(service: String) throws {
    let world = try asking(
      """
              - http_request: {service: \(service), save: {kind: $.kind}, status: code}
              - branch:
                  - name: VIP
                    when: {all: [$kind exists]}
                    steps: [{wait: 1 min}]
                  - name: Else
                    steps: [{assign_to: {team: all, logic: round_robin}}]
      """, "questions: 1")
    #expect(try world.minutes("time_to_assignment.mean") == (service == "slow" ? 1 : 0))
  }

  @Test func `an AI agent ends in its outcomes after its time`() throws {
    let world = try asking(
      """
              - ai_agent: {outcomes: {to_human: 100%}, latency: 6 min}
                on: {to_human: [{assign_to: {team: all, logic: round_robin}}]}
      """, "questions: 1")
    #expect(try world.minutes("time_to_assignment.mean") == 6)
  }

  @Test func `an AI agent's shares are those that are written`() throws {
    let world = try SmallWorld(
      arrivals: (0..<2_000).map { Double($0) / 4 },
      teams: "{all: {agents: 40, reply_time: 1 min}}",
      more: """
        workflows:
          talk:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - ai_agent: {outcomes: {success: 70%, to_human: 20%, unable: 10%}, latency: 6 min}
                on:
                  success: [{close_conversation: {}}]
                  to_human: [{assign_to: {team: all, logic: round_robin}}]
                  unable: [{wait: 1 min}, {assign_to: {team: all, logic: round_robin}}]
        """
    ).measured("wait.within(6 min)")
    let assigned = Double(world.result.all.assignments)
    // Binomial with 2,000 tries: five standard errors are 102 and 67.
    #expect(abs(assigned - 600) < 102)
    // Of all conversations: who is not handed over never waits for a human.
    let human = try world.number("wait.within(6 min)") * 2_000
    #expect(abs(human - 400) < 89)
    #expect(try world.number("closed") == 2_000)
  }

  @Test func `an AI agent that talks too long is idle to the workflow`() throws {
    let world = try asking(
      """
              - ai_agent: {outcomes: {success: 100%}, latency: 50 min, idle: 20 min}
                on: {idle: [{assign_to: {team: all, logic: round_robin}}]}
      """, "questions: 1")
    #expect(try world.minutes("time_to_assignment.mean") == 20)
  }

  @Test func `an agent with work in hand is not taken for absent`() throws {
    // Picks the first at 100, Offline since 10 by inactivity: that is an action. Works until 130, so
    // the second is assigned at once at 120 instead of waiting to be picked.
    let world = try SmallWorld(
      arrivals: [100, 120],
      teams: "{all: {agents: 1, reply_time: 30 min, picks: oldest}}",
      more: """
        workspace: {inactivity: 10 min}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps: [{assign_to: {team: all, logic: round_robin, only_online: true}}]
        """
    ).measured()
    #expect(try world.minutes("time_to_assignment.max") == 0)
  }

  @Test func `an agent with nothing to do is Offline after the workspace's time`() throws {
    let world = try SmallWorld(
      arrivals: [100], teams: "{all: {agents: 1, reply_time: 30 min}}",
      more: """
        workspace: {inactivity: 10 min}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - assign_to: {team: all, logic: round_robin, only_online: true, timeout: 5 min}
                on_timeout: [{assign_to: {team: all, logic: round_robin}}]
        """
    ).measured()
    #expect(try world.minutes("time_to_assignment.max") == 5)
  }
}
