import Foundation
import Testing

@testable import Sampling

@Suite struct `Arrival processes` {
  private let streams: RandomStreams

  init() throws { streams = try RandomStreams(seed: 21, replication: 3) }

  private func times(
    _ process: ArrivalProcess, until end: Double, start: WeekTime = .mondayMidnight,
    population: UInt64 = 0
  ) -> [Double] {
    var generator = process.generator(streams, population: population, start: start)
    var times: [Double] = []
    while let time = generator.next() {
      let seconds = Double(time) / 1e9
      guard seconds < end else { break }
      times.append(seconds)
    }
    return times
  }

  private func everyKind() throws -> [ArrivalProcess] {
    var kinds = try ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"].map {
      try TableProcess.make("ap" + $0)
    }
    kinds.append(try .replay([5, 1, 9, 3]))
    kinds += try kinds.map { try $0.with(busyness: .gamma(mean: 1, cv: 0.5)) }
    return kinds
  }

  @Test func `times never go back and are the same again`() throws {
    for process in try everyKind() {
      let first = times(process, until: 3 * 86400)
      #expect(first == first.sorted() && !first.isEmpty)
      #expect(first == times(process, until: 3 * 86400))
    }
  }

  @Test func `populations and replications differ`() throws {
    let process = try ArrivalProcess.poisson(rate: 0.01)
    let first = times(process, until: 86400)
    #expect(first != times(process, until: 86400, population: 1))
    var other = process.generator(try RandomStreams(seed: 21, replication: 4), population: 0)
    #expect(other.next().map { Double($0) / 1e9 } != first.first)
  }

  @Test func `no volume is no arrivals`() throws {
    for process in try everyKind() {
      #expect(times(try process.scaled(volume: 0), until: .infinity).isEmpty)
    }
  }

  @Test func `volume multiplies the arrivals of every kind`() throws {
    // The mean count over replications against the expected one: z-tests at family level 0.001,
    // fixed seeds. A renewal process is off its long-run rate by (1 - scv) / 2 = 3/8 of an arrival.
    let kinds = try everyKind()
    let level = TestLevel(family: 0.001, checks: kinds.count)
    for (number, process) in kinds.enumerated() {
      let tripled = try process.scaled(volume: 3)
      let expected = process.expectedCount(from: 0, to: 36000) * 3
      #expect((tripled.expectedCount(from: 0, to: 36000) - expected).magnitude < 1e-9 * expected)
      let counted = try CountedProcess(
        tripled, minutes: 600, replications: isLongRun ? 4000 : 100, seed: UInt64(number))
      let sample = counted.counts(600)
      guard sample.variance > 0 else {
        #expect(sample.mean == expected)
        continue
      }
      let correction = number % 11 == 9 ? 0.375 : 0
      let z = sample.z(mean: expected - correction)
      #expect(level.accepts(z: z), "kind \(number): mean \(sample.mean) of \(expected), z \(z)")
    }
  }

  @Test func `arrivals too rare to come in a hundred years do not come`() throws {
    #expect(times(try .poisson(rate: 1e-300), until: .infinity).isEmpty)
    #expect(times(try .replay([1, 4e9]), until: .infinity) == [1])
    let rare = try ArrivalProcess.profile(RateProfile(daily: [.init(second: 0, rate: 1e-200)]))
    #expect(times(rare, until: .infinity).isEmpty)
    #expect(times(try .renewal(.constant(1e10)), until: .infinity).isEmpty)
  }

  @Test func `recorded times are replayed in order, at a volume in whole copies`() throws {
    let process = try ArrivalProcess.replay([5, 1, 9, 3])
    #expect(times(process, until: 100) == [1, 3, 5, 9])
    #expect(times(try process.scaled(volume: 2), until: 100) == [1, 1, 3, 3, 5, 5, 9, 9])
    #expect(process.expectedCount(from: 1, to: 9) == 3)
  }

  @Test func `a batch of batches has the product of the sizes`() throws {
    let process = try ArrivalProcess.batch(
      of: .batch(of: .replay([1, 2]), size: .constant(3)), size: .constant(2))
    #expect(
      times(process, until: 10) == Array(repeating: 1, count: 6) + Array(repeating: 2, count: 6))
    #expect(process.expectedCount(from: 0, to: 10) == 12)
  }

  @Test func `an empty batch lets the next one come`() throws {
    let process = try ArrivalProcess.batch(
      of: .renewal(.constant(1)), size: .uniform(from: 0, to: 1))
    let found = times(process, until: 200)
    #expect(found.count > 50 && found.count < 150)
    #expect(Set(found).count == found.count)
  }

  @Test func `a constant renewal ticks`() throws {
    #expect(times(try .renewal(.constant(2.5)), until: 10) == [2.5, 5, 7.5])
  }

  @Test func `the busyness of a day is keyed by the day`() throws {
    // One arrival a second, scaled by the day: each day's count is that of its own stream.
    let process = try ArrivalProcess.renewal(.constant(1)).with(
      busyness: .uniform(from: 0.5, to: 1.5))
    let whole = times(process, until: 3 * 86400)
    let days = (0..<3).map { day in whole.count { Int($0 / 86400) == day } }
    var factors: [Double] = []
    for day in 0..<3 {
      var stream = streams.stream(.busyness, of: 0, turn: UInt16(day))
      factors.append(0.5 + stream.uniform())
    }
    for (count, factor) in zip(days, factors) {
      #expect((Double(count) - factor * 86400).magnitude <= 1.5)
    }
    #expect(Set(days).count == 3)
  }

  @Test func `a run that begins in the evening meets midnight a few hours later`() throws {
    let process = try ArrivalProcess.renewal(.constant(1)).with(
      busyness: .uniform(from: 0.5, to: 1.5))
    let found = times(process, until: 8 * 3600, start: WeekTime(dayOfWeek: 4, second: 20 * 3600))
    let counts = [found.count { $0 < 4 * 3600 }, found.count { $0 >= 4 * 3600 }]
    for (day, count) in counts.enumerated() {
      var stream = streams.stream(.busyness, of: 0, turn: UInt16(day))
      let factor = 0.5 + stream.uniform()
      #expect((Double(count) - factor * 4 * 3600).magnitude <= 1.5)
    }
  }

  @Test func `a process as written makes the same process`() throws {
    let column = ColumnName(file: "calls.csv", column: "at")
    let spec = try ArrivalSpec.busy(
      .batch(
        of: .profile(RateProfile(daily: [.init(second: 3600, rate: 0.1)])),
        size: .geometric(mean: 2)),
      busyness: .parametric(.gammaMeanCV, [1, 0.2]))
    let stored = try JSONEncoder().encode(spec)
    #expect(try JSONDecoder().decode(ArrivalSpec.self, from: stored) == spec)
    let none = { (_: ColumnName) in [Double]() }
    let made = try spec.process(column: none)
    let direct = try ArrivalProcess.batch(
      of: .profile(RateProfile(daily: [.init(second: 3600, rate: 0.1)])),
      size: .geometric(mean: 2)
    ).with(busyness: .gamma(mean: 1, cv: 0.2))
    #expect(made == direct)
    #expect(
      ArrivalSpec.busy(.replay(column), busyness: .empirical(column)).columns == [column, column])
    #expect(try ArrivalSpec.replay(column).process { _ in [2] } == .replay([2]))
    #expect(try ArrivalSpec.renewal(.constant(3)).process(column: none) == .renewal(.constant(3)))
    #expect(try ArrivalSpec.poisson(rate: 3).process(column: none) == .poisson(rate: 3))
    let phases = [ArrivalProcess.Phase(rate: 1, stay: 2), .init(rate: 3, stay: 4)]
    #expect(try ArrivalSpec.mmpp(phases).process(column: none) == .mmpp(phases))
    #expect(
      try ArrivalSpec.hawkes(rate: 1, jump: 2, decay: 3).process(column: none)
        == .hawkes(rate: 1, jump: 2, decay: 3))
  }
}

@Suite struct `A decay that hardly decays` {
  @Test func `lets time go on, at the rate that it adds up to`() throws {
    // Half of the arrivals are caused by others, years ago: 2 a second.
    let process = try ArrivalProcess.hawkes(rate: 1, jump: 5e-21, decay: 1e-20)
    var arrivals = process.generator(try RandomStreams(seed: 1, replication: 0), population: 0)
    var last: Int64 = 0
    for _ in 0..<10_000 { last = arrivals.next() ?? -1 }
    // 10,000 gaps of half a second: within five standard deviations.
    let seconds = Double(last) / 1e9
    #expect(abs(seconds - 5_000) < 5 * 50)
  }
}

@Suite struct `Rates through the day and the week` {
  private func expected(
    _ profile: RateProfile, hours from: Double, _ to: Double, start: WeekTime = .mondayMidnight
  ) throws -> Double {
    try ArrivalProcess.profile(profile)
      .expectedCount(from: from * 3600, to: to * 3600, start: start)
  }

  private func point(_ hour: Double, _ perHour: Double) -> RateProfile.Point {
    RateProfile.Point(second: hour * 3600, rate: perHour / 3600)
  }

  private func near(_ value: Double, _ exact: Double) -> Bool { (value - exact).magnitude < 1e-9 }

  @Test func `a step holds until the next named time, over midnight too`() throws {
    let profile = RateProfile(daily: [point(18, 10), point(8, 40)])
    #expect(near(try expected(profile, hours: 8, 18), 400))
    #expect(near(try expected(profile, hours: 18, 32), 140))
    #expect(near(try expected(profile, hours: 0, 8), 80))
  }

  @Test func `a line leads to the next named time, over midnight too`() throws {
    let profile = RateProfile(daily: [point(6, 0), point(18, 24)], shape: .linear)
    #expect(near(try expected(profile, hours: 6, 18), 144))
    #expect(near(try expected(profile, hours: 6, 12), 36))
    // From 18:00 down to 6:00: 12 an hour at midnight.
    #expect(near(try expected(profile, hours: 18, 24), 108))
    #expect(near(try expected(profile, hours: 24, 30), 36))
  }

  @Test func `a single point is a constant rate`() throws {
    for shape in RateProfile.Shape.allCases {
      #expect(
        near(try expected(RateProfile(daily: [point(9, 6)], shape: shape), hours: 3, 50), 282))
    }
  }

  @Test func `time zero may lie anywhere in the week`() throws {
    let profile = RateProfile(daily: [point(8, 40), point(18, 10)])
    let start = WeekTime(dayOfWeek: 2, second: 17 * 3600)
    #expect(near(try expected(profile, hours: 0, 2, start: start), 50))
    var week = Array(repeating: [point(0, 0)], count: 7)
    week[3] = [point(0, 5)]
    let thursday = RateProfile(weekly: week)
    #expect(near(try expected(thursday, hours: 0, 7, start: start), 0))
    #expect(near(try expected(thursday, hours: 7, 31, start: start), 120))
    #expect(near(try expected(thursday, hours: 31, 31 + 6 * 24, start: start), 0))
    #expect(near(try expected(thursday, hours: 0, 10 * 168, start: start), 1200))
  }

  @Test func `a day without points is silent`() throws {
    let weekdays = [point(8, 40), point(18, 10)]
    for shape in RateProfile.Shape.allCases {
      let days = Array(repeating: weekdays, count: 5) + [[], []]
      let profile = RateProfile(weekly: days, shape: shape)
      #expect(near(try expected(profile, hours: 120, 168), 0), "\(shape)")
    }
    // The line runs to zero at midnight: 10 an hour at 18:00 on Friday, 0 at 24:00.
    let line = RateProfile(weekly: Array(repeating: weekdays, count: 5) + [[], []], shape: .linear)
    #expect(near(try expected(line, hours: 114, 120), 30))
    // And up from zero at midnight to 40 at 8:00 on Monday.
    #expect(near(try expected(line, hours: 168, 176), 160))
  }

  @Test func `a silent sunday meets a monday that begins at midnight`() throws {
    let days = Array(repeating: [point(0, 6)], count: 6) + [[]]
    let line = RateProfile(weekly: days, shape: .linear)
    // Six an hour from Monday on; on Saturday down to nothing at midnight.
    #expect(near(try expected(line, hours: 0, 120), 720))
    #expect(near(try expected(line, hours: 120, 144), 72))
    #expect(near(try expected(line, hours: 144, 168), 0))
    #expect(near(try expected(line, hours: 168, 169), 6))
  }

  @Test func `a time of week out of range is brought into the week`() {
    #expect(WeekTime(dayOfWeek: 8, second: 60) == WeekTime(dayOfWeek: 1, second: 60))
    #expect(WeekTime(dayOfWeek: -1, second: 0) == WeekTime(dayOfWeek: 6, second: 0))
    #expect(WeekTime(dayOfWeek: 6, second: 86400) == .mondayMidnight)
    #expect(WeekTime(dayOfWeek: 0, second: .nan) == .mondayMidnight)
  }

  @Test func `the first arrival on a steep line comes with its exact law`() throws {
    // The integral of the rate up to the first arrival is exponential: chi-square of its uniform
    // form over 20 cells, level 0.001, fixed seed. Two arrivals a day make the bend matter.
    let process = try ArrivalProcess.profile(
      RateProfile(daily: [point(0, 0), point(12, 1.0 / 6)], shape: .linear))
    for hour in [0.0, 9, 15] {
      let start = WeekTime(dayOfWeek: 0, second: hour * 3600)
      var cells = Array(repeating: 0, count: 20)
      for replication in 0..<4000 {
        var generator = process.generator(
          try RandomStreams(seed: 9, replication: replication), population: 0, start: start)
        let next = generator.next()
        let time = Double(try #require(next)) / 1e9
        let area = process.expectedCount(from: 0, to: time, start: start)
        cells[min(19, Int(-expm1(-area) * 20))] += 1
      }
      let even = Array(repeating: 0.05, count: 20)
      let level = TestLevel(family: 0.001, checks: 3)
      #expect(try level.accepts(counts: cells, probabilities: even), "from \(hour):00")
    }
  }

  @Test func `arrivals follow a weekly line from any start`() throws {
    // Chi-square of arrivals by six-hour cell against the integral of the rate, level 0.001.
    let days = (0..<7).map { day in
      day == 5 ? [] : [point(3, Double(day)), point(13.5, 20), point(20, 2)]
    }
    let process = try ArrivalProcess.profile(RateProfile(weekly: days, shape: .linear))
    let start = WeekTime(dayOfWeek: 3, second: 5 * 3600 + 0.1)
    let weeks = 40.0
    var generator = process.generator(
      try RandomStreams(seed: 8, replication: 0), population: 2, start: start)
    var counts = Array(repeating: 0, count: 28)
    while let time = generator.next() {
      let seconds = Double(time) / 1e9
      guard seconds < weeks * 604_800 else { break }
      counts[Int(seconds.truncatingRemainder(dividingBy: 604_800) / 21600)] += 1
    }
    let expected = counts.indices.map {
      process.expectedCount(from: Double($0) * 21600, to: Double($0 + 1) * 21600, start: start)
    }
    let total = expected.reduce(0, +)
    let cells = counts.indices.filter { expected[$0] * weeks >= 5 }
    #expect(counts.indices.allSatisfy { expected[$0] > 1e-9 || counts[$0] == 0 })
    #expect(
      try TestLevel(family: 0.001, checks: 1).accepts(
        counts: cells.map { counts[$0] }, probabilities: cells.map { expected[$0] / total }))
  }
}
