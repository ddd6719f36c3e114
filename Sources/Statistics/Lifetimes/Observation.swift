/// What a record tells about one time, in seconds: the time itself, or only between what it lies.
///
/// An export that counts whole seconds, or cuts to the minute, gives intervals and not points; a
/// contact who was answered before giving up tells only that the patience was longer.
public struct Observation: Hashable, Sendable {
  /// The time is at least this.
  public let low: Double
  /// The time is at most this; infinite where only a lower limit is known.
  public let high: Double
  /// The unit to which both ends of the time were cut where it is their difference; 0 otherwise.
  ///
  /// The difference of two cut instants lies within a unit of the true time either way, and nearer
  /// values are likelier: the weight falls in a straight line from the middle to both ends.
  public let cut: Double

  private init(low: Double, high: Double, cut: Double) {
    self.low = low
    self.high = high
    self.cut = cut
  }

  /// A time known exactly.
  public static func exact(_ time: Double) -> Observation {
    Observation(low: time, high: time, cut: 0)
  }

  /// A time known to lie between two others.
  public static func between(_ low: Double, _ high: Double) -> Observation {
    Observation(low: low, high: high, cut: 0)
  }

  /// A time that was still going on when it was last seen.
  public static func atLeast(_ low: Double) -> Observation {
    Observation(low: low, high: .infinity, cut: 0)
  }

  /// A time rounded to the nearest multiple of a unit: `low` is never below 0.
  public static func rounded(_ time: Double, to unit: Double) -> Observation {
    between(max(0, time - unit / 2), time + unit / 2)
  }

  /// The difference of two instants, each cut down to a multiple of the unit.
  public static func difference(_ time: Double, cutTo unit: Double) -> Observation {
    guard unit > 0 else { return exact(time) }
    return Observation(low: max(0, time - unit), high: time + unit, cut: unit)
  }

  /// Whether the time has both ends and they are one.
  public var isExact: Bool { low == high }

  /// Whether only a lower limit is known.
  public var isCensored: Bool { high == .infinity }

  /// Whether the record says anything that can be: numbers, in order, not below 0, not nothing.
  var isSound: Bool {
    low >= 0 && high >= low && low.isFinite && !(low == 0 && high == .infinity)
  }

  /// The middle of what is known; the lower limit where there is no upper one.
  var middle: Double {
    if isCensored { return low }
    return cut > 0 ? max(0, high - cut) : low + (high - low) / 2
  }
}
