import Testing

@testable import Sampling

/// Profiles and days on a clock that is put forward and back.
@Suite struct ClockChangeTests {
  private let streams: RandomStreams
  private static let hour = 3_600.0
  /// From 09:00 to 17:00, 600 an hour.
  private let office: ArrivalProcess

  init() throws {
    streams = try RandomStreams(seed: 21, replication: 3)
    office = try .profile(
      RateProfile(daily: [
        .init(second: 9 * Self.hour, rate: 1.0 / 6), .init(second: 17 * Self.hour, rate: 0),
      ]))
  }

  /// The arrivals of each hour of the run.
  private func counts(
    _ process: ArrivalProcess, hours: Int, start: WeekTime = .mondayMidnight,
    _ changes: [ClockChange]
  ) -> [Int] {
    var generator = process.generator(streams, population: 0, start: start, changes: changes)
    var counts = [Int](repeating: 0, count: hours)
    while let time = generator.next() {
      let hour = Int(time / 3_600_000_000_000)
      guard hour < hours else { break }
      counts[hour] += 1
    }
    return counts
  }

  @Test func `an hour that the clock leaves out has no arrivals, one shown twice has them twice`() {
    // 10:00 becomes 11:00, and the next day 10:00 becomes 09:00.
    let changes = [
      ClockChange(time: 10 * Self.hour, forward: Self.hour),
      ClockChange(time: 33 * Self.hour, forward: -Self.hour),
    ]
    let counts = counts(office, hours: 72, changes)
    let busy = counts.indices.filter { counts[$0] > 0 }
    #expect(busy == Array(9..<16) + Array(32..<41) + Array(57..<65))
    #expect(office.expectedCount(from: 0, to: 23 * Self.hour, changes: changes) == 7 * 600)
    let second = office.expectedCount(from: 23 * Self.hour, to: 48 * Self.hour, changes: changes)
    #expect((second - 9 * 600).magnitude < 1e-6)
  }

  @Test func `a change that comes after the run changes nothing`() {
    let later = [ClockChange(time: 100 * Self.hour, forward: Self.hour)]
    #expect(counts(office, hours: 99, later) == counts(office, hours: 99, []))
  }

  @Test func `a day left out is left out of the week too`() throws {
    // Only Thursday and Saturday; the clock goes from Thursday's end to Saturday.
    let point = [RateProfile.Point(second: 0, rate: 1.0 / 60)]
    let process = try ArrivalProcess.profile(
      RateProfile(weekly: [[], [], [], point, [], point, []]))
    let counts = counts(
      process, hours: 72, start: WeekTime(dayOfWeek: 3, second: 0),
      [ClockChange(time: 24 * Self.hour, forward: 24 * Self.hour)])
    #expect(counts[..<48].allSatisfy { $0 > 0 })
    #expect(counts[48...].allSatisfy { $0 == 0 })
  }

  @Test func `a day of 23 or 25 hours has one factor, a day left out none`() throws {
    let busyness = try Distribution.uniform(from: 0.1, to: 1.9)
    let process = try ArrivalProcess.poisson(rate: 1).with(busyness: busyness)
    func factor(_ day: Int) -> Double {
      var stream = streams.stream(.busyness, of: 0, turn: UInt16(day))
      return busyness.sample(&stream)
    }
    // 24:00 becomes 23:00 on the first day, as in Santiago; the third day is left out, as in Apia; at
    // 00:00 of the fifth it is 01:00.
    let changes = [
      ClockChange(time: 24 * Self.hour, forward: -Self.hour),
      ClockChange(time: 49 * Self.hour, forward: 24 * Self.hour),
      ClockChange(time: 73 * Self.hour, forward: Self.hour),
    ]
    let counts = counts(process, hours: 120, changes)
    let days = [
      (0, 0..<25), (1, 25..<49), (3, 49..<73), (4, 73..<96), (5, 96..<120),
    ]
    for (day, hours) in days {
      for hour in hours {
        // Six deviations of a Poisson count.
        let mean = 3_600 * factor(day)
        #expect((Double(counts[hour]) - mean).magnitude < 6 * mean.squareRoot(), "hour \(hour)")
      }
    }
  }
}
