import Testing

@testable import Measurement
@testable import World

@Suite struct ChannelTests {
  private func channel(
    _ keys: String, arrivals: [Double] = [100], contacts: String = "questions: 1",
    reply: String = "10 min"
  ) throws -> Measured {
    try SmallWorld(
      arrivals: arrivals, contacts: contacts,
      teams: "{all: {agents: 1, reply_time: \(reply), picks: oldest}}",
      more: "channels: {line: {\(keys)}}"
    ).measured()
  }

  @Test func `a message takes its time both ways`() throws {
    let world = try channel("delivery: 1 min", contacts: "questions: 2, think_time: 5 min")
    // Arrives 101, answered 111, read 112, written 117, arrives 118, answered 128.
    #expect(try world.minutes("resolution.mean") == 27)
  }

  @Test func `an answer that is lost after closing opens nothing again`() throws {
    let world = try channel("failure: 100%")
    #expect(try world.number("delivery_failed") == 1)
    #expect(world.result.all.messagesSent == 1)
    #expect(try world.number("opened") == 1)
    #expect(try world.number("closed") == 1)
  }

  @Test func `a lost answer is sent three times in all, then the contact goes on`() throws {
    let world = try channel("failure: 100%", contacts: "questions: 2, think_time: 5 min")
    #expect(world.result.agents[0].replies == 2)
    #expect(world.result.all.messagesSent == 4)
    #expect(world.result.all.messagesLost == 4)
    #expect(try world.minutes("resolution.mean") == 25)
  }

  @Test func `the limit lets one message through at a time, both ways`() throws {
    let world = try channel("throughput: 1 per hour", arrivals: [100, 100.5])
    // In at 100 and 160; the first answer at 110 leaves at 220, the second at 170 leaves at 280.
    #expect(try world.minutes("resolution.mean") == 10)
    #expect(try world.number("opened") == 2)
    #expect(world.result.steps.filter { $0.arrivals > 0 }.count == 2)
  }

  @Test func `a message that would wait too long in the queue fails`() throws {
    let world = try channel("throughput: 1 per hour, queue: 40 min")
    #expect(world.result.all.messagesSent == 1)
    #expect(world.result.all.messagesLost == 1)
  }

  @Test func `a message that waits as long as the queue allows does not fail`() throws {
    let world = try channel("throughput: 1 per hour, queue: 50 min")
    #expect(world.result.all.messagesSent == 1)
    #expect(world.result.all.messagesLost == 0)
  }

  @Test func `after the window an answer is refused and the question is over`() throws {
    let world = try channel("window: 5 min", contacts: "questions: 2, think_time: 1 min")
    #expect(try world.number("window_expired") == 1)
    #expect(world.result.all.messagesSent == 0)
    #expect(try world.minutes("resolution.mean") == 21)
    #expect(try world.number("closed") == 1)
  }

  /// Two questions; whatever the channel does with the answers, the agent gives two, each after ten minutes.
  @Test(arguments: [
    ("failure: 100%", false, nil), ("failure: 100%", true, 10.0), ("window: 5 min", false, nil),
    ("window: 5 min", true, 10), ("window: 5 min, templates: true", false, 10),
    ("window: 5 min, delivery: 3 s", false, nil), ("failure: 0%, delivery: 0 s", false, 10),
    ("throughput: 1 per hour, queue: 40 min", false, nil),
  ])
  func `an answer that never arrives is no response`(
    keys: String, counts: Bool, minutes: Double?
  ) throws {
    let world = try SmallWorld(
      arrivals: [100], contacts: "questions: 2, think_time: 5 min",
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest}}",
      more: """
        channels: {line: {\(keys)}}
        workspace: {policies: {failed_reply_counts: \(counts)}}
        """
    ).measured()
    #expect(world.result.agents[0].replies == 2)
    for metric in ["first_response.mean", "response.mean"] {
      #expect(try (world.has(metric) ? world.minutes(metric) : nil) == minutes, "\(metric)")
    }
    #expect(world.result.all.answered == (minutes == nil ? 0 : 1))
  }

  @Test func `an answer that is lost and sent again is a response when it is sent for good`() throws
  {
    // An answer is at the platform's channel 10 minutes after the message came in, and is lost every second
    // time; whoever sent it hears so, and sends it again, 4 minutes later; three times in all.
    let world = try SmallWorld(
      arrivals: (0..<2_000).map { Double($0) * 100 }, contacts: "questions: 2, think_time: 30 min",
      more: "channels: {line: {failure: 50%, delivery: 4 min}}", minutes: 200_100
    ).measured()
    // The second answer closes the conversation at once, so it is never sent again. Of the first answers
    // 7 of 8 arrive; else every second one of the second, 10 minutes after the message that follows the
    // third loss by 30 minutes and 4 on its way: opening, 10 + 8 + 4, then 30 + 4 + 10.
    let answered = Double(world.result.all.answered) / 2_000
    let deviation: Double = (0.9375 * 0.0625 / 2_000).squareRoot()
    #expect(abs(answered - 0.9375) < 3.3 * deviation)
    let expected = (0.5 * 10 + 0.25 * 14 + 0.125 * 18 + 0.0625 * 66) / 0.9375
    #expect(abs(try world.minutes("first_response.mean") - expected) < 1)
    #expect(world.result.agents[0].firstResponses == world.result.all.answered)
  }

  @Test func `where there are templates the answer goes out after the window too`() throws {
    let world = try channel("window: 5 min, templates: true")
    #expect(try world.number("window_expired") == 1)
    #expect(world.result.all.messagesSent == 1)
    #expect(try world.number("delivery_failed") == 0)
  }

  @Test func `an answer within the window is nothing special`() throws {
    for keys in ["window: 10 min", "window: 10 min, templates: true"] {
      let world = try channel(keys)
      #expect(try world.number("window_expired") == 0)
      #expect(world.result.all.messagesSent == 1)
    }
  }

  @Test func `who has something new to say waits for the answer that is on its way`() throws {
    // In at 110, answered at 120, read at 130; back at 125, so the message follows at 130, in at 140.
    let world = try SmallWorld(
      arrivals: [100], contacts: "returns: {chance: 100%, after: 5 min}, patience: 40 min",
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest}}",
      more: "channels: {line: {kind: custom, delivery: 10 min, failure: 0%, throughput: off}}",
      minutes: 154
    ).measured()
    #expect(try world.number("opened") == 2)
    #expect(try world.number("closed") == 2)
    #expect(try world.minutes("resolution.mean") == 10)
  }
}
