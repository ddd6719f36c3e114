import Engine
import Sampling
import Scenarios

/// When an agent is at work: hours of the week as the clock on the wall shows them.
struct ShiftCalendar: Hashable, Sendable {
  private let shifts: [Shift]

  init(_ shifts: [Shift]) { self.shifts = shifts }

  /// Whether the hours hold a moment of local time.
  func holds(_ local: LocalTime) -> Bool { shifts.contains { $0.holds(local) } }
}

/// Virtual time read on the clock on the wall.
struct WallClock: Sendable {
  private let epoch: Int64
  private let zone: TimeZoneRules

  /// The clock of a workspace.
  init(_ settings: WorkspaceSettings) {
    epoch = settings.epoch
    zone = settings.timeZones.first ?? TimeZoneRules()
  }

  /// What the clock shows at a number of whole seconds of virtual time.
  func local(atSecond second: Int64) -> LocalTime {
    zone.local(EngineTime.zero + .seconds(second), epoch: epoch)
  }

  /// The second at which the clock shows what it shows at another one, whole days later.
  func second(showing second: Int64, later days: Int64) -> Int64 {
    zone.instant(of: LocalTime(seconds: local(atSecond: second).seconds + days * 86_400)) - epoch
  }

  /// Where in the week virtual time begins.
  var startOfWeek: WeekTime {
    let local = local(atSecond: 0)
    return WeekTime(
      dayOfWeek: Int(local.weekday.rawValue), second: Double(local.secondOfDay))
  }

  /// The whole second at which the state of a shift changes next, after a second; nil within 15 days.
  ///
  /// Shifts change on whole minutes of local time, and the clock itself on whole minutes of UTC, so
  /// looking at every minute is exact, also over daylight saving.
  func nextChange(of shift: ShiftCalendar, after second: Int64) -> Int64? {
    let isOn = shift.holds(local(atSecond: second))
    let utc = epoch + second
    var minute = second + (60 - ((utc % 60) + 60) % 60)
    for _ in 0..<(15 * 24 * 60) {
      if shift.holds(local(atSecond: minute)) != isOn { return minute }
      minute += 60
    }
    return nil
  }
}
