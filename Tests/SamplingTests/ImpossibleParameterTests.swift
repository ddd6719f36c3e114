import Sampling
import Testing

/// Something that cannot be made, and what is said about it.
struct Impossible: CustomTestStringConvertible, Sendable {
  let message: String
  let make: @Sendable () throws -> Void

  var testDescription: String { message }

  init(_ message: String, _ make: @autoclosure @escaping @Sendable () throws -> Any) {
    self.message = message
    self.make = { _ = try make() }
  }

  static let distributions: [Impossible] = [
    .init("the value must be at least 0, got -5 s", try Distribution.constant(-5)),
    .init("the value must be a finite number, got nan s", try Distribution.constant(.nan)),
    .init("mean must be greater than 0, got 0 s", try Distribution.exponential(mean: 0)),
    .init("mean must be a finite number, got inf s", try Distribution.exponential(mean: .infinity)),
    .init("mean must be greater than 0, got -2 min", try Distribution.gamma(mean: -120, cv: 1)),
    .init("cv must be at least 0, got -1", try Distribution.gamma(mean: 40, cv: -1)),
    .init(
      "cv must be 0 or from 0.001 to 1000, got 1e+200", try Distribution.gamma(mean: 1, cv: 1e200)
    ),
    .init("shape must be greater than 0, got 0", try Distribution.gamma(shape: 0, scale: 1)),
    .init(
      "shape must be from 1e-06 to 1000000, got 1e+300",
      try Distribution.gamma(shape: 1e300, scale: 1)),
    .init(
      "mean must be from 1e-15 to 1e+16, got 1e+300 s", try Distribution.exponential(mean: 1e300)),
    .init("scale must be greater than 0, got 0 s", try Distribution.gamma(shape: 1, scale: 0)),
    .init("k must be from 1 to 1000000, got 0", try Distribution.erlang(k: 0, mean: 1)),
    .init("mean must be greater than 0, got 0 s", try Distribution.erlang(k: 2, mean: 0)),
    .init(
      "k must be a whole number from 1 to 1000000, got 2.5",
      try DistributionForm.erlang.distribution([2.5, 1])),
    .init(
      "p90 must be greater than the median (40 s), got 30 s",
      try Distribution.lognormal(median: 40, p90: 30)),
    .init(
      "p90 must be greater than the median (40 s), got 40 s",
      try Distribution.lognormal(median: 40, p90: 40)),
    .init(
      "p95 must be greater than the median (4 min), got 250 ms",
      try Distribution.lognormal(median: 240, p95: 0.25)),
    .init("median must be greater than 0, got 0 s", try Distribution.lognormal(median: 0, p90: 1)),
    .init("sigma must be at least 0, got -1", try Distribution.lognormal(mu: 0, sigma: -1)),
    .init("mu must be a finite number, got nan", try Distribution.lognormal(mu: .nan, sigma: 1)),
    .init(
      "cv must be 0 or from 0.001 to 1000, got 1e+160",
      try Distribution.lognormal(mean: 1, cv: 1e160)),
    .init("shape must be greater than 0, got -1", try Distribution.weibull(shape: -1, scale: 1)),
    .init(
      "shape must be at least 0.006, got 0.001", try Distribution.weibull(shape: 0.001, mean: 1)),
    .init("minimum must be greater than 0, got 0 s", try Distribution.pareto(minimum: 0, shape: 2)),
    .init("shape must be greater than 0, got 0", try Distribution.pareto(minimum: 1, shape: 0)),
    .init(
      "to must be greater than from (12 s), got 2 s", try Distribution.uniform(from: 12, to: 2)),
    .init("from must be at least 0, got -1 s", try Distribution.uniform(from: -1, to: 2)),
    .init(
      "mode must be from 2 s to 14 s, got 20 s",
      try Distribution.triangular(from: 2, mode: 20, to: 14)),
    .init(
      "mode must be from 2 s to 14 s, got nan s",
      try Distribution.triangular(from: 2, mode: .nan, to: 14)),
    .init(
      "cv must be from 1 to 1000, got 0.5", try Distribution.hyperexponential(mean: 1, cv: 0.5)),
    .init(
      "p must be from 0% to 100%, got 120%",
      try Distribution.hyperexponential(p: 1.2, mean1: 1, mean2: 2)),
    .init("a must be greater than 0, got 0", try Distribution.beta(a: 0, b: 1, from: 0, to: 1)),
    .init(
      "to must be greater than from (3 s), got 3 s",
      try Distribution.beta(a: 1, b: 1, from: 3, to: 3)),
    .init("the column must be at least one value long", try Distribution.empirical([])),
    .init(
      "every recorded value must be at least 0, got -3 d",
      try Distribution.empirical([1, -259_200])),
    .init("the number of shares must be at least 1, got 0", try Distribution.mixture([])),
    .init(
      "the sum of the shares must be 100%, got 90%",
      try Distribution.mixture([(0.5, .constant(1)), (0.4, .constant(2))])),
    .init("the count must be from 0 to 1000000000, got -1", try CountDistribution.constant(-1)),
    .init(
      "mean must be from 1 to 1000000000, got 0.5", try CountDistribution.geometric(mean: 0.5)),
    .init("mean must be from 0 to 1000000000, got nan", try CountDistribution.poisson(mean: .nan)),
    .init("to must be from 3 to 1000000000, got 2", try CountDistribution.uniform(from: 3, to: 2)),
  ]

  static let arrivals: [Impossible] = [
    .init("the rate must be greater than 0, got 0 per second", try ArrivalProcess.poisson(rate: 0)),
    .init(
      "the rate must be greater than 0, got -45 per hour",
      try ArrivalProcess.poisson(rate: -45.0 / 3600)),
    .init(
      "the rate must be at most 1000000000 per second, got 2000000000 per second",
      try ArrivalProcess.poisson(rate: 2e9)),
    .init(
      "the mean gap must be at least 1 ns, got 0 s", try ArrivalProcess.renewal(.constant(0))),
    .init(
      "at least one rate of the profile must be greater than 0",
      try ArrivalProcess.profile(RateProfile(daily: [.init(second: 0, rate: 0)]))),
    .init(
      "at least one rate of the profile must be greater than 0",
      try ArrivalProcess.profile(RateProfile(weekly: Array(repeating: [], count: 7)))),
    .init(
      "a profile must be of one day or of seven, got 2",
      try ArrivalProcess.profile(RateProfile(weekly: [[], []]))),
    .init(
      "every time of the profile must be from 00:00 to 23:59, got 24 h",
      try ArrivalProcess.profile(RateProfile(daily: [.init(second: 86400, rate: 1)]))),
    .init(
      "every time of the profile must be named once, got 8 h",
      try ArrivalProcess.profile(
        RateProfile(daily: [.init(second: 28800, rate: 1), .init(second: 28800, rate: 2)]))),
    .init(
      "every rate of the profile must be at least 0, got -1 per second",
      try ArrivalProcess.profile(RateProfile(daily: [.init(second: 0, rate: -1)]))),
    .init(
      "the number of states must be at least 2, got 1",
      try ArrivalProcess.mmpp([.init(rate: 1, stay: 1)])),
    .init(
      "every stay must be at least 1 ms, got 0 s",
      try ArrivalProcess.mmpp([.init(rate: 1, stay: 1), .init(rate: 1, stay: 0)])),
    .init(
      "at least one rate must be greater than 0",
      try ArrivalProcess.mmpp([.init(rate: 0, stay: 1), .init(rate: 0, stay: 1)])),
    .init(
      "the mean size must be from 0.001 to 1000000, got 0",
      try ArrivalProcess.batch(of: .poisson(rate: 1), size: .constant(0))),
    .init(
      "jump must be less than the decay (2 per min), got 3 per min",
      try ArrivalProcess.hawkes(rate: 1, jump: 0.05, decay: 2.0 / 60)),
    .init(
      "jump must be less than the decay (1 per second), got 1 per second",
      try ArrivalProcess.hawkes(rate: 1, jump: 1, decay: 1)),
    .init(
      "every recorded time must be a finite number, got nan s",
      try ArrivalProcess.replay([1, .nan])),
    .init(
      "the mean of busyness must be 1 (volume multiplies the arrivals), got 1.2",
      try ArrivalProcess.poisson(rate: 1).with(busyness: .gamma(mean: 1.2, cv: 0.2))),
    .init(
      "volume must be at least 0, got -50%",
      try ArrivalProcess.poisson(rate: 1).scaled(volume: -0.5)),
    .init(
      "mean must be greater than 0, got -1",
      try ArrivalSpec.busy(.poisson(rate: 1), busyness: .parametric(.gammaMeanCV, [-1, 0.2]))
        .process { _ in [] }),
  ]
}

@Suite struct `Impossible parameters` {
  @Test(arguments: Impossible.distributions)
  func `a distribution that cannot be is refused by its constraint`(case impossible: Impossible) {
    let error = #expect(throws: ImpossibleParameter.self) { try impossible.make() }
    #expect(error?.description == impossible.message)
  }

  @Test(arguments: Impossible.arrivals)
  func `arrivals that cannot be are refused by their constraint`(case impossible: Impossible) {
    let error = #expect(throws: ImpossibleParameter.self) { try impossible.make() }
    #expect(error?.description == impossible.message)
  }

  @Test(
    arguments: [
      (Quantity(0.25, .seconds), "250 ms"), (Quantity(40, .seconds), "40 s"),
      (Quantity(90, .seconds), "90 s"), (Quantity(240, .seconds), "4 min"),
      (Quantity(7200, .seconds), "2 h"), (Quantity(86400 * 7, .seconds), "7 d"),
      (Quantity(1.0 / 3, .seconds), "333.333 ms"), (Quantity(0.355, .share), "35.5%"),
      (Quantity(1.5, .perSecond), "1.5 per second"), (Quantity(0.5, .perSecond), "30 per min"),
      (Quantity(0.0125, .perSecond), "45 per hour"), (Quantity(12345678), "12345678"),
      (Quantity(0), "0"),
      (Quantity(1e-9), "1e-09"), (Quantity(0.25, .number), "0.25"),
    ])
  func `quantities read as people write them`(quantity: Quantity, text: String) {
    #expect(quantity.description == text)
  }
}
