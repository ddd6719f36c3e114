import Engine
import Measurement
import Testing

@testable import World

/// The same person on two channels: two contacts, until an agent merges them.
@Suite struct SecondChannelTests {
  private func world(
    _ second: String, arrivals: [Double] = [100],
    teams: String = "{all: {agents: 1, reply_time: 10 min, picks: oldest}}",
    channels: String = "chat: {}, mail: {}", contacts: String = "channels: chat", more: String = ""
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: "\(contacts), second_channel: {channel: mail, \(second)}",
      teams: teams, more: "channels: {\(channels)}\n\(more)"
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  @Test func `who has no answer yet writes on the other channel and is served twice`() throws {
    let result = try world("share: 100%, after: 4 min, noticed: 0%")
    let ledger = try #require(result.ledger)
    #expect(ledger.conversations.map(\.openedOn) == [ChannelID(0), ChannelID(1)])
    #expect(ledger.conversations.map { $0.openedAt.nanoseconds / 60_000_000_000 } == [100, 104])
    #expect(ledger.conversations.map { $0.closedAt.nanoseconds / 60_000_000_000 } == [110, 120])
    #expect(ledger.conversations.allSatisfy { $0.isNew && $0.closedBy == .user })
    #expect(Set(ledger.conversations.map(\.contact)).count == 2)
    #expect(try result.measured.number("merged") == 0)
  }

  @Test func `who has the answer by then does not`() throws {
    let result = try world("share: 100%, after: 10 min 1 s")
    #expect(result.measured.all.conversations == 1)
    #expect(try result.measured.number("merged") == 0)
  }

  @Test func `an agent who starts on the first after that merges the second into it`() throws {
    // Away from 50 to 130, so the second message is there when work on the first begins.
    let result = try world(
      "share: 100%, after: 4 min",
      teams: """
        {all: {agents: 1, reply_time: 10 min, shift: {hours: ["02:10-24:00"]}, picks: oldest}}
        """)
    let ledger = try #require(result.ledger)
    // The second is closed at 130 by the merge, the first is answered at 140.
    #expect(ledger.conversations.map(\.closedBy) == [.merge, .user])
    #expect(ledger.conversations.map(\.openedOn) == [ChannelID(1), ChannelID(0)])
    #expect(ledger.conversations.map { $0.closedAt.nanoseconds / 60_000_000_000 } == [130, 140])
    #expect(result.measured.agents[0].replies == 1)
    #expect(result.measured.agents[0].busySeconds == 600)
    #expect(try result.measured.number("merged") == 0.5)
  }

  @Test func `an agent who starts on the second merges it and is free again at once`() throws {
    // One agent is at the first for an hour, the other starts on the second at 104 and merges it.
    let result = try world(
      "share: 100%, after: 4 min",
      teams: "{all: {agents: 2, reply_time: 1 h, picks: oldest}}")
    let ledger = try #require(result.ledger)
    #expect(ledger.conversations.map(\.closedBy) == [.merge, .user])
    #expect(ledger.conversations.map { $0.closedAt.nanoseconds / 60_000_000_000 } == [104, 160])
    #expect(result.measured.agents.map(\.busySeconds) == [3_600, 0])
    // Assigned to the second agent by picking, then nobody's.
    #expect(ledger.assignments.last?.entry.reason == .merged)
    #expect(ledger.assignments.last?.entry.to == nil)
  }

  @Test func `somebody who wrote on the other channel first has no second contact`() throws {
    let result = try world(
      "share: 100%, after: 4 min", contacts: "channels: {mail: 100%, chat: 0%}")
    #expect(result.measured.all.conversations == 1)
  }

  @Test func `as many write on a second channel as the share says, and as many are noticed`() throws
  {
    // Nobody answers within the time; each agent starts on everything at once.
    let result = try world(
      "share: 30%, after: 1 min, noticed: 60%", arrivals: (0..<2_000).map { Double($0) / 4 },
      teams: "{all: {agents: 1, attention: {parallel: 10000}, reply_time: 5 min, picks: oldest}}")
    let seconds = result.measured.all.conversations - 2_000
    // Binomial, 99.9 %: 600 of 2,000, and 60 % of them.
    #expect(abs(seconds - 600) <= 68)
    let merged = try result.measured.number("merged") * Double(seconds + 2_000)
    #expect(abs(merged - 0.6 * Double(seconds)) <= 3.3 * (0.24 * Double(seconds)).squareRoot())
  }

  @Test func `a message to a contact who went up in another is no news`() throws {
    let result = try world(
      "share: 100%, after: 4 min", teams: "{all: {agents: 2, reply_time: 1 h, picks: oldest}}",
      channels: "chat: {}, mail: {delivery: 2 min}",
      more: """
        workspace: {policies: {failed_reply_assigns: false}}
        workflows:
          welcome:
            trigger: {conversation_opened: {source: contact}}
            steps: [{send_message: Hello!}, {ask_question: {text: Well?, type: text}}]
        """)
    #expect(result.measured.closed.conversations == 2)
  }
}
