/// A point on the engine's own time line: nanoseconds since the workspace's time zero.
///
/// The host says what time it is with every event; the engine has no clock. Sums saturate, so an absurd
/// duration means "never" and not a trap.
@frozen
public struct EngineTime: Hashable, Sendable, Codable, Comparable, BitwiseCopyable,
  CustomStringConvertible
{
  /// Nanoseconds since time zero; negative before it.
  public let nanoseconds: Int64

  /// Makes the point so many nanoseconds after time zero.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The workspace's time zero.
  @inlinable public static var zero: EngineTime { EngineTime(nanoseconds: 0) }
  /// A time that no event reaches: "not set" in tables, "never" for deadlines.
  @inlinable public static var never: EngineTime { EngineTime(nanoseconds: .max) }

  /// Orders times.
  @inlinable public static func < (left: Self, right: Self) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The time a duration later, `never` beyond the end of time.
  @inlinable public static func + (left: Self, right: EngineDuration) -> Self {
    let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
    return EngineTime(nanoseconds: overflow ? (right.nanoseconds > 0 ? .max : .min) : sum)
  }

  /// The duration between two times.
  @inlinable public static func - (left: Self, right: Self) -> EngineDuration {
    let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
    return EngineDuration(nanoseconds: overflow ? (left > right ? .max : .min) : difference)
  }

  /// Seconds since time zero.
  public var description: String { "\(EngineDuration(nanoseconds: nanoseconds))" }

  /// Reads the bare number of nanoseconds.
  public init(from decoder: any Decoder) throws {
    self.init(nanoseconds: try decoder.singleValueContainer().decode(Int64.self))
  }

  /// Writes the bare number of nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(nanoseconds)
  }
}

/// A length of time in nanoseconds.
@frozen
public struct EngineDuration: Hashable, Sendable, Codable, Comparable,
  CustomStringConvertible, BitwiseCopyable
{
  /// The length itself.
  public let nanoseconds: Int64

  /// Makes a length of so many nanoseconds.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// No time at all.
  public static let zero = EngineDuration(nanoseconds: 0)

  /// A length in milliseconds.
  @inlinable public static func milliseconds(_ count: Int64) -> Self { scaled(count, 1_000_000) }
  /// A length in seconds.
  @inlinable public static func seconds(_ count: Int64) -> Self { scaled(count, 1_000_000_000) }
  /// A length in minutes.
  @inlinable public static func minutes(_ count: Int64) -> Self { scaled(count, 60_000_000_000) }
  /// A length in hours.
  @inlinable public static func hours(_ count: Int64) -> Self { scaled(count, 3_600_000_000_000) }
  /// A length in days of 24 hours.
  @inlinable public static func days(_ count: Int64) -> Self { scaled(count, 86_400_000_000_000) }

  /// A length of a decimal number of seconds; nothing for a negative or undefined number.
  public init?(seconds: Double) {
    guard seconds >= 0 else { return nil }
    let nanoseconds = (seconds * 1e9).rounded()
    self.init(nanoseconds: nanoseconds < 9.2e18 ? Int64(nanoseconds) : .max)
  }

  /// The length as a decimal number of seconds.
  public var inSeconds: Double { Double(nanoseconds) / 1e9 }

  /// Orders lengths.
  @inlinable public static func < (left: Self, right: Self) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  @inlinable static func scaled(_ count: Int64, _ unit: Int64) -> Self {
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    return EngineDuration(nanoseconds: overflow ? (count > 0 ? .max : .min) : product)
  }

  /// Days, hours, minutes and seconds without the parts that are zero: `1 h 30 min`.
  public var description: String {
    if nanoseconds == 0 { return "0 s" }
    if nanoseconds == .max { return "for ever" }
    var rest = nanoseconds.magnitude
    var parts: [String] = []
    let units: [(UInt64, String)] = [
      (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "min"),
      (1_000_000_000, "s"), (1_000_000, "ms"), (1, "ns"),
    ]
    for (unit, name) in units where rest >= unit {
      parts.append("\(rest / unit) \(name)")
      rest %= unit
    }
    return (nanoseconds < 0 ? "-" : "") + parts.joined(separator: " ")
  }

  /// Reads the bare number of nanoseconds.
  public init(from decoder: any Decoder) throws {
    self.init(nanoseconds: try decoder.singleValueContainer().decode(Int64.self))
  }

  /// Writes the bare number of nanoseconds.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(nanoseconds)
  }
}
