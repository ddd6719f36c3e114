public import Engine

/// Every conversation and every change of an assignee in one run; kept only when asked for.
public struct Ledger: Sendable {
  /// One entry of the Assignments report.
  public struct Assignment: Sendable {
    /// When.
    public var at: EngineTime
    /// What changed.
    public var entry: AssignmentEntry
  }

  /// The accounts of all conversations: the closed ones in order of closing, then the open ones.
  public internal(set) var conversations: [ConversationRecord] = []
  /// The changes in their order.
  public internal(set) var assignments: [Assignment] = []
}
