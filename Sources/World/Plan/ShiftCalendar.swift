import Engine
import Sampling
import Scenarios

/// When an agent is at work: hours of the week as the clock on the wall shows them.
struct ShiftCalendar: Hashable, Sendable {
  private let shifts: [Shift]

  /// The minutes of a day at which the state can change; days change at midnight.
  private let edges: [Int64]

  init(_ shifts: [Shift]) {
    self.shifts = shifts
    edges = Set(shifts.flatMap(\.hours).flatMap { [Int64($0.from) % 1_440, Int64($0.to) % 1_440] })
      .union([0]).sorted()
  }

  /// Minutes from a minute of the day to the next at which the state can change.
  func minutesToEdge(after minute: Int64) -> Int64 {
    let next = edges.first { $0 > minute } ?? edges[0] + 1_440
    return next - minute
  }

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

  /// When the clock is put forward or back after virtual time began.
  var changes: [ClockChange] { zone.clockChanges(after: epoch) }

  /// The whole second at which the state of a shift changes next, after a second; nil within 15 days.
  ///
  /// Shifts change on whole minutes of local time, at the edges of their hours and at midnight; the clock
  /// itself changes on whole minutes of UTC. So edges are looked at, and where the clock is put forward or
  /// back before the next one, every minute.
  func nextChange(of shift: ShiftCalendar, after second: Int64) -> Int64? {
    let isOn = shift.holds(local(atSecond: second))
    let utc = epoch + second
    var minute = second + (60 - ((utc % 60) + 60) % 60)
    let last = minute + 15 * 24 * 60 * 60
    while minute < last {
      let local = local(atSecond: minute)
      if shift.holds(local) != isOn { return minute }
      let step = 60 * shift.minutesToEdge(after: local.secondOfDay / 60)
      let isSteady = self.local(atSecond: minute + step).seconds == local.seconds + step
      minute += isSteady ? step : 60
    }
    return nil
  }
}
