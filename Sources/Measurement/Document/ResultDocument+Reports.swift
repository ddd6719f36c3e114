extension ResultDocument {
  /// The platform's nine reports, of the first run of a strategy and of all of it, the warm-up included.
  ///
  /// Whole numbers such as the platform shows, by its definitions (PLATFORM.md 6.2); the leaderboard is a ranking of
  /// users and teams, so it is not kept. Times are seconds.
  public struct Reports: Codable, Sendable, Equatable {
    /// How many conversations were opened and closed.
    public var conversations: [ConversationGroup] = []
    /// How soon users answered.
    public var responses: [ResponseTimes] = []
    /// How soon conversations were closed.
    public var resolutions: [ResolutionGroup] = []
    /// Messages in both directions.
    public var messages: [MessageGroup] = []
    /// Contacts that came to be.
    public var contacts: [ContactGroup] = []
    /// Changes of assignees.
    public var assignments: [AssignmentGroup] = []
    /// What each user did.
    public var users: [Performance] = []
    /// What the users of each team did together.
    public var teams: [Performance] = []
    /// What became of each broadcast.
    public var broadcasts: [BroadcastRow] = []

    // In the order in which a file has them: some are long, and none has to be moved.
    private enum CodingKeys: String, CodingKey {
      case assignments, broadcasts, contacts, conversations, messages, resolutions, responses
      case teams, users
    }

    init() {}
  }
}

extension ResultDocument.Reports {
  /// Some of the conversations; one of the two counts is missing where it has no such group.
  public struct ConversationGroup: Codable, Sendable, Equatable {
    /// What they are grouped by, as the platform calls it.
    public var chart: String
    /// The group; empty for all, and for those of which nothing is known.
    public var group: String
    /// Opened in the run.
    public var opened: Int?
    /// Closed in the run.
    public var closed: Int?
  }

  /// One time of conversations: its mean and the platform's seven buckets.
  public struct ResponseTimes: Codable, Sendable, Equatable {
    /// The time, as the platform calls it.
    public var metric: String
    /// Which conversations it is taken from.
    public var basis: String
    /// How many of them have it.
    public var conversations: Int
    /// Its mean; nil without any.
    public var mean: Double?
    /// How many lie in each of the seven buckets.
    public var buckets: [Int]
    /// Responses in these conversations; nil for a time that a conversation has once.
    public var responses: Int?
  }

  /// Some of the closed conversations.
  public struct ResolutionGroup: Codable, Sendable, Equatable {
    /// What they are grouped by, as the platform calls it.
    public var chart: String
    /// The group; empty for all, and for those closed by nobody, or without a category.
    public var group: String
    /// How many were closed.
    public var closed: Int
    /// Their share of all that were closed.
    public var share: Double
    /// From opening to closing, on average.
    public var resolution: Double?
    /// The longest of these times.
    public var longest: Double?
    /// From opening to the first assignment, on average.
    public var timeToFirstAssignment: Double?
    /// From the first assignment to closing, on average.
    public var firstAssignmentToClose: Double?
    /// From the last assignment to closing, on average.
    public var lastAssignmentToClose: Double?
  }

  /// Some of the messages.
  public struct MessageGroup: Codable, Sendable, Equatable {
    /// What they are grouped by, as the platform calls it.
    public var chart: String
    /// The group; empty for all.
    public var group: String
    /// From contacts.
    public var incoming: Int
    /// To contacts.
    public var outgoing: Int
    /// Those of them that arrived.
    public var delivered: Int
    /// Those of them that were lost.
    public var failed: Int
  }

  /// Some of the contacts.
  public struct ContactGroup: Codable, Sendable, Equatable {
    /// What they are grouped by, as the platform calls it.
    public var chart: String
    /// The group; empty for all.
    public var group: String
    /// Contacts whom the platform had not known.
    public var added: Int
    /// Contacts who were deleted; nil for a group.
    public var deleted: Int?
    /// Contacts who went up in others; nil for a group.
    public var merged: Int?
  }

  /// Some of the changes of assignees, unassignments included.
  public struct AssignmentGroup: Codable, Sendable, Equatable {
    /// What they are grouped by, as the platform calls it.
    public var chart: String
    /// The group; empty for all, and for unassignments.
    public var group: String
    /// How many.
    public var assignments: Int
    /// Their share of all.
    public var share: Double
  }

  /// What a user, or a team, did in conversations that were closed.
  public struct Performance: Codable, Sendable, Equatable {
    /// The user's name, or the team's.
    public var name: String
    /// The user's team; empty without one.
    public var team: String
    /// Conversations that were the user's at some time.
    public var assigned = 0
    /// Conversations that the user closed.
    public var closed = 0
    /// Contacts whose conversations those were.
    public var uniqueContacts = 0
    /// Messages of the user.
    public var messages = 0
    /// Comments of the user.
    public var comments = 0
    /// From opening to the first response of the user, on average.
    public var firstResponse: Double?
    /// From the first assignment to that response, on average.
    public var firstAssignmentToFirstResponse: Double?
    /// From opening to closing by the user, on average.
    public var resolution: Double?
    /// The longest of these times.
    public var longestResolution: Double?

    // In the order in which a file has them: there may be a hundred thousand, and none has to be put in order.
    private enum CodingKeys: String, CodingKey {
      case assigned, closed, comments, firstAssignmentToFirstResponse, firstResponse
      case longestResolution, messages, name, resolution, team, uniqueContacts
    }

    init(name: String, team: String) {
      self.name = name
      self.team = team
    }
  }

  /// What became of the messages of one broadcast.
  public struct BroadcastRow: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// The channel it went out on.
    public var channel: String
    /// Its messages.
    public var counts: BroadcastCounts
  }
}
