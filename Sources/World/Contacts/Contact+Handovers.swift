import Measurement
import VirtualTime

extension Contact {
  /// How soon after a change another one counts as quick (complaint C13), in nanoseconds.
  private static let quick: Int64 = 10_000_000_000

  /// The contact has another assignee: whether two agents are at it is seen by how soon a move away
  /// from somebody follows the assignment before.
  func changesHands(from: AgentNumber, at now: Instant) {
    let before = peculiarity.assignedAt
    peculiarity.assignedAt = state.assignee.isSomebody ? now : .distantPast
    guard from.isSomebody, state.assignee.isSomebody, before != .distantPast,
      now.nanoseconds(since: before) <= Self.quick,
      course.counts
    else { return }
    exchange.occasional.quickHandovers += 1
  }
}
