import Measurement
import Testing

@testable import World

/// Waits that many customers have exactly, and waits of customers who give up later.
@Suite struct EqualWaitTests {
  /// A rule moves whoever sits with an absent agent for six minutes to one who starts at once.
  private static let rule = """
    name: a rule with a limit
    duration: 20 h
    contacts: {all: {arrivals: {poisson: 10 per hour}}}
    teams:
      support:
        agents: 5
        reply_time: {exponential: 1 min}
        away: {after: {exponential: 40 min}, for: {exponential: 20 min}}
        leaving: preempt
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - assign_to: {team: support, logic: round_robin}
          - wait: 6 min
          - branch:
              - name: Not answered yet
                when: {all: [conversation_status = open, time_since_last_outgoing_message does not exist]}
                steps: [{assign_to: {team: support, logic: least_open, only_online: true, exclude_current: true}}]
    """

  @Test func `the wait of a workflow is told exactly, not as the middle of a bucket`() throws {
    let plan = try world(Self.rule)
    #expect(plan.recording.likelyLengths == [360_000_000_000, 720_000_000_000, 1_080_000_000_000])
    #expect(try run(plan).measured.number("wait.p90") == 360)
  }

  @Test func `a goal about it counts who waited exactly so long`() throws {
    let plan = try world(Self.rule + "\ngoals: [wait.p90 <= 6 min, wait.p90 < 6 min]")
    let measured = try run(plan).measured
    #expect(try measured.number("wait.answered.within(6 min)") > 0.9)
    #expect(try measured.number("wait.answered.within(5 min 59 s 999.999999 ms)") < 0.9)
    #expect(try measured.number("wait.p90") == 360)
  }

  @Test func `who gives up while being worked on has waited`() throws {
    let measured = try run(
      world(
        """
        name: impatient
        duration: 235 min
        contacts:
          all: {arrivals: {renewal: 10 min}, patience: 1 min, patience_until: answer}
        teams: {support: {agents: 1, reply_time: 5 min, picks: oldest}}
        """, "wait.within(0 s)", "first_response.within(1 h)")
    ).measured
    #expect(try measured.number("abandoned") == 1)
    #expect(try measured.number("wait.within(0 s)") == 1)
    #expect(try measured.number("first_response.within(1 h)") == 0)
  }
}
