import Engine
import Scenarios
import Testing

@testable import Measurement
@testable import World

/// Where replies are lost, the platform's own accounts and the record call the same ones responses.
@Suite struct LostReplyAgreementTests {
  @Test(arguments: [
    "failure: 40%", "failure: 40%, delivery: {exponential: 2 min}", "window: 6 min",
    "failure: 20%, window: 10 min, delivery: 1 min", "throughput: 2 per minute, queue: 1 min",
  ])
  func `accounts and record tell of the same responses`(channel: String) throws {
    let text = """
      name: lossy
      duration: 30 d
      channels: {line: {\(channel)}}
      contacts:
        all:
          arrivals: {batch: {of: {renewal: 3 h}, size: 8}}
          questions: {geometric: 2}
          think_time: {exponential: 3 min}
      teams:
        all: {agents: 3, reply_time: {exponential: 3 min}, wrap_up: {exponential: 30 s}, greets: true}
        none: {agents: 2, reply_time: {exponential: 3 min}, picks: oldest}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps: [{assign_to: {workspace: true, logic: round_robin}}]
      """
    let result = try run(world(text))
    let closed = try #require(result.ledger).conversations.filter { $0.closedAt != .never }
    let first = closed.filter { $0.course.firstResponseAt != .never }
    let counts = result.measured.closed
    #expect(closed.count == counts.conversations && closed.count > 1_000)
    #expect(first.count == counts.answered && first.count < closed.count)
    for (index, agent) in result.measured.agents.enumerated() {
      let own = first.filter { $0.course.firstResponseBy?.index == index }
      // What is open at the end is in the record, too.
      #expect(
        abs(agent.firstResponses - own.count) <= result.measured.all.conversations - closed.count)
    }
    let seconds = first.map { Double(($0.course.firstResponseAt - $0.openedAt).nanoseconds) / 1e9 }
    let told = try #require(
      result.measured.value(of: MetricReference("first_response.closed_only.mean"))?.value)
    let mean = seconds.reduce(0, +) / Double(first.count)
    #expect(abs(mean - told) <= 1e-6 * told)
  }

  private func world(_ text: String) throws -> WorldPlan {
    let scenario = try readScenario(text)
    var plan = WorldPlan(scenario, scenario.standard)
    plan.warmup = 0
    plan.recordsConversations = true
    plan.metrics.append(try MetricReference("first_response.closed_only.mean"))
    return plan
  }
}
