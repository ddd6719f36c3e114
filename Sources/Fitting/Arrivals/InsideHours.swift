import Glibc
import Sampling
import Statistics

/// The test whether arrivals inside short intervals are Poisson: how short, and with what arrivals.
struct InsideHours {
  /// The length of the intervals in hours.
  let length: Double
  let test: PoissonTest?

  /// Lengths that divide an hour, the longest first.
  private static let lengths = [1.0, 0.5, 0.25, 1 / 6.0, 1 / 12.0]

  init(
    _ table: ArrivalDays, groups: [ArrivalFit.Group], members: [[Int]], cut: Int64, seed: UInt64
  ) {
    let unit = Double(max(0, cut)) / 3_600_000
    // An interval holds at least ten units of the cut, or else undoing it decides.
    let possible = Self.lengths.filter { $0 >= 10 * unit - 1e-12 }
    let count = groups.reduce(0.0) { $0 + Double($1.days) * $1.perDay }
    // By Kim and Whitt the rate may be taken as constant where its slope moves the distribution
    // function by less than a tenth of the gap that the test calls significant.
    let allowed = 0.1 * 1.36 / max(1, count).squareRoot()
    let drift = Self.drift(groups)
    let length = possible.first { drift * $0 <= allowed } ?? possible.last ?? 1
    self.length = length
    let draws = Draws(seed: seed, name: "arrivals")
    var intervals: [[Double]] = []
    for day in members.flatMap({ $0 }).sorted() {
      guard table.total(day) > 0, var stream = draws.stream(day) else { continue }
      var fractions = table.times(day).map { time in
        let exact = unit > 0 ? time + unit * stream.uniform() : time
        return exact / length
      }
      fractions.sort()
      intervals += Self.split(fractions)
    }
    test = PoissonTest(intervals)
  }

  /// Times in units of the interval's length, split at whole numbers.
  private static func split(_ times: [Double]) -> [[Double]] {
    var intervals: [[Double]] = []
    var present = -1.0
    for time in times {
      let interval = time.rounded(.down)
      let fraction = min(max(time - interval, 1e-12), 1 - 1e-12)
      if interval != present {
        intervals.append([])
        present = interval
      }
      intervals[intervals.count - 1].append(fraction)
    }
    return intervals
  }

  /// By how much the slope of the rate bends the distribution function in an interval of one hour.
  ///
  /// With relative slope r over the interval the largest gap is r / 8; rising and falling hours
  /// cancel, weighed by their arrivals.
  private static func drift(_ groups: [ArrivalFit.Group]) -> Double {
    var sum = 0.0
    var weight = 0.0
    for group in groups where group.perDay > 0 {
      let rates = group.hours.map(\.rate.estimate)
      for hour in 0..<24 where rates[hour] > 0 {
        let after = hour < 23 ? rates[hour + 1] : rates[hour]
        let before = hour > 0 ? rates[hour - 1] : rates[hour]
        // A neighbour with hardly any arrivals is closed: no slope leads there.
        let isEdge = min(before, after) < rates[hour] / 4
        let slope =
          isEdge
          ? (before < after ? after - rates[hour] : rates[hour] - before) : (after - before) / 2
        sum += Double(group.hours[hour].count) * slope / rates[hour] / 8
        weight += Double(group.hours[hour].count)
      }
    }
    return weight > 0 ? abs(sum) / weight : 0
  }
}
