import Experiments
import Foundation
import Measurement
import Scenarios
import World

/// Set `SWITCHBOARD_LONG` for the big versions of statistical tests.
let isLongRun = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] != nil

/// A desk whose exact waits are known: agents with one conversation at a time, Poisson arrivals.
struct Desk {
  var agents = 2
  var slots = 1
  /// Arrivals a minute.
  var rate = 1.0
  var work = "{exponential: 1 min}"
  /// What is counted, in minutes, after a warm-up of a tenth of it.
  var minutes = 1_000
  var strategies = "{in turn: {logic: round_robin}, fewest: {logic: least_open}}"
  var extra = ""
  /// In place of a Poisson process of the rate.
  var arrivals: String?
  var patience: String?

  var text: String {
    """
    name: A desk
    duration: \(minutes + minutes / 10) min
    warmup: \(minutes / 10) min
    parameters: {logic: round_robin}
    strategies: \(strategies)
    contacts: {people: {arrivals: \(arrivals ?? "{poisson: \(rate) per minute}")\(patience.map { ", patience: \($0)" } ?? "")}}
    teams:
      desk: {agents: \(agents), attention: {parallel: \(slots)}, reply_time: \(work)}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: desk, logic: $logic}}]
    \(extra)
    """
  }

  func scenario() throws -> Scenario {
    try Scenario.read(SourceFile(name: "desk.yaml", text: text))
  }

  func campaign(
    replications: Int, seed: UInt64 = 1, independent: Bool = false, threads: Int = 2
  ) throws -> Campaign {
    let scenario = try scenario()
    let entries = scenario.strategies.enumerated().map { index, strategy in
      var plan = WorldPlan(scenario, strategy)
      if independent { plan.streamShift = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 }
      return Campaign.Entry(name: strategy.name, plan: plan)
    }
    return Campaign(entries: entries, seed: seed, replications: replications, threads: threads)
  }
}

/// The metrics that terminal and page always show, and those named.
func shown(_ names: String...) -> Set<String> {
  Set(MetricReference.summary.filter(\.isShownAlways).map(\.description) + names)
}

extension ResultDocument.Comparison {
  /// The only other strategy's row of a metric.
  func row(_ metric: String) -> ResultDocument.Difference? {
    differences.first { $0.metric == metric }
  }
}
