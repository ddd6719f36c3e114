public import Sampling
public import Scenarios

/// Where in the week a world begins, and when its clock is put forward or back: what expected numbers of
/// arrivals need.
public struct RosterClock: Sendable {
  /// Where in the week virtual time begins.
  public let start: WeekTime
  /// Changes of the clock after that.
  public let changes: [ClockChange]

  /// The clock of a world.
  public init(_ model: Model) {
    let clock = WallClock(model.settings)
    start = clock.startOfWeek
    changes = clock.changes
  }
}
