import Foundation
import Statistics
import Testing

@testable import Fitting

/// The fits of the shared data that were made independently of this program (PROVENANCE.md there).
@Suite(.enabled(if: BankData.isThere, BankData.missing))
struct `Fits of the bank's calls` {
  private static let data = Result { try BankData.read() }

  private func lognormal(_ times: [Double]) throws -> (mu: Double, sigma: Double) {
    let sample = LifetimeSample(times.map { Observation.exact($0) })
    guard case .lognormal(let mu, let sigma) = try #require(LifetimeFit(.lognormal, to: sample)).law
    else { throw CocoaError(.featureUnsupported) }
    return (mu, sigma)
  }

  // The values there have four decimals.
  @Test func `the lognormal of service times has the parameters found independently`() throws {
    let services = try Self.data.get().services
    let all = try lognormal(services.filter { $0 > 0 })
    #expect(abs(all.mu - 4.6120) < 5e-5 && abs(all.sigma - 1.1678) < 5e-5)
    let long = try lognormal(services.filter { $0 > 10 })
    #expect(abs(long.mu - 4.7733) < 5e-5 && abs(long.sigma - 0.9160) < 5e-5)
  }

  @Test func `over 10 s the lognormal is the best of the four and lies as near as found`() throws {
    let times = try Self.data.get().services.filter { $0 > 10 }
    var effort = TimeFit.Effort()
    effort.resamples = 0
    let fit = try #require(
      TimeFit(times.map { Observation.exact($0) }, name: "service", seed: 1, effort: effort))
    let distances = Dictionary(
      uniqueKeysWithValues: zip(fit.candidates, fit.distances).map {
        ($0.law.family, $1.distance)
      })
    #expect(fit.best?.law.family == .lognormal)
    // Three decimals there.
    #expect(abs(try #require(distances[.lognormal]) - 0.031) < 5e-4)
    #expect(abs(try #require(distances[.gamma]) - 0.105) < 5e-4)
    #expect(abs(try #require(distances[.exponential]) - 0.097) < 5e-4)
  }

  @Test func `exponential patience is all time in queue over those who hung up`() throws {
    let queued = try Self.data.get().queued
    let sample = LifetimeSample(
      queued.map { $0.hungUp ? Observation.exact($0.seconds) : .atLeast($0.seconds) })
    let fit = try #require(LifetimeFit(.exponential, to: sample))
    let hungUp = queued.count { $0.hungUp }
    #expect(
      abs(fit.law.mean - queued.reduce(0) { $0 + $1.seconds } / Double(hungUp)) < 1e-6
        * fit.law.mean)
    #expect(Int(fit.law.mean.rounded()) == 422)
  }

  @Test func `the profile of the working days has the hourly counts found independently`() throws {
    let entered = try Self.data.get().entered
    let fit = try #require(ArrivalFit(entered, cut: 1_000, seed: 1))
    let days = fit.days.filter { ![4, 5].contains(($0.day + 3) % 7) }
    #expect(days.count == 21 && days.reduce(0) { $0 + $1.count } == entered.count)
    // Nobody came after 22:12 on the 6th.
    let left = days.filter { $0.leftOut != nil }
    #expect(left.map { ArrivalFit.date($0.day) } == ["1999-10-06"])
    #expect(left[0].leftOut == .interrupted)
    // Calls a day by hour from 7h to 23h as they are printed there, over all 21 days.
    let printed = [42, 79, 123, 135, 109, 102, 104, 103, 107, 94, 73, 70, 66, 58, 61, 55, 35]
    var ratios: [Double] = []
    for (hour, number) in zip(7..., printed) {
      let counts = days.map { day in
        entered.count {
          $0 / 86_400_000 == Int64(day.day) && $0 / 3_600_000 % 24 == Int64(hour)
        }
      }
      let all = counts.reduce(0, +)
      #expect(Int((Double(all) / 21).rounded()) == number)
      let moments = Moments(counts.map(Double.init))
      ratios.append(try #require(moments.variance) / (try #require(moments.mean)))
      let fitted = fit.groups.reduce(0) { $0 + $1.hours[hour].count }
      #expect(fitted == all - counts[days.firstIndex { $0.leftOut != nil } ?? 0])
    }
    // "1.8 to 5.8 in opening hours".
    #expect(ratios.allSatisfy { $0 > 1.75 && $0 < 5.85 })
    // Sundays are busier; what is left beyond that is far more than Poisson.
    #expect(fit.groups.map { ArrivalFit.dayText($0.weekdays) } == ["mon-thu", "fri, sat", "sun"])
    #expect(try #require(fit.busyness).pValue < 1e-6 && fit.dispersionWithinDays > 1.5)
    #expect(try #require(fit.significantSpread) < 0.2)
  }
}
