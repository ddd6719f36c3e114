import Measurement
import VirtualTime

extension Contact {
  /// How soon after a change another one counts as quick (complaint C13), in nanoseconds.
  private static let quick: Int64 = 10_000_000_000

  /// The contact has another assignee: whether two agents are at it is seen by how soon a move, away
  /// from a user who is not negative, follows the assignment before.
  func changesHands(from: Int32, at now: Int64) {
    let before = peculiarity.assignedAt
    peculiarity.assignedAt = state.assignee >= 0 ? now : .min
    guard from >= 0, state.assignee >= 0, before != .min, now - before <= Self.quick,
      course.counts
    else { return }
    exchange.occasional.quickHandovers += 1
  }
}
