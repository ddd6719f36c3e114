import Measurement
import Scenarios
import Statistics
import World

/// Shows that intervals of few runs hold where Student's do not.
///
/// Long waits of short days, days that differ, a quantile on which most runs agree. Where the few busiest
/// days decide a mean, it shows how much less they hold, which `RemarksOnDays` says in words.
///
/// The truth is that of many more runs together, whose own error is small beside any interval here.
struct IntervalCheck {
  private let name: String
  private let entry: Campaign.Entry
  private let metrics: [MetricReference]
  /// How many runs an experiment has, and how often its interval is promised to hold, in per cent.
  private let promises: [(runs: Int, percent: Int)]

  /// Runs behind the truth for every experiment.
  private static let runsOfTruth = 16

  private init(
    _ name: String, _ text: String, _ metrics: String...,
    promises: [(runs: Int, percent: Int)] = [(5, 93), (10, 93)]
  ) throws {
    self.name = name
    self.promises = promises
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
        "days differ, busy 90 %",
        desk(
          "{poisson: 10.8 per hour, busyness: {lognormal: {mean: 1, cv: 0.3}}}",
          "{exponential: 5 min}", "8 h"),
        "wait.mean", promises: [(5, 90), (10, 93), (50, 93)]),
      try IntervalCheck(
        "days differ by half, busy 70 %",
        desk(
          "{poisson: 8.4 per hour, busyness: {lognormal: {mean: 1, cv: 0.5}}}",
          "{exponential: 5 min}", "8 h"),
        "wait.mean", promises: [(5, 85), (10, 88), (50, 93)]),
      try IntervalCheck(
        "most runs agree", desk("{poisson: 0.72 per hour}", "1 min", "400 h"),
        "first_response.p99"),
    ]
  }

  /// How often the intervals hold the truth.
  static func rows(seed: UInt64, experiments: Int, threads: Int) throws -> [ValidityCheck.Row] {
    var rows: [ValidityCheck.Row] = []
    for (place, check) in try all().enumerated() {
      let start = (seed &+ UInt64(place) &+ 1) &* 1_000_000_007
      let truth = try check.found(start, runs: experiments * runsOfTruth, threads: threads)
      for (runs, percent) in check.promises {
        let results = Replications.all(count: experiments, threads: threads) { number in
          try? check.found(
            start &+ UInt64(runs) &* 100_000 &+ UInt64(number), runs: runs, threads: 1)
        }
        for metric in check.metrics {
          let exact = truth.summary(of: metric)?.mean ?? 0
          let found = results.map { holds($0?.summary(of: metric), exact) }
          rows.append(
            row("\(check.name), \(metric), \(runs) runs", found, percent: percent))
        }
      }
    }
    return rows
  }

  /// Whether the interval holds the truth; nil where there is none.
  ///
  /// No interval claims nothing. A run that failed holds nothing.
  private static func holds(_ summary: MetricSummary?, _ exact: Double) -> Bool? {
    guard let summary else { return false }
    guard let low = summary.low, let high = summary.high else { return nil }
    return low <= exact && exact <= high
  }

  private func found(_ seed: UInt64, runs: Int, threads: Int) throws -> StrategyResult {
    let campaign = Campaign(entries: [entry], seed: seed, replications: runs, threads: threads)
    return try campaign.run().outcomes[0].result
  }

  private static func row(_ name: String, _ found: [Bool?], percent: Int) -> ValidityCheck.Row {
    let spoken = found.compactMap { $0 }
    let count = spoken.count { $0 }
    // So few would come in less than 1 % of such tests if they held as often as promised.
    let interval = ConfidenceInterval.clopperPearson(
      successes: count, trials: spoken.count, level: 0.98)
    return ValidityCheck.Row(
      name: name, promise: "at least \(percent) %", count: count, experiments: spoken.count,
      silent: found.count - spoken.count,
      holds: interval.map { $0.high >= Double(percent) / 100 } ?? false)
  }
}
