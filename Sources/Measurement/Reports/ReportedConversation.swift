/// What the platform's reports take from the account of one conversation; times in nanoseconds.
public struct ReportedConversation: Sendable {
  /// Whose it is.
  public var contact: UInt64
  /// The place of that contact, which no other has at the same time.
  public var place: Int
  /// The day on which it was opened, counted from the first of the run.
  public var openedDay = 0
  /// The number of what opened it.
  public var openedBy = 0
  /// The channel it was opened on, if by a message.
  public var channel: Int?
  /// Whether the contact was new.
  public var isNew = false
  /// How it ended; nil while it is open.
  public var closing: Closing?
  /// From opening to the first response of a user.
  public var firstResponse: Int64?
  /// Whose that was.
  public var firstResponseBy: Int?
  /// The mean of its responses.
  public var averageResponse: Int64?
  /// How many those were.
  public var responses = 0
  /// From opening to the first assignment.
  public var timeToFirstAssignment: Int64?
  /// From opening to the last assignment.
  public var timeToLastAssignment: Int64?
  /// From the first assignment to the first response.
  public var firstAssignmentToFirstResponse: Int64?
  /// From the last assignment to the first response after it.
  public var lastAssignmentToResponse: Int64?

  /// How a conversation ended.
  public struct Closing: Sendable {
    /// The day, counted from the first of the run.
    public var day: Int
    /// How long it was open.
    public var after: Int64
    /// The number of what closed it.
    public var source: Int
    /// The user who did.
    public var user: Int?
    /// That user's team.
    public var team: Int?
    /// The category of the closing note; empty without one.
    public var category: String

    /// Describes a closing.
    public init(
      on day: Int, after: Int64, source: Int, user: Int?, team: Int?, category: String
    ) {
      self.day = day
      self.after = after
      self.source = source
      self.user = user
      self.team = team
      self.category = category
    }
  }

  /// A conversation of which nothing else is known yet.
  public init(of contact: UInt64, at place: Int) {
    self.contact = contact
    self.place = place
  }
}
