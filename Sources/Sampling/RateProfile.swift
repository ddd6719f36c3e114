/// Arrival rates through a day or a week, as they were written.
public struct RateProfile: Hashable, Sendable, Codable {
  /// What the rate does between two named times.
  public enum Shape: String, Hashable, Sendable, Codable, CaseIterable {
    /// A rate holds until the next named time, over midnight too.
    case step
    /// The rate moves along a straight line to the next named time, over midnight too.
    case linear
  }

  /// A rate at a time of day.
  public struct Point: Hashable, Sendable, Codable {
    /// Seconds since midnight, below 86,400.
    public let second: Double
    /// Arrivals a second.
    public let rate: Double

    /// A rate at a time of day.
    public init(second: Double, rate: Double) {
      self.second = second
      self.rate = rate
    }
  }

  /// One list of points for every day, or seven from Monday on; in a week an empty list is a day
  /// without arrivals.
  public let days: [[Point]]
  /// What the rate does between two points.
  public let shape: Shape

  /// The same profile every day.
  public init(daily: [Point], shape: Shape = .step) {
    self.days = [daily]
    self.shape = shape
  }

  /// A profile of its own for each day of the week, Monday first.
  public init(weekly: [[Point]], shape: Shape = .step) {
    self.days = weekly
    self.shape = shape
  }
}

/// Where in the week a run begins; a day has 24 hours here, except where a `ClockChange` falls.
public struct WeekTime: Hashable, Sendable, Codable {
  /// The length of a day in seconds.
  static let day = 86400.0

  /// Seconds since Monday, 00:00.
  public let seconds: Double

  /// The first instant of the week.
  public static let mondayMidnight = WeekTime(dayOfWeek: 0, second: 0)

  /// A time of a day, 0 being Monday; what is out of range is brought into the week.
  public init(dayOfWeek: Int, second: Double) {
    let day = Double(((dayOfWeek % 7) + 7) % 7)
    let inWeek = day * Self.day + (second.isFinite ? second : 0)
    let week = 7 * Self.day
    let rest = inWeek.truncatingRemainder(dividingBy: week)
    seconds = rest < 0 ? rest + week : rest
  }

  /// Seconds since midnight.
  public var secondOfDay: Double { seconds.truncatingRemainder(dividingBy: Self.day) }
}
