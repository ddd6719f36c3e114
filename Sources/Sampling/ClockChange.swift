/// The clock on the wall is put forward or back during a run, as at both ends of summer time.
///
/// Profiles and the busyness of days follow that clock; what a time zone is, is for the caller.
public struct ClockChange: Hashable, Sendable {
  /// When, in seconds since time zero.
  public let time: Double
  /// Seconds by which the clock goes forward, negative where it goes back.
  public let forward: Double

  /// A change at a time; those of a run are given in the order of their times.
  public init(time: Double, forward: Double) {
    self.time = time
    self.forward = forward
  }
}
