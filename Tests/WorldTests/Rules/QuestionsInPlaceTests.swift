import Measurement
import Testing

@testable import Scenarios
@testable import World

/// What the world asks of the engine is asked where it stands: a loan copies all tables at the next event.
@Suite struct QuestionsInPlaceTests {
  @Test func `no run lends the engine out before its end`() throws {
    var plan = try world(
      """
      name: many questions
      duration: 4 h
      channels: {whatsapp: {kind: whatsapp}, web: {kind: website_chat}}
      contacts:
        all:
          arrivals: {poisson: 60 per hour}
          channels: {whatsapp: 80%, web: 20%}
          patience: {exponential: 20 min}
          second_channel: {share: 20%, channel: web, after: 2 min, noticed: 50%}
      teams: {support: {agents: 4, reply_time: {exponential: 3 min}}}
      users: {boss: {role: manager, reply_time: 1 min, supervises: {every: 10 min, waiting: 5 min, unassigned: true}}}
      workflows:
        hello:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - send_message: Hello!
            - assign_to: {team: support, logic: least_open}
      """)
    plan.recordsConversations = true
    let bench = try Bench(plan, seed: 1, replication: 0)
    let found = bench.run()
    #expect(found.measured.all.conversations > 100)
    #expect((found.ledger?.conversations.count ?? 0) > 100)
    // Nor for the invariants and the number of open conversations at the end.
    #expect(bench.loansOfEngine == 0)
  }
}
