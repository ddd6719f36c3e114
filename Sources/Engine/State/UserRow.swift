/// A user as the tables hold it.
struct UserRow: Sendable, Codable {
  var exists = true
  var role = UserProfile.Role.agent
  var sees = UserProfile.Visibility.all
  var status = ActivityStatus.online
  /// What returns when the user comes back; never Offline.
  var chosenStatus = ActivityStatus.online
  /// Whether the user is Offline for doing nothing, so that any action brings the status back.
  var isInactive = false
  /// When the inactivity timer goes off; never when none runs.
  var inactivityDue = EngineTime.never
  var team: TeamID?
  var lastActivity = EngineTime.zero
  /// Contacts assigned now, with or without an open conversation.
  var assigned: Int = 0
  /// Contacts ever gained and lost; the difference is `assigned` (INV-18).
  var gained: UInt64 = 0
  var lost: UInt64 = 0
  /// Conversations that were the user's at some time.
  var handled: Int32 = 0
  var lastEnded = EngineTime.never
  var lastReply = EngineTime.never
  /// The sum of the times that replies took, and their number.
  var replyTime = EngineDuration.zero
  var replies: UInt32 = 0
}

/// A team as the tables hold it.
struct TeamRow: Sendable, Codable {
  var name: String
  var members: [UserID] = []
}
