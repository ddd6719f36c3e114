import Engine

/// The clock on the wall of a run, in words.
struct RunClock {
  private let zone: TimeZoneRules
  private let epoch: Int64

  init(_ settings: WorkspaceSettings) {
    zone = settings.timeZones.first ?? TimeZoneRules()
    epoch = settings.epoch
  }

  /// `09:12:03.250`, from the second day on `day 2 09:12:03.250`.
  func text(_ time: EngineTime) -> String {
    let local = zone.local(time, epoch: epoch)
    let start = zone.local(.zero, epoch: epoch)
    let day = Self.day(of: local) - Self.day(of: start)
    let second = local.secondOfDay
    let parts = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let rest = time.nanoseconds % 1_000_000_000 / 1_000_000
    let thousandths = String(repeating: "0", count: 3 - "\(rest)".count) + "\(rest)"
    return (day > 0 ? "day \(day + 1) " : "") + parts.joined(separator: ":") + ".\(thousandths)"
  }

  private static func day(of local: LocalTime) -> Int64 {
    (local.seconds - local.secondOfDay) / 86_400
  }
}
