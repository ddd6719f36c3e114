import Foundation
import Statistics
import Testing

@testable import Fitting
@testable import Sampling

@Suite struct `Arrivals fitted` {
  /// Rates an hour: closed at night, two peaks.
  private let rates: [Double] =
    [0, 0, 0, 0, 0, 0, 0, 0, 20, 40, 50, 45, 30, 30, 40, 45, 35, 20, 0, 0, 0, 0, 0, 0]

  /// 1999-11-01 was a Monday.
  private let monday = 10_896

  private func profile(_ rates: [Double], factor: Double = 1) throws -> ArrivalProcess {
    try .profile(
      RateProfile(
        daily: rates.enumerated().map {
          RateProfile.Point(second: Double($0.offset) * 3_600, rate: factor * $0.element / 3_600)
        }))
  }

  /// Whole seconds of a process, in milliseconds of the clock, over days from a Monday.
  private func seconds(
    _ process: ArrivalProcess, days: Int, seed: Int, skip: (Int) -> Bool = { _ in false }
  ) throws -> [Int64] {
    let streams = try RandomStreams(seed: 99, replication: seed)
    var generator = process.generator(streams, population: 0, start: .mondayMidnight)
    var times: [Int64] = []
    while let time = generator.next(), time < Int64(days) * 86_400_000_000_000 {
      let second = time / 1_000_000_000
      guard !skip(Int(second / 86_400)) else { continue }
      times.append((Int64(monday) * 86_400 + second) * 1_000)
    }
    return times
  }

  @Test func `hold the level of the Poisson test on seconds of a Poisson process`() throws {
    let process = try profile(rates)
    let seeds = isLong ? 400 : 40
    var rejected = (exponential: 0, lewis: 0, uniform: 0)
    var spread = 0
    var split = 0
    for seed in 0..<seeds {
      let fit = try #require(
        ArrivalFit(try seconds(process, days: 10, seed: seed), cut: 1_000, seed: 1))
      let test = try #require(fit.poisson)
      rejected.exponential += test.exponential.pValue < 0.05 ? 1 : 0
      rejected.lewis += test.lewis.pValue < 0.05 ? 1 : 0
      rejected.uniform += test.conditionalUniform.pValue < 0.05 ? 1 : 0
      spread += fit.busynessText != nil ? 1 : 0
      split += fit.isDaily ? 0 : 1
    }
    // 5 % of the seeds, at most as many as the binomial gives in 99.9 %.
    let most = 0.05 * Double(seeds) + 3.3 * (0.0475 * Double(seeds)).squareRoot() + 1
    for count in [rejected.exponential, rejected.lewis, rejected.uniform, spread, split] {
      #expect(Double(count) <= most)
    }
  }

  @Test func `without undoing the cut would fail that test`() throws {
    let times = try seconds(profile(rates, factor: 20), days: 10, seed: 3)
    #expect(
      try #require(ArrivalFit(times, cut: 1_000, seed: 1)?.poisson).exponential.pValue > 0.001)
    #expect(try #require(ArrivalFit(times, cut: 0, seed: 1)?.poisson).exponential.pValue < 0.001)
  }

  @Test func `in batches or self-exciting are not Poisson`() throws {
    let batches = try ArrivalProcess.batch(
      of: profile(rates, factor: 0.5), size: .geometric(mean: 2))
    let hawkes = try ArrivalProcess.hawkes(rate: 20 / 3_600, jump: 1.0 / 600, decay: 1.0 / 300)
    for (process, seed) in [(batches, 1), (hawkes, 2)] {
      let fit = try #require(
        ArrivalFit(try seconds(process, days: 14, seed: seed), cut: 1_000, seed: 1))
      #expect(try #require(fit.poisson).exponential.pValue < 0.001)
    }
  }

  @Test func `have rates whose intervals cover the truth, and a busyness that does`() throws {
    let busy = try profile(rates).with(busyness: .gamma(shape: 25, scale: 0.04))
    let seeds = isLong ? 300 : 30
    var covered = 0
    var hours = 0
    var spread = 0
    for seed in 0..<seeds {
      let fit = try #require(
        ArrivalFit(try seconds(busy, days: 21, seed: 500 + seed), cut: 1_000, seed: 1))
      spread += fit.busyness?.cv.contains(0.2) == true ? 1 : 0
      #expect(fit.significantSpread != nil)
      guard fit.isDaily else { continue }
      // Hours of one day share its factor: one hour a seed, each in turn, keeps them independent.
      let hour = 8 + seed % 10
      hours += 1
      covered += fit.groups[0].hours[hour].rate.contains(rates[hour]) ? 1 : 0
    }
    func least(_ count: Int) -> Double {
      0.93 * Double(count) - 3.09 * (0.0651 * Double(count)).squareRoot() - 1
    }
    #expect(Double(spread) >= least(seeds), "\(spread) of \(seeds)")
    #expect(hours > seeds * 9 / 10 && Double(covered) >= least(hours), "\(covered) of \(hours)")
  }

  @Test func `name holidays, gaps and days cut short and leave them out`() throws {
    // Days 8 and 9 of 21 have nothing, day 15 hardly anything, the last stops at noon.
    let all = try seconds(profile(rates), days: 21, seed: 4)
    let times = all.filter { time in
      let second = time / 1_000 - Int64(monday) * 86_400
      let (day, hour) = (second / 86_400, second / 3_600 % 24)
      if day == 8 || day == 9 { return false }
      if day == 15 { return second % 11 == 0 }
      if day == 3 { return hour < 10 || hour >= 12 }
      return day < 20 || hour < 12
    }
    let fit = try #require(ArrivalFit(times, days: monday...(monday + 20), cut: 1_000, seed: 1))
    let left = fit.days.filter { $0.leftOut != nil }
    #expect(left.map { $0.day - monday } == [3, 8, 9, 15, 20])
    #expect(left.map(\.leftOut) == [.interrupted, .missing, .missing, .few, .partial])
    #expect(ArrivalFit.date(left[1].day) == "1999-11-09" && ArrivalFit.date(0) == "1970-01-01")
    #expect(ArrivalFit.date(11_016) == "2000-02-29" && ArrivalFit.date(-1) == "1969-12-31")
    #expect(fit.isDaily && fit.groups[0].days == 16)
  }

  @Test func `differ by day of the week where the days do`() throws {
    let work = rates
    let saturday = rates.map { $0 * 0.4 }
    let points = { (rates: [Double]) in
      rates.enumerated().map {
        RateProfile.Point(second: Double($0.offset) * 3_600, rate: $0.element / 3_600)
      }
    }
    let week = [work, work, work, work, work, saturday].map(points) + [[]]
    let process = try ArrivalProcess.profile(RateProfile(weekly: week))
    let fit = try #require(
      ArrivalFit(
        try seconds(process, days: 28, seed: 6), days: monday...(monday + 27), cut: 1_000, seed: 1))
    #expect(fit.groups.map { ArrivalFit.dayText($0.weekdays) } == ["mon-fri", "sat", "sun"])
    #expect(fit.groups[2].perDay == 0 && fit.days.allSatisfy { $0.leftOut == nil })
    let again = try #require(fit.process)
    // What is fitted has the total that was seen.
    let expected = again.expectedCount(from: 0, to: 7 * 86_400)
    let seen = Double(fit.days.reduce(0) { $0 + $1.count }) / 4
    #expect(abs(expected - seen) < 1e-6 * seen)
    #expect(ArrivalFit.dayText([0, 2, 3, 4, 6]) == "mon, wed-fri, sun")
  }

  @Test func `withstand what cannot be fitted`() {
    #expect(ArrivalFit([], cut: 1_000, seed: 1) == nil)
    #expect(ArrivalFit([Int64.min, .max], cut: 1_000, seed: 1) == nil)
    #expect(ArrivalFit([5], cut: .max, seed: 1)?.groups.count == 1)
    #expect(ArrivalFit([5, 5, 5], cut: 0, seed: 1)?.poisson?.count == 3)
    #expect(ArrivalFit([90_000_000, 5], cut: 1, seed: 1)?.days.count == 2)
    #expect(ArrivalFit([5], days: 4...9, cut: 1, seed: 1) == nil)
  }
}
