/// Whom an automatic choice may take, as far as a user's own state decides it.
struct PoolFilter: Hashable, Sendable {
  /// Whose activity status is right.
  enum Audience: UInt8, Sendable {
    /// Anybody, offline users too: the online filter is off.
    case everyone
    /// Online users.
    case online
    /// Busy users, who come second where `away_users` says so.
    case busy
  }

  /// Whose activity status is right.
  var audience: Audience
  /// The number of open contacts that is already too many.
  var below: Int32

  /// Whether the filter lets a user pass. A personal limit holds at every automatic choice, and of
  /// two limits the smaller counts.
  @inline(__always) func admits(_ user: UserRecord) -> Bool {
    welcomes(user.status) && user.openContacts < min(below, user.limit)
  }

  /// Whether a user with this activity status may be chosen.
  @inline(__always) func welcomes(_ status: ActivityStatus) -> Bool {
    switch audience {
    case .everyone: true
    case .online: status == .online
    case .busy: status == .busy
    }
  }
}

/// What the desk knows of a user.
struct UserRecord: Sendable, Codable {
  /// No limit.
  static let unlimited = Int32.max

  /// Whether the workspace has the user.
  var isPresent = false
  /// The activity status.
  var status = ActivityStatus.offline
  /// Contacts assigned to the user that have an open conversation.
  var openContacts: Int32 = 0
  /// The personal limit of open contacts, or `unlimited`.
  var limit = unlimited
  /// The share of work in the weighted logics, at least 1.
  var weight: Int32 = 1
  /// Conversations that wait for the user's answer.
  var unanswered: Int32 = 0
  /// Conversations handled so far, by whatever period the host counts.
  var handled: Int32 = 0
  /// When the last conversation ended, in nanoseconds; the least number if none has.
  var lastEnded = Int64.min
  /// The number of the last automatic assignment, counted over the desk; 0 if there was none.
  var lastAssignment: Int64 = 0
  /// The predicted time of an answer, in nanoseconds.
  var replyTime: Int64 = 0
  /// The first of the user's seats: a pool, or -1, and the seat in it.
  var firstPool: Int32 = -1
  var firstSeat: Int32 = -1
  /// The first of the queue's lines that exclude the user, or -1.
  var firstExcludedLine: Int32 = -1

  /// What is written down; the rest is found again from the pools and the queue.
  enum CodingKeys: String, CodingKey {
    case isPresent, status, openContacts, limit, weight, unanswered, handled, lastEnded
    case lastAssignment, replyTime
  }
}
