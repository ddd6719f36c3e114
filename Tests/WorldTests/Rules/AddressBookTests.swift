import Engine
import Measurement
import Scenarios
import Testing
import VirtualTime

@testable import World

/// Contacts that are imported during the run, and broadcasts that go to a segment of the address book.
@Suite struct AddressBookTests {
  private func desk(
    _ more: String, arrivals: [Double] = [900], contacts: String = "questions: 1",
    minutes: Double = 890
  ) throws -> WorldResult {
    var plan = try SmallWorld(
      arrivals: arrivals, contacts: contacts,
      teams: "{all: {agents: 50, reply_time: 10 min, picks: oldest}}", more: more, minutes: minutes
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return result
  }

  private func broadcasts(_ result: WorldResult) throws -> BroadcastCounts {
    try #require(result.measured.occasional).broadcasts
  }

  @Test func `an import opens nothing, and a segment is asked anew each time`() throws {
    // 30 are in the book from 100 on, 12 more of another list from 300 on.
    let result = try desk(
      """
      imports:
        fair: {at: 100 min, count: 30, fields: {list: fair}}
        shop: {at: 300 min, count: 12, fields: {list: shop}, tags: [buyer]}
      segments:
        everybody: {all: [contact.list exists]}
        visitors: {all: [contact.list = fair]}
        buyers: {any: [tags contains buyer]}
      broadcasts:
        first: {segment: everybody, at: 50 min}
        second: {segment: everybody, at: 200 min}
        third: {segment: everybody, at: 400 min}
        fourth: {segment: visitors, at: 500 min}
        fifth: {segment: buyers, at: 600 min}
      """)
    #expect(try broadcasts(result).sent == 0 + 30 + 42 + 30 + 12)
    #expect(try broadcasts(result).delivered == 114)
    #expect(try #require(result.ledger).conversations.isEmpty)
  }

  @Test func `replies open conversations, and whoever has one says it there`() throws {
    let result = try desk(
      """
      imports: {fair: {at: 0 s, count: 4, fields: {list: fair}}}
      segments: {visitors: {all: [contact.list = fair]}}
      broadcasts:
        one: {segment: visitors, at: 100 min, replies: {share: 100%, after: 5 min}}
        two: {segment: visitors, at: 101 min, replies: {share: 100%, after: 6 min}}
      """)
    // Written at 105, and again at 107 while the agent is at the first answer: asked once that is out.
    let conversations = try #require(result.ledger).conversations
    #expect(conversations.count == 4)
    #expect(conversations.allSatisfy { Double($0.openedAt.nanoseconds) / 6e10 == 105 })
    #expect(conversations.allSatisfy { $0.course.incoming == 2 && $0.isNew })
    #expect(conversations.allSatisfy { Double($0.closedAt.nanoseconds) / 6e10 == 125 })
    #expect(try broadcasts(result).replied == 8)
  }

  @Test func `whoever wrote before is in the book, and some imported write of themselves`() throws {
    let result = try desk(
      """
      imports: {fair: {at: 0 s, count: 10, fields: {list: fair}, writes: {share: 100%, after: 50 min}}}
      segments: {quiet: {all: [conversation_status = closed]}}
      broadcasts: {news: {segment: quiet, at: 200 min}, early: {segment: quiet, at: 55 min}}
      """, arrivals: [20, 195])
    // At 55 the ten of the import are being answered; at 200 the second who wrote is.
    #expect(try broadcasts(result).sent == 1 + 11)
    let conversations = try #require(result.ledger).conversations
    #expect(conversations.count == 12 && conversations.allSatisfy { $0.openedBy == .contact })
  }

  @Test func `workflows that wait for a tag or a field begin with an import`() throws {
    let result = try desk(
      """
      imports: {fair: {at: 100 min, count: 5, tags: [buyer], fields: {list: fair}}}
      workflows:
        w: {trigger: {contact_tag_updated: {tag: buyer, action: added}}, steps: [{open_conversation: {}}]}
      """)
    #expect(
      try #require(result.ledger).conversations.map(\.openedBy)
        == Array(repeating: .workflow, count: 5))
  }

  @Test func `nobody else's numbers change`() throws {
    func others(_ more: String) throws -> SegmentCounts {
      let plan = try world(
        """
        name: beside
        duration: 6 h
        contacts:
          others: {arrivals: {poisson: 40 per hour}, questions: {geometric: 2}, think_time: {exponential: 1 min}}
          more: {arrivals: {poisson: 1 per hour}}
        teams: {all: {agents: 1, attention: {parallel: 900}, reply_time: {exponential: 4 min}, picks: oldest}}
        \(more)
        """)
      return try run(plan).measured.populations[0]
    }
    let plain = try others("")
    #expect(
      try others(
        """
        imports: {fair: {at: 1 h, count: 200, population: more, fields: {list: fair}}}
        segments: {visitors: {all: [contact.list = fair]}}
        broadcasts: {news: {segment: visitors, at: 2 h, replies: {share: 20%, after: {exponential: 20 min}}}}
        """) == plain)
  }

  @Test func `the resolved scenario is the same world`() throws {
    let scenario = try readScenario(
      """
      name: book
      duration: 4 h
      contacts: {all: {arrivals: {poisson: 9 per hour}}}
      teams: {all: {agents: 3, reply_time: 4 min, picks: oldest}}
      imports: {fair: {at: 1 h, count: 40, fields: {list: fair}, writes: {share: 20%, after: {exponential: 1 h}}}}
      segments: {visitors: {all: [contact.list = fair]}}
      broadcasts: {news: {segment: visitors, at: 2 h, replies: {share: 20%}}}
      """)
    let resolved = try readScenario(scenario.resolved)
    let left = try run(WorldPlan(scenario, scenario.standard))
    let right = try run(WorldPlan(resolved, resolved.standard))
    #expect(left.ending.fingerprint == right.ending.fingerprint)
    #expect(left.measured == right.measured)
  }
}
