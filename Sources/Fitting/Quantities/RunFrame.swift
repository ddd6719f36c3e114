/// The stretch of time that a run of the fitted scenario covers.
public struct RunFrame: Sendable, Equatable {
  /// Its beginning, in milliseconds on the history's clock.
  public var start: Int64
  /// Its length in milliseconds.
  public var length: Int64
  /// Calendar days from the first opening to the last, both included.
  public var days: Int

  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000

  /// One day is run by its own hours; some days as they are, without those cut short at the ends; of two
  /// weeks or more one, from Monday.
  init(_ history: History) {
    let first = history.firstOpened ?? 0
    let last = history.lastOpened ?? first
    let firstDay = first - first.remainder86400000
    let lastDay = last - last.remainder86400000
    days = Int((lastDay - firstDay) / Self.day) + 1
    if days == 1 {
      start = first - first % Self.hour
      length = max(Self.hour, (last - start) / Self.hour * Self.hour + Self.hour)
    } else if days < 14 {
      let kept = Self.wholeDays(history, Int(firstDay / Self.day)...Int(lastDay / Self.day))
      start = Int64(kept.lowerBound) * Self.day
      length = Int64(min(kept.count, 7)) * Self.day
    } else {
      let weekday = ShiftFit.weekday(Int(firstDay / Self.day))
      start = firstDay + Int64((7 - weekday) % 7) * Self.day
      length = 7 * Self.day
    }
  }

  /// Some days without those at either end that the export has only in part: a run has its days whole, and
  /// is to be laid beside what the export has in them.
  private static func wholeDays(_ history: History, _ days: ClosedRange<Int>) -> ClosedRange<Int> {
    guard let table = ArrivalDays(history.conversations.map(\.opened), days: nil) else {
      return days
    }
    let leftOut = DaySelection.leftOut(table)
    let whole = days.filter { leftOut[$0] == nil }
    guard let first = whole.first, let last = whole.last else { return days }
    return first...last
  }

  /// Within so long after a closing the next conversation of the same contact is a return.
  ///
  /// A run begins with nobody who could return and ends before the last have: with a seventh of its length
  /// it lacks few. Beyond two hours a contact comes back when the office is open, which a law of times does
  /// not know and the profile of the arrivals does.
  var returnHorizon: Int64 { min(length / 7, 2 * Self.hour) }

  /// Whether it is part of a single day.
  var isOneDay: Bool { days == 1 }
}
