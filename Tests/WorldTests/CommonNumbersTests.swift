import Engine
import Measurement
import Statistics
import Testing
import VirtualTime

@testable import World

/// Every strategy meets the same customers, and nobody's numbers depend on who else is there.
@Suite struct CommonNumbersTests {
  /// Two populations at a desk with keys of its own; short enough for a debug build.
  private func plan(
    logic: String = "round_robin", agents: Int = 40, more: String = "", steps: String = "",
    keys: String = ""
  ) throws -> WorldPlan {
    try world(
      """
      name: the same customers
      duration: 8 h
      contacts:
        everyday:
          arrivals: {poisson: 60 per hour}
          questions: {geometric: 2}
          think_time: {exponential: 2 min}
          answers: {valid: 70%, after: {exponential: 1 min}, never: 10%}
          fields: {customer_type: {VIP: 20%, regular: 80%}}
      \(more)
      teams:
        all: {agents: \(agents), reply_time: {exponential: 4 min}, attention: {parallel: 50}\(keys)}
      services: {crm: {latency: {exponential: 5 s}}}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
      \(steps)
            - assign_to: {team: all, logic: \(logic)}
      """)
  }

  private let others = "  others: {arrivals: {poisson: 60 per hour}}"
  private let asking = """
          - ask_question: {text: Well?, type: rating, timeout: 10 min, save: {variable: x}}
            on_invalid: [{wait: 7 min}, {assign_to: {team: all, logic: random}}]
            on_timeout: [{wait: 9 min}, {assign_to: {team: all, logic: random}}]
          - http_request: {service: crm}
    """

  /// A customer half-way through a run, as far as the strategy has no say in it.
  private struct Customer: Equatable {
    var name: UInt64
    var ordinal: UInt64
    var asked: Instant
    var questions: Int32
    var channel: ChannelID
  }

  /// Who has written within the last minutes before an instant and waits for a first answer.
  private func newcomers(_ plan: WorldPlan, atMinute minute: Int64) throws -> [Customer] {
    let bench = try Bench(plan, seed: 7, replication: 3)
    _ = bench.kernel.run(until: .init(nanoseconds: minute * 60_000_000_000))
    return bench.exchange.contacts.map { door in
      door { contact -> Customer? in
        guard contact.id != nil, !contact.isIdle, contact.state.question == 0 else { return nil }
        return Customer(
          name: contact.entity, ordinal: contact.ordinal, asked: contact.state.asked,
          questions: contact.state.questionsLeft, channel: contact.channel)
      }
    }.compactMap(\.self).sorted { ($0.name, $0.ordinal) < ($1.name, $1.ordinal) }
  }

  @Test func `customers are the same under two strategies`() throws {
    let inTurn = try newcomers(plan(logic: "round_robin"), atMinute: 417)
    let leastOpen = try newcomers(plan(logic: "least_open"), atMinute: 417)
    #expect(!inTurn.isEmpty)
    #expect(inTurn == leastOpen)
    // With nobody waiting for anybody, all that is measured is the customers' own.
    let left = try run(plan(logic: "round_robin"), seed: 7, replication: 3).measured
    let right = try run(plan(logic: "random"), seed: 7, replication: 3).measured
    try #require(left.times.wait.maximum == 0 && right.times.wait.maximum == 0)
    #expect(left.times.resolution == right.times.resolution)
    #expect(left.times.response == right.times.response)
    #expect(left.steps.map(\.arrivals) == right.steps.map(\.arrivals))
    #expect(left.agents != right.agents)
  }

  @Test func `patience is the customer's own`() throws {
    // Nobody ever answers: every conversation lasts as long as its customer's patience.
    func patience(_ logic: String, _ agents: Int, _ more: String = "") throws -> ReplicationResult {
      let plan = try world(
        """
        name: nobody answers
        duration: 4 h
        contacts:
          everyday: {arrivals: {poisson: 100 per hour}, patience: {exponential: 10 min}}
        \(more)
        teams: {all: {agents: \(agents), reply_time: 90 d, shift: {days: sun}}}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps: [{assign_to: {team: all, logic: \(logic)}}]
        """)
      return try run(plan).measured
    }
    let alone = try patience("round_robin", 3)
    #expect(alone.populations[0].abandoned > 300)
    #expect(try patience("least_open", 5).times.resolution == alone.times.resolution)
    #expect(try patience("random", 3, others).populations[0] == alone.populations[0])
  }

  @Test func `answers to questions and calls of services are the customer's own`() throws {
    let left = try run(plan(steps: asking)).measured
    let right = try run(plan(logic: "random", agents: 60, steps: asking)).measured
    try #require(left.times.timeToAssignment.count > 300)
    #expect(left.times.timeToAssignment == right.times.timeToAssignment)
    #expect(left.times.timeToAssignment.maximum != left.times.timeToAssignment.minimum)
  }

  @Test func `another population changes nobody else's numbers`() throws {
    let alone = try run(plan(agents: 80, steps: asking)).measured
    let together = try run(plan(agents: 80, more: others, steps: asking)).measured
    #expect(together.populations[1].opened > 300)
    #expect(together.populations[0] == alone.populations[0])
  }

  @Test func `another agent changes nobody else's absences`() throws {
    let keys = ", away: {after: {exponential: 50 min}, for: {exponential: 8 min}}, leaving: preempt"
    let few = try run(plan(agents: 40, keys: keys)).measured
    let many = try run(plan(agents: 41, keys: keys)).measured
    let online = few.agents.map(\.onlineSeconds)
    #expect(Set(online).count > 30)
    #expect(online == Array(many.agents.map(\.onlineSeconds).prefix(40)))
  }

  @Test func `other seeds and replications are other customers`() throws {
    let plan = try plan()
    let results = try [(1, 0), (1, 1), (2, 0)].map { seed, replication in
      try run(plan, seed: seed, replication: replication).measured.times.resolution
    }
    #expect(results[0] != results[1])
    #expect(results[0] != results[2])
    #expect(results[1] != results[2])
  }
}
