import Measurement
import Scenarios
import Statistics
import World

/// Shows that intervals of few runs hold where Student's do not: long waits of short days, days that
/// differ, and a quantile on which most runs agree.
///
/// The truth is that of many more runs together, whose own error is small beside any interval here.
struct IntervalCheck {
  private let name: String
  private let entry: Campaign.Entry
  private let metrics: [MetricReference]

  /// Runs behind the truth for every experiment.
  private static let runsOfTruth = 16

  private init(_ name: String, _ text: String, _ metrics: String...) throws {
    self.name = name
    let scenario = try Scenario.read(SourceFile(name: name, text: text))
    self.metrics = try metrics.map { try MetricReference($0) }
    var plan = WorldPlan(scenario, scenario.standard)
    plan.metrics = self.metrics
    entry = Campaign.Entry(name: name, plan: plan)
  }

  private static func desk(_ arrivals: String, _ work: String, _ duration: String) -> String {
    """
    name: A desk
    duration: \(duration)
    contacts: {people: {arrivals: \(arrivals)}}
    teams: {desk: {agents: 1, reply_time: \(work)}}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: desk, logic: round_robin}}]
    """
  }

  private static func all() throws -> [IntervalCheck] {
    [
      try IntervalCheck(
        "busy 90 %, 8 h", desk("{poisson: 10.8 per hour}", "{exponential: 5 min}", "8 h"),
        "wait.mean", "wait.p50"),
      try IntervalCheck(
        "days differ",
        desk(
          "{poisson: 9 per hour, busyness: {lognormal: {mean: 1, cv: 0.3}}}",
          "{exponential: 5 min}", "8 h"),
        "wait.answered.within(10 min)"),
      try IntervalCheck(
        "most runs agree", desk("{poisson: 0.72 per hour}", "1 min", "400 h"),
        "first_response.p99"),
    ]
  }

  /// How often the intervals of 5 and of 10 runs hold the truth.
  static func rows(seed: UInt64, experiments: Int, threads: Int) throws -> [ValidityCheck.Row] {
    var rows: [ValidityCheck.Row] = []
    for (place, check) in try all().enumerated() {
      let start = (seed &+ UInt64(place) &+ 1) &* 1_000_000_007
      let truth = try check.found(start, runs: experiments * runsOfTruth, threads: threads)
      for runs in [5, 10] {
        let results = Replications.all(count: experiments, threads: threads) { number in
          try? check.found(
            start &+ UInt64(runs) &* 100_000 &+ UInt64(number), runs: runs, threads: 1)
        }
        for metric in check.metrics {
          let exact = truth.summary(of: metric)?.mean ?? 0
          let count = results.count { holds($0?.summary(of: metric), exact) }
          rows.append(
            row("\(check.name), \(metric), \(runs) runs", count: count, of: experiments))
        }
      }
    }
    return rows
  }

  /// No interval claims nothing, and so nothing wrong; a run that failed does.
  private static func holds(_ summary: MetricSummary?, _ exact: Double) -> Bool {
    guard let summary else { return false }
    guard let low = summary.low, let high = summary.high else { return true }
    return low <= exact && exact <= high
  }

  private func found(_ seed: UInt64, runs: Int, threads: Int) throws -> StrategyResult {
    let campaign = Campaign(entries: [entry], seed: seed, replications: runs, threads: threads)
    return try campaign.run().outcomes[0].result
  }

  private static func row(_ name: String, count: Int, of experiments: Int) -> ValidityCheck.Row {
    // So few would come in less than 1 % of such tests if they held 93 % of the time.
    let interval = ConfidenceInterval.clopperPearson(
      successes: count, trials: experiments, level: 0.98)
    return ValidityCheck.Row(
      name: name, promise: "at least 93 %", count: count, experiments: experiments,
      holds: interval.map { $0.high >= 0.93 } ?? false)
  }
}
