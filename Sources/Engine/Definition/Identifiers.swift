/// A person who answers: an owner, a manager or an agent.
@frozen public struct UserID: EntityID {
  /// The number itself.
  public let raw: UInt32
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "user" }
}

/// A team of users.
@frozen public struct TeamID: EntityID {
  /// The number itself.
  public let raw: UInt32
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "team" }
}

/// A channel on which contacts write.
@frozen public struct ChannelID: EntityID {
  /// The number itself.
  public let raw: UInt32
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "channel" }
}

/// A workflow, over all its versions.
@frozen public struct WorkflowID: EntityID {
  /// The number itself.
  public let raw: UInt32
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "workflow" }
}

/// An outside service that workflows call.
@frozen public struct ServiceID: EntityID {
  /// The number itself.
  public let raw: UInt32
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "service" }
}

/// A tag that contacts can carry: a position in the workspace's list of tags.
@frozen public struct TagID: EntityID {
  /// The number itself.
  public let raw: UInt32
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "tag" }
}

/// A contact field: a position in the workspace's list of fields.
@frozen public struct FieldID: EntityID {
  /// The number itself.
  public let raw: UInt32
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "field" }
}

/// A conversation, numbered in order of opening and never reused.
@frozen public struct ConversationID: EntityID {
  /// The number itself.
  public let raw: UInt64
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt64) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "conversation" }
}

/// A message, numbered in the order the engine saw or sent it.
@frozen public struct MessageID: EntityID {
  /// The number itself.
  public let raw: UInt64
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt64) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "message" }
}
