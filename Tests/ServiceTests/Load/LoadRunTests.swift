import Foundation
import Measurement
import Scenarios
import Synchronization
import Testing
import World

@testable import Service

/// A small desk that is read from text.
func deskScenario(
  agents: Int = 20, questions: Int = 2, people: String = "", extra: String = ""
) throws -> Scenario {
  let text = """
    name: A desk
    duration: 8 h
    channels: {chat: {kind: direct}}
    contacts:
      people:
        arrivals: {poisson: 100 per hour}
        channels: chat
        questions: \(questions)
        think_time: {exponential: {mean: 1 min}}
    \(people)
    teams:
      support:
        agents: \(agents)
        attention: {parallel: 4}
        reply_time: {exponential: {mean: 2 min}}
    workflows:
      hand out:
        trigger: {conversation_opened: {}}
        steps:
          - {assign_to: {team: support, logic: least_open, only_online: true, fewer_than: 50}}
    \(extra)
    """
  return try Scenario.read(SourceFile(name: "desk.yaml", text: text))
}

func desk(agents: Int = 20, questions: Int = 2) throws -> WorldPlan {
  let scenario = try deskScenario(agents: agents, questions: questions)
  return WorldPlan(scenario, scenario.standard)
}

@Suite(.serialized) struct `A load test in the program's own process` {
  private func outcome(
    rate: Double, for length: Double, seed: UInt64 = 1, questions: Int = 2,
    freeze: (at: Double, length: Double)? = nil
  ) throws -> LoadRun.Outcome {
    var plan = LoadPlan(
      world: try desk(questions: questions), seed: seed, course: .constant(rate, for: length),
      warmup: 0)
    plan.freeze = freeze
    return try LoadRun(plan).run()
  }

  @Test func `everything that was due is carried out, and the engine is sound at the end`() throws {
    let step = try outcome(rate: 5_000, for: 1.5).step
    #expect(step.doneCount > 5_000)
    #expect(step.doneCount <= step.offeredCount)
    // What was under way at the end is carried out too; only what was due within the last look is not sent.
    #expect(Double(step.offeredCount - step.doneCount) < 100)
    #expect(step.violations.isEmpty)
    #expect(step.refusedCount == 0)
    let names = step.latency.map(\.operation)
    #expect(names.first == "all")
    #expect(names.contains("message_in") && names.contains("reply") && names.contains("close"))
    let parts = step.latency.dropFirst().filter { $0.operation != "timer" }
    #expect(parts.reduce(0) { $0 + $1.count } == step.doneCount)
    #expect(
      step.seconds.filter { $0.operation == "all" }.reduce(0) { $0 + $1.doneCount }
        == step.doneCount)
  }

  @Test func `the rate that was asked for is the rate that is sent`() throws {
    let step = try outcome(rate: 4_000, for: 4).step
    // Questions and answers are counted, so the spread is that of the conversations: 5 events each.
    let expected = 16_000.0
    let sigma = (expected * 5).squareRoot()
    #expect(abs(Double(step.offeredCount) - expected) < 5 * sigma, "\(step.offeredCount)")
  }

  @Test func `arrivals are drawn from the seed`() throws {
    let first = try outcome(rate: 1_000, for: 0.3, seed: 7).fingerprint
    #expect(try outcome(rate: 1_000, for: 0.3, seed: 8).fingerprint != first)
    #expect(first != 0)
  }

  /// The engine stands still for 200 ms of 2 s.
  ///
  /// Contacts write all the while, one message each, so that a tenth
  /// of the messages waits for the rest of the stop, evenly between 0 and 200 ms: 1 in 100 more than 180 ms, 1 in
  /// 20 more than 100, 1 in 1,000 more than 198. Of 3,333 messages 333 wait: the spread of the quantiles is 3.4 ms
  /// at p99, and the limits below are five times that. A busy machine makes the stop itself longer, and the
  /// generator late; both are measured.
  @Test func `a stop of the engine is seen by all who had to wait for it`() async throws {
    try await calmly { seed, limits in
      let outcome = try outcome(rate: 5_000, for: 2, seed: seed, questions: 1, freeze: (1, 0.2))
      let step = outcome.step
      let stop = try #require(outcome.stoppedFor)
      let late = try #require(step.lateness.longest)
      #expect(stop >= 0.2)
      let messages = try #require(step.latency.first { $0.operation == "message_in" })
      let (p99, p999) = (try #require(messages.at(0.99)), try #require(messages.at(0.999)))
      #expect(p99 > 0.163)
      #expect(p999 > 0.190)
      #expect(try #require(messages.longest) > 0.197)
      limits.expect("p99", p99, below: 0.9 * stop + late + 0.017)
      limits.expect("p99.9", p999, below: stop + late + 0.01)
      limits.expect("p75", try #require(messages.at(0.75)), below: 0.1)
      // Who waits for each answer before sending again sees one slow answer: the stop is in the longest alone.
      let service = try #require(step.service)
      limits.expect("p99.9 of the service", try #require(service.at(0.999)), below: 0.1)
    }
  }

  @Test func `without a stop nobody waits as long`() async throws {
    try await calmly { seed, limits in
      let step = try outcome(rate: 5_000, for: 2, seed: seed, questions: 1).step
      let all = try #require(step.latency.first)
      limits.expect("p99", try #require(all.at(0.99)), below: 0.163)
    }
  }

  /// Measures again, up to ten times, until nothing took longer than it may.
  ///
  /// What else the machine does makes waits longer, never shorter: a wait that must be at least so long is expected
  /// of every measurement, one that may be at most so long of one of them.
  private func calmly(_ measure: (UInt64, inout UpperLimits) throws -> Void) async throws {
    var exceeded: [String] = []
    for seed in UInt64(1)...10 {
      var limits = UpperLimits()
      try measure(seed, &limits)
      if limits.exceeded.isEmpty { return }
      exceeded.append(limits.exceeded.joined(separator: ", "))
      try await Task.sleep(for: .seconds(1))
    }
    Issue.record("all of ten measurements took too long: \(exceeded.joined(separator: "; "))")
  }

  private struct UpperLimits {
    var exceeded: [String] = []

    mutating func expect(_ name: String, _ seconds: Double, below limit: Double) {
      if seconds >= limit { exceeded.append("\(name) is \(seconds) s, not below \(limit) s") }
    }
  }

  @Test func `an interrupted measurement says so`() throws {
    let plan = LoadPlan(
      world: try desk(), seed: 1, course: .constant(1_000, for: 30), warmup: 0)
    let step = try LoadRun(plan, isInterrupted: { true }).run().step
    #expect(step.invalid == "it was interrupted")
  }

  @Test func `a generator that is late makes the measurement invalid`() throws {
    var plan = LoadPlan(
      world: try desk(), seed: 1, course: .constant(2_000, for: 0.5), warmup: 0)
    plan.latenessLimit = 0
    let step = try LoadRun(plan).run().step
    #expect(step.invalid?.hasPrefix("the generator itself was late") == true)
    #expect(!step.holds)
  }

  @Test func `each second is told as it ends`() throws {
    let seconds = Mutex<[LoadProgress]>([])
    let plan = LoadPlan(
      world: try desk(), seed: 1, course: .constant(2_000, for: 2.5), warmup: 0)
    _ = try LoadRun(plan, onSecond: { second in seconds.withLock { $0.append(second) } }).run()
    let told = seconds.withLock { $0 }
    #expect(told.map(\.second) == [1, 2])
    #expect(told.allSatisfy { $0.total == 3 && $0.offered > 500 })
  }
}
