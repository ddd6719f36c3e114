import Sampling
import Statistics

/// Shows that the intervals are honest: nominal 95 % intervals hold the exact value in 95 % of many
/// small experiments on a model with a known answer.
enum CoverageCheck {
  static let experiments = 400
  static let replications = 20

  static func row(seed: UInt64, threads: Int) throws -> SelfTest.Row {
    let rate = 7.0
    let station = StationModel(
      agents: 10, gap: try .exponential(mean: 1 / rate), work: try .exponential(mean: 1),
      warmup: 200, customers: 1_500)
    guard let exact = ErlangC(servers: 10, arrivalRate: rate, meanService: 1)?.meanWait else {
      throw KnownModel.NoClosedForm(model: "coverage")
    }
    let hits = Replications.all(count: experiments, threads: threads) { number -> Bool in
      let values = (0..<replications).compactMap { piece in
        // Replications far behind those of the other rows: no run is used twice.
        try? station.run(seed: seed, replication: 1_000 + number * replications + piece).meanWait
      }
      return ConfidenceInterval.student(Moments(values))?.contains(exact) ?? false
    }
    let count = hits.count { $0 }
    let share = Double(count) / Double(experiments)
    // Judged by the exact binomial interval of the share itself, at the level of all rows.
    let interval = ConfidenceInterval.clopperPearson(
      successes: count, trials: experiments, level: SelfTest.level)
    let error = (0.95 * 0.05 / Double(experiments)).squareRoot()
    return SelfTest.Row(
      name: "95 % intervals that cover", exact: 0.95, simulated: share,
      halfWidth: interval.map { ($0.high - $0.low) / 2 } ?? .infinity,
      z: (share - 0.95) / error, holds: interval?.contains(0.95) ?? false)
  }
}
