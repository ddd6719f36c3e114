public import Engine

extension CaseFile {
  /// What must hold at an instant, or at the end.
  public struct Expectation: Sendable {
    /// When it is looked at, after everything of that instant; the end of the case if nil.
    public let at: EngineTime?
    /// What must hold.
    public let facts: [Fact]
    /// Where it stands.
    public let span: SourceSpan
  }

  /// One thing that must hold, with its place.
  public struct Fact: Sendable {
    /// What must hold.
    public let claim: Claim
    /// Where it stands.
    public let span: SourceSpan
  }

  /// A text to compare with; one that ended in `...` says only how the other begins.
  public struct TextPattern: Sendable, Hashable, CustomStringConvertible {
    /// The text, or its beginning.
    public let text: String
    /// Whether anything may follow.
    public let isBeginning: Bool

    /// Whether a text is the expected one.
    public func matches(_ other: String) -> Bool {
      isBeginning ? other.hasPrefix(text) : other == text
    }

    /// The text as the case has it.
    public var description: String { isBeginning ? text + "..." : text }
  }

  /// A part of a call to a service.
  public enum CallPart: Sendable, Hashable {
    /// How it is called.
    case method
    /// The address.
    case url
    /// What is sent.
    case body
    /// A line above it.
    case header(String)
  }

  /// A tag that came or went.
  public struct TagChange: Sendable, Hashable {
    /// The tag.
    public let tag: TagID
    /// What happened to it.
    public let action: TagAction
  }

  /// What the reports say of a conversation (PLATFORM.md 6.2).
  public enum Figure: String, Sendable, Hashable, CaseIterable {
    /// From the opening to the first message of a user.
    case firstResponse = "first_response"
    /// Who sent it.
    case firstResponseBy = "first_response_by"
    /// From the opening to the first assignment; none where the contact had an assignee before.
    case timeToFirstAssignment = "time_to_first_assignment"
    /// From the opening to the closing.
    case resolution
    /// Changes of the assignee.
    case assignments
    /// Answers of users to what the contact wrote.
    case responses
    /// The mean time to a response.
    case averageResponse = "average_response"
    /// From the first assignment to the first response.
    case firstAssignmentToFirstResponse = "first_assignment_to_first_response"
    /// From the last assignment to the response after it.
    case lastAssignmentToResponse = "last_assignment_to_response"
    /// Whether the contact was new or returning when it opened.
    case contactType = "contact_type"
  }

  /// The value of a figure.
  public enum FigureValue: Sendable, Hashable {
    /// A length of time.
    case duration(EngineDuration)
    /// A user.
    case user(UserID)
    /// A number.
    case count(Int)
    /// A word.
    case word(String)
  }

  /// What a case can claim.
  public enum Claim: Sendable, Hashable {
    /// The contact is assigned to one of these; to nobody if the list is empty.
    case assignee(ContactNumber, [UserID])
    /// What made the contact's last assignment.
    case source(ContactNumber, Source)
    /// Whether the contact's latest conversation is open.
    case conversation(ContactNumber, ConversationStatus)
    /// How many conversations the contact has had.
    case conversations(ContactNumber, Int)
    /// What opened the latest conversation.
    case openedBy(ContactNumber, Source)
    /// What closed the latest conversation that was closed.
    case closedBy(ContactNumber, Source)
    /// The category of the latest closing note.
    case category(ContactNumber, String)
    /// The assignees in turn; nil is nobody.
    case history(ContactNumber, [UserID?])
    /// The messages the contact was sent.
    case received(ContactNumber, [TextPattern])
    /// How many questions workflows asked.
    case asked(ContactNumber, Int)
    /// The tags, in any order.
    case tags(ContactNumber, [TagID])
    /// A field; nil where it must be empty.
    case field(ContactNumber, FieldID, Value?)
    /// The comments.
    case comments(ContactNumber, [TextPattern])
    /// The users that comments named, in order.
    case mentioned(ContactNumber, [UserID])
    /// Every tag that came or went, in order.
    case tagHistory(ContactNumber, [TagChange])
    /// Every value of a field, in order; nil where it was emptied.
    case fieldHistory(ContactNumber, FieldID, [Value?])
    /// The contact's latest run of a workflow has ended so.
    case runEnded(ContactNumber, WorkflowID, ExitReason)
    /// The contact's run of a workflow stands at a step with this id or name.
    case runAt(ContactNumber, WorkflowID, step: String)
    /// How many runs the contact has had of a workflow.
    case runs(ContactNumber?, WorkflowID, Int)
    /// What the reports say of the contact's latest conversation; nil is nothing.
    case report(ContactNumber, Figure, FigureValue?)
    /// The last event about the contact, or of that instant, was refused for this reason.
    case refused(ContactNumber?, String)
    /// Who waits in the queue of a team, of the workspace, or in any.
    case waiting(PoolID?, [ContactNumber])
    /// How often a service was called.
    case calls(ServiceID, Int)
    /// A part of a service's latest call.
    case call(ServiceID, CallPart, TextPattern)
    /// Who belongs to a segment, by its position in the settings.
    case members(Int, [ContactNumber])
    /// The reader remarked on the file with a text that contains this.
    case warning(String)
    /// How many automatic assignments a user got in this case.
    case count(UserID, Int)
    /// How many open contacts a user has.
    case open(UserID, Int)
    /// A user's status.
    case status(UserID, ActivityStatus)
  }
}
