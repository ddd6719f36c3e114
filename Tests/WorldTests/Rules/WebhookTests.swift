import Measurement
import Testing

@testable import World

/// Endpoints that are told what happens.
@Suite struct `Webhooks` {
  private func counts(
    _ hook: String, arrivals: [Double] = [100],
    contacts: String = "questions: 2, think_time: 5 min",
    more: String = "", minutes: Double = 1_000
  ) throws -> [Double] {
    let result = try SmallWorld(
      arrivals: arrivals, contacts: contacts, more: "webhooks: {crm: {\(hook)}}\n\(more)",
      minutes: minutes
    ).measured()
    return try ["sent", "failed", "disabled"].map { try result.number("webhook.\($0)") }
  }

  @Test(arguments: [
    ("new_contact", 1.0), ("new_incoming_message", 2), ("new_outgoing_message", 2),
    ("conversation_opened", 1), ("conversation_closed", 1), ("assignee_updated", 1),
  ])
  func `each event is told as often as it happens`(event: String, times: Double) throws {
    #expect(try counts("events: [\(event)]") == [times, 0, 0])
    // The details that a ledger asks for change nothing of it.
    var plan = try SmallWorld(
      arrivals: [100], contacts: "questions: 2, think_time: 5 min",
      more: "webhooks: {crm: {events: [\(event)]}}"
    ).plan()
    plan.recordsConversations = true
    #expect(try run(plan).measured.number("webhook.sent") == times)
  }

  @Test func `all are told where nothing is said, and who returns is no new contact`() throws {
    #expect(try counts("") == [8, 0, 0])
    // Back an hour after the closing: the same but for the contact, who has an assignee already.
    let returns = "questions: 2, think_time: 5 min, returns: {chance: 100%, after: 1 h}"
    #expect(try counts("", contacts: returns, minutes: 180) == [8, 0, 0])
    #expect(try counts("", contacts: returns, minutes: 215) == [14, 0, 0])
  }

  @Test func `one that keeps failing is disabled, and told nothing more`() throws {
    let hour = (0..<20).map { Double($0) * 15 }
    let opened = "events: [conversation_opened], failure: 100%"
    #expect(try counts(opened, arrivals: hour, contacts: "questions: 1") == [20, 20, 0])
    #expect(
      try counts(opened + ", disabled_after: 5", arrivals: hour, contacts: "questions: 1")
        == [5, 5, 1])
    // Answers take 40 minutes: until the fifth is there, at 4 x 15 + 40, it is told at 0, 15, ... 90.
    #expect(
      try counts(
        opened + ", disabled_after: 5, latency: 40 min", arrivals: hour, contacts: "questions: 1")
        == [7, 7, 1])
  }

  @Test func `a share of the answers fails`() throws {
    let many = (0..<1_000).map { Double($0) * 15 }
    let found = try counts(
      "events: [conversation_opened], failure: 20%", arrivals: many, contacts: "questions: 1",
      minutes: 15_100)
    #expect(found[0] == 1_000)
    let deviation: Double = (1_000 * 0.2 * 0.8).squareRoot()
    #expect(abs(found[1] - 200) < 3.3 * deviation)
  }

  @Test func `it changes nothing for anybody`() throws {
    func times(_ more: String) throws -> ReplicationResult {
      try SmallWorld(
        arrivals: [1, 2, 3, 50],
        contacts: "questions: {geometric: 2}, think_time: {exponential: 1 min}",
        more: more
      ).measured().result
    }
    let plain = try times("")
    let told = try times("webhooks: {crm: {latency: {exponential: 1 min}, failure: 10%}}")
    #expect(plain.times == told.times && plain.agents == told.agents)
  }
}
