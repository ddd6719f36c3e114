public import Engine

extension TimeZoneRules {
  /// The moment at which the clock on the wall shows a time: seconds since 1970-01-01 00:00 UTC.
  ///
  /// A time that the clock shows twice is the first of the two; one that it skips is taken by the
  /// clock before the change.
  public func instant(of local: LocalTime) -> Int64 {
    var before = offset
    for change in changes {
      if local.seconds - before < change.at { return local.seconds - before }
      // Skipped by this change: it is later than the change by the old clock, not yet by the new.
      if local.seconds - change.offset < change.at { return local.seconds - before }
      before = change.offset
    }
    return local.seconds - before
  }
}

extension Shift {
  /// Whether the hours hold a moment of local time.
  public func holds(_ local: LocalTime) -> Bool {
    let minute = Int32(local.secondOfDay / 60)
    let today = local.weekday
    let yesterday = LocalTime(seconds: local.seconds - 86_400).weekday
    return hours.contains { part in
      if part.from < part.to {
        return days.contains(today) && minute >= part.from && minute < part.to
      }
      // Over midnight: the evening belongs to today's shift, the morning to yesterday's.
      return days.contains(today) && minute >= part.from
        || days.contains(yesterday) && minute < part.to
    }
  }
}

extension TimeZoneRules {
  /// What is wrong with the name of a zone, and what may be meant.
  public struct UnknownName: Error {
    /// What is wrong.
    public let message: String
    /// What to write instead.
    public let hint: String?
  }

  /// The rules of a zone by its name, such as `Europe/Lisbon`.
  public static func named(_ name: String) throws(UnknownName) -> TimeZoneRules {
    do {
      return try TimeZoneFolder.system.rules(name)
    } catch {
      throw UnknownName(message: error.message, hint: error.hint)
    }
  }
}

extension ValueReader {
  /// A time zone by name.
  func timeZone(_ zones: TimeZoneFolder = .system) -> TimeZoneRules? {
    parsed("a time zone") { text throws(ValueProblem) in try zones.rules(text) }
  }
}
