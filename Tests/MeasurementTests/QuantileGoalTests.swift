import Statistics
import Testing
import VirtualTime

@testable import Measurement

/// Goals about quantiles are decided by counting, and equal times are told as they are.
@Suite("Goals about quantiles")
struct QuantileGoalTests {
  /// So many waits of so many seconds each, and what decides the goal.
  private static func replication(
    _ goal: Goal, _ waits: [(count: Int, seconds: Int64)]
  ) throws -> ReplicationResult {
    let evidence = try #require(goal.evidence)
    var history = try History(metrics: [goal.metric.description, evidence.metric.description])
    var slot = 0
    for wait in waits {
      for _ in 0..<wait.count {
        history.opens(slot, 0)
        history.starts(slot, wait.seconds)
        slot += 1
      }
    }
    return history.result()
  }

  private static func judged(
    _ text: String, _ runs: [[(count: Int, seconds: Int64)]]
  ) throws -> GoalSummary {
    let goal = try Goal(text)
    let evidence = try #require(goal.evidence)
    var result = StrategyResult(metrics: [goal.metric, evidence.metric])
    for run in runs { result.add(try replication(goal, run)) }
    return try #require(result.outcome(of: goal))
  }

  @Test(arguments: [
    ("wait.p90 <= 6 min", "wait.answered.within(6 min)", 0.9, true),
    ("wait.p90 > 6 min", "wait.answered.within(6 min)", 0.9, false),
    ("wait.office.p999 < 2 s", "wait.office.answered.within(1 s 999.999999 ms)", 0.999, true),
    (
      "wait.closed_only.p50 >= 2 s", "wait.closed_only.answered.within(1 s 999.999999 ms)", 0.5,
      false
    ),
    ("team a: wait.p75 <= 1 s", "team a: wait.answered.within(1 s)", 0.75, true),
  ])
  func `are decided by a share`(
    _ text: String, _ metric: String, _ level: Double, _ isKeptAbove: Bool
  ) throws {
    let evidence = try #require(try Goal(text).evidence)
    #expect(evidence.metric.description == metric)
    #expect(evidence.level == level && evidence.isKeptAbove == isKeptAbove)
    #expect(try MetricReference(metric) == evidence.metric)
  }

  @Test func `other goals are decided by themselves`() throws {
    for text in ["wait.mean <= 1 s", "wait.within(5 s) >= 80%", "abandoned <= 5%"] {
      #expect(try Goal(text).evidence == nil)
    }
    #expect(try Goal("latency.p99 <= 1 ms", in: .load).evidence == nil)
  }

  @Test func `the interval of the share decides`() throws {
    let goal = try #require(try Goal("wait.p90 <= 1 s").evidence)
    #expect(goal.outcome(low: 0.9, high: 0.95) == .met)
    #expect(goal.outcome(low: 0.89, high: 0.95) == .inconclusive)
    #expect(goal.outcome(low: 0.8, high: 0.899) == .missed)
    #expect(goal.outcome(low: nil, high: nil) == .inconclusive)
    let above = try #require(try Goal("wait.p90 > 1 s").evidence)
    #expect(above.outcome(low: 0.9, high: 0.95) == .missed)
    #expect(above.outcome(low: 0.8, high: 0.899) == .met)
  }

  /// An atom exactly on the limit, as a rule makes that moves whoever has waited so long.
  private static let atom = (1...5).map { [(60 + $0, Int64(10)), (35, 360), (3, 361)] }

  @Test func `many times that are equal to the limit keep it`() throws {
    // The bucket of 360 s reaches from 359.9 to 360.2 s: its middle is beyond the limit.
    let summary = try Self.judged("wait.p90 <= 6 min", Self.atom)
    #expect(summary.outcome == .met)
    #expect(summary.value == 360)
    #expect(try #require(summary.high) <= 360)
    let strict = try Self.judged("wait.p90 < 6 min", Self.atom)
    #expect(strict.outcome == .missed)
    #expect(strict.value == 360)
    #expect(try #require(strict.low) >= 360)
    let least = try Self.judged("wait.p90 >= 6 min", Self.atom)
    #expect(least.outcome == .met && least.value == 360)
    #expect(try Self.judged("wait.p90 > 6 min", Self.atom).outcome == .missed)
  }

  @Test func `an interval never contradicts the answer`() throws {
    let four = [Self.atom[0], [(60, Int64(10)), (40, 400)], Self.atom[1], [(99, 20), (1, 500)]]
    // A few runs that differ so much cannot bound a p90; so many do.
    let runs = Array((0..<8).map { _ in four }.joined())
    var checked = 0
    for limit in ["10 s", "6 min", "10 min"] {
      for sign in ["<=", "<", ">=", ">"] {
        let summary = try Self.judged("wait.p90 \(sign) \(limit)", runs)
        guard let low = summary.low, let high = summary.high else { continue }
        checked += 1
        let border = summary.goal.limit
        let isKeptBelow = sign.hasPrefix("<")
        switch summary.outcome {
        case .met: #expect(isKeptBelow ? high <= border : low >= border)
        case .missed: #expect(isKeptBelow ? low >= border : high <= border)
        case .inconclusive: #expect(low <= border && border <= high)
        }
      }
    }
    #expect(checked > 0)
  }

  @Test func `a likely length is told exactly without a goal`() throws {
    var plan = RecordingPlan(agents: 1, duration: 1_000 * History.second)
    plan.likelyLengths = [360 * History.second]
    var recorder = Recorder(plan)
    var courses = [Course](repeating: Course(), count: 50)
    for slot in courses.indices {
      recorder.conversationOpened(&courses[slot], at: Instant(nanoseconds: 0))
    }
    for slot in courses.indices {
      recorder.workStarted(
        &courses[slot], at: Instant(nanoseconds: 360 * History.second + (slot < 40 ? 0 : 1)))
    }
    let result = recorder.finish(at: Instant(nanoseconds: 1_000 * History.second), open: courses)
    #expect(result.value(of: try MetricReference("wait.p50"))?.value == 360)
    #expect(try #require(result.value(of: try MetricReference("wait.p90"))?.value) > 360)
  }

  @Test(arguments: [
    ("wait.within(5 min) >= 100%", ">= 99.9%"), ("same_agent > 100%", "> 99.9%"),
    ("abandoned <= 0%", "<= 0.1%"), ("reassigned < 0", "< 0.1%"),
    ("population a: wait.within(1 s) >= 1", ">= 99.9%"),
  ])
  func `a share of everybody or nobody is refused, for no interval reaches it`(
    _ text: String, _ advice: String
  ) {
    #expect {
      try Goal(text)
    } throws: { error in
      let error = error as? GrammarError
      return error?.suggestion == advice && error?.message.contains("could never be met") == true
    }
  }

  @Test func `a share that may be reached is none of these`() throws {
    for text in [
      "wait.within(5 min) >= 99.9%", "abandoned >= 0%", "abandoned <= 100%", "waiting <= 0",
      "reassignments <= 0", "busy <= 0",
    ] {
      #expect(try Goal(text).text == text)
    }
    #expect(try Goal("achieved >= 100%", in: .load).limit == 1)
  }
}
