import Engine
import Sampling
import Testing

@testable import Scenarios
@testable import World

/// Customers and agents keep the same hours on the clock on the wall when it is put forward or back.
@Suite struct ProfileOverClockChangesTests {
  /// A zone, and a year in which its clock is put forward and back or leaves out a day.
  static let years = [
    ("Europe/Lisbon", 2026), ("America/Santiago", 2026), ("Pacific/Apia", 2011),
    ("Australia/Lord_Howe", 2026),
  ]

  /// A world with customers and agents from nine to five.
  private func office(_ zone: String, _ start: String, days: Int) throws -> WorldPlan {
    try world(
      """
      name: office
      start: \(start)
      time_zone: \(zone)
      duration: \(days) d
      contacts:
        all: {arrivals: {profile: {"09:00": 6 per hour, "17:00": 0 per hour}}}
      teams: {all: {agents: 1, reply_time: 1 s, picks: oldest, shift: {hours: ["09:00-17:00"]}}}
      """)
  }

  @Test(arguments: years) func `customers come while the agents are there`(
    zone: String, year: Int
  ) throws {
    let plan = try office(zone, "\(year)-01-01 00:00", days: 366)
    let rules = try TimeZoneFolder.system.rules(zone)
    let epoch = plan.model.settings.epoch
    let population = plan.model.populations[0]
    let clock = WallClock(plan.model.settings)
    var arrivals = population.arrivals.generator(
      try .init(seed: 1, replication: 0), population: 0, start: clock.startOfWeek,
      changes: clock.changes)
    let changes = rules.changes.filter { $0.at > epoch && $0.at < epoch + 366 * 86_400 }
    #expect(changes.count >= 2)
    var seen = Set<Int>()
    while let time = arrivals.next(), time < 366 * 86_400_000_000_000 {
      // The zone's own rule, looked up for each arrival.
      let utc = epoch + time / 1_000_000_000
      let past = rules.changes.filter { $0.at <= utc }
      let offset = past.last?.offset ?? rules.offset
      let second = LocalTime(seconds: utc + offset).secondOfDay
      #expect((9 * 3_600..<17 * 3_600).contains(second), "\(utc - epoch) s of the run")
      seen.insert(changes.count { $0.at <= utc })
    }
    // Before, between and after all changes.
    #expect(seen.count == changes.count + 1)
  }

  /// Every arrival of a year, with its date by the zone's own rule.
  private func arrivals(
    _ process: ArrivalProcess, _ zone: String, _ year: Int,
    _ take: (_ date: Int) -> Void
  ) throws -> [Int: Int] {
    let plan = try office(zone, "\(year)-01-01 00:00", days: 366)
    let rules = try TimeZoneFolder.system.rules(zone)
    let epoch = plan.model.settings.epoch
    let clock = WallClock(plan.model.settings)
    let before = rules.changes.last { $0.at <= epoch }?.offset ?? rules.offset
    let changes = rules.changes.filter { $0.at > epoch && $0.at < epoch + 366 * 86_400 }
    func wall(_ utc: Int64) -> Int64 {
      utc + (changes.last { $0.at <= utc }?.offset ?? before)
    }
    func date(_ utc: Int64) -> Int {
      let wall = wall(utc)
      return Int(wall.quotientAndRemainder(dividingBy: 86_400).quotient)
    }
    let first = date(epoch)
    var generator = process.generator(
      try .init(seed: 4, replication: 0), population: 0, start: clock.startOfWeek,
      changes: clock.changes)
    while let time = generator.next(), time < 366 * 86_400_000_000_000 {
      let utc = epoch + time / 1_000_000_000
      take(date(utc) - first)
    }
    // How long each date is, to the quarter of an hour.
    var lengths: [Int: Int] = [:]
    for utc in stride(from: epoch, to: epoch + 366 * 86_400, by: 900) {
      lengths[date(utc) - first, default: 0] += 900
    }
    return lengths
  }

  @Test(arguments: years) func `a day of the week lasts as long as the wall says`(
    zone: String, year: Int
  ) throws {
    let point = [RateProfile.Point(second: 0, rate: 1.0 / 60)]
    // Only on the day on which the year begins.
    let plan = try office(zone, "\(year)-01-01 00:00", days: 1)
    let first = Int(WallClock(plan.model.settings).startOfWeek.seconds / 86_400)
    let week = (0..<7).map { $0 == first ? point : [] }
    let process = try ArrivalProcess.profile(RateProfile(weekly: week))
    var days = Set<Int>()
    _ = try arrivals(process, zone, year) { days.insert($0) }
    #expect(days.allSatisfy { $0 % 7 == 0 })
    #expect(days.count >= 52)
  }

  @Test(arguments: years) func `a day's busyness is that of its date`(
    zone: String, year: Int
  ) throws {
    let busyness = try Distribution.uniform(from: 0.2, to: 1.8)
    let process = try ArrivalProcess.poisson(rate: 1.0 / 30).with(busyness: busyness)
    let streams = try RandomStreams(seed: 4, replication: 0)
    var counts: [Int: Int] = [:]
    let lengths = try arrivals(process, zone, year) { counts[$0, default: 0] += 1 }
    // 365 dates and the hours of one more, or a date less where one was left out.
    #expect(lengths.count >= 365)
    for (date, length) in lengths.sorted(by: { $0.key < $1.key }) {
      var stream = streams.stream(.busyness, of: 0, turn: UInt16(date))
      let mean = Double(length) / 30 * busyness.sample(&stream)
      // Six deviations of a Poisson count.
      let away = (Double(counts[date] ?? 0) - mean).magnitude
      #expect(away < 6 * mean.squareRoot() + 1, "date \(date): \(counts[date] ?? 0) for \(mean)")
    }
  }

  @Test(arguments: [("2026-03-27", "forward"), ("2026-10-23", "back")])
  func `nobody waits for the agents because the clock was put`(start: String, way: String) throws {
    let result = try run(try office("Europe/Lisbon", "\(start) 00:00", days: 5))
    #expect(try result.measured.number("wait.max") < 120, "\(way)")
  }
}
