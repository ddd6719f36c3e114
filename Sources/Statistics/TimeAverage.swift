/// The average over time of a whole number that changes at instants, such as open conversations.
///
/// Instants are nanoseconds. The area under the level is kept as an exact integer, so neither long
/// runs nor the order of merging lose anything.
@frozen
public struct TimeAverage: Sendable, Equatable {
  /// The level at present.
  @inlinable public var level: Int64 { current }

  /// The highest level held since the start (or since the last reset).
  @inlinable public var maximum: Int64 { highest }

  @usableFromInline var current: Int64
  @usableFromInline var highest: Int64
  @usableFromInline var last: Int64
  @usableFromInline var covered: Int64
  @usableFromInline var area: Int128

  /// A level that holds from `start`.
  @inlinable
  public init(level: Int64 = 0, from start: Int64 = 0) {
    current = level
    highest = level
    last = start
    covered = 0
    area = 0
  }

  /// Raises or lowers the level by `delta` at `instant`, which never goes back.
  @inlinable
  public mutating func change(by delta: Int64, at instant: Int64) {
    advance(to: instant)
    current &+= delta
    if current > highest { highest = current }
  }

  /// Sets the level at `instant`, which never goes back.
  @inlinable
  public mutating func set(_ level: Int64, at instant: Int64) {
    advance(to: instant)
    current = level
    if current > highest { highest = current }
  }

  /// Lets the level hold until `instant`, which never goes back.
  @inlinable
  public mutating func advance(to instant: Int64) {
    let elapsed = instant &- last
    assert(elapsed >= 0, "time averages: instants never go back")
    area &+= Int128(current) &* Int128(elapsed)
    covered &+= elapsed
    last = instant
  }

  /// Forgets everything before `instant` and keeps the level: the end of the warm-up.
  @inlinable
  public mutating func reset(at instant: Int64) {
    self = TimeAverage(level: current, from: instant)
  }

  /// Takes in the area, the time and the maximum of `other`; the level stays.
  @inlinable
  public mutating func merge(_ other: TimeAverage) {
    area += other.area
    covered += other.covered
    highest = Swift.max(highest, other.highest)
  }
}

extension TimeAverage {
  /// Nanoseconds covered so far.
  public var duration: Int64 { covered }

  /// Level times seconds: the integral so far.
  var levelSeconds: Double { Double(area) / 1e9 }

  /// The average level so far; nothing before any time has passed.
  public var mean: Double? { covered > 0 ? Double(area) / Double(covered) : nil }
}
