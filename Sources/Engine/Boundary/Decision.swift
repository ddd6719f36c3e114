/// What a logic was asked, and what came of it: told to hosts that look over the desk's shoulder.
public struct Decision: Hashable, Sendable, Codable {
  /// Its number; nobody has it yet where nobody was chosen.
  public var number: UInt64
  /// Whose step asked; nil where the AI agent did.
  public var run: RunID?
  /// What was asked; of a contact that waited, what its step asks of everybody.
  public var request: AssignmentRequest
  /// What came of it.
  public var answer: Answer

  /// What came of it.
  public enum Answer: Hashable, Sendable, Codable {
    /// This user takes it at once.
    case chosen(UserID)
    /// It had waited, and this user takes it.
    case served(UserID)
    /// Nobody takes it, and it does not wait.
    case nobody
    /// It waits.
    case waits
  }
}

extension EngineCore {
  /// From now on every decision is an effect, `decided`, before the change of assignee that follows.
  ///
  /// Decisions are then taken by the general rules only, which come to the same.
  public mutating func tellDecisions() {
    watch.tellsAll = true
    takeGeneralRules()
  }

  /// Tells a decision where it is wished.
  @inline(__always)
  mutating func tell(
    _ number: UInt64, _ run: RunID?, _ request: AssignmentRequest, _ answer: Decision.Answer
  ) {
    guard watch.tellsAll else { return }
    effects.append(
      .decided(Decision(number: number, run: run, request: request, answer: answer)))
  }
}
