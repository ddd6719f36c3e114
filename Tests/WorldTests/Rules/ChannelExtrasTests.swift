import Engine
import Measurement
import Testing

@testable import World

/// What only some channels do: bring messages twice or late.
@Suite struct `What only some channels do` {
  /// A run with its ledger, times in minutes.
  private func world(
    _ keys: String, arrivals: [Double] = [10], contacts: String = "questions: 1",
    more: String = "", minutes: Double = 1_000
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: contacts, more: "channels: {line: {\(keys)}}\n" + more,
      minutes: minutes
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  private func incoming(_ result: WorldResult) -> [UInt32] {
    (result.ledger?.conversations ?? []).map(\.course.incoming)
  }

  @Test func `a message that comes twice is one conversation, with one more message`() throws {
    let result = try world("duplicates: {share: 100%, after: 5 min}")
    #expect(incoming(result) == [2])
    #expect(try result.measured.number("messages.repeated") == 1)
    #expect(try result.measured.number("resolution.mean") == 600)
    // It is no fault, so no note tells of it.
    #expect(result.faults == nil)
  }

  @Test func `a share of the messages comes twice`() throws {
    let result = try world(
      "duplicates: 20%", arrivals: (0..<1_000).map { Double($0) * 20 }, minutes: 20_100)
    let twice = try result.measured.number("messages.repeated")
    let deviation: Double = (1_000 * 0.2 * 0.8).squareRoot()
    #expect(abs(twice - 200) < 3.3 * deviation)
    #expect(Double(incoming(result).count { $0 == 2 }) == twice)
  }

  @Test func `a message of a contact is late, an answer is not`() throws {
    // Written 10, there 17, answered and read 27, written 32, there 39, answered 49.
    let result = try world(
      "late: {share: 100%, by: 7 min}", contacts: "questions: 2, think_time: 5 min")
    #expect(try result.measured.number("resolution.mean") == 32 * 60)
    #expect(try result.measured.number("messages.late") == 2)
  }

  @Test func `what a fault does comes on top and is counted for itself`() throws {
    let result = try world(
      "duplicates: {share: 100%, after: 1 min}",
      more: "faults: {twice: {duplicate_messages: {share: 100%, after: 2 min}}}")
    #expect(incoming(result) == [3])
    #expect(try result.measured.number("messages.repeated") == 1)
    #expect(result.faults?.duplicateMessages == 1)
  }

  @Test func `what came in the warm-up is not counted`() throws {
    var plan = try SmallWorld(
      arrivals: [10, 100], more: "channels: {line: {duplicates: 100%}}\nwarmup: 50 min"
    ).plan()
    plan.warmup = 50 * 60_000_000_000
    #expect(try run(plan).measured.number("messages.repeated") == 1)
  }
}
