import Engine
import Glibc

/// What time it is in a workspace: as long after its beginning as the clock on the wall says, but never
/// less than it was.
struct WorkspaceClock {
  /// Nanoseconds since 1970.
  let wall: @Sendable () -> Int64
  /// The moment of time zero.
  let began: Int64
  private var latest: Int64

  init(_ wall: @escaping @Sendable () -> Int64, began: Int64, latest: EngineTime) {
    self.wall = wall
    self.began = began
    self.latest = latest.nanoseconds
  }

  /// The time now; it stands still while the clock on the wall is behind.
  mutating func now() -> EngineTime {
    latest = max(latest, wall() &- began)
    return EngineTime(nanoseconds: latest)
  }

  /// The system's clock on the wall.
  static let system: @Sendable () -> Int64 = { read(CLOCK_REALTIME) }

  /// A clock that only goes forward, for what takes how long.
  static func steady() -> Int64 { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
