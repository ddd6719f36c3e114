/// A pacer at work: where the clock on the wall and virtual time stood when the run began.
struct Pace {
  private let speed: Double
  private let wallStart: Int64
  private let virtualStart: Int64

  /// Begins now; nothing when there is nothing to wait for.
  init?(_ pacer: Pacer, from nanoseconds: Int64) {
    guard case .wallClock(let speed) = pacer, speed > 0, speed.isFinite else { return nil }
    self.speed = speed
    wallStart = Alarm.now()
    virtualStart = nanoseconds
  }

  /// The virtual time that belongs to this moment.
  var virtualNow: Int64 {
    let passed = Double(Alarm.now() - wallStart) * speed * 1e-9
    return Instant(nanoseconds: virtualStart)
      .advanced(byNanoseconds: Instant.nanoseconds(fromSeconds: passed)).nanoseconds
  }

  /// How long, by the clock on the wall, until a virtual instant.
  func wait(until nanoseconds: Int64) -> Int64 {
    let ahead = Double(nanoseconds) - Double(virtualNow)
    return ahead <= 0 ? 0 : max(1, Instant.nanoseconds(fromSeconds: ahead / speed * 1e-9))
  }
}
