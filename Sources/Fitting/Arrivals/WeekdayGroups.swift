import Glibc

/// Which days of the week share a profile.
///
/// Seven profiles are joined two by two as long as Schwarz's criterion gains: the likelihood ratio of
/// the shape over the hours and of the level of the day, each divided by how much more than Poisson it
/// varies between days alike (quasi-likelihood), against the logarithm of the number of days for each
/// number saved.
enum WeekdayGroups {
  /// Groups of weekdays, 0 being Monday, in order; days without any arrival stand apart.
  static func of(_ table: ArrivalDays, kept: [Int]) -> [[Int]] {
    var seen: [Int: [Int]] = [:]
    for day in kept { seen[ArrivalDays.weekday(day), default: []].append(day) }
    var groups = (0..<7).filter { seen[$0] != nil }.map { [$0] }
    let days = { (group: [Int]) in group.flatMap { seen[$0] ?? [] } }
    let silent = groups.filter { days($0).allSatisfy { table.total($0) == 0 } }.flatMap { $0 }
    groups.removeAll { silent.contains($0[0]) }
    let spread = spread(table, groups.map(days))
    let penalty = log(Double(max(2, kept.count)))
    while groups.count > 1 {
      var best: (gain: Double, left: Int, right: Int)?
      for left in groups.indices {
        for right in groups.indices where right > left {
          let loss = loss(table, days(groups[left]), days(groups[right]), spread)
          let gain = penalty * loss.freedom - loss.ratio
          if gain > best?.gain ?? 0 { best = (gain, left, right) }
        }
      }
      guard let best else { break }
      groups[best.left] = (groups[best.left] + groups[best.right]).sorted()
      groups.remove(at: best.right)
    }
    if !silent.isEmpty { groups.append(silent) }
    return groups.sorted { $0[0] < $1[0] }
  }

  /// How much more than Poisson shapes and levels vary between days of one weekday, at least 1.
  struct Spread { let shape, level: Double }

  static func spread(_ table: ArrivalDays, _ groups: [[Int]]) -> Spread {
    var shape = (sum: 0.0, freedom: 0.0)
    var level = (sum: 0.0, freedom: 0.0)
    for days in groups {
      let sums = hourSums(table, days)
      let all = sums.reduce(0, +)
      guard all > 0, days.count > 1 else { continue }
      let mean = all / Double(days.count)
      let hours = sums.filter { $0 > 0 }.count
      for day in days {
        let total = Double(table.total(day))
        level.sum += (total - mean) * (total - mean) / mean
        for (hour, count) in table.hours(day).enumerated() where sums[hour] > 0 && total > 0 {
          let expected = total * sums[hour] / all
          let gap = Double(count) - expected
          shape.sum += gap * gap / expected
        }
      }
      level.freedom += Double(days.count - 1)
      shape.freedom += Double((days.count - 1) * max(0, hours - 1))
    }
    return Spread(
      shape: shape.freedom > 0 ? max(1, shape.sum / shape.freedom) : 1,
      level: level.freedom > 0 ? max(1, level.sum / level.freedom) : 1)
  }

  static func hourSums(_ table: ArrivalDays, _ days: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: 24)
    for day in days {
      for (hour, count) in table.hours(day).enumerated() { sums[hour] += Double(count) }
    }
    return sums
  }

  /// What joining two groups costs in likelihood, and how many numbers it saves.
  private static func loss(
    _ table: ArrivalDays, _ left: [Int], _ right: [Int], _ spread: Spread
  ) -> (ratio: Double, freedom: Double) {
    let a = hourSums(table, left)
    let b = hourSums(table, right)
    let (allA, allB) = (a.reduce(0, +), b.reduce(0, +))
    func term(_ count: Double, _ expected: Double) -> Double {
      count > 0 ? count * log(count / expected) : 0
    }
    var shape = 0.0
    var hours = 0.0
    for hour in 0..<24 where a[hour] + b[hour] > 0 {
      hours += 1
      let share = (a[hour] + b[hour]) / (allA + allB)
      shape += term(a[hour], allA * share) + term(b[hour], allB * share)
    }
    let perDay = (allA + allB) / Double(left.count + right.count)
    let level = term(allA, perDay * Double(left.count)) + term(allB, perDay * Double(right.count))
    return (
      2 * max(0, shape) / spread.shape + 2 * max(0, level) / spread.level, max(0, hours - 1) + 1
    )
  }
}
