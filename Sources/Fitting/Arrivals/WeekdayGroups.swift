import Glibc
import Statistics

/// Which days of the week share a profile.
///
/// The two likest groups are joined, again and again, as long as neither the shape over their hours nor
/// the level of their days differs. A difference is a likelihood ratio, divided by how much more than
/// Poisson days of one weekday vary; it counts beyond both the penalty of Schwarz's criterion and the
/// quantile at 0.9999, because the last two groups are the most different of the 63 ways to split a
/// week. Few repeated days tell little of how much levels vary: what five of them would say is added,
/// at a coefficient of variation of 15 %.
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
    let number = Double(max(2, kept.count))
    while groups.count > 1 {
      var likest: (distance: Double, left: Int, right: Int)?
      for left in groups.indices {
        for right in groups.indices where right > left {
          let distance = distance(
            table, days(groups[left]), days(groups[right]), spread, days: number)
          if distance < likest?.distance ?? 1 { likest = (distance, left, right) }
        }
      }
      guard let likest else { break }
      groups[likest.left] = (groups[likest.left] + groups[likest.right]).sorted()
      groups.remove(at: likest.right)
    }
    if !silent.isEmpty { groups.append(silent) }
    return groups.sorted { $0[0] < $1[0] }
  }

  /// How much more than Poisson shapes and levels vary between days of one weekday, at least 1.
  struct Spread { let shape, level, freedom: Double }

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
    let all = groups.flatMap { $0 }
    let perDay = Double(all.reduce(0) { $0 + table.total($1) }) / Double(max(1, all.count))
    level.sum += assumed.days * (1 + assumed.cv * assumed.cv * perDay)
    level.freedom += assumed.days
    return Spread(
      shape: shape.freedom > 0 ? max(1, shape.sum / shape.freedom) : 1,
      level: max(1, level.sum / level.freedom), freedom: level.freedom)
  }

  /// What is taken to be known of the days of one weekday beforehand.
  private static let assumed = (days: 5.0, cv: 0.15)

  static func hourSums(_ table: ArrivalDays, _ days: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: 24)
    for day in days {
      for (hour, count) in table.hours(day).enumerated() { sums[hour] += Double(count) }
    }
    return sums
  }

  /// How far apart two groups are, 1 being as far as one profile may be.
  private static func distance(
    _ table: ArrivalDays, _ left: [Int], _ right: [Int], _ spread: Spread, days: Double
  ) -> Double {
    let a = hourSums(table, left)
    let b = hourSums(table, right)
    let (allA, allB) = (a.reduce(0, +), b.reduce(0, +))
    func term(_ count: Double, _ expected: Double) -> Double {
      count > 0 ? 2 * count * log(count / expected) : 0
    }
    var shape = 0.0
    var freedom = -1.0
    for hour in 0..<24 where a[hour] + b[hour] > 0 {
      freedom += 1
      let share = (a[hour] + b[hour]) / (allA + allB)
      shape += term(a[hour], allA * share) + term(b[hour], allB * share)
    }
    let perDay = (allA + allB) / Double(left.count + right.count)
    let level = term(allA, perDay * Double(left.count)) + term(allB, perDay * Double(right.count))
    let allowedLevel = StudentT.critical(level: 0.9999, freedom: spread.freedom).map { $0 * $0 }
    let levels = max(0, level) / spread.level / max(log(days), allowedLevel ?? 0)
    guard freedom >= 1 else { return levels }
    let allowed = max(
      freedom * log(days), ChiSquared.quantile(0.9999, freedom: freedom) ?? .infinity)
    return max(levels, max(0, shape) / spread.shape / allowed)
  }
}
