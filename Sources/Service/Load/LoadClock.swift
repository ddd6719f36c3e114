import VirtualTime

/// The scenario's time beside the clock on the wall.
struct LoadClock: Sendable {
  /// How many seconds of the scenario go by in one.
  let speed: Double
  /// The moment on the wall at which the scenario's time was nought.
  let start: Int64

  /// The scenario's time at a moment on the wall.
  @inline(__always)
  func time(at wall: Int64) -> Int64 {
    Int64(min(Double(max(0, wall &- start)) * speed, LoadClock.latest))
  }

  /// The moment on the wall at which the scenario's time is this.
  @inline(__always)
  func wall(at time: Int64) -> Int64 {
    start &+ Int64(min(Double(time) / speed, LoadClock.latest))
  }

  /// Far beyond any test, and no trap when it is added to.
  private static let latest = 4e18
}
