/// How virtual time goes with the clock on the wall.
enum Pacer: Hashable, Sendable {
  /// As fast as the machine can: the next event's instant is now.
  case atOnce
  /// So many virtual seconds in one second; 1 is real time.
  case wallClock(speed: Double)
}
