import Glibc
public import Statistics

/// When conversations open, fitted: a profile over the hours, how much days differ, and whether the
/// arrivals inside an hour are those of a Poisson process.
public struct ArrivalFit: Sendable {
  /// Why a day is left out.
  public enum Reason: String, Sendable, Codable {
    /// No arrivals where there usually are.
    case missing
    /// Fewer than a third of what the same day of the week usually has.
    case few
    /// The export begins or ends in the middle of it.
    case partial
    /// A stretch without arrivals in which at least 30 were expected.
    case interrupted
  }

  /// A day of the export.
  public struct Day: Sendable, Equatable {
    /// Days since 1970-01-01.
    public let day: Int
    /// Its arrivals.
    public let count: Int
    /// Why it is left out; nil where it counts.
    public let leftOut: Reason?
  }

  /// An hour of the profile.
  public struct Hour: Sendable, Equatable {
    /// The hour of the day, from 0.
    public let hour: Int
    /// Arrivals an hour, with their 95 % interval.
    public let rate: ConfidenceInterval
    /// All arrivals in this hour of the days that count.
    public let count: Int
    /// The variance of a day's number over its mean; 1 in a Poisson process, nil with one day or none.
    public let dispersion: Double?
  }

  /// Days of the week that share a profile.
  public struct Group: Sendable {
    /// The days of the week, 0 being Monday, ascending.
    let weekdays: [Int]
    /// How many days of the export it is taken from.
    public let days: Int
    /// The 24 hours.
    public let hours: [Hour]
    /// Arrivals of a day on average.
    public let perDay: Double
  }

  /// The profiles; one where the days of the week do not differ.
  public let groups: [Group]
  /// Every day from the first to the last.
  public let days: [Day]
  /// By how much days differ beyond chance; nil where there are too few.
  public let busyness: DaySpread?
  /// How much more than Poisson the hours of a day vary once its total is given; 1 is Poisson.
  public let dispersionWithinDays: Double
  /// The test inside the hours; nil without arrivals in days that count.
  public let poisson: PoissonTest?
  /// The length of the intervals of that test in seconds.
  public let testedInterval: Double
  /// To what the instants were cut, in milliseconds.
  public let cut: Int64

  /// Fits arrivals.
  ///
  /// - Parameters:
  ///   - arrivals: Instants in milliseconds of the local clock since 1970-01-01 00:00, ascending.
  ///   - days: The days that the export covers; from the first to the last arrival where absent.
  ///   - cut: To what the instants were cut down, such as 1000 for whole seconds; 0 or 1 for not.
  ///   - seed: Names the random fractions by which the cut is undone.
  public init?(_ arrivals: [Int64], days: ClosedRange<Int>? = nil, cut: Int64, seed: UInt64) {
    guard let table = ArrivalDays(arrivals, days: days) else { return nil }
    let reasons = DaySelection.leftOut(table)
    let kept = table.days.filter { reasons[$0] == nil }
    guard kept.contains(where: { table.total($0) > 0 }) else { return nil }
    self.cut = cut
    self.days = table.days.map {
      Day(day: $0, count: table.total($0), leftOut: reasons[$0])
    }
    let weekdays = WeekdayGroups.of(table, kept: kept)
    let members = weekdays.map { group in
      kept.filter { group.contains(ArrivalDays.weekday($0)) }
    }
    let excess = Self.excess(table, members)
    groups = zip(weekdays, members).map { Self.group(table, $0, $1, excess) }
    var totals: [(total: Double, expected: Double)] = []
    for (group, days) in zip(groups, members) where group.perDay > 0 {
      totals += days.map { (Double(table.total($0)), group.perDay) }
    }
    busyness = DaySpread(totals, means: groups.filter { $0.perDay > 0 }.count)
    dispersionWithinDays = WeekdayGroups.spread(table, members).shape
    let inside = InsideHours(table, groups: groups, members: members, cut: cut, seed: seed)
    poisson = inside.test
    testedInterval = inside.length * 3600
  }

  /// The square of the coefficient of variation by which the counts of an hour differ between days,
  /// the same for all hours: the variance beyond the mean over the squared mean, summed over hours.
  private static func excess(
    _ table: ArrivalDays, _ members: [[Int]]
  ) -> (square: Double, freedom: Double) {
    var beyond = 0.0
    var squares = 0.0
    var freedom = 0
    for days in members where days.count > 1 {
      freedom += days.count - 1
      for hour in 0..<24 {
        let moments = Moments(days.map { Double(table.hours($0)[hour]) })
        guard let mean = moments.mean, let variance = moments.variance, mean > 0 else { continue }
        let weight = Double(days.count - 1)
        beyond += weight * (variance - mean)
        squares += weight * mean * mean
      }
    }
    return (squares > 0 ? max(0, beyond / squares) : 0, Double(freedom))
  }

  private static func group(
    _ table: ArrivalDays, _ weekdays: [Int], _ days: [Int],
    _ excess: (square: Double, freedom: Double)
  ) -> Group {
    let hours = (0..<24).map { hour in
      let counts = days.map { table.hours($0)[hour] }
      let sum = counts.reduce(0, +)
      let moments = Moments(counts.map(Double.init))
      let mean = moments.mean ?? 0
      let rate = ConfidenceInterval.meanCount(
        sum, units: max(1, days.count), dispersion: 1 + excess.square * mean,
        freedom: excess.freedom)
      let dispersion = mean > 0 ? moments.variance.map { $0 / mean } : nil
      return Hour(
        hour: hour,
        rate: rate ?? ConfidenceInterval(estimate: mean, low: mean, high: mean, level: 0.95),
        count: sum, dispersion: dispersion)
    }
    let total = days.reduce(0) { $0 + table.total($1) }
    return Group(
      weekdays: weekdays, days: days.count, hours: hours,
      perDay: days.isEmpty ? 0 : Double(total) / Double(days.count))
  }
}
