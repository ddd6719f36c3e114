import Engine
import Measurement

/// The record counts agents, the engine knows users: the same people, by the same numbers.
extension AgentNumber {
  /// The agent who is that user to the engine.
  @inline(__always)
  init(_ user: UserID) { self.init(user.index) }

  /// The agent who is that user to the engine, or nobody.
  @inline(__always)
  init(_ user: UserID?) { self = user.map { Self($0) } ?? .nobody }

  /// The user that the agent is to the engine; nil for nobody.
  @inline(__always)
  var user: UserID? { isSomebody ? UserID(index: index) : nil }
}
