import Glibc

/// Arrivals sorted into days and hours of the local clock.
struct ArrivalDays {
  /// Milliseconds of a day.
  static let length: Int64 = 86_400_000
  private static let hour: Int64 = 3_600_000

  /// The first and the last day, counted from 1970-01-01.
  let days: ClosedRange<Int>
  /// Arrivals in each hour of each day.
  private(set) var counts: [[Int]]
  /// Where the arrivals of each day stand in the list.
  private(set) var places: [Range<Int>]
  let arrivals: [Int64]

  /// Nothing without arrivals in these days, or where the days are more than a century.
  init?(_ arrivals: [Int64], days: ClosedRange<Int>?) {
    let isAscending = zip(arrivals, arrivals.dropFirst()).allSatisfy { $0 <= $1 }
    let arrivals = isAscending ? arrivals : arrivals.sorted()
    guard let first = arrivals.first, let last = arrivals.last else { return nil }
    let seen = Self.day(of: first)...Self.day(of: last)
    let days = days ?? seen
    // Within 20,000 years either way nothing overflows.
    guard days.overlaps(seen), days.lowerBound > -7_000_000, days.upperBound < 7_000_000,
      days.count <= 36_600
    else { return nil }
    self.days = days
    self.arrivals = arrivals
    counts = [[Int]](repeating: [Int](repeating: 0, count: 24), count: days.count)
    places = []
    var place = 0
    for day in days {
      let begin = Int64(day) * Self.length
      while place < arrivals.count, arrivals[place] < begin { place += 1 }
      let from = place
      while place < arrivals.count, arrivals[place] < begin + Self.length {
        counts[day - days.lowerBound][Int((arrivals[place] - begin) / Self.hour)] += 1
        place += 1
      }
      places.append(from..<place)
    }
  }

  static func day(of instant: Int64) -> Int {
    Int((Double(instant) / Double(length)).rounded(.down))
  }

  /// The day of the week, 0 being Monday; 1970-01-01 was a Thursday.
  static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

  func total(_ day: Int) -> Int { places[day - days.lowerBound].count }

  func hours(_ day: Int) -> [Int] { counts[day - days.lowerBound] }

  /// The times of a day in hours since its midnight, ascending.
  func times(_ day: Int) -> [Double] {
    let begin = Int64(day) * Self.length
    return arrivals[places[day - days.lowerBound]].map {
      Double($0 - begin) / Double(Self.hour)
    }
  }
}
