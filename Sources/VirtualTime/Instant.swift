/// An instant of virtual time: whole nanoseconds since the start of a run.
@frozen public struct Instant: Hashable, Sendable, BitwiseCopyable {
  /// Nanoseconds since the start of the run.
  public var nanoseconds: Int64

  /// The instant that many nanoseconds after the start.
  @inlinable public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The instant that many seconds after the start, rounded to the nanosecond.
  ///
  /// What does not fit saturates, and what is not a number is the start: converting a `Double`
  /// must not be able to stop the program.
  @inlinable public init(seconds: Double) {
    nanoseconds = Self.nanoseconds(fromSeconds: seconds)
  }

  /// The start of a run.
  @inlinable public static var start: Instant { Instant(nanoseconds: 0) }

  /// Before everything that can happen.
  @inlinable public static var distantPast: Instant { Instant(nanoseconds: .min) }

  /// After everything that can happen.
  @inlinable public static var distantFuture: Instant { Instant(nanoseconds: .max) }

  /// Seconds since the start of the run.
  @inlinable public var seconds: Double { Double(nanoseconds) * 1e-9 }

  /// This instant moved by a number of nanoseconds, saturating at both ends.
  @inlinable public func advanced(byNanoseconds delta: Int64) -> Instant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
    return Instant(nanoseconds: overflow ? (delta < 0 ? .min : .max) : sum)
  }

  /// Nanoseconds from another instant to this one, saturating at both ends.
  @inlinable public func nanoseconds(since other: Instant) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    return overflow ? (self < other ? .min : .max) : difference
  }

  /// Whole seconds since the start of the run.
  @inlinable public var wholeSeconds: Int64 { nanoseconds / 1_000_000_000 }

  /// Whole nanoseconds from seconds, saturating; zero for what is not a number.
  @inlinable public static func nanoseconds(fromSeconds seconds: Double) -> Int64 {
    // Half a nanosecond and a cut, because `rounded()` is a call of the maths library here.
    let scaled = seconds * 1e9 + (seconds < 0 ? -0.5 : 0.5)
    // 0x1p63 is the first value above Int64.max, and a comparison with NaN is false.
    if scaled >= -0x1p63 && scaled < 0x1p63 { return Int64(scaled) }
    return scaled > 0 ? .max : scaled < 0 ? .min : 0
  }
}

extension Instant: InstantProtocol {
  /// Whether one instant is before another.
  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// This instant moved by a duration, saturating at both ends.
  public func advanced(by duration: Duration) -> Instant {
    advanced(byNanoseconds: duration.wholeNanoseconds)
  }

  /// The time from this instant to another, negative when the other is earlier.
  public func duration(to other: Instant) -> Duration {
    .nanoseconds(other.nanoseconds(since: self))
  }
}

extension Instant: CustomStringConvertible {
  /// Seconds with nine decimals, exact: `12.000000500s`.
  public var description: String {
    let magnitude = nanoseconds.magnitude
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    let digits = String(rest)
    let padding = String(repeating: "0", count: 9 - digits.count)
    return "\(nanoseconds < 0 ? "-" : "")\(whole).\(padding)\(digits)s"
  }
}

extension Duration {
  /// The duration in nanoseconds, rounded towards zero, saturating.
  var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carried ? (seconds < 0 ? .min : .max) : sum
  }
}
