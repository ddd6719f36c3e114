/// The rules of a time zone as plain numbers, worked out by the host: where the clock stood, and when it was changed.
public struct TimeZoneRules: Hashable, Sendable, Codable {
  /// One change of the clock.
  public struct Change: Hashable, Sendable, Codable {
    /// When, in seconds since 1970-01-01 00:00 UTC.
    public var at: Int64
    /// Seconds to add to UTC from then on.
    public var offset: Int64

    /// Describes a change.
    public init(at: Int64, offset: Int64) {
      self.at = at
      self.offset = offset
    }
  }

  /// The name, such as `Europe/Lisbon`.
  public var name: String
  /// Seconds to add to UTC before the first change.
  public var offset: Int64
  /// The changes in order of time.
  public var changes: [Change]

  /// Describes a zone; UTC by default.
  public init(name: String = "UTC", offset: Int64 = 0, changes: [Change] = []) {
    self.name = name
    self.offset = offset
    self.changes = changes
  }
}

/// A day of the week.
public enum Weekday: UInt8, Hashable, Sendable, Codable, CaseIterable {
  /// The days in order.
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// When a Date & Time step lets a contact through.
public enum OfficeHours: Hashable, Sendable, Codable {
  /// On these days, during these hours.
  case weekly(days: [Weekday], hours: [HoursOfDay])
  /// Between two local times, the second not included.
  case range(from: LocalTime, to: LocalTime)
}

/// Part of a day, from a minute to a minute; the end is not included.
///
/// An end before the start is on the next day.
public struct HoursOfDay: Hashable, Sendable, Codable {
  /// Minutes after midnight at which it starts.
  public var from: Int32
  /// Minutes after midnight at which it ends, 1,440 for midnight.
  public var to: Int32

  /// Describes part of a day.
  public init(from: Int32, to: Int32) {
    self.from = from
    self.to = to
  }
}

/// A date and time as the clock on the wall shows it.
public struct LocalTime: Hashable, Sendable, Codable, Comparable {
  /// Seconds from 1970-01-01 00:00 to it, counted on that same clock.
  public var seconds: Int64

  /// Makes a local time of its count of seconds.
  public init(seconds: Int64) { self.seconds = seconds }

  /// Orders local times.
  public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

  /// The day of the week; 1970 began on a Thursday.
  public var weekday: Weekday {
    let day = (seconds - secondOfDay) / 86_400
    let number = ((day + 3) % 7 + 7) % 7
    return Weekday(rawValue: UInt8(truncatingIfNeeded: number)) ?? .monday
  }

  /// Seconds since midnight.
  public var secondOfDay: Int64 { ((seconds % 86_400) + 86_400) % 86_400 }
}
