import Engine
import Measurement
import Testing

@testable import World

/// Junk: takes a look to be recognised, is closed without an answer, and its sender perhaps blocked.
@Suite struct SpamTests {
  private func desk(
    _ spam: String, arrivals: [Double] = [100, 101], more: String = "", contacts: String = "",
    reply: String = "10 min", minutes: Double = 1_000
  ) throws -> WorldPlan {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: "spam: {\(spam)}\(contacts)",
      teams: "{all: {agents: 1, reply_time: \(reply), wrap_up: 3 min, picks: oldest}}",
      more: more, minutes: minutes
    ).plan()
    plan.recordsConversations = true
    return plan
  }

  @Test func `junk takes the work of recognition and no answer`() throws {
    let result = try run(desk("share: 100%, recognition: 2 min"))
    let ledger = try #require(result.ledger)
    #expect(result.measured.all.messagesSent == 0)
    #expect(
      ledger.conversations.map(\.closedAt.nanoseconds).map { $0 / 60_000_000_000 } == [102, 104])
    for conversation in ledger.conversations {
      #expect(conversation.closedBy == .user)
      #expect(conversation.category == "spam")
      #expect(conversation.course.firstResponseAt == .never)
    }
    #expect(try result.measured.number("spam") == 1)
    #expect(result.measured.agents[0].busySeconds == 240)
  }

  @Test func `the others are served as ever`() throws {
    let none = try run(desk("share: 0%, recognition: 2 min")).measured
    #expect(try none.number("spam") == 0)
    #expect(none.agents[0].replies == 2)
    let plain = try SmallWorld(
      arrivals: [100, 101],
      teams: "{all: {agents: 1, reply_time: 10 min, wrap_up: 3 min, picks: oldest}}"
    ).measured()
    #expect(none.times == plain.result.times)
  }

  @Test func `the share is the one that is written`() throws {
    let plan = try SmallWorld(
      arrivals: (0..<2_000).map { Double($0) / 4 },
      contacts: "spam: {share: 20%, recognition: 1 s}",
      teams: "{all: {agents: 1, attention: {parallel: 100}, reply_time: 10 s, picks: oldest}}"
    ).plan()
    // 400 of 2,000 inside the 99.9 % interval of the binomial distribution.
    let share = try run(plan).measured.number("spam")
    #expect(abs(share * 2_000 - 400) <= 59)
  }

  @Test func `junk that comes again comes no more when it is blocked`() throws {
    let again = ", returns: {chance: 100%, after: 1 h}"
    let free = try run(desk("share: 100%", arrivals: [0], contacts: again, minutes: 599))
    #expect(free.measured.all.conversations == 10)
    let blocked = try run(
      desk("share: 100%, blocked: 100%", arrivals: [0], contacts: again, minutes: 599))
    #expect(blocked.measured.all.conversations == 1)
    #expect(blocked.measured.closed.conversations == 1)
    #expect(blocked.refusedCount == 0)
  }

  @Test func `junk neither answers a workflow nor loses patience`() throws {
    let result = try run(
      desk(
        "share: 100%", arrivals: [100],
        more: """
          workflows:
            talk:
              trigger: {conversation_opened: {source: contact}}
              steps:
                - ask_question: {text: Well?, type: text, timeout: 20 min}
                  on_timeout: [{add_comment: Nothing.}]
          """, contacts: ", patience: 1 min, answers: {valid: 100%, after: 1 min}", reply: "90 d")
    ).measured
    #expect(result.all.abandoned == 0)
    #expect(try result.number("spam") == 1)
  }

  @Test(arguments: ["category", "category_and_summary"])
  func `a workspace that wants closing notes gets them`(mode: String) throws {
    let result = try run(
      desk(
        "share: 100%, category: junk",
        more: "workspace: {closing_notes: \(mode), categories: [solved, junk]}"))
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    #expect(result.ledger?.conversations.map(\.category) == ["junk", "junk"])
  }

  @Test func `junk that is moved while it is looked at is recognised once`() throws {
    for finishes in [false, true] {
      let plan = try SmallWorld(
        arrivals: [100], contacts: "spam: {share: 100%, recognition: 20 min, blocked: 100%}",
        teams: "{all: {agents: 2, reply_time: 1 min, finishes_anyway: \(finishes)}}",
        more: """
          workflows:
            assignment:
              trigger: {conversation_opened: {source: contact}}
              steps:
                - assign_to: {team: all, logic: round_robin}
                - wait: 5 min
                - assign_to: {team: all, logic: round_robin, exclude_current: true}
          """
      ).plan()
      let result = try run(plan)
      #expect(result.refusedCount == 0)
      #expect(try result.measured.number("spam") == 1)
      // Whoever has it next begins anew; who finishes anyway is done at 120.
      #expect(try result.measured.number("resolution.mean") == (finishes ? 1_200 : 1_500))
    }
  }
}
