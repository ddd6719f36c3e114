import Glibc
import Statistics

/// A likelihood ratio between "each has a law of its own" and "one law serves all".
struct Difference: Equatable {
  /// Twice the gap between the logarithms of both likelihoods.
  let statistic: Double
  /// How many parameters more the laws of their own have.
  let freedom: Double
  /// How many observations it rests on.
  let count: Double

  /// The probability of so large a ratio where one law serves all (Wilks).
  var pValue: Double {
    statistic > 0 ? LifetimeLaw.gamma(shape: freedom / 2, scale: 2).survival(statistic) : 1
  }

  /// How far apart they are, 1 being as far as one law may be.
  ///
  /// As for days of the week: beyond chance at the level, and beyond the penalty of Schwarz's criterion,
  /// without which any two of a million observations differ.
  func distance(level: Double) -> Double {
    let chance = ChiSquared.quantile(1 - level, freedom: freedom) ?? .infinity
    return statistic / max(chance, freedom * log(max(2, count)))
  }

  // MARK: - Times

  /// Laws of three parameters need hundreds of times; of two, any sample that says enough has them.
  private static let families: [LifetimeFamily] = [.exponential, .gamma, .lognormal, .weibull]

  /// Between samples of times, under the family that suits all of them together best.
  init?(times samples: [LifetimeSample], together: LifetimeSample) {
    var best: LifetimeFit?
    for family in Self.families {
      guard let fit = LifetimeFit(family, to: together) else { continue }
      if fit.aic < best?.aic ?? .infinity { best = fit }
    }
    guard let best, samples.count > 1 else { return nil }
    var apart = 0.0
    for sample in samples {
      // Of whom nobody is seen to end, the most likely law is never to end: its likelihood is 1.
      if sample.count == sample.censored { continue }
      guard let own = LifetimeFit(best.law.family, to: sample, from: best.law) else { return nil }
      apart += own.logLikelihood
    }
    self.init(
      statistic: max(0, 2 * (apart - best.logLikelihood)),
      freedom: Double((samples.count - 1) * best.law.family.parameterCount),
      count: Double(together.count - together.censored))
  }

  // MARK: - Numbers

  /// Between samples of numbers, whatever their law: how often each number comes.
  ///
  /// Numbers too rare to be expected five times in each sample are put together with the next.
  init?(numbers samples: [[Int]]) {
    let sizes = samples.map { Double($0.count) }
    guard let least = sizes.min(), least > 0, samples.count > 1 else { return nil }
    let most = samples.reduce(0) { max($0, $1.max() ?? 0) }
    guard most <= 1_000_000 else { return nil }
    let tallies = samples.map { sample in
      var tally: [Int: Double] = [:]
      for number in sample { tally[number, default: 0] += 1 }
      return tally
    }
    let all = sizes.reduce(0, +)
    var columns: [[Double]] = []
    var column = [Double](repeating: 0, count: samples.count)
    for number in Set(tallies.flatMap(\.keys)).sorted() {
      for place in samples.indices { column[place] += tallies[place][number] ?? 0 }
      if column.reduce(0, +) / all * least >= 5 {
        columns.append(column)
        column = [Double](repeating: 0, count: samples.count)
      }
    }
    if column.contains(where: { $0 > 0 }) {
      // What is left over is too little to stand alone.
      guard !columns.isEmpty else { return nil }
      for place in samples.indices { columns[columns.count - 1][place] += column[place] }
    }
    self.init(table: columns, sizes: sizes, dispersion: 1)
  }

  /// Between shares of columns; nil where there is one column.
  private init?(table columns: [[Double]], sizes: [Double], dispersion: Double) {
    guard columns.count > 1 else { return nil }
    let all = sizes.reduce(0, +)
    var sum = 0.0
    for column in columns {
      let share = column.reduce(0, +) / all
      for (place, seen) in column.enumerated() where seen > 0 {
        sum += 2 * seen * log(seen / (share * sizes[place]))
      }
    }
    self.init(
      statistic: max(0, sum) / dispersion,
      freedom: Double((columns.count - 1) * (sizes.count - 1)), count: all)
  }

  private init(statistic: Double, freedom: Double, count: Double) {
    self.statistic = statistic
    self.freedom = freedom
    self.count = count
  }

  // MARK: - Arrivals

  /// Between two lists of openings: over the hours of the day or over the days of the week, not how many.
  ///
  /// Hours and days vary more than Poisson numbers do; by how much, days of the same weekday tell.
  static func arrivals(_ a: [Int64], _ b: [Int64], days: ClosedRange<Int>) -> [Difference] {
    guard let left = ArrivalDays(a, days: days), let right = ArrivalDays(b, days: days) else {
      return []
    }
    let tables = [left, right]
    let sizes = tables.map { Double($0.arrivals.count) }
    let weekdays = (0..<7).map { day in days.filter { ArrivalDays.weekday($0) == day } }
    let spreads = tables.map { WeekdayGroups.spread($0, weekdays.filter { !$0.isEmpty }) }
    let hours = tables.map { WeekdayGroups.hourSums($0, Array(days)) }
    let totals = tables.map { table in
      weekdays.map { Double($0.reduce(0) { $0 + table.total($1) }) }
    }
    func columns(_ sums: [[Double]]) -> [[Double]] {
      sums[0].indices.map { [sums[0][$0], sums[1][$0]] }.filter { $0[0] + $0[1] > 0 }
    }
    return [
      Difference(
        table: columns(hours), sizes: sizes, dispersion: spreads.map(\.shape).max() ?? 1),
      Difference(
        table: columns(totals), sizes: sizes, dispersion: spreads.map(\.level).max() ?? 1),
    ].compactMap { $0 }
  }
}
