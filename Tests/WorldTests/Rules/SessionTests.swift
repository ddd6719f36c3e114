import Engine
import Foundation
import Measurement
import Testing

@testable import World

/// Visitors who leave the page: what is sent after that reaches nobody.
@Suite struct `Visitors who leave the page` {
  private func measured(
    _ session: String, contacts: String = "questions: 1", arrivals: [Double] = [100],
    team: String = "", more: String = "", channel: String = "kind: website_chat",
    minutes: Double = 1_000
  ) throws -> Measured {
    try SmallWorld(
      arrivals: arrivals, contacts: contacts,
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest\(team)}}",
      more: "channels: {web: {\(channel), session: \(session)}}\n\(more)", minutes: minutes
    ).measured("session_missed")
  }

  @Test func `an answer before that is an answer`() throws {
    let world = try measured("15 min")
    #expect(try world.minutes("first_response.mean") == 10)
    #expect(try world.number("session_missed") == 0)
    #expect(try world.number("delivery_failed") == 0)
  }

  @Test func `an answer after that fails once, and is none`() throws {
    let world = try measured("5 min")
    #expect(world.result.all.messagesSent == 1)
    #expect(world.result.all.messagesLost == 1)
    #expect(try !world.has("first_response.mean"))
    #expect(try world.number("session_missed") == 1)
    #expect(try world.minutes("resolution.mean") == 10)
  }

  @Test func `who is gone asks no more, and the agent whose answer failed closes`() throws {
    let world = try measured("5 min", contacts: "questions: 3, think_time: 1 min")
    #expect(world.result.agents[0].replies == 1)
    #expect(try world.number("closed") == 1)
    #expect(try world.minutes("resolution.mean") == 10)
  }

  @Test func `who leaves while thinking is seen to be gone`() throws {
    // Answered at 110; the next question would come at 115, and the page is left at 112.
    let world = try measured("12 min", contacts: "questions: 2, think_time: 5 min")
    #expect(world.result.agents[0].replies == 1)
    #expect(try world.minutes("resolution.mean") == 12)
    #expect(try world.number("session_missed") == 0)
  }

  @Test func `who has left loses no patience`() throws {
    let late = ", shift: {hours: \"02:20-24:00\"}"
    let gone = try measured("5 min", contacts: "patience: 30 min", team: late)
    #expect(try gone.number("abandoned") == 0)
    #expect(try gone.minutes("resolution.mean") == 50)
    let there = try measured("5 min", contacts: "patience: 3 min", team: late)
    #expect(try there.number("abandoned") == 1)
    #expect(try there.minutes("resolution.mean") == 3)
  }

  @Test func `who comes back has the page open again`() throws {
    let world = try measured(
      "15 min", contacts: "returns: {chance: 100%, after: 60 min}", minutes: 190)
    #expect(try world.number("opened") == 2)
    #expect(try world.number("session_missed") == 0)
  }

  @Test func `a message on its way comes too late as well`() throws {
    // Written 100, there 103, answered 113, there 116.
    func missed(_ session: String) throws -> Double {
      try measured(session, channel: "delivery: 3 min").number("session_missed")
    }
    #expect(try missed("17 min") == 0)
    #expect(try missed("15 min") == 1)
    #expect(try missed("12 min") == 1)
  }

  @Test func `as many are gone as have left by then`() throws {
    let count = 1_000
    let world = try measured(
      "{exponential: 20 min}", arrivals: (0..<count).map { Double($0) * 20 },
      minutes: Double(count) * 20 + 100)
    let expected = 1 - exp(-0.5)
    let missed = try world.number("session_missed")
    #expect(abs(missed - expected) < 3.3 * (expected * (1 - expected) / Double(count)).squareRoot())
    #expect(Double(world.result.all.messagesLost) == missed * Double(count))
  }

  @Test func `a workflow's question is answered by nobody who is gone`() throws {
    func counts(_ session: String) throws -> Int {
      let world = try SmallWorld(
        arrivals: [100], contacts: "answers: {after: 5 min}",
        teams: "{all: {agents: 1, reply_time: 30 min, picks: oldest}}",
        more: """
          channels: {web: {kind: website_chat, session: \(session)}}
          workflows:
            w:
              trigger: conversation_opened
              steps:
                - ask_question: {text: Who?, type: text, timeout: 20 min}
                - close_conversation: {}
                  # whoever says who he is needs nobody
          """
      ).plan()
      var plan = world
      plan.recordsConversations = true
      let result = try run(plan)
      return Int(result.ledger?.conversations.first?.course.incoming ?? 0)
    }
    #expect(try counts("10 min") == 2)
    #expect(try counts("3 min") == 1)
  }
}
