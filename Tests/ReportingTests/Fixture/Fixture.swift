import Reporting
import Statistics

@testable import Measurement

/// A made-up result in the form of a real one: invented numbers, drawn from a fixed little generator.
enum Fixture {
  typealias Document = ResultDocument

  /// Three strategies on the same customers.
  static func comparison() -> Document {
    var document = Document(
      version: "1.0.0", command: .compare, scenario: scenario, replications: 30, runs: 90,
      events: 1_204_311, seed: 20_261_123, fingerprint: "7c1f-09ae-5d20",
      repeatedBy: [
        "switchboard", "compare", "Scenarios/support-desk.yaml", "--seed", "20261123",
      ],
      metrics: rows.map(\.metric), goals: goals,
      strategies: (0..<3).map { strategy($0) })
    document.comparison = Document.Comparison(
      baseline: "round robin", correction: "Holm", comparisonCount: 22,
      indifference: "1 % of the baseline's mean",
      differences: [1, 2].flatMap { other in rows.map { difference($0, other) } })
    document.timeline = .init(step: 900, withinMetric: rows[0].metric.name)
    document.lanes = [FixtureLanes.window("round robin"), FixtureLanes.window("look first")]
    document.sanity = FixturePictures.sanity(rows)
    return document
  }

  /// One strategy, as `run` gives it.
  static func run() -> Document {
    var document = comparison()
    document.command = .run
    document.strategies = [document.strategies[2]]
    document.runs = 30
    document.events = 401_437
    document.fingerprint = "51d3-e0a7-1b9c"
    document.repeatedBy = [
      "switchboard", "run", "Scenarios/support-desk.yaml", "--strategies", "look first", "--seed",
      "20261123",
    ]
    document.comparison = nil
    document.lanes = [FixtureLanes.window("look first")]
    document.sanity?.convergence?.curves.removeFirst(2)
    let left = ["moves_no_sooner", "workload.gini"]
    document.metrics.removeAll { left.contains($0.name) }
    document.strategies[0].values.removeAll { left.contains($0.metric) }
    return document
  }

  static let goals = [
    Document.Goal(
      text: "first_response.within(5 min) >= 80%", metric: "first_response.within(5 min)",
      relation: .atLeast, limit: 0.8, unit: "%"),
    Document.Goal(
      text: "first_response.p90 <= 6 min", metric: "first_response.p90", relation: .atMost,
      limit: 360, unit: "min"),
    Document.Goal(
      text: "reassigned <= 5%", metric: "reassigned", relation: .atMost, limit: 0.05,
      unit: "%"),
  ]

  static let scenario = Document.Scenario(
    name: "Support desk, Monday", description: "Which way of assigning answers customers sooner?",
    path: "Scenarios/support-desk.yaml", digest: "5b1f77c0", duration: 28_800,
    startDate: "2026-11-23", startOfDay: 32_400, agentCount: 12, channels: ["whatsapp", "web"],
    conversationsPerRun: 1020.4,
    inputs: [
      .init(
        title: "Customers",
        text: "About 128 an hour, few at 09:00 and 17:00, most around 10:30 and 14:30; days differ "
          + "by 6 %. 80 % WhatsApp, 20 % web chat."),
      .init(
        title: "A conversation",
        text: "2.4 questions on average, at least one; the customer thinks half a minute to 5 "
          + "minutes between them."),
      .init(
        title: "Patience",
        text: "A customer gives up after 40 minutes on average if nobody answers."),
      .init(
        title: "Agents",
        text: "12, one reply at a time. Half of the replies take under 71 s, nine in ten under "
          + "3 min. 20 s to wrap up."),
      .init(
        title: "Transfers",
        text: "4 minutes after assignment without an answer, at most three times."),
    ],
    source: """
      name: Support desk, Monday
      seed: 20261123
      strategies:
        round robin: {logic: round_robin}
        least open:  {logic: least_open}
      """)

  static let names = ["round robin", "least open", "look first"]

  static func strategy(_ place: Int) -> Document.Strategy {
    let descriptions = [
      "the next agent online, in turn", "the agent online with the fewest open conversations",
      "least open, and an unanswered conversation moves only to an agent expected to answer sooner",
    ]
    let parameters = [
      ["logic=round_robin"], ["logic=least_open"], ["logic=least_open", "only_if_sooner=true"],
    ]
    var strategy = Document.Strategy(
      name: names[place], description: descriptions[place], parameters: parameters[place],
      values: rows.enumerated().map { $1.value(place, stream: UInt64($0)) })
    strategy.goals = goals.enumerated().compactMap { number, goal in
      guard let row = rows.first(where: { $0.metric.name == goal.metric }) else { return nil }
      let factor = row.metric.shownFactor
      let mean = row.means[place] / factor
      let half = row.halves[place] / factor
      let results: [[Measurement.Goal.Outcome]] = [
        [.missed, .met, .met], [.missed, .inconclusive, .met], [.missed, .missed, .met],
      ]
      return .init(
        goal: goal.text, value: mean, low: mean - half, high: mean + half,
        result: results[number][place])
    }
    strategy.agents = FixturePictures.agents(place)
    strategy.timeline = FixturePictures.timeline(place)
    strategy.waits = FixturePictures.waits(place)
    strategy.moves = FixturePictures.moves(place)
    return strategy
  }

  static func difference(_ row: FixtureRow, _ other: Int) -> Document.Difference {
    let factor = row.metric.shownFactor
    let change = row.changes[other - 1]
    let half = row.changeHalves[other - 1]
    return .init(
      baseline: "round robin", strategy: names[other], metric: row.metric.name,
      baselineMean: row.means[0] / factor, mean: row.means[other] / factor, change: change / factor,
      low: (change - half) / factor, high: (change + half) / factor,
      pValue: row.verdicts[other - 1] == .inconclusive ? 0.31 : 0.0004, correlation: 0.96,
      verdict: row.verdicts[other - 1],
      settling: row.verdicts[other - 1] == .inconclusive
        ? ResultDocument.Settling(atLeast: 90, atMost: 90) : nil)
  }
}

/// The splitmix64 generator: small, and the same everywhere.
struct FixtureRandom {
  var state: UInt64

  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
  }

  /// Nearly normal, mean 0 and standard deviation 1.
  mutating func normal() -> Double {
    (0..<12).reduce(0.0) { sum, _ in sum + unit() } - 6
  }
}

extension Fixture {
  static let environment = Manifest.Environment(
    commandLine: ["switchboard", "compare", "Scenarios/support-desk.yaml"], wallTime: 0.31,
    threads: 2, date: "2026-11-20 16:04", libmDigest: "a", gslDigest: "b", timeZoneDigest: "c")

  static let files = [
    "agents.csv", "comparison.csv", "goals.csv", "index.html", "manifest.json", "replications.csv",
    "result.json", "summary.csv", "timeline.csv",
  ]
}
