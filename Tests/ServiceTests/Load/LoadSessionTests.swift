import Measurement
import Testing

@testable import Service

@Suite(.serialized) struct `Goals of a load test and the search for its limit` {
  private func step(
    p99: Double = 0.001, offered: Double = 100, achieved: Double = 100, invalid: String? = nil
  ) -> LoadStep {
    var step = LoadStep(shape: "constant", fromRate: 100, toRate: 100, duration: 1, warmup: 0)
    step.latency = [
      LoadStep.Times(
        operation: "all", count: 1_000, mean: 0.000_1,
        levels: [0.000_1, 0.000_2, 0.000_5, p99, 0.002, 0.003, 0.004, 0.005]),
      LoadStep.Times(
        operation: "reply", count: 10, mean: 0.3, levels: Array(repeating: 0.3, count: 8)),
    ]
    step.lateness = LoadStep.Times(
      operation: "lateness", count: 1_000, mean: 0, levels: Array(repeating: 0.000_05, count: 8))
    (step.offered, step.achieved, step.invalid) = (offered, achieved, invalid)
    return step
  }

  @Test(
    arguments: [
      ("latency.p99 <= 1 ms", Goal.Outcome.met), ("latency.p99 <= 0.9 ms", .missed),
      ("latency.p99 < 1 ms", .missed), ("latency.max <= 5 ms", .met),
      ("latency.mean <= 0.1 ms", .met), ("latency.reply.p50 <= 200 ms", .missed),
      ("latency.close.p50 <= 200 ms", .inconclusive), ("lateness.p999 <= 1 ms", .met),
      ("achieved >= 99.9%", .met), ("latency.p75 <= 0.15 ms", .missed),
    ])
  func `a goal is judged by what was measured`(
    text: String, result: Goal.Outcome
  ) throws {
    let goal = try Goal(text, in: .load)
    #expect(LoadStep.problem(of: goal) == nil)
    var step = step()
    step.judge([goal])
    #expect(step.goalOutcomes.map(\.result) == [result])
    #expect(step.holds == (result == .met))
  }

  @Test func `a measurement that does not count meets nothing, nor one that does not keep up`()
    throws
  {
    let goal = try Goal("latency.p99 <= 1 s", in: .load)
    var late = step(invalid: "it was late")
    late.judge([goal])
    #expect(late.goalOutcomes.map(\.result) == [.inconclusive])
    #expect(!late.holds)
    var slow = step(achieved: 98)
    slow.judge([goal])
    #expect(slow.goalOutcomes.map(\.result) == [.met])
    #expect(!slow.holds)
    var broken = step()
    broken.violations = ["INV-1 broken"]
    #expect(!broken.holds)
  }

  @Test(arguments: ["latency.p95 <= 1 ms", "latency.within(1 ms) >= 99%"])
  func `what load does not tell cannot be a goal of it`(text: String) throws {
    guard let goal = try? Goal(text, in: .load) else { return }
    #expect(LoadStep.problem(of: goal)?.contains("load tells") == true)
  }

  /// No engine carries an event out in no time, so that the search ends where it began; and one that may take a
  /// minute holds every rate that the generator reaches, which is bounded here by its lateness.
  @Test func `a goal that nothing meets has no limit`() throws {
    let plan = LoadPlan(
      world: try desk(), seed: 1, course: .constant(4, for: 0.3), warmup: 0)
    let session = LoadSession(
      plan: plan, goals: [try Goal("latency.max <= 0 s", in: .load)], isInterrupted: { false },
      onSecond: { _ in })
    let found = try session.findLimit(from: 4)
    #expect(found.limit?.held == nil)
    #expect(found.limit?.isNarrow == false)
    #expect(found.steps.allSatisfy { !$0.holds })
  }

  @Test func `the limit lies between what held and what did not`() throws {
    var plan = LoadPlan(
      world: try desk(), seed: 1, course: .constant(50, for: 0.2), warmup: 0)
    // However late the generator is on a busy machine, a test of the search counts it.
    plan.latenessLimit = 60
    let session = LoadSession(
      plan: plan, goals: [try Goal("latency.mean <= 0.2 ms", in: .load)],
      isInterrupted: { false }, onSecond: { _ in })
    let found = try session.findLimit(from: 50)
    let limit = try #require(found.limit)
    if let held = limit.held, let missed = limit.missed {
      #expect(held < missed)
      #expect(limit.isNarrow == (missed / held <= 1.06))
    }
    #expect(found.steps.count >= 2)
  }
}
