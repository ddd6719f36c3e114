import Foundation
import Sampling
import Testing

/// The processes of the table in minutes as it has them, made into rates a second.
enum TableProcess {
  static let minute = 60.0

  static func perMinute(_ rate: Double) -> Double { rate / minute }

  /// An hourly profile of 748 arrivals a day with 70 in hour 10 and 60 in hour 15, and the mean and
  /// standard deviation of the time of day that the table gives.
  static let hourly: [Double] = [
    0, 2, 5, 4, 6, 10, 14, 6, 32, 63, 70, 65, 65, 52, 65, 60, 54, 67, 60, 10, 15, 9, 6, 8,
  ]

  static func day() throws -> ArrivalProcess {
    let points = hourly.enumerated().map {
      RateProfile.Point(second: Double($0.offset) * 3600, rate: $0.element / 3600)
    }
    return try .profile(RateProfile(daily: points))
  }

  /// 0.4 (1 + 0.6 sin(2 pi t / 480)) a minute, three periods a day, as lines of a minute each:
  /// they leave the curve by less than 6e-6 a minute.
  static func sinusoid() throws -> ArrivalProcess {
    let points = (0..<1440).map { minute in
      let rate = 0.4 * (1 + 0.6 * sin(2 * .pi * Double(minute) / 480))
      return RateProfile.Point(second: Double(minute) * 60, rate: perMinute(rate))
    }
    return try .profile(RateProfile(daily: points, shape: .linear))
  }

  static func make(_ id: String, start: ArrivalProcess.HawkesStart = .stationary) throws
    -> ArrivalProcess
  {
    switch id {
    case "ap01": return try .poisson(rate: perMinute(0.8))
    case "ap02": return try sinusoid()
    case "ap03": return try day()
    case "ap04":
      return try .mmpp([
        .init(rate: perMinute(0.2), stay: 120 * minute),
        .init(rate: perMinute(2), stay: 30 * minute),
      ])
    case "ap05":
      return try .mmpp([
        .init(rate: perMinute(0.5), stay: 60 * minute),
        .init(rate: perMinute(1.5), stay: 60 * minute),
      ])
    case "ap06":
      return try .batch(of: .poisson(rate: perMinute(0.2)), size: .geometric(mean: 2.5))
    case "ap07":
      return try .hawkes(
        rate: perMinute(0.5), jump: perMinute(0.3), decay: perMinute(0.5), start: start)
    case "ap08":
      return try .hawkes(
        rate: perMinute(0.2), jump: perMinute(0.05), decay: perMinute(0.25), start: start)
    case "ap09": return try day().with(busyness: .gamma(mean: 1, cv: 0.2))
    case "ap10": return try .renewal(.erlang(k: 4, mean: 2 * minute))
    default: throw UnknownProcess(id: id)
    }
  }

  struct UnknownProcess: Error { let id: String }
}

/// Independent replications of a process, and what was counted in each.
struct CountedProcess {
  /// Arrival times in minutes, one list a replication.
  let runs: [[Double]]

  init(_ process: ArrivalProcess, minutes: Double, replications: Int, seed: UInt64 = 11) throws {
    var runs: [[Double]] = []
    for replication in 0..<replications {
      let streams = try RandomStreams(seed: seed, replication: replication)
      var generator = process.generator(streams, population: 0)
      var times: [Double] = []
      while let time = generator.next() {
        let minute = Double(time) / 60e9
        guard minute < minutes else { break }
        times.append(minute)
      }
      runs.append(times)
    }
    self.runs = runs
  }

  func counts(from: Double, to: Double) -> [Double] {
    runs.map { run in Double(run.count { $0 >= from && $0 < to }) }
  }

  func counts(_ minutes: Double) -> Sample { Sample(counts(from: 0, to: minutes)) }

  /// The standardised deviation of a ratio of sums over replications, by the delta method.
  static func z(ratio top: [Double], to bottom: [Double], exact: Double) -> Double {
    let residuals = zip(top, bottom).map { $0 - exact * $1 }
    return Sample(residuals).z(mean: 0)
  }

  /// The standardised deviation of variance over mean of the counts, by the delta method.
  func z(dispersion exact: Double, over minutes: Double) -> Double {
    let values = counts(from: 0, to: minutes)
    let mean = Sample(values).mean
    return Sample(values.map { ($0 - mean) * ($0 - mean) - exact * $0 }).z(mean: 0)
  }
}

@Suite struct `The table of arrival processes` {
  typealias Row = (quantity: String, exact: Double)

  /// Level 0.001 over all rows of the table together, fixed seeds.
  static let level = TestLevel(family: 0.001, checks: 120)

  private func rows(_ id: String) throws -> [Row] {
    let rows = try ReferenceTable("arrival_processes.csv").rows.filter { $0["id"] == id }
    #expect(!rows.isEmpty)
    return try rows.map {
      (try #require($0["quantity"]), try #require(Double($0["value"] ?? "")))
    }
  }

  private func replications(_ quick: Int) -> Int { isLongRun ? 20 * quick : quick }

  private func check(_ z: Double, _ id: String, _ row: Row) {
    #expect(Self.level.accepts(z: z), "\(id) \(row.quantity) = \(row.exact): z \(z)")
  }

  /// The window in minutes of a quantity such as `var_count_60min`.
  private func window(_ quantity: String) throws -> Double {
    let digits = quantity.split(separator: "_").last { $0.hasSuffix("min") }?.dropLast(3)
    return try #require(Double(digits.map(String.init) ?? ""))
  }

  private func checkCount(_ row: Row, _ id: String, _ counted: CountedProcess) throws {
    let sample = counted.counts(try window(row.quantity))
    let z =
      row.quantity.hasPrefix("mean") ? sample.z(mean: row.exact) : sample.z(variance: row.exact)
    check(z, id, row)
  }

  @Test func `a poisson process`() throws {
    let counted = try CountedProcess(
      TableProcess.make("ap01"), minutes: 480, replications: replications(2000))
    for row in try rows("ap01") {
      switch row.quantity {
      case "interarrival_scv":
        check(gaps(counted, first: 250).z(squaredVariation: row.exact), "ap01", row)
      case "p_zero_in_5min":
        let empty = counted.counts(from: 0, to: 5).map { $0 == 0 ? 1.0 : 0 }
        check(Sample(empty).z(mean: row.exact), "ap01", row)
      default: try checkCount(row, "ap01", counted)
      }
    }
  }

  @Test func `a rate along a sinusoid`() throws {
    let process = try TableProcess.make("ap02")
    let counted = try CountedProcess(process, minutes: 480, replications: replications(2000))
    let peak = process.expectedCount(from: 7199, to: 7201) / 2 * 60
    for row in try rows("ap02") {
      if row.quantity.hasPrefix("mean_and_var_count") {
        let ends = row.quantity.split { !$0.isNumber }.compactMap { Double($0) }
        try #require(ends.count == 2)
        let expected = process.expectedCount(from: ends[0] * 60, to: ends[1] * 60)
        #expect((expected - row.exact).magnitude < 2e-5 * row.exact)
        let sample = Sample(counted.counts(from: ends[0], to: ends[1]))
        check(sample.z(mean: row.exact), "ap02", row)
        check(sample.z(variance: row.exact), "ap02", row)
      } else if row.quantity == "thinning_max_rate" {
        // Nothing is thinned here: the rate itself has to have that peak and that mean.
        #expect((peak - row.exact).magnitude < 1e-5)
      } else if row.quantity == "thinning_mean_acceptance_over_480min" {
        let mean = process.expectedCount(from: 0, to: 480 * 60) / 480
        #expect((mean / peak - row.exact).magnitude < 1e-5)
      } else {
        let minutes = row.quantity.hasSuffix("1min") ? 1.0 : 5.0
        let early = counted.runs.map { ($0.first ?? .infinity) <= minutes ? 1.0 : 0 }
        check(Sample(early).z(mean: row.exact), "ap02", row)
      }
    }
  }

  @Test func `an hourly profile`() throws {
    let process = try TableProcess.make("ap03")
    let counted = try CountedProcess(process, minutes: 1440, replications: replications(600))
    for row in try rows("ap03") {
      switch row.quantity {
      case "mean_and_var_count_day":
        #expect((process.expectedCount(from: 0, to: 86400) - row.exact).magnitude < 1e-9)
        check(counted.counts(1440).z(mean: row.exact), "ap03", row)
        check(counted.counts(1440).z(variance: row.exact), "ap03", row)
      case "mean_count_hour_10":
        check(Sample(counted.counts(from: 600, to: 660)).z(mean: row.exact), "ap03", row)
      case "mean_arrival_time_of_day_min":
        check(Sample(counted.runs.flatMap(\.self)).z(mean: row.exact), "ap03", row)
      default:
        #expect(row.quantity == "sd_arrival_time_of_day_min")
        let times = Sample(counted.runs.flatMap(\.self))
        check(times.z(variance: row.exact * row.exact), "ap03", row)
      }
    }
  }

  @Test(arguments: ["ap04", "ap05"])
  func `a rate that switches between states`(id: String) throws {
    let process = try TableProcess.make(id)
    let counted = try CountedProcess(process, minutes: 480, replications: replications(1500))
    let longMinutes = isLongRun ? 48000.0 : 4800
    let long = try CountedProcess(process, minutes: longMinutes, replications: 150)
    for row in try rows(id) {
      switch row.quantity {
      case "mean_rate":
        #expect((process.expectedCount(from: 0, to: 60) - row.exact).magnitude < 1e-12)
        check(long.counts(longMinutes).z(mean: row.exact * longMinutes), id, row)
      case "idc_limit":
        // At 4800 minutes the ratio is 0.5 % under its limit, a twentieth of the standard error.
        check(long.z(dispersion: row.exact, over: longMinutes), id, row)
      case let quantity where quantity.hasPrefix("idc_"):
        check(counted.z(dispersion: row.exact, over: try window(quantity)), id, row)
      case "interarrival_mean_event_stationary":
        check(gaps(long).z(meanGap: row.exact), id, row)
      case "interarrival_scv":
        check(gaps(long).z(squaredVariation: row.exact), id, row)
      case "interarrival_lag1_autocorr":
        check(gaps(long).z(lag1: row.exact), id, row)
      default: try checkCount(row, id, counted)
      }
    }
  }

  @Test func `batches at Poisson times`() throws {
    let counted = try CountedProcess(
      TableProcess.make("ap06"), minutes: 480, replications: replications(2000))
    for row in try rows("ap06") {
      switch row.quantity {
      case "p_zero_count_10min":
        let empty = counted.counts(from: 0, to: 10).map { $0 == 0 ? 1.0 : 0 }
        check(Sample(empty).z(mean: row.exact), "ap06", row)
      case "idc": check(counted.z(dispersion: row.exact, over: 480), "ap06", row)
      default: try checkCount(row, "ap06", counted)
      }
    }
  }

  @Test(arguments: ["ap07", "ap08"])
  func `arrivals that bring others`(id: String) throws {
    let process = try TableProcess.make(id)
    let counted = try CountedProcess(process, minutes: 960, replications: replications(700))
    // The first minutes show whether the start is settled; 6000 of them tell 10 % of a variance.
    let brief = try CountedProcess(process, minutes: 10, replications: replications(6000))
    let fresh = try CountedProcess(
      TableProcess.make(id, start: .empty), minutes: 61, replications: replications(4000), seed: 12)
    for row in try rows(id) {
      if row.quantity == "mean_rate" {
        #expect((process.expectedCount(from: 0, to: 60) - row.exact).magnitude < 1e-12)
        check(counted.counts(960).z(mean: 960 * row.exact), id, row)
      } else if row.quantity == "idc_limit" {
        // At 960 minutes the ratio is less than 0.5 % under its limit, a tenth of the error.
        check(counted.z(dispersion: row.exact, over: 960), id, row)
      } else if row.quantity.hasPrefix("mean_intensity") {
        // Half a minute around the instant: the curve's bend adds less than 0.0005 of it.
        let at = try #require(
          row.quantity.split(separator: "_").compactMap { Double($0.dropLast(3)) }.first)
        let around = fresh.counts(from: at - 0.25, to: at + 0.25)
        check(Sample(around).z(mean: row.exact / 2), id, row)
      } else if row.quantity.hasSuffix("empty_history") {
        let minutes = row.quantity.contains("10min") ? 10.0 : 60
        check(fresh.counts(minutes).z(mean: row.exact), id, row)
      } else {
        try checkCount(row, id, window(row.quantity) <= 10 ? brief : counted)
      }
    }
  }

  @Test func `a profile with busy and quiet days`() throws {
    let counted = try CountedProcess(
      TableProcess.make("ap09"), minutes: 1440, replications: replications(600))
    for row in try rows("ap09") {
      switch row.quantity {
      case "mean_count_day": check(counted.counts(1440).z(mean: row.exact), "ap09", row)
      case "var_count_day": check(counted.counts(1440).z(variance: row.exact), "ap09", row)
      default:
        #expect(row.quantity == "corr_count_hour10_hour15")
        let ten = counted.counts(from: 600, to: 660)
        let fifteen = counted.counts(from: 900, to: 960)
        check(Self.z(correlation: row.exact, of: ten, fifteen), "ap09", row)
      }
    }
  }

  @Test func `regular gaps`() throws {
    let counted = try CountedProcess(
      TableProcess.make("ap10"), minutes: 600, replications: replications(2000))
    for row in try rows("ap10") {
      switch row.quantity {
      case "interarrival_scv":
        check(gaps(counted, first: 240).z(squaredVariation: row.exact), "ap10", row)
      case "asymptotic_idc":
        // At 600 minutes the ratio is 0.2 % over its limit, a fifteenth of the standard error.
        check(counted.z(dispersion: row.exact, over: 600), "ap10", row)
      default:
        let minutes = try window(row.quantity.replacingOccurrences(of: "_from_renewal", with: ""))
        let sample = counted.counts(minutes)
        let isMean = row.quantity.hasPrefix("mean")
        check(isMean ? sample.z(mean: row.exact) : sample.z(variance: row.exact), "ap10", row)
      }
    }
  }

  /// Fisher's transformation of a correlation.
  private static func z(correlation exact: Double, of one: [Double], _ other: [Double]) -> Double {
    let (a, b) = (Sample(one), Sample(other))
    let products = zip(one, other).map { ($0 - a.mean) * ($1 - b.mean) }
    let covariance = products.reduce(0, +) / (a.count - 1)
    let correlation = covariance / (a.variance * b.variance).squareRoot()
    return (atanh(correlation) - atanh(exact)) * (a.count - 3).squareRoot()
  }

  /// The gaps of each run, or as many as surely every run has: a window that ends by the clock
  /// would favour short gaps.
  private func gaps(_ counted: CountedProcess, first: Int = .max) -> Gaps {
    Gaps(counted.runs, first: first)
  }
}

/// Sums over the gaps of each replication, for ratio tests over independent replications.
struct Gaps {
  var number: [Double] = []
  var sum: [Double] = []
  var squares: [Double] = []
  var products: [Double] = []

  init(_ runs: [[Double]], first: Int) {
    for run in runs where run.count >= 3 {
      // The same number of gaps for every sum: each with the one after it.
      let gaps = zip(run, run.dropFirst()).prefix(first).map { $1 - $0 }
      let pairs = zip(gaps, gaps.dropFirst())
      number.append(Double(gaps.count - 1))
      sum.append(pairs.reduce(0) { $0 + $1.0 })
      squares.append(pairs.reduce(0) { $0 + $1.0 * $1.0 })
      products.append(pairs.reduce(0) { $0 + $1.0 * $1.1 })
    }
  }

  private func average(_ sums: [Double]) -> Double {
    sums.reduce(0, +) / number.reduce(0, +)
  }

  func z(meanGap exact: Double) -> Double {
    CountedProcess.z(ratio: sum, to: number, exact: exact)
  }

  func z(squaredVariation exact: Double) -> Double {
    // E g^2 - (1 + exact) (E g)^2 = 0, made linear at the mean of the gaps.
    let mean = average(sum)
    return Sample(
      number.indices.map { run in
        squares[run] - (1 + exact) * (2 * mean * sum[run] - mean * mean * number[run])
      }
    ).z(mean: 0)
  }

  func z(lag1 exact: Double) -> Double {
    // Cov - exact Var = 0, made linear at the mean of the gaps.
    let mean = average(sum)
    return Sample(
      number.indices.map { run in
        let square = 2 * mean * sum[run] - mean * mean * number[run]
        return products[run] - square - exact * (squares[run] - square)
      }
    ).z(mean: 0)
  }
}
