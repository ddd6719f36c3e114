import Engine
import Measurement
import Scenarios
import Testing

@testable import World

/// Ratings of closed conversations, and what an answer opens that comes when nothing is open.
@Suite struct RatingTests {
  private func desk(
    _ csat: String, arrivals: [Double], policy: String = "answer_opens: false",
    contacts: String = "",
    ask: String =
      "ask_question: {text: How was it?, type: rating, save: {field: csat}, timeout: 1 d}",
    agents: Int = 1, minutes: Double = 5_000
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: "csat: {\(csat)}\(contacts)",
      teams: "{all: {agents: \(agents), reply_time: 10 min, picks: oldest}}",
      more: """
        workspace: {policies: {\(policy)}}
        workflows:
          rating: {trigger: {conversation_closed: {source: user}}, steps: [{\(ask)}]}
        """, minutes: minutes
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  private let byWait = """
    ratings: [{within: 10 min, give: {5: 100%}}, {within: 30 min, give: {3: 100%}}, {give: {1: 100%}}]
    """

  @Test func `a rating opens nothing by the policy, and counts`() throws {
    // One agent, four at once: answered after 10, 20, 30 and 40 minutes.
    let result = try desk("after: 2 h, \(byWait)", arrivals: [100, 100, 100, 100])
    #expect(try #require(result.ledger).conversations.count == 4)
    #expect(try result.measured.number("csat.mean") == (5 + 3 + 3 + 1) / 4.0)
    #expect(try result.measured.number("csat.answered") == 1)
    #expect(result.measured.agents[0].replies == 4)
  }

  @Test func `twenty-four arrivals are twenty-four conversations`() throws {
    let arrivals = (0..<24).map { Double($0) * 60 }
    func conversations(_ policy: String) throws -> Int {
      try desk(
        "answers: 100%, after: 5 min, ratings: {4: 100%}", arrivals: arrivals, policy: policy,
        minutes: 24 * 60
      ).measured.all.conversations
    }
    #expect(try conversations("answer_opens: false") == 24)
    // By the platform's rule as far as it is known each answer opens one, which somebody closes, which asks again.
    #expect(try conversations("answer_opens: true") > 100)
  }

  @Test func `as many answer as the share says, with the ratings that are written`() throws {
    let result = try desk(
      "answers: 40%, ratings: {5: 50%, 4: 30%, 1: 20%}", arrivals: (0..<2_000).map { Double($0) },
      agents: 40)
    // Inside the 99.9 % intervals: 800 of 2,000, and a mean of 3.9 with the deviation 1.51 of one of them.
    #expect(abs(try result.measured.number("csat.answered") * 2_000 - 800) <= 72)
    #expect(abs(try result.measured.number("csat.mean") - 3.9) <= 3.3 * 1.51 / 728.0.squareRoot())
    #expect(result.measured.all.conversations == 2_000)
  }

  @Test func `an answer that comes too late is a message like any`() throws {
    let result = try desk(
      "after: 2 h, ratings: {4: 100%}", arrivals: [100],
      ask: "ask_question: {text: How was it?, type: rating, timeout: 1 h}", minutes: 235)
    // Asked at 110, over at 170; written at 230, which opens a conversation.
    let opened = try #require(result.ledger).conversations.map {
      Double($0.openedAt.nanoseconds) / 6e10
    }
    #expect(opened == [100, 230])
  }

  @Test func `a question in the course of a conversation is answered as any`() throws {
    var plan = try SmallWorld(
      arrivals: [100], contacts: "csat: {answers: 0%, ratings: {1: 100%}}, answers: {after: 1 min}",
      more: """
        workflows:
          w:
            trigger: conversation_opened
            steps:
              - ask_question: {text: How urgent?, type: rating, save: {field: urgency}}
              - add_comment: Urgent.
        """
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(try #require(result.ledger).conversations[0].course.comments == 1)
    #expect(result.measured.occasional?.people?.csat.asked == 0)
  }

  @Test func `ratings change nobody else's numbers, and whoever returns does`() throws {
    func returning(_ csat: String) throws -> ReplicationResult {
      try desk(
        csat, arrivals: (0..<50).map { Double($0) * 20 },
        contacts: ", questions: {geometric: 2}, think_time: {exponential: 2 min}, "
          + "returns: {chance: 40%, after: {exponential: 1 h}}", agents: 30
      ).measured
    }
    let few = try returning("answers: 10%, ratings: {5: 100%}")
    let many = try returning("answers: 90%, after: {exponential: 3 min}, ratings: {1: 100%}")
    #expect(few.times.resolution == many.times.resolution)
    #expect(few.all.conversations == many.all.conversations && few.all.conversations > 60)
  }
}
