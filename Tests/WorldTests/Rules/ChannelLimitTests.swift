import Engine
import Measurement
import Scenarios
import Testing
import VirtualTime

@testable import World

/// What a channel does not take, and what it costs.
@Suite struct `Limits and prices of channels` {
  /// So many seconds after the start.
  private func second(_ number: Int64) -> Instant { Instant(nanoseconds: number * 1_000_000_000) }

  private func limit(_ keys: String) throws -> ChannelExtras.PairLimit {
    let plan = try SmallWorld(arrivals: [1], more: "channels: {line: {pair_limit: {\(keys)}}}")
      .plan()
    return try #require(plan.model.channels[0].extras.pairLimit)
  }

  @Test func `a burst is borrowed from the future and paid back`() throws {
    let limit = try limit("burst: 3")
    var row = ChannelMemory.Row()
    // Three at once, and then nothing for 3 x 6 s: tried after 0, 1, 5 and 21 s.
    var turns = (0..<4).map { _ in row.turn(limit, at: 0) }
    #expect(turns.map(\.at) == [0, 0, 0, second(21)])
    #expect(turns.map(\.refusals) == [0, 0, 0, 3])
    // What is sent later does not overtake what waits: 10 + 1 + 4 + 16 and 22 + 1 + 4 + 16 s.
    turns = [row.turn(limit, at: second(10)), row.turn(limit, at: second(22))]
    #expect(turns.map(\.at) == [second(31), second(43)])
  }

  @Test func `one every six seconds is never refused`() throws {
    let limit = try limit("burst: 1")
    var row = ChannelMemory.Row()
    for number in 0..<100 as Range<Int64> {
      #expect(row.turn(limit, at: second(6 * number)).at == second(6 * number))
    }
    // A moment too soon, and a second is lost.
    let next = row.turn(limit, at: second(99 * 6 + 5))
    #expect(next.at == second(100 * 6) && next.refusals == 1)
  }

  @Test func `45 in six seconds, then four and a half minutes of nothing`() throws {
    let limit = try limit("")
    var row = ChannelMemory.Row()
    let turns = (0..<46).map { _ in row.turn(limit, at: 0) }
    #expect(turns.dropLast().allSatisfy { $0.at == 0 })
    // 1 + 4 + 16 + 64 s is too soon, 256 s more is late enough.
    #expect(turns[45].at == second(341) && turns[45].refusals == 5)
  }

  private func measured(
    _ channel: String, contacts: String = "questions: 1", team: String = "", more: String = "",
    arrivals: [Double] = [100], minutes: Double = 1_000
  ) throws -> Measured {
    try SmallWorld(
      arrivals: arrivals, contacts: contacts,
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest\(team)}}",
      more: "channels: {line: {\(channel)}}\n\(more)", minutes: minutes
    ).measured("pair_limit.refused", "tier.refused", "templates.refused", "channel_cost")
  }

  @Test func `a message too many is tried again, or fails for good`() throws {
    // A greeting at 100 and an answer at 110.
    let free = try measured("pair_limit: {burst: 1, every: 10 min}", team: ", greets: true")
    #expect(try free.number("pair_limit.refused") == 0)
    let lost = try measured(
      "pair_limit: {burst: 1, every: 11 min, retries: 0}", team: ", greets: true")
    #expect(try lost.number("pair_limit.refused") == 1)
    #expect(lost.result.all.messagesSent == 2 && lost.result.all.messagesLost == 1)
    // Tried after 0, 1, 5, 21 and 85 s.
    let late = try measured("pair_limit: {burst: 1, every: 11 min}", team: ", greets: true")
    #expect(try late.number("pair_limit.refused") == 4)
    #expect(late.result.all.messagesLost == 0)
  }

  @Test func `a tier lets so many persons through in 24 hours`() throws {
    let news = "broadcasts: {news: {recipients: 600, at: 100 min, repeats: daily}}"
    let minutes = 2.0 * 1_440
    let world = try measured("tier: 250", more: news, arrivals: [10], minutes: minutes)
    #expect(try world.number("broadcast.sent") == 1_200)
    #expect(try world.number("broadcast.delivered") == 500)
    #expect(try world.number("tier.refused") == 700)
  }

  @Test func `who wrote first is in no tier`() throws {
    let world = try measured("tier: 1", arrivals: (1...50).map { Double($0) * 15 })
    #expect(try world.number("tier.refused") == 0)
    #expect(try world.number("delivery_failed") == 0)
  }

  @Test func `a template is refused until it is approved`() throws {
    func refused(_ approval: String) throws -> [Double] {
      let world = try measured(
        "window: 5 min, templates: {approved_after: \(approval)}",
        more: "broadcasts: {news: {recipients: 10, at: 60 min}}")
      return try [
        world.number("templates.refused"), world.number("broadcast.failed"),
        Double(world.result.all.messagesLost),
      ]
    }
    // The broadcast at 60, and an answer at 110 to what was written at 100.
    #expect(try refused("60 min") == [0, 0, 0])
    #expect(try refused("61 min") == [10, 10, 0])
    #expect(try refused("111 min") == [11, 10, 1])
  }

  @Test func `within the window no template is needed`() throws {
    let world = try measured("window: 10 min, templates: {approved_after: 1 d}")
    #expect(try world.number("templates.refused") == 0)
    #expect(try world.number("delivery_failed") == 0)
  }

  @Test func `a conversation of 24 hours costs once, by who wrote first`() throws {
    let price = "price: {contact: 2, business: 5}"
    #expect(try measured(price).number("channel_cost") == 2)
    #expect(
      try measured(price, contacts: "questions: 3, think_time: 1 h").number("channel_cost") == 2)
    // Back 30 h later: a second one.
    #expect(
      try measured(
        price, contacts: "returns: {chance: 100%, after: 30 h}", minutes: 100 + 31 * 60
      ).number("channel_cost") == 4)
    // Ten of the business, and one of a contact.
    #expect(
      try measured(price, more: "broadcasts: {news: {recipients: 10, at: 60 min}}")
        .number("channel_cost") == 52)
    // Who replies to a broadcast within 24 hours is in the conversation that is paid for.
    let replies =
      "broadcasts: {news: {recipients: 10, at: 60 min, replies: {share: 100%, after: 1 h}}}"
    #expect(try measured(price, more: replies, arrivals: [900]).number("channel_cost") == 52)
  }
}
