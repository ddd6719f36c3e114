public import Sampling
import Statistics

extension ArrivalFit {
  /// Names of the days as a scenario writes them, Monday first.
  static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// Days of the week as a scenario writes them: `mon-fri`, `sat`, `mon, wed-fri`.
  static func dayText(_ weekdays: [Int]) -> String {
    var parts: [String] = []
    var index = 0
    let days = weekdays.filter { (0..<7).contains($0) }
    while index < days.count {
      var end = index
      while end + 1 < days.count, days[end + 1] == days[end] + 1 { end += 1 }
      let (first, last) = (dayNames[days[index]], dayNames[days[end]])
      switch end - index {
      case 0: parts.append(first)
      case 1: parts += [first, last]
      default: parts.append("\(first)-\(last)")
      }
      index = end + 1
    }
    return parts.joined(separator: ", ")
  }

  /// The busyness that a scenario writes; nil where days differ no more than by chance.
  var busynessText: String? {
    guard let cv = significantSpread else { return nil }
    return "{gamma: {mean: 1, cv: \(LawText.number(cv, digits: 3))}}"
  }

  /// How much days differ, where the test at 5 % finds that they do.
  var significantSpread: Double? {
    guard let busyness, busyness.pValue < 0.05, busyness.cv.estimate > 0.001 else { return nil }
    return busyness.cv.estimate
  }

  /// Whether one profile serves every day.
  var isDaily: Bool { groups.count == 1 }

  /// The rates of a group as steps: the first hour of each stretch of equal rates, an hour's count.
  public static func steps(_ group: Group) -> [(clock: String, rate: Double)] {
    var steps: [(clock: String, rate: Double)] = []
    for hour in group.hours {
      let rate = hour.rate.estimate
      if let last = steps.last, last.rate == rate { continue }
      steps.append(((hour.hour < 10 ? "0" : "") + "\(hour.hour):00", rate))
    }
    return steps
  }

  /// How many rates the profile has.
  public var stepCount: Int {
    groups.reduce(0) { $0 + ($1.perDay > 0 ? Self.steps($1).count : 0) }
  }

  /// The process as the simulation draws from it.
  public var process: ArrivalProcess? {
    func points(_ group: Group) -> [RateProfile.Point] {
      group.hours.map {
        RateProfile.Point(second: Double($0.hour) * 3600, rate: $0.rate.estimate / 3600)
      }
    }
    let profile: RateProfile
    if isDaily {
      profile = RateProfile(daily: points(groups[0]))
    } else {
      var week = [[RateProfile.Point]](repeating: [], count: 7)
      for group in groups where group.perDay > 0 {
        for weekday in group.weekdays { week[weekday] = points(group) }
      }
      profile = RateProfile(weekly: week)
    }
    guard let process = try? ArrivalProcess.profile(profile) else { return nil }
    guard let cv = significantSpread,
      let factor = try? Distribution.gamma(shape: 1 / (cv * cv), scale: cv * cv)
    else { return process }
    return try? process.with(busyness: factor)
  }
}
