/// A user as the tables hold it.
struct UserRow: Equatable, Sendable, Codable {
  /// What is asked of a user at every event, in one byte.
  private(set) var standing = Standing.exists
  private(set) var role = UserProfile.Role.agent
  private(set) var sees = UserProfile.Visibility.all
  var status = ActivityStatus.online
  /// What returns when the user comes back; never Offline.
  var chosenStatus = ActivityStatus.online
  /// Whether the user is Offline for doing nothing, so that any action brings the status back.
  var isInactive = false
  /// When the inactivity timer goes off; never when none runs.
  var inactivityDue = EngineTime.never
  var team: TeamID?
  var lastActivity = EngineTime.zero
  /// Contacts ever gained and lost (INV-18).
  var gained: UInt64 = 0
  var lost: UInt64 = 0
  /// Conversations that were the user's at some time.
  var handled: Int32 = 0
  var lastEnded = EngineTime.never
  var lastReply = EngineTime.never
  /// The sum of the times that replies took, and their number.
  var replyTime = EngineDuration.zero
  var replies: UInt32 = 0

  /// What is asked of a user at every event.
  struct Standing: OptionSet, Sendable, Codable {
    let rawValue: UInt8
    static let exists = Standing(rawValue: 1)
    /// Does not see every contact.
    static let isRestricted = Standing(rawValue: 2)
    static let isAIAgent = Standing(rawValue: 4)
  }

  /// Makes the user one of a role, to whom so much is visible.
  mutating func become(_ role: UserProfile.Role, seeing sees: UserProfile.Visibility) {
    self.role = role
    self.sees = sees
    if sees != .all { standing.insert(.isRestricted) }
    if role == .aiAgent { standing.insert(.isAIAgent) }
  }

  /// Notes that the user left the workspace.
  mutating func leave() { standing.remove(.exists) }

  @inline(__always) var exists: Bool { standing.contains(.exists) }
  /// Whether the user is a person who is there and sees every contact.
  @inline(__always) var isUsual: Bool { standing == .exists }
  /// Contacts assigned now, with or without an open conversation.
  var assigned: UInt64 { gained &- lost }
}

/// A team as the tables hold it.
struct TeamRow: Equatable, Sendable, Codable {
  var name: String
  var members: [UserID] = []
}
