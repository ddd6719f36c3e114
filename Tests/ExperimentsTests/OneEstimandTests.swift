import Measurement
import Statistics
import Testing

@testable import Experiments

@Suite struct `One number for each metric` {
  /// Days of very different size, on which customers give up on the busy ones.
  private static let days = Desk(
    agents: 1, rate: 1, minutes: 120,
    strategies: "{one: {logic: round_robin}, other: {logic: least_open}}")

  private func result() throws -> Campaign.Result {
    var desk = Self.days
    desk.arrivals = "{poisson: 1 per minute, busyness: {lognormal: {mean: 1, cv: 0.8}}}"
    desk.patience = "{exponential: 3 min}"
    return try desk.campaign(replications: 12, independent: true).run()
  }

  @Test func `stands in the summary and in the comparison`() throws {
    let result = try result()
    var builder = ComparisonBuilder()
    builder.isPaired = false
    let comparison = try #require(builder.comparison(result, shown: shown()))
    for row in comparison.differences {
      let metric = try MetricReference(row.metric)
      #expect(row.baselineMean == result.outcomes[0].result.summary(of: metric)?.mean, "\(metric)")
      #expect(row.mean == result.outcomes[1].result.summary(of: metric)?.mean, "\(metric)")
      if let change = row.change, let mean = row.mean, let baseline = row.baselineMean {
        #expect(change == mean - baseline, "\(metric)")
      }
    }
    // Such days tell the two ways apart: conversations weigh alike.
    let abandoned = try MetricReference("abandoned")
    let one = result.outcomes[0].result
    let values = (one.values(of: abandoned) ?? []).compactMap { $0 }
    let plain = try #require(Moments(values.map(\.value)).mean)
    let shared = try #require(one.summary(of: abandoned)?.mean)
    let top = values.compactMap(\.parts).reduce(0) { $0 + $1.top }
    let bottom = values.compactMap(\.parts).reduce(0) { $0 + $1.bottom }
    #expect(abs(shared - top / bottom) < 1e-12)
    #expect(abs(plain - shared) > 0.05, "\(plain) and \(shared)")
  }

  @Test func `is where its own curve over the runs ends`() throws {
    let result = try result().outcomes[0].result
    for name in ["abandoned", "first_response.mean", "busy", "opened"] {
      let metric = try MetricReference(name)
      #expect(result.summary(of: metric, first: 12) == result.summary(of: metric))
      #expect(result.summary(of: metric, first: 5) != result.summary(of: metric))
    }
    #expect(result.summary(of: try MetricReference("wait.p90"), first: 12) == nil)
  }

  @Test func `is corrected in two families`() throws {
    let comparison = try #require(ComparisonBuilder().comparison(result(), shown: shown()))
    let families = comparison.differences.filter { $0.change != nil }.map(\.family)
    #expect(families.allSatisfy { $0 != nil })
    #expect(families.count { $0 == .shown } == comparison.comparisonCount)
    #expect(families.contains(.other))
  }

  /// Two identical teams on customers of their own: a sign anywhere in at most 5 % of families.
  @Test func `calls identical strategies different in hardly any file`() throws {
    let count = isLongRun ? 400 : 40
    var alarms = [0, 0]
    var desk = Desk(agents: 2, minutes: 60)
    desk.strategies = "{one: {logic: least_open}, same: {logic: least_open}}"
    var builder = ComparisonBuilder()
    builder.isPaired = false
    for seed in 0..<count {
      let result = try desk.campaign(
        replications: 10, seed: UInt64(seed) + 1, independent: true
      ).run()
      let comparison = try #require(builder.comparison(result, shown: shown()))
      for (place, family) in [ResultDocument.Family.shown, .other].enumerated() {
        let signs: Set<Verdict> = [.better, .worse, .differs]
        alarms[place] +=
          comparison.differences.contains { $0.family == family && signs.contains($0.verdict) }
          ? 1 : 0
      }
    }
    // The exact binomial test: so many would come in less than 1 % of such tests.
    for alarm in alarms {
      let interval = try #require(
        ConfidenceInterval.clopperPearson(successes: alarm, trials: count, level: 0.98))
      #expect(interval.low <= 0.05, "\(alarms) of \(count)")
    }
  }
}
