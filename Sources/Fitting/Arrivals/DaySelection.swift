/// Days that cannot stand for others: holidays, days missing from the export, days cut short.
enum DaySelection {
  /// Why each day is left out; those that count are absent.
  static func leftOut(_ table: ArrivalDays) -> [Int: ArrivalFit.Reason] {
    var reasons: [Int: ArrivalFit.Reason] = [:]
    // The upper quartile: of three Tuesdays two may be holidays.
    let usual = (0..<7).map { weekday in
      upperQuartile(
        table.days.filter { ArrivalDays.weekday($0) == weekday }.map { Double(table.total($0)) })
    }
    for day in table.days {
      let weekday = ArrivalDays.weekday(day)
      guard let usual = usual[weekday] else { continue }
      let total = Double(table.total(day))
      // Chance gives none where five are usual once in 150 days, and a third of 15 more rarely.
      if total == 0, usual >= 5 {
        reasons[day] = .missing
      } else if usual >= 15, total < usual / 3 {
        reasons[day] = .few
      }
    }
    for (day, reason) in silences(table, besides: reasons) { reasons[day] = reason }
    return reasons
  }

  /// So many arrivals expected and none seen is not chance: the export begins, stops or has a hole.
  private static let unlikely = 30.0

  private static func silences(
    _ table: ArrivalDays, besides reasons: [Int: ArrivalFit.Reason]
  ) -> [(Int, ArrivalFit.Reason)] {
    let kept = table.days.filter { reasons[$0] == nil }
    var found: [(Int, ArrivalFit.Reason)] = []
    for weekday in 0..<7 {
      let days = kept.filter { ArrivalDays.weekday($0) == weekday }
      let like = days.count >= 3 ? days : kept.filter { table.total($0) > 0 }
      guard like.count >= 3 else { continue }
      let usual = (0..<24).map { hour in
        median(like.map { Double(table.hours($0)[hour]) }) ?? 0
      }
      for day in days where table.total(day) > 0 {
        guard let hole = silence(table.times(day), usual), hole.expected >= unlikely else {
          continue
        }
        let isBegin = day == table.days.lowerBound && hole.from == 0
        let isEnd = day == table.days.upperBound && hole.to == 24
        found.append((day, isBegin || isEnd ? .partial : .interrupted))
      }
    }
    return found.sorted { $0.0 < $1.0 }
  }

  /// The stretch without arrivals in which most were expected.
  private static func silence(
    _ times: [Double], _ usual: [Double]
  ) -> (expected: Double, from: Double, to: Double)? {
    var sums = [0.0]
    for rate in usual { sums.append(sums[sums.count - 1] + rate) }
    func expected(upTo time: Double) -> Double {
      let hour = min(23, max(0, Int(time)))
      return sums[hour] + usual[hour] * (time - Double(hour))
    }
    var worst: (expected: Double, from: Double, to: Double)?
    var before = 0.0
    for time in times + [24] {
      let missed = expected(upTo: time) - expected(upTo: before)
      if missed > worst?.expected ?? 0 { worst = (missed, before, time) }
      before = time
    }
    return worst
  }

  private static func upperQuartile(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let place = (Double(values.count - 1) * 0.75).rounded(.up)
    return values.sorted()[Int(place)]
  }

  private static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
