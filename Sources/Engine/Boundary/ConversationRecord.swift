/// The account of a conversation: what the platform's export says of it (PLATFORM.md 6.2, 6.3).
///
/// Times are points, not durations; the durations of the export are their differences.
public struct ConversationRecord: Hashable, Sendable, Codable {
  /// Its number.
  public var id: ConversationID
  /// Whose it is.
  public var contact: ContactID
  /// When it was opened.
  public var openedAt: EngineTime
  /// What opened it.
  public var openedBy: Source
  /// The channel it was opened on, if by a message.
  public var openedOn: ChannelID?
  /// Whether the contact was new.
  public var isNew: Bool
  /// When it was closed; never while it is open.
  public var closedAt = EngineTime.never
  /// What closed it.
  public var closedBy: Source?
  /// The user who closed it.
  public var closedByUser: UserID?
  /// That user's team.
  public var closedByTeam: TeamID?
  /// The category of the closing note.
  public var category = ""
  /// The summary of the closing note.
  public var summary = ""
  /// Who had the contact at the end.
  public var assignee: UserID?
  /// The counters and times of its course.
  public var course: ConversationCourse
}

/// What happened in the course of a conversation.
@frozen public struct ConversationCourse: Hashable, Sendable, Codable, BitwiseCopyable {
  /// Messages of the contact.
  public var incoming: UInt32 = 0
  /// Messages to the contact, automatic ones included.
  public var outgoing: UInt32 = 0
  /// Messages of users.
  var userMessages: UInt32 = 0
  /// Comments.
  public var comments: UInt32 = 0
  /// Changes of the assignee, unassignments included.
  public var assignments: UInt32 = 0
  /// Assignments to another user than the one before, after the first.
  public var reassignments: UInt32 = 0
  /// First messages of users after one or more messages of the contact.
  public var responses: UInt32 = 0
  /// The sum of the times from the contact's first unanswered message to the response.
  var responseTime = EngineDuration.zero
  /// The contact's first message that is not answered yet; never when all are.
  public var unansweredSince = EngineTime.never
  /// The first message of a user after a message of the contact.
  public var firstResponseAt = EngineTime.never
  /// Whose it was.
  public var firstResponseBy: UserID?
  /// The user to whom the contact was first assigned in this conversation.
  public var firstAssignee: UserID?
  /// When.
  public var firstAssignmentAt = EngineTime.never
  /// The user to whom the contact was last assigned in this conversation.
  public var lastAssignee: UserID?
  /// When.
  public var lastAssignmentAt = EngineTime.never
  /// The first response after the last assignment.
  public var lastAssignmentResponseAt = EngineTime.never

  /// Nothing yet.
  @inlinable public init() {}

  /// From the first assignment to the first response; nil without one of them, and where a user answered
  /// before anybody was given the contact in this conversation (PLATFORM.md 6.2 case b).
  public var firstAssignmentToFirstResponse: EngineDuration? {
    guard firstAssignmentAt != .never, firstResponseAt != .never,
      firstAssignmentAt <= firstResponseAt
    else { return nil }
    return firstResponseAt - firstAssignmentAt
  }

  /// The mean time from a message of the contact to its response, nil without one.
  public var averageResponseTime: EngineDuration? {
    responses == 0
      ? nil : EngineDuration(nanoseconds: responseTime.nanoseconds / Int64(responses))
  }
}
