/// What faults did in a run.
public struct FaultCounts: Sendable, Hashable, Codable {
  /// Messages of contacts that came in only when their channel was there again.
  public internal(set) var heldMessages = 0
  /// Messages to contacts that failed because their channel was down.
  public internal(set) var failedMessages = 0
  /// Messages of contacts that came a second time.
  public internal(set) var duplicateMessages = 0
  /// Messages, of either direction, that took longer.
  public internal(set) var lateMessages = 0
  /// Calls of services that failed.
  public internal(set) var failedCalls = 0
  /// Calls of services that took longer.
  public internal(set) var slowCalls = 0
  /// Calls of services that were answered with garbage.
  public internal(set) var garbledCalls = 0
  /// Agents who were put out, each as often as it happened.
  public internal(set) var droppedAgents = 0
  /// Agents who were made to log in.
  public internal(set) var loggedInAgents = 0
  /// Stops of the engine.
  public internal(set) var restarts = 0
  /// What came for the engine while it was down.
  public internal(set) var heldEvents = 0

  /// What happened in two runs together.
  public static func + (one: FaultCounts, other: FaultCounts?) -> FaultCounts {
    guard let other else { return one }
    var sum = one
    sum.add(other)
    return sum
  }

  private mutating func add(_ other: FaultCounts) {
    heldMessages += other.heldMessages
    failedMessages += other.failedMessages
    duplicateMessages += other.duplicateMessages
    lateMessages += other.lateMessages
    failedCalls += other.failedCalls
    slowCalls += other.slowCalls
    garbledCalls += other.garbledCalls
    droppedAgents += other.droppedAgents
    loggedInAgents += other.loggedInAgents
    restarts += other.restarts
    heldEvents += other.heldEvents
  }
}
