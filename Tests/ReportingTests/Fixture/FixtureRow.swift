import Statistics

@testable import Measurement

/// A metric with its invented values, in the unit of tables.
struct FixtureRow {
  var metric: ResultDocument.Metric
  var means: [Double]
  var halves: [Double]
  var changes: [Double]
  var changeHalves: [Double]
  var verdicts: [Verdict]

  /// The value of a strategy with runs scattered around it.
  func value(_ place: Int, stream: UInt64) -> ResultDocument.MetricValue {
    let factor = metric.shownFactor
    let sd = halves[place] * 30.0.squareRoot() / 2.045
    // The same days for every strategy: the scatter is that of the stream, nearly.
    var days = FixtureRandom(state: 100)
    var own = FixtureRandom(state: stream * 31 + UInt64(place))
    var samples = (0..<30).map { _ in days.normal() + 0.2 * own.normal() }
    let centre = samples.reduce(0, +) / 30
    samples = samples.map { (means[place] + ($0 - centre) * sd) / factor }
    return .init(
      metric: metric.name, mean: means[place] / factor,
      low: (means[place] - halves[place]) / factor, high: (means[place] + halves[place]) / factor,
      halfWidth: halves[place] / factor, sd: sd / factor, replications: 30, samples: samples)
  }
}

extension Fixture {
  static let rows: [FixtureRow] = answering + handsAndAgents

  private static func metric(
    _ name: String, _ label: String, _ group: String, _ unit: (String, String, Double),
    _ decimals: Int, _ polarity: Polarity, short: String? = nil
  ) -> Document.Metric {
    .init(
      name: name, label: label, shortLabel: short, group: group, unit: unit.0, shownUnit: unit.1,
      shownFactor: unit.2, decimals: decimals, polarity: polarity)
  }

  /// A metric that only the files carry.
  private static func hidden(_ metric: Document.Metric) -> Document.Metric {
    var metric = metric
    metric.isShown = false
    return metric
  }

  private static let seconds = ("s", "s", 1.0)
  private static let minutes = ("s", "min", 1.0 / 60)
  private static let share = ("ratio", "%", 100.0)
  private static let better: Verdict = .better

  private static let answering: [FixtureRow] = [
    .init(
      metric: metric(
        "first_response.within(5 min)", "first response in 5 min", "Answering", share, 1, .higher,
        short: "response in 5 min"),
      means: [76.4, 83.1, 83.0], halves: [2.2, 2.3, 2.3], changes: [6.7, 6.6],
      changeHalves: [0.7, 0.7], verdicts: [better, better]),
    .init(
      metric: metric(
        "first_response.mean", "first response, mean", "Answering", seconds, 1, .lower),
      means: [197.2, 170.5, 167.4], halves: [10.2, 9.9, 9.6], changes: [-26.7, -29.8],
      changeHalves: [3.1, 3.1], verdicts: [better, better]),
    .init(
      metric: metric("first_response.p90", "first response, p90", "Answering", seconds, 0, .lower),
      means: [387, 344, 335], halves: [19, 22, 17], changes: [-43, -52], changeHalves: [8, 7],
      verdicts: [better, better]),
    .init(
      metric: metric("first_response.p99", "first response, p99", "Answering", seconds, 0, .lower),
      means: [672, 653, 584], halves: [31, 34, 27], changes: [-19, -88], changeHalves: [24, 27],
      verdicts: [.inconclusive, better]),
    .init(
      metric: metric("abandoned", "abandoned", "Answering", share, 2, .lower),
      means: [4.52, 3.40, 3.24], halves: [0.51, 0.47, 0.45], changes: [-1.12, -1.28],
      changeHalves: [0.23, 0.16], verdicts: [better, better]),
    .init(
      metric: metric("resolution.mean", "resolution, mean", "Answering", minutes, 1, .lower),
      means: [12.1, 10.9, 10.9], halves: [0.5, 0.5, 0.5], changes: [-1.2, -1.1],
      changeHalves: [0.1, 0.1], verdicts: [better, better]),
  ]

  private static let handsAndAgents: [FixtureRow] = [
    .init(
      metric: metric("reassigned", "reassigned", "Changing hands", share, 1, .lower),
      means: [14.1, 6.2, 3.6], halves: [1.4, 1.0, 0.6], changes: [-7.9, -10.5],
      changeHalves: [0.6, 0.9], verdicts: [better, better]),
    .init(
      metric: metric(
        "moves_no_sooner", "moves that did not help", "Changing hands", ("count", "/100", 100), 1,
        .lower, short: "unhelpful moves"),
      means: [8.1, 4.0, 1.1], halves: [0.9, 0.7, 0.3], changes: [-4.2, -7.1],
      changeHalves: [0.7, 1.2], verdicts: [better, better]),
    .init(
      metric: hidden(
        metric("reassignments", "moves", "Changing hands", ("count", "", 1), 3, .lower)),
      means: [0.157, 0.070, 0.037], halves: [0.016, 0.011, 0.006], changes: [-0.087, -0.120],
      changeHalves: [0.009, 0.011], verdicts: [better, better]),
    .init(
      metric: metric("busy", "busy", "Agents", share, 1, .neither),
      means: [81.4, 82.3, 82.4], halves: [1.8, 1.8, 1.8], changes: [0.9, 1.0],
      changeHalves: [0.2, 0.3], verdicts: [.differs, .differs]),
    .init(
      metric: metric(
        "open_contacts.max", "open contacts, most", "Agents", ("count", "", 1), 1, .lower),
      means: [7.1, 5.2, 5.3], halves: [0.5, 0.4, 0.4], changes: [-1.9, -1.7],
      changeHalves: [0.3, 0.4], verdicts: [better, better]),
    .init(
      metric: metric(
        "workload.gini", "workload, Gini x 100", "Agents", ("gini", "", 100), 1, .lower),
      means: [6.0, 6.2, 6.5], halves: [0.6, 0.6, 0.6], changes: [0.2, 0.5],
      changeHalves: [0.6, 0.6], verdicts: [.inconclusive, .inconclusive]),
  ]
}
