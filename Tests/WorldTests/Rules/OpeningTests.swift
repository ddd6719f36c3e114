import Engine
import Measurement
import Scenarios
import Testing

@testable import World

/// Conversations that do not begin with a message of the contact.
@Suite struct OpeningTests {
  private static let picking = "{all: {agents: 1, reply_time: 10 min, picks: oldest}}"

  private func desk(
    _ opening: String, arrivals: [Double] = [100], keys: String = "", teams: String = picking,
    more: String = "", minutes: Double = 1_000
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: "opened_by: \(opening)\(keys)", teams: teams, more: more,
      minutes: minutes
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  /// Times of a conversation in minutes from the start of the run.
  private struct Course: Equatable {
    var by: Source
    var opened: Double
    var firstResponse: Double?
    var closed: Double?

    init(_ by: Source, _ opened: Double, _ firstResponse: Double?, _ closed: Double?) {
      (self.by, self.opened, self.firstResponse, self.closed) = (by, opened, firstResponse, closed)
    }

    init(_ record: ConversationRecord) {
      func minutes(_ time: EngineTime) -> Double? {
        time == .never ? nil : Double(time.nanoseconds) / 6e10
      }
      by = record.openedBy
      opened = minutes(record.openedAt) ?? -1
      firstResponse = minutes(record.course.firstResponseAt)
      closed = minutes(record.closedAt)
    }
  }

  private func courses(_ result: WorldResult) throws -> [Course] {
    try #require(result.ledger).conversations.map { Course($0) }
  }

  private func minutes(_ result: WorldResult, _ metric: String) throws -> Double {
    try Measured(result: result.measured).minutes(metric)
  }

  @Test func `who comes through an ad or a widget writes at once and is served as any`() throws {
    for (opening, source) in [
      ("ctc_ads", Source.ctcAds), ("{ctc_ads: {ad: spring}}", .ctcAds),
      ("growth_widget", .growthWidget), ("contact", .contact),
    ] {
      let result = try desk(opening)
      #expect(try courses(result) == [Course(source, 100, 110, 110)])
      #expect(try minutes(result, "first_response.mean") == 10)
      #expect(try minutes(result, "wait.mean") == 0)
    }
  }

  @Test func `a conversation of an ad begins with the click and not with the message`() throws {
    let result = try desk("{ctc_ads: {writes: {share: 100%, after: 5 min}}}")
    #expect(try courses(result) == [Course(.ctcAds, 100, 115, 115)])
    #expect(try minutes(result, "wait.mean") == 5)
    #expect(try minutes(result, "first_response.mean") == 15)
    // Who only clicks has an open conversation that nobody has anything to do with.
    let silent = try desk("{ctc_ads: {writes: {share: 0%}}}")
    #expect(try courses(silent) == [Course(.ctcAds, 100, nil, nil)])
    #expect(silent.measured.agents[0].busySeconds == 0)
  }

  @Test func `the workflows of an ad and of a source begin`() throws {
    let team = "{all: {agents: 1, reply_time: 10 min}}"
    for trigger in [
      "{click_to_chat_ad: {name: spring}}", "click_to_chat_ad",
      "{conversation_opened: {source: ctc_ads}}",
    ] {
      let result = try desk(
        "{ctc_ads: {ad: spring}}", teams: team,
        more: "workflows: {w: {trigger: \(trigger), steps: [{assign_to: {team: all}}]}}")
      #expect(try courses(result) == [Course(.ctcAds, 100, 110, 110)])
    }
  }

  @Test func `what a program opens waits for an agent who writes first`() throws {
    for source in [Source.api, .zapier, .make] {
      let result = try desk(
        "{\(source): {writes: {share: 100%, after: 20 min}}}",
        teams: "{all: {agents: 1, reply_time: 10 min, greets: true}}",
        more: """
          workflows:
            w:
              trigger: {conversation_opened: {source: \(source)}}
              steps: [{wait: 3 min}, {assign_to: {team: all}}]
          """)
      // Assigned at 103, written to at 113, which is the first response; back at 133, answered at 143, after
      // a greeting of which only the first work on a contact's own message has one.
      #expect(try courses(result) == [Course(source, 100, 113, 143)])
      #expect(try minutes(result, "wait.mean") == 3)
      #expect(try minutes(result, "first_response.mean") == 13)
      #expect(result.measured.people == OutboundCounts(sent: 1, replied: 1))
    }
    let alone = try desk("api")
    #expect(try courses(alone) == [Course(.api, 100, 110, nil)])
    #expect(alone.measured.people == OutboundCounts(sent: 1, replied: 0))
  }

  @Test func `a user's message opens the conversation and makes the contact the user's`() throws {
    let result = try desk(
      "{user: {writes: {share: 100%, after: 20 min}}}", arrivals: [100, 100.5, 101],
      teams: "{all: {agents: 2, reply_time: 10 min}}", minutes: 300)
    // In turn: ones at 110 and 120 of the first agent, at 110.5 of the second; each writes back after 20 min.
    let ledger = try #require(result.ledger)
    #expect(
      ledger.conversations.map { Course($0) } == [
        Course(.user, 110, 140, 140), Course(.user, 110.5, 140.5, 140.5),
        Course(.user, 120, 150, 150),
      ])
    #expect(ledger.conversations.map(\.assignee?.index) == [0, 1, 0])
    #expect(ledger.conversations.map(\.course.responses) == [1, 1, 1])
    #expect(try minutes(result, "wait.max") == 0)
    #expect(try minutes(result, "first_response.mean") == 30)
    #expect(try minutes(result, "response.mean") == 10)
    #expect(result.measured.people == OutboundCounts(sent: 3, replied: 3))
    #expect(result.measured.agents.map(\.replies) == [4, 2])
  }

  @Test func `whoever has the contact writes, and a team's agents where one is named`() throws {
    let known = try desk(
      "user", arrivals: [100], keys: ", known: {share: 100%, assigned: 100%}",
      teams: "{all: {agents: 1, reply_time: 10 min}}")
    #expect(try courses(known) == [Course(.user, 110, nil, nil)])
    let team = try desk(
      "{user: {team: sales}}", arrivals: [100, 101, 102],
      teams: "{all: {agents: 3, reply_time: 1 h}, sales: {agents: 2, reply_time: 1 min}}")
    #expect(try #require(team.ledger).conversations.map(\.assignee?.index) == [3, 4, 3])
    // Nobody but agents, and those who are there before those who are not.
    let shifts = try desk(
      "user", arrivals: [100, 101],
      teams:
        "{all: {reply_time: 1 min, agents: [{name: ana, shift: {hours: \"12:00-13:00\"}}, ben]}}",
      more: "users: {maria: {role: manager, reply_time: 1 min}}")
    #expect(try #require(shifts.ledger).conversations.map(\.assignee?.index) == [1, 1])
  }

  @Test func `a webhook opens nothing by itself, its workflow may`() throws {
    let message = try desk(
      "{webhook: {name: order, payload: {number: 7}, writes: {share: 100%, after: 5 min}}}",
      more: """
        workflows:
          w:
            trigger: {incoming_webhook: {name: order}}
            steps: [{wait: 1 min}, {send_message: Your order $trigger.number.}]
        """)
    // Told at 101, writes at 106 and opens with it, answered at 116.
    #expect(try courses(message) == [Course(.contact, 106, 116, 116)])
    #expect(message.measured.people == OutboundCounts(sent: 0, replied: 0))
    let opened = try desk(
      "{webhook: {name: order, writes: {share: 100%, after: 5 min}}}",
      more: """
        workflows:
          w:
            trigger: {incoming_webhook: {name: order}}
            steps: [{open_conversation: {}}, {assign_to: {team: all}}]
        """)
    #expect(try courses(opened) == [Course(.workflow, 100, 110, 125)])
    #expect(opened.measured.people == OutboundCounts(sent: 1, replied: 1))
    // Of whom nothing is heard any more nothing is kept.
    let silent = try desk(
      "{webhook: {name: order}}",
      more: "workflows: {w: {trigger: {incoming_webhook: {name: order}}, steps: [{wait: 1 min}]}}")
    #expect(try courses(silent) == [])
  }

  @Test func `a first message that does not arrive has no reply`() throws {
    let closed = try desk(
      "{user: {writes: {share: 100%}}}", more: "channels: {line: {window: 24 h}}")
    #expect(try courses(closed) == [Course(.user, 110, nil, nil)])
    #expect(closed.measured.people == OutboundCounts(sent: 1, replied: 0))
    let lost = try desk(
      "{user: {writes: {share: 100%}}}", more: "channels: {line: {failure: 100%}}")
    #expect(lost.measured.people == OutboundCounts(sent: 1, replied: 0))
    let late = try desk(
      "{user: {writes: {share: 100%}}}", more: "channels: {line: {delivery: 2 min}}")
    // Out at 110, there at 112, back at 114, answered at 124.
    #expect(try courses(late) == [Course(.user, 110, 124, 124)])
  }

  @Test func `as many write back as the share says`() throws {
    let result = try desk(
      "{user: {writes: {share: 30%, after: 1 min}}}", arrivals: (0..<2_000).map { Double($0) / 4 },
      teams: "{all: {agents: 1, attention: {parallel: 100}, reply_time: 10 s}}")
    let counts = try #require(result.measured.people)
    #expect(counts.sent == 2_000)
    // 600 of 2,000 inside the 99.9 % interval of the binomial distribution.
    #expect(abs(counts.replied - 600) <= 68)
    #expect(result.measured.closed.conversations == counts.replied)
  }

  @Test func `a manager hands on what a program opened and nobody began`() throws {
    let result = try desk(
      "api",
      teams: "{all: {agents: 1, reply_time: 10 min}}",
      more: """
        users:
          maria: {role: manager, reply_time: 1 min,
            supervises: {every: 7 min, waiting: 5 min, unassigned: true}}
        """)
    // Opened at 100, looked at at 105, given away then, written to at 115.
    #expect(try courses(result) == [Course(.api, 100, 115, nil)])
  }

  @Test func `nobody else's numbers change`() throws {
    func others(_ opening: String) throws -> SegmentCounts {
      let plan = try world(
        """
        name: beside
        duration: 6 h
        contacts:
          others: {arrivals: {poisson: 20 per hour}, questions: {geometric: 2}, think_time: {exponential: 1 min}}
          more: {arrivals: {poisson: 30 per hour}\(opening)}
        teams: {all: {agents: 90, attention: {parallel: 20}, reply_time: {exponential: 4 min}, picks: oldest}}
        """)
      return try run(plan).measured.populations[0]
    }
    let plain = try others("")
    #expect(try others(", opened_by: ctc_ads") == plain)
    #expect(try others(", opened_by: {user: {writes: {share: 50%}}}") == plain)
  }
}

extension ReplicationResult {
  fileprivate var people: OutboundCounts? { occasional?.people?.outbound }
}

extension OutboundCounts {
  fileprivate init(sent: Int, replied: Int) {
    self.init()
    self.sent = sent
    self.replied = replied
  }
}
