/// What the host is asked where it says who gets a contact (`WorkspaceSettings.asksForAssignments`).
///
/// The run stands in the queue of its pool until the host answers by `decides`, and goes on waiting there,
/// with the step's time-out, once the answer is that it shall wait.
public struct AssignmentQuestion: Hashable, Sendable, Codable {
  /// The run that came to its Assign To step.
  public var run: RunID
  /// Whom the step asks for, and about whom.
  public var request: AssignmentRequest
  /// Who had the contact last, whether or not it still has.
  public var lastAssignee: UserID?
}

/// What the host says to an `AssignmentQuestion`.
public enum AssignmentDecision: Hashable, Sendable, Codable {
  /// This user gets the contact: said at once, or at any later instant while it waits.
  case assign(UserID)
  /// The contact waits.
  case wait
  /// Nothing changes, and the run goes on; only as the first answer.
  case leave
}
