import Engine
import Sampling
import Scenarios

/// When an agent is at work: hours of the week as the clock on the wall shows them.
struct ShiftCalendar: Hashable, Sendable {
  private let shifts: [Shift]
  /// Seconds after midnight at which the state can change, as far as the clock runs evenly.
  fileprivate let edges: [Int64]

  init(_ shifts: [Shift]) {
    self.shifts = shifts
    var edges: Set<Int64> = [0]
    for part in shifts.flatMap(\.hours) {
      edges.insert(Int64(part.from) % 1_440 * 60)
      edges.insert(Int64(part.to) % 1_440 * 60)
    }
    self.edges = edges.sorted()
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

  /// The midnight before virtual time begins, as the clock counts seconds.
  var firstMidnight: Int64 {
    let local = local(atSecond: 0)
    return local.seconds - local.secondOfDay
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

  /// The seconds around one during which nobody puts the clock forward or back.
  func evenStretch(around second: Int64) -> Range<Int64> {
    let last = zone.changes.last { $0.at - epoch <= second }
    let next = zone.changes.first { $0.at - epoch > second }
    return (last.map { $0.at - epoch } ?? .min)..<(next.map { $0.at - epoch } ?? .max)
  }

  /// The whole second at which the state of a shift changes next, after a second; nil within 15 days.
  ///
  /// Shifts change on whole minutes of local time, and the clock itself on whole minutes of UTC: at a
  /// minute of UTC that is the first at or after an edge of the shift or a change of the clock.
  func nextChange(of shift: ShiftCalendar, after second: Int64) -> Int64? {
    let isOn = shift.holds(local(atSecond: second))
    let utc = epoch + second
    var minute = second + (60 - ((utc % 60) + 60) % 60)
    let end = minute + 15 * 86_400
    while minute < end {
      let now = local(atSecond: minute)
      if shift.holds(now) != isOn { return minute }
      let edge = shift.edges.first { $0 > now.secondOfDay } ?? 86_400
      var wait = edge - now.secondOfDay
      if let change = zone.changes.first(where: { $0.at > epoch + minute })?.at {
        wait = min(wait, change - epoch - minute)
      }
      minute += (wait + 59) / 60 * 60
    }
    return nil
  }
}
