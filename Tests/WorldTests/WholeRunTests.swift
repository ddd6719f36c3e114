import Scenarios
import Testing
import VirtualTime

@testable import Measurement
@testable import World

/// What holds in every run: nothing is lost, nothing is repeated otherwise, nothing is kept for ever.
@Suite struct WholeRunTests {
  /// A desk in which everything happens that a scenario can say.
  static let busyDesk = """
    name: everything at once
    start: 2026-11-23 08:00
    time_zone: Europe/Lisbon
    duration: 6 h
    channels:
      whatsapp: {kind: whatsapp, failure: 4%, throughput: 20 per minute, queue: 30 s}
      mail: {kind: email, window: 30 min}
      web: {kind: website_chat}
    services:
      crm: {latency: {lognormal: {median: 300 ms, p95: 40 s}}, failure: 5%, answers: {kind: $contact.customer_type}}
    contacts:
      everyday:
        arrivals: {poisson: 70 per hour}
        channels: {whatsapp: 60%, mail: 20%, web: 20%}
        questions: {geometric: 2.5}
        think_time: {lognormal: {median: 40 s, p90: 4 min}}
        patience: {exponential: 30 min}
        returns: {chance: 20%, after: {exponential: 1 h}}
        known: {share: 30%, assigned: 50%}
        fields: {customer_type: {VIP: 10%, regular: 90%}}
        answers: {valid: 70%, after: {exponential: 40 s}, never: 10%}
      hasty:
        arrivals: {batch: {of: {poisson: 3 per hour}, size: {uniform: {from: 2, to: 9}}}}
        channels: web
        patience: {exponential: 8 min}
        patience_until: answer
        giving_up: stays_open
    teams:
      support:
        agents: 8
        attention: {shared: [1, 1.7, 2.2]}
        reply_time: {lognormal: {median: 3 min, p90: 9 min}}
        wrap_up: 20 s
        greets: true
        away: {after: {exponential: 40 min}, for: {exponential: 10 min}}
        leaving: LEAVING
        forgets_to_close: 3%
        finishes_anyway: FINISHES
        shift: [{hours: ["08:00-10:00", "10:30-12:00"]}, {hours: ["12:30-02:00"]}]
    users:
      maria: {reply_time: {exponential: 5 min}, attention: {parallel: 2}, picks: oldest, role: manager}
    workspace: {unassign_on_close: true, auto_close: 45 min, inactivity: 30 min}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - send_message: Hello!
            on_failure: [{assign_to: {team: support, logic: random}}]
          - id: rate
            ask_question: {text: How urgent is it?, type: rating, timeout: 4 min, save: {variable: urgency}}
            on_invalid: [{jump_to: {step: rate, at_most: 2}}]
            on_timeout: [{assign_to: {team: support, logic: round_robin}}]
            on_failure: [{assign_to: {team: support, logic: round_robin}}]
          - http_request: {service: crm, save: {kind: $.kind}}
          - ai_agent: {outcomes: {success: 20%, to_human: 70%, others: 10%}, latency: {exponential: 2 min}, idle: 5 min}
            on:
              success: [{close_conversation: {category: solved}}]
              idle: [{assign_to: {team: support, logic: least_open}}]
              others: [{assign_to: {team: support, logic: least_open}}]
              to_human:
                - assign_to: {team: support, logic: least_open, only_online: true, fewer_than: 6, timeout: 20 min}
                - wait: 10 min
                - branch:
                    - name: Not answered yet
                      when: {all: [conversation_status = open, time_since_last_outgoing_message > 10 min]}
                      steps: [{assign_to: {team: support, logic: least_open, exclude_current: true}}]
      rating:
        trigger: {conversation_closed: {source: user}}
        steps: [{ask_question: {text: How was it?, type: rating, save: {field: score}}}]
    """

  static func busy(_ leaving: String, _ finishes: Bool) -> String {
    var text = busyDesk
    for (name, value) in [("LEAVING", leaving), ("FINISHES", "\(finishes)")] {
      text = text.split(separator: name, omittingEmptySubsequences: false).joined(separator: value)
    }
    return text
  }

  @Test(arguments: ["finish_first", "preempt", "hand_back"], [false, true])
  func `everything adds up whatever happens`(leaving: String, finishes: Bool) throws {
    let plan = try world(Self.busy(leaving, finishes))
    // The bench itself checks that conversations and messages are conserved.
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    let all = result.measured.all
    #expect(all.conversations > 300)
    #expect(all.abandoned > 0 && all.reassigned > 0 && all.messagesLost > 0)
    #expect(all.windowExpired > 0)
    #expect(all.conversations == result.measured.closed.conversations + result.measured.openAtEnd)
  }

  @Test func `one, two and eight threads find the same`() throws {
    let plan = try world(Self.busy("hand_back", true))
    let once = try runs(plan, count: 3, threads: 1).map { try $0.get() }
    for threads in [2, 8] {
      let again = try runs(plan, count: 3, threads: threads).map { try $0.get() }
      #expect(again.map(\.ending.fingerprint) == once.map(\.ending.fingerprint))
      #expect(again.map(\.measured) == once.map(\.measured))
    }
    #expect(Set(once.map(\.ending.fingerprint)).count == 3)
  }

  @Test func `the resolved scenario is the same world`() throws {
    let scenario = try readScenario(Self.busy("preempt", false))
    let resolved = try readScenario(scenario.resolved)
    let left = try run(WorldPlan(scenario, scenario.standard))
    let right = try run(WorldPlan(resolved, resolved.standard))
    #expect(left.ending.fingerprint == right.ending.fingerprint)
    #expect(left.measured == right.measured)
  }

  @Test func `customers who are gone take no room`() throws {
    let plan = try world(
      """
      name: many come and go
      duration: 30 h
      channels: {web: {kind: whatsapp}}
      contacts:
        all:
          arrivals: {poisson: 60 per hour}
          questions: {geometric: 2}
          think_time: {exponential: 1 min}
          patience: {exponential: 20 min}
          returns: {chance: 10%, after: {exponential: 10 min}}
      teams: {all: {agents: 12, reply_time: {exponential: 5 min}, greets: true}}
      workspace: {unassign_on_close: true}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - assign_to: {team: all, logic: least_open}
            - wait: 15 min
      """)
    let bench = try Bench(plan, seed: 1, replication: 0)
    let result = bench.run()
    #expect(result.violations.isEmpty)
    #expect(bench.exchange.arrivedCount > 1_500)
    // At most some dozens are there at once.
    #expect(bench.exchange.contacts.count < 150)
  }
}
