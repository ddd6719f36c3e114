import Measurement
import Statistics
import Testing

@testable import World

/// Broadcasts, junk, second channels and grabbing change nobody else's numbers, and nobody changes theirs.
@Suite struct OccasionalNumbersTests {
  /// Enough agents for nobody to wait: all that is measured is the customers' own.
  private func desk(
    _ broadcasts: String = "", logic: String = "round_robin", agents: Int = 50,
    keys: String = ", spam: {share: 0%}", others: String = ""
  ) throws -> WorldPlan {
    try world(
      """
      name: the same customers
      duration: 6 h
      channels: {chat: {}, mail: {delivery: {exponential: 1 s}, failure: 10%}}
      contacts:
        everyday: {arrivals: {poisson: 60 per hour}, channels: chat, questions: {geometric: 2}\(keys)}
        others: {arrivals: {poisson: 20 per hour}, channels: chat\(others)}
      broadcasts: {\(broadcasts)}
      teams:
        all: {agents: \(agents), reply_time: {exponential: 4 min}, attention: {parallel: 50}}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps: [{assign_to: {team: all, logic: \(logic)}}]
      """)
  }

  private let all = """
    , spam: {share: 20%, recognition: {exponential: 1 min}, blocked: 50%}
    , returns: {chance: 20%, after: {exponential: 20 min}}
    , second_channel: {share: 30%, channel: mail, after: {exponential: 2 min}, noticed: 50%}
    """.split(separator: "\n").joined()

  private func news(_ recipients: Int, _ name: String = "news") -> String {
    """
    \(name): {recipients: \(recipients), population: others, channel: mail, at: 1 h,
      replies: {share: 20%, after: {exponential: 20 min}}}
    """.split(separator: "\n").joined()
  }

  @Test func `a broadcast changes nobody else's numbers`() throws {
    let without = try run(desk(keys: all)).measured
    let with = try run(desk(news(500), keys: all)).measured
    #expect(with.populations[1].opened > without.populations[1].opened + 50)
    #expect(with.populations[0] == without.populations[0])
    let (ours, theirs) = (try #require(without.occasional), try #require(with.occasional))
    #expect((ours.spam, ours.merged) == (theirs.spam, theirs.merged))
    #expect(ours.spam > 50 && ours.merged > 20)
  }

  @Test func `another broadcast changes nothing in the first`() throws {
    let once = try #require(try run(desk(news(400))).measured.occasional).broadcasts
    let other = try #require(try run(desk(news(300, "more"))).measured.occasional).broadcasts
    let both = try #require(
      try run(desk(news(300, "more") + ", " + news(400))).measured.occasional
    ).broadcasts
    #expect(once.replied != other.replied)
    #expect(both.sent == once.sent + other.sent)
    #expect(both.failed == once.failed + other.failed)
    #expect(both.replied == once.replied + other.replied)
  }

  @Test func `a longer list of recipients keeps those who were on it`() throws {
    // Those added behind the others change nothing in how these reply.
    let short = try #require(try run(desk(news(200))).measured.occasional).broadcasts
    let long = try #require(try run(desk(news(201))).measured.occasional).broadcasts
    #expect(long.sent == 201)
    #expect((0...1).contains(long.replied - short.replied))
    #expect((0...1).contains(long.failed - short.failed))
  }

  @Test func `junk, second channels and replies are the same under two strategies`() throws {
    let plan = try desk(news(500), keys: all)
    let left = try run(plan).measured
    let right = try run(desk(news(500), logic: "random", agents: 70, keys: all)).measured
    try #require(left.times.wait.maximum == 0 && right.times.wait.maximum == 0)
    #expect(left.times.resolution == right.times.resolution)
    #expect(left.occasional == right.occasional)
    #expect(left.steps.map(\.arrivals) == right.steps.map(\.arrivals))
    let again = try run(plan, seed: 2).measured
    #expect(again.occasional != left.occasional)
  }

  @Test func `junk among the arrivals changes nothing for the others`() throws {
    // Everybody comes at the same time and is served at once: only the junk is missing.
    let clean = try run(desk(keys: ", spam: {share: 0%}")).measured
    let dirty = try run(desk(keys: ", spam: {share: 20%}")).measured
    #expect(clean.populations[1] == dirty.populations[1])
    #expect(clean.populations[0].opened == dirty.populations[0].opened)
    let spam = try #require(dirty.occasional).spam
    #expect(
      dirty.populations[0].firstResponse.count == clean.populations[0].firstResponse.count - spam)
  }

  @Test func `another agent who grabs changes nothing in what the others go for`() throws {
    // Each who grabs takes what he goes for and answers at once; all go at times of their own.
    func replies(_ agents: [(name: String, after: Int)]) throws -> [Int] {
      let list = agents.map {
        "{name: \($0.name), grabs: {chance: 30%, after: \($0.after) s}}"
      }
      let plan = try world(
        """
        name: grabbing
        duration: 8 h
        contacts: {all: {arrivals: {poisson: 120 per hour}}}
        teams:
          all:
            reply_time: 1 us
            attention: {parallel: 9}
            agents: [\((["{name: ana, reply_time: 1 h}"] + list).joined(separator: ", "))]
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps: [{assign_to: {user: ana}}]
        """)
      return try run(plan).measured.agents.dropFirst().map(\.replies)
    }
    let alone = try replies([("ben", 5)])
    let first = try replies([("ben", 5), ("cho", 9)])
    let behind = try replies([("cho", 9), ("ben", 5)])
    #expect(alone[0] > 200)
    // Cho comes after ben and gets none that he takes, wherever he stands in the list.
    #expect(first[0] == alone[0])
    #expect(behind == [first[1], first[0]])
  }
}
