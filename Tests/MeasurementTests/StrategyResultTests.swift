import Foundation
import Statistics
import Testing

@testable import Measurement

@Suite("Results of a strategy")
struct StrategyResultTests {
  /// A replication with so many conversations, answered after so many seconds each.
  private static func replication(
    _ waits: [Int64], gaveUp: Int = 0, metrics: [String] = ["first_response.within(30 s)"],
    number: Int = 0
  ) throws -> ReplicationResult {
    var history = try History(agents: 2, metrics: metrics)
    history.online(0, true, 0)
    for slot in waits.indices {
      history.opens(slot, 0)
      history.assigns(slot, 0, 0)
    }
    for slot in waits.indices.prefix(gaveUp) { history.abandons(slot, 0) }
    for (slot, wait) in waits.enumerated() {
      history.replies(slot, by: 0, wait)
      history.closes(slot, wait)
    }
    return history.result(number: number)
  }

  private static let metrics = [
    "first_response.mean", "first_response.within(30 s)", "abandoned", "opened", "cost",
  ]

  private static func result(_ replications: [ReplicationResult]) throws -> StrategyResult {
    var result = StrategyResult(metrics: try metrics.map { try MetricReference($0) })
    for replication in replications { result.add(replication) }
    return result
  }

  @Test func `have the mean, the interval and the spread over replications`() throws {
    let result = try Self.result([
      Self.replication([10, 20]), Self.replication([20, 30]), Self.replication([30, 50]),
    ])
    let summary = result.summary()
    #expect(summary.map(\.metric.description) == Self.metrics)
    // 15, 25, 40, of two conversations each.
    let mean = 80.0 / 3
    #expect(abs(try #require(summary[0].mean) - mean) < 1e-12)
    let errors = try #require(RunErrors([30, 50, 80], over: [2, 2, 2]))
    let interval = try #require(
      ConfidenceInterval.over(errors, estimate: mean, within: .positive)
    ).reaching(forRuns: [15, 25, 40])
    #expect(abs(try #require(summary[0].low) / interval.low - 1) < 1e-12)
    #expect(abs(try #require(summary[0].high) / interval.high - 1) < 1e-12)
    #expect(summary[0].standardDeviation == Moments([15, 25, 40]).standardDeviation)
    #expect(summary[0].replications == 3)
    #expect(summary[3].mean == 2 && summary[3].halfWidth == 0)
    // Nobody costs anything: not applicable.
    #expect(summary[4].mean == nil && summary[4].low == nil && summary[4].replications == 0)
    #expect(result.times?.firstResponse.count == 6)
    #expect(result.counts.conversations == 6)
    #expect(result.agents[0].replies.mean == 2)
    #expect(result.steps[0].arrivals.mean == 2)
  }

  @Test func `keep each metric once and know only those`() throws {
    let twice = try MetricReference("abandoned")
    let result = StrategyResult(metrics: [twice, twice])
    #expect(result.metrics == [twice])
    #expect(result.summary(of: try MetricReference("opened")) == nil)
    #expect(result.summary(of: twice)?.replications == 0)
    #expect(try result.outcome(of: Goal("abandoned <= 5%"))?.outcome == .inconclusive)
  }

  @Test func `of one replication claim no interval`() throws {
    let summary = try Self.result([Self.replication([10])]).summary()
    #expect(summary[0].mean == 10)
    #expect(summary[0].low == nil && summary[0].standardDeviation == nil)
  }

  @Test func `weigh shares by size where replications differ in size`() throws {
    // 1 of 1, 0 of 9, 2 of 10: the mean of the shares is 0.4, the share of all 3 in 20.
    let sizes = [(1, 1), (0, 9), (2, 10)]
    let result = try Self.result(
      sizes.map { top, bottom in
        try Self.replication(Array(repeating: 10, count: bottom), gaveUp: top)
      })
    let summary = try #require(result.summary(of: try MetricReference("abandoned")))
    #expect(abs(try #require(summary.mean) - 0.15) < 1e-15)
  }

  @Test func `do not call rare events impossible`() throws {
    // Nobody of 3 x 100 gave up: Student's interval would be nought wide.
    let replications = try (0..<3).map { _ in
      try Self.replication(Array(repeating: 10, count: 100))
    }
    let summary = try #require(
      Self.result(replications).summary(of: try MetricReference("abandoned")))
    let wilson = try #require(ConfidenceInterval.wilson(successes: 0, trials: 300))
    #expect(summary.mean == 0 && summary.low == 0)
    #expect(summary.high == wilson.high)
    let result = try Self.result(replications)
    #expect(try result.outcome(of: Goal("abandoned <= 1%"))?.outcome == .inconclusive)
    #expect(try result.outcome(of: Goal("abandoned <= 5%"))?.outcome == .met)
  }

  @Test func `what no run had may happen in the next`() throws {
    var result = StrategyResult(metrics: [try MetricReference("unassigned_at_end")])
    for number in 0..<20 { result.add(try Self.replication([10], number: number)) }
    let summary = try #require(result.summary().first)
    #expect(summary.mean == 0 && summary.low == 0)
    // A Poisson count of 3.689 has none with a probability of 2.5 %.
    #expect(abs(try #require(summary.high) - 3.6888794541 / 20) < 1e-9)
  }

  @Test func `weigh conversations alike in means and quantiles, not runs`() throws {
    // One run with a single quick answer, one with nine slow ones.
    let metrics = try ["first_response.mean", "first_response.p50"].map { try MetricReference($0) }
    var result = StrategyResult(metrics: metrics)
    result.add(try Self.replication([10]))
    result.add(try Self.replication(Array(repeating: 110, count: 9)))
    let mean = try #require(result.summary(of: metrics[0])?.mean)
    #expect(abs(mean - 100) < 1e-9)
    // Nine of ten times are 110 s; the mean of the runs' medians would be 60 s.
    let median = try #require(result.summary(of: metrics[1])?.mean)
    #expect(abs(median / 110 - 1) < 1.0 / 1_024)
  }

  @Test func `are not sure of a quantile because the runs agree on it`() throws {
    // Two of a hundred wait long in one run, one in the others: each p99 alone is 10 s or just above.
    let metric = try MetricReference("first_response.p99")
    var result = StrategyResult(metrics: [metric])
    for extra in [1, 1, 1, 2, 1, 0, 1, 1] {
      let waits =
        Array(repeating: Int64(10), count: 100 - extra) + Array(repeating: 500, count: extra)
      result.add(try Self.replication(waits))
    }
    let summary = try #require(result.summary(of: metric))
    // 8 of 800 are long: the quantile lies on the edge of the atom, and may be 500 s as well.
    #expect(summary.high.map { $0 > 400 } ?? true)
    #expect(summary.halfWidth != 0)
  }

  @Test func `have no interval of a quantile beyond what was seen`() throws {
    let metric = try MetricReference("first_response.p99")
    var result = StrategyResult(metrics: [metric])
    for run in 0..<5 { result.add(try Self.replication([10, 20, 30 + Int64(run)])) }
    let summary = try #require(result.summary(of: metric))
    #expect(summary.mean != nil && summary.low == nil && summary.high == nil)
  }

  @Test func `judge goals by the interval`() throws {
    let result = try Self.result(
      try [[10, 12], [11, 13], [12, 14]].map { try Self.replication($0) })
    #expect(try result.outcome(of: Goal("first_response.mean <= 20 s"))?.outcome == .met)
    #expect(try result.outcome(of: Goal("first_response.mean <= 5 s"))?.outcome == .missed)
    let close = try #require(try result.outcome(of: Goal("first_response.mean <= 12 s")))
    #expect(close.outcome == .inconclusive)
    #expect(close.value == 12)
  }

  @Test func `show who is still without an answer`() throws {
    var history = try History()
    for slot in 0..<4 { history.opens(slot, 0) }
    history.replies(0, by: 0, 2)
    history.replies(1, by: 0, 20)
    let result = try Self.result([history.result()])
    let points = result.waits.points
    func share(_ seconds: Int64) throws -> (Double?, Double?) {
      let point = try #require(points.firstIndex(of: seconds * History.second))
      return (result.waits.unanswered[point].ratio, result.waits.tail[point].ratio)
    }
    #expect(try share(1) == (1, 1))
    #expect(try share(10) == (0.75, 0.5))
    #expect(try share(100) == (0.5, 0))
    #expect(points == points.sorted())
    // Ten for each of six powers of ten, the last, and what the goal asks.
    #expect(points.count == 62 && points.contains(30 * History.second))
  }

  @Test func `come back from text the same`() throws {
    let replication = try Self.replication([10, 40], gaveUp: 1, number: 7)
    let encoder = JSONEncoder()
    let decoder = JSONDecoder()
    let again = try decoder.decode(
      ReplicationResult.self, from: try encoder.encode(replication))
    #expect(again == replication)
    let result = try Self.result([replication, replication])
    #expect(result.replications == [7, 7])
    #expect(try decoder.decode(StrategyResult.self, from: try encoder.encode(result)) == result)
  }
}
