public import Engine
import Measurement

/// A date and a time of day as people write them, of a moment on the workspace's clock.
public struct CivilTime {
  private let day: (year: Int64, month: Int64, day: Int64)
  private let second: Int64

  /// What a clock shows.
  public init(_ local: LocalTime) {
    // Howard Hinnant's algorithm, days to a civil date: exact for every day that can occur.
    let days = (local.seconds - local.secondOfDay) / 86_400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    day = (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
    second = local.secondOfDay
  }

  /// `2026-11-23`.
  public var date: String { "\(day.year)-\(Self.two(day.month))-\(Self.two(day.day))" }

  /// `2026-11-23 09:00`.
  public var dateAndMinute: String {
    "\(date) \(Self.two(second / 3_600)):\(Self.two(second / 60 % 60))"
  }

  /// `2026-11-23 09:00:00`.
  public var dateAndTime: String {
    "\(date) \(Self.two(second / 3_600)):\(Self.two(second / 60 % 60)):\(Self.two(second % 60))"
  }

  /// `1:05:09`: hours may have any number of digits.
  public static func length(_ duration: EngineDuration) -> String {
    DurationText.clock(seconds: duration.nanoseconds / 1_000_000_000)
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
