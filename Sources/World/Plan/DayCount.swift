import Engine

/// Which day of a run a moment is on, as the clock on the wall counts days.
///
/// Looked up once a day: asked mostly for moments of the day that it was asked for last.
struct DayCount: Sendable {
  private let clock: WallClock
  private let midnight: Int64
  /// The seconds of the day that was looked up last, as far as the clock ran evenly.
  private var seconds: Range<Int64> = 0..<0
  private var day = 0

  init(_ clock: WallClock) {
    self.clock = clock
    midnight = clock.firstMidnight
  }

  /// The day of a moment of the run, from 0.
  mutating func day(of time: EngineTime) -> Int {
    let second = time.nanoseconds / 1_000_000_000
    if !seconds.contains(second) { lookUp(second) }
    return day
  }

  @inline(never)
  private mutating func lookUp(_ second: Int64) {
    let local = clock.local(atSecond: second)
    day = Int((local.seconds - midnight) / 86_400)
    let start = second - local.secondOfDay
    seconds = (start..<start + 86_400).clamped(to: clock.evenStretch(around: second))
  }
}
