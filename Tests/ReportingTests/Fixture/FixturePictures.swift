import Foundation

@testable import Measurement

/// The invented numbers behind the figures.
enum FixturePictures {
  typealias Document = ResultDocument

  static let agentNames = [
    "Ana", "Diogo", "Bruno", "Carla", "Gisela", "Eva", "Inês", "Filipe", "Marta", "Leonor", "Hugo",
    "João",
  ]

  static func agents(_ place: Int) -> [Document.AgentRow] {
    var random = FixtureRandom(state: 7 + UInt64(place))
    return agentNames.enumerated().map { number, name in
      let slope = [15.0, 17, 17][place]
      let handled = 91 - slope * Double(number) / 11 + random.normal()
      let online = 24_100.0
      let busy = [0.77, 0.785, 0.78][place] + 0.085 * Double(number) / 11 + 0.004 * random.normal()
      return .init(
        agent: name, team: "support", conversations: handled, conversationsHalfWidth: 2.1,
        replies: handled * 2.4, online: online, busy: online * busy, busyRatio: busy,
        busyRatioHalfWidth: 0.018, openMean: 2.4, openMax: [7.1, 5.2, 5.3][place],
        reassignedIn: [13.0, 5.8, 3.1][place], reassignedOut: [13.0, 5.8, 3.1][place],
        firstResponseMean: [197.0, 170, 167][place] + 3 * random.normal())
    }
  }

  static func timeline(_ place: Int) -> [Document.TimelineRow] {
    (0..<32).map { step in
      let t = Double(step) / 31
      let peaks = exp(-pow((t - 0.22) / 0.12, 2)) + 1.2 * exp(-pow((t - 0.62) / 0.08, 2))
      let waiting = 0.4 + peaks * [6.2, 5.1, 4.7][place]
      let online = (0.38..<0.62).contains(t) ? 7.9 : 10.7
      let within = 0.98 - peaks * [0.27, 0.2, 0.195][place]
      let arrivals = 20 + 21 * sin(t * .pi)
      func around(_ mean: Double, _ half: Double) -> Document.Estimate {
        .init(mean: mean, low: mean - half, high: mean + half)
      }
      return .init(
        start: Double(step) * 900, arrivals: around(arrivals, 1.1),
        open: around(18 + 3 * peaks, 0.8), waiting: around(waiting, waiting * 0.2),
        agentsOnline: around(online, 0.1), busyRatio: around(0.82, 0.02),
        firstResponse: around(90 + 100 * peaks, 20), within: around(within, 0.045))
    }
  }

  static func waits(_ place: Int) -> Document.WaitCurves {
    let median = [158.0, 128, 127][place]
    let spread = [0.78, 0.79, 0.745][place]
    let lost = [0.0452, 0.034, 0.0324][place]
    func survival(_ time: Double) -> Double {
      0.5 * erfc((log(time / median) / spread) / 2.0.squareRoot())
    }
    let times = (0...60).map { 15 * pow(2, Double($0) * 6.91 / 60) }
    func point(_ time: Double, _ share: Double) -> Document.CurvePoint {
      let half = 1.6 * (share * (1 - share) / 1000).squareRoot()
      return .init(
        time: time, share: share, low: max(0, share - half), high: min(1, share + half))
    }
    return .init(
      unanswered: times.map { point($0, lost + (1 - lost) * survival($0)) },
      tail: times.map { point($0, survival($0)) })
  }

  static func moves(_ place: Int) -> Document.Moves {
    func estimate(_ mean: Double, _ half: Double) -> Document.Estimate {
      .init(mean: mean, low: mean - half, high: mean + half)
    }
    return .init(
      helped: estimate([0.0739, 0.0297, 0.0258][place], 0.0042),
      noSooner: estimate([0.0814, 0.0403, 0.0109][place], 0.0070),
      pingPong: estimate([0.0021, 0.0012, 0.0003][place], 0.0004),
      distribution: [
        [0.859, 0.125, 0.015, 0.001], [0.938, 0.056, 0.006], [0.964, 0.034, 0.002],
      ][
        place])
  }

  static func sanity(_ rows: [FixtureRow]) -> Document.Sanity {
    let curve = (0..<40).map { step -> Document.WarmupPoint in
      .init(time: Double(step) * 180, value: 4 * (1 - exp(-Double(step) / 6)))
    }
    var sanity = Document.Sanity()
    sanity.formulas = formulas
    sanity.warmup = .init(label: "waiting conversations", points: curve, dropped: 0)
    sanity.convergence = .init(
      metric: rows[0].metric.name, curves: (0..<3).map { convergence(rows[0], $0) })
    return sanity
  }

  private static let formulas: [Document.FormulaRow] = [
    formula(
      "Little's law: waiting = arrivals × mean wait, least open", 2.95, 2.95, 0.44,
      "conversations", 2, "An identity: it must agree, up to those still waiting at the end."),
    formula(
      "Offered work over agent hours online", 86.3, 81.4, 1.8, "%", 1,
      "Simulation is lower: those who gave up took no work."),
    formula(
      "Erlang C, all agents on one queue, rates of the whole day", 54, 81, 10, "s, mean wait", 0,
      "A lower guide: here each agent has a queue, and the day has peaks."),
    formula(
      "Conservation: opened = closed + gave up + open at end", 0, 0, nil, "lost", 0,
      "Exact in all runs."),
  ]

  private static func formula(
    _ name: String, _ exact: Double, _ mean: Double, _ half: Double?, _ unit: String,
    _ decimals: Int, _ explanation: String
  ) -> Document.FormulaRow {
    .init(
      name: name, formula: exact,
      simulation: .init(mean: mean, low: half.map { mean - $0 }, high: half.map { mean + $0 }),
      unit: unit, decimals: decimals, explanation: explanation)
  }

  private static func convergence(_ row: FixtureRow, _ place: Int) -> Document.ConvergenceCurve {
    let value = row.value(place, stream: 0)
    let samples = value.samples.compactMap(\.self)
    let points = (3...30).map { count -> Document.ConvergencePoint in
      let mean = samples.prefix(count).reduce(0, +) / Double(count)
      let half = 2.2 * (value.sd ?? 0) / Double(count).squareRoot()
      return .init(
        replications: count, estimate: .init(mean: mean, low: mean - half, high: mean + half))
    }
    return .init(strategy: Fixture.names[place], points: points)
  }
}
