/// What customers wanted of agents and nobody did: they gave up, or still wait at the end.
public struct UndoneWork: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Conversations without any answer.
  public var conversations = 0
  /// Messages that were not answered in conversations with an answer before.
  public var messages = 0

  /// Nothing yet.
  public init() {}

  mutating func add(_ course: Course) {
    if course.firstResponse < 0 { conversations += 1 } else { messages += 1 }
  }

  mutating func merge(_ other: UndoneWork) {
    conversations += other.conversations
    messages += other.messages
  }
}
