import Engine
import Measurement
import Scenarios
import Testing
import VirtualTime

@testable import World

/// Messages to many contacts, within what the channel takes, and the wave of replies.
@Suite struct BroadcastTests {
  /// Somebody writes at minute 900 only, so that everything before is the broadcast's.
  private func plan(
    _ broadcast: String, channel: String = "kind: direct", contacts: String = "questions: 1",
    agents: Int = 50, minutes: Double = 890
  ) throws -> WorldPlan {
    try SmallWorld(
      arrivals: [900], contacts: contacts,
      teams: "{all: {agents: \(agents), reply_time: 10 min, picks: oldest}}",
      more: """
        channels: {line: {\(channel)}}
        broadcasts: {news: {\(broadcast)}}
        """, minutes: minutes
    ).plan()
  }

  private func counts(_ plan: WorldPlan) throws -> BroadcastCounts {
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return try #require(result.measured.occasional).broadcasts
  }

  @Test func `the last of n messages leaves n - 1 gaps after the first`() throws {
    // 20 a minute from minute 100: the 600th leaves 29 min 57 s later, at 7797 seconds.
    let keys = "recipients: 600, at: 100 min"
    let channel = "throughput: 20 per minute"
    for (seconds, sent) in [(7_796.999, 599), (7_797.001, 600)] {
      let found = try counts(plan(keys, channel: channel, minutes: seconds / 60))
      #expect(found.sent == sent)
      #expect(found.delivered == sent)
    }
    // A delivery of 5 s more than the gap: at the end of the run two are under way.
    let late = try counts(
      plan(keys, channel: channel + ", delivery: 5 s", minutes: 7_797.001 / 60))
    #expect((late.sent, late.delivered) == (600, 598))
  }

  @Test func `the platform's own pace holds beside the channel's limit`() throws {
    // The slower of the two: one every 10 seconds, the first at once.
    for (pace, limit) in [("6 per minute", "20 per minute"), ("20 per minute", "6 per minute")] {
      let found = try counts(
        plan(
          "recipients: 600, at: 0 s, pace: \(pace)", channel: "throughput: \(limit)",
          minutes: 10.01))
      #expect(found.sent == 61)
    }
  }

  @Test func `without limit and pace all leave at once`() throws {
    let found = try counts(plan("recipients: 2000, at: 30 min", minutes: 30.001))
    #expect(found == BroadcastCounts(sent: 2_000, delivered: 2_000, failed: 0, replied: 0))
  }

  @Test func `other messages wait for one message of a broadcast at the most`() throws {
    // The channel takes one a minute, on the minute. Written at 10.5, in at 11, answered at 21.25, out
    // at 22, written again at 27, in at 27, answered at 37.25: only the first two had to wait.
    func resolution(_ broadcast: String) throws -> Double {
      try SmallWorld(
        arrivals: [10.5], contacts: "questions: 2, think_time: 5 min",
        teams: "{all: {agents: 1, reply_time: 10 min 15 s, picks: oldest}}",
        more: """
          channels: {line: {throughput: 1 per minute}}
          broadcasts: {\(broadcast)}
          """
      ).measured().minutes("resolution.mean")
    }
    #expect(try resolution("news: {recipients: 500, at: 0 s}") == 26.25)
    #expect(try resolution("") == 25.5)
  }

  @Test func `replies come their delay after delivery and open conversations`() throws {
    // Delivered after 3 min, replied 7 min later, 3 min on the way, answered in 10 min.
    var plan = try plan(
      "recipients: 40, at: 100 min, replies: {share: 100%, after: 7 min}",
      channel: "delivery: 3 min")
    plan.timelineStep = 60_000_000_000
    let result = try run(plan).measured
    #expect(
      result.steps.map(\.arrivals).enumerated().filter { $0.element > 0 }.map(\.offset) == [113])
    #expect(result.all.conversations == 40)
    #expect(try result.number("first_response.mean") == 600)
    #expect(try result.number("broadcast.replied") == 40)
    #expect(result.closed.conversations == 40)
  }

  @Test func `as many reply as the share says, and no message gets lost`() throws {
    let found = try counts(
      plan(
        "recipients: 5000, at: 0 s, replies: {share: 12%, after: {exponential: 30 min}}",
        channel: "failure: 5%, delivery: {exponential: 20 s}, throughput: 50 per second"))
    #expect(found.sent == 5_000)
    #expect(found.delivered + found.failed == 5_000)
    // Binomial, each inside its 99.9 % interval: 250 of 5,000, and 12 % of those delivered.
    #expect(abs(found.failed - 250) <= 51)
    let expected = 0.12 * Double(found.delivered)
    #expect(abs(Double(found.replied) - expected) <= 3.3 * (expected * 0.88).squareRoot())
  }

  @Test func `as many read as the share says, all who reply among them, and nothing else changes`()
    throws
  {
    func found(_ reads: String) throws -> (counts: BroadcastCounts, result: WorldResult) {
      let plan = try plan(
        "recipients: 5000, at: 0 s, \(reads)replies: {share: 12%, after: {exponential: 30 min}}",
        channel: "failure: 5%, delivery: {exponential: 20 s}, throughput: 50 per second")
      let result = try run(plan)
      #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
      return (try #require(result.measured.occasional).broadcasts, result)
    }
    let silent = try found("")
    #expect(silent.counts.read == nil)
    let delivered = silent.counts.delivered
    #expect(try found("reads: 100%, ").counts.read == delivered)
    // Nobody but those who reply, of whom a few are still to write at the end.
    let few = try #require(try found("reads: 12%, ").counts.read)
    #expect(few >= silent.counts.replied && few < silent.counts.replied + 30)
    // Binomial, inside the 99.9 % interval.
    let half = try found("reads: 40%, ")
    let read = Double(try #require(half.counts.read))
    #expect(abs(read - 0.4 * Double(delivered)) <= 3.3 * (0.24 * Double(delivered)).squareRoot())
    // Without what was read it is the same run.
    var counts = half.counts
    counts.read = nil
    #expect(counts == silent.counts)
    #expect(half.result.measured.all == silent.result.measured.all)
  }

  @Test func `what nobody reads is 0, and empty where nobody tells`() throws {
    let lost = "channel: line, recipients: 30, at: 0 s"
    #expect(try counts(plan(lost + ", reads: 0%")).read == 0)
    #expect(try counts(plan(lost)).read == nil)
    #expect(try counts(plan(lost + ", reads: 50%", channel: "failure: 100%")).read == 0)
  }

  @Test func `a window without templates lets nothing through`() throws {
    let scenario = try readScenario(
      """
      name: closed window
      duration: 1 h
      channels: {line: {window: 24 h}}
      contacts: {all: {arrivals: {poisson: 1 per hour}}}
      broadcasts: {news: {recipients: 30, at: 0 s, replies: {share: 100%}}}
      teams: {all: {agents: 1, reply_time: 1 min, picks: oldest}}
      """)
    #expect(scenario.warnings.all.count == 1)
    let found = try counts(WorldPlan(scenario, scenario.standard))
    #expect(found == BroadcastCounts(sent: 30, delivered: 0, failed: 30, replied: 0))
  }

  @Test func `a full queue refuses what would wait too long, and the rest goes on`() throws {
    // All of the platform's 60 a minute come to a channel that takes 20; nothing waits over 5 s.
    let found = try counts(
      plan(
        "recipients: 600, at: 0 s", channel: "throughput: 20 per minute, queue: 5 s", minutes: 60))
    #expect(found == BroadcastCounts(sent: 600, delivered: 600, failed: 0, replied: 0))
  }

  @Test func `one that repeats goes out at the same time on the clock on the wall`() throws {
    // The clock of Lisbon goes back on 25 October 2026: that day has 25 hours.
    func sent(_ repeats: String, _ duration: String) throws -> Int {
      try counts(
        world(
          """
          name: again
          start: 2026-10-24 08:00
          time_zone: Europe/Lisbon
          duration: \(duration)
          contacts: {all: {arrivals: {poisson: 1 per hour}}}
          broadcasts: {news: {recipients: 7, at: 1 h 30 min, repeats: \(repeats)}}
          teams: {all: {agents: 1, reply_time: 1 min}}
          """)
      ).sent
    }
    #expect(try sent("daily", "26 h 29 min") == 7)
    #expect(try sent("daily", "26 h 31 min") == 14)
    #expect(try sent("daily", "50 h 31 min") == 21)
    #expect(try sent("weekly", "170 h 29 min") == 7)
    #expect(try sent("weekly", "170 h 31 min") == 14)
    #expect(try sent("never", "200 h") == 7)
  }

  @Test func `who does not write back is forgotten`() throws {
    let bench = try Bench(
      plan(
        "recipients: 20000, at: 0 s, replies: {share: 1%, after: 5 min}",
        channel: "throughput: 100 per second, delivery: 1 s"),
      seed: 1, replication: 0)
    #expect(bench.run().violations.isEmpty)
    #expect(bench.exchange.broadcasts.delivered == 20_000)
    // A hundred under way, three hundred about to write or being served.
    #expect(bench.exchange.contacts.count < 1_500)
  }

  @Test func `those addressed are there, but only some wrote before`() throws {
    var plan = try plan(
      "recipients: 400, at: 0 s, replies: {share: 100%, after: 1 min}",
      contacts: "questions: 1, known: {share: 40%, assigned: 100%}")
    plan.recordsConversations = true
    let ledger = try #require(try run(plan).ledger)
    let returning = ledger.conversations.count { !$0.isNew }
    // 160 of 400: four standard errors are 39.
    #expect(abs(returning - 160) <= 39)
    #expect(ledger.conversations.allSatisfy { $0.openedBy == .contact })
  }
}

extension BroadcastCounts {
  fileprivate init(sent: Int, delivered: Int, failed: Int, replied: Int) {
    self.init()
    self.sent = sent
    self.delivered = delivered
    self.failed = failed
    self.replied = replied
  }
}
