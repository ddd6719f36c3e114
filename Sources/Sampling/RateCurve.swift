/// A profile made ready: straight pieces over a period that repeats, with their running integral.
struct RateCurve: Hashable, Sendable {
  /// A piece of the curve, up to the start of the next one.
  struct Segment: Hashable, Sendable {
    var start: Double
    var rate: Double
    var slope: Double
    /// The expected arrivals from the start of the period to the start of the piece.
    var before: Double
  }

  /// A day or a week, in seconds.
  let period: Double
  /// The pieces, the first from 0.
  let segments: [Segment]
  /// The expected arrivals of a period.
  let total: Double

  init(_ profile: RateProfile) throws(ImpossibleParameter) {
    let points = try Self.points(of: profile)
    period = Double(profile.days.count) * WeekTime.day
    var segments = Self.segments(through: points, shape: profile.shape, period: period)
    var total = 0.0
    for index in segments.indices {
      segments[index].before = total
      let end = index + 1 < segments.count ? segments[index + 1].start : period
      let length = end - segments[index].start
      total += segments[index].rate * length + segments[index].slope * length * length / 2
    }
    guard total > 0 else {
      throw ImpossibleParameter(
        "at least one rate of the profile", mustBe: "greater than 0", got: nil)
    }
    self.segments = segments
    self.total = total
  }

  /// The expected arrivals from the start of a period to a time at or after it.
  func integral(upTo time: Double) -> Double {
    let periods = (time / period).rounded(.down)
    let phase = time - periods * period
    let segment = segments[index(at: phase)]
    let length = phase - segment.start
    return periods * total + segment.before + segment.rate * length
      + segment.slope * length * length / 2
  }

  /// The piece that holds at a time within the period.
  func index(at phase: Double) -> Int {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= phase { low = middle } else { high = middle }
    }
    return low
  }

  /// The points of all days on the time line of the period, checked and in order.
  private static func points(
    of profile: RateProfile
  ) throws(ImpossibleParameter) -> [RateProfile.Point] {
    guard profile.days.count == 1 || profile.days.count == 7 else {
      throw ImpossibleParameter(
        "a profile", mustBe: "of one day or of seven", got: Quantity(Double(profile.days.count)))
    }
    var all: [RateProfile.Point] = []
    for (number, day) in profile.days.enumerated() {
      let midnight = Double(number) * WeekTime.day
      for point in day {
        try Require.rate("every rate of the profile", point.rate, allowZero: true)
        guard point.second >= 0, point.second < WeekTime.day else {
          throw ImpossibleParameter(
            "every time of the profile", mustBe: "from 00:00 to 23:59",
            got: Quantity(point.second, .seconds))
        }
      }
      let sorted = day.sorted { $0.second < $1.second }
      for (one, next) in zip(sorted, sorted.dropFirst()) where one.second == next.second {
        throw ImpossibleParameter(
          "every time of the profile", mustBe: "named once", got: Quantity(one.second, .seconds))
      }
      all += sorted.map { RateProfile.Point(second: midnight + $0.second, rate: $0.rate) }
      guard day.isEmpty else { continue }
      // A day without arrivals: silent from its first instant to its last.
      all.append(RateProfile.Point(second: midnight, rate: 0))
      if profile.shape == .linear {
        all.append(RateProfile.Point(second: midnight + WeekTime.day, rate: 0))
      }
    }
    return all
  }

  private static func segments(
    through points: [RateProfile.Point], shape: RateProfile.Shape, period: Double
  ) -> [Segment] {
    guard let first = points.first, let last = points.last else { return [] }
    var segments: [Segment] = []
    func add(_ one: RateProfile.Point, to next: RateProfile.Point) {
      // Two points of one instant are a jump, the end of a silent day.
      guard next.second > one.second else { return }
      let slope = shape == .step ? 0 : (next.rate - one.rate) / (next.second - one.second)
      let skipped = max(0, -one.second)
      segments.append(
        Segment(
          start: one.second + skipped, rate: one.rate + slope * skipped, slope: slope, before: 0))
    }
    // The last point of a period leads to the first of the next: once before, once after.
    if first.second > 0 {
      add(RateProfile.Point(second: last.second - period, rate: last.rate), to: first)
    }
    for (one, next) in zip(points, points.dropFirst()) { add(one, to: next) }
    if last.second < period {
      add(last, to: RateProfile.Point(second: first.second + period, rate: first.rate))
    }
    return segments
  }
}
