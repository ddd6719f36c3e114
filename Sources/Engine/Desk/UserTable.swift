/// The users of a workspace by number: what every decision asks in one table, the rest beside it.
struct UserTable: Sendable {
  /// What the filters ask.
  var records = RawTable<UserRecord>()
  /// What some logics compare.
  var facts = RawTable<UserFacts>()

  /// Goes on in memory of its own.
  mutating func separate() {
    records.separate()
    facts.separate()
  }

  /// Makes room for a user's number.
  mutating func makeRoom(for user: UserID) {
    while records.count <= user.index {
      records.append(UserRecord())
      facts.append(UserFacts())
    }
  }
}

/// What decides whether a user qualifies, and where he sits.
struct UserRecord: Equatable, Sendable, Codable {
  /// No limit.
  static let unlimited = Int32.max

  /// Whether the workspace has the user.
  var isPresent = false
  /// The activity status.
  var status = ActivityStatus.offline
  /// How many teams the user sits in.
  var teamCount: UInt16 = 0
  /// Contacts assigned to the user that have an open conversation.
  var openContacts: Int32 = 0
  /// The personal limit of open contacts, or `unlimited`.
  var limit = unlimited
  /// The number of the last automatic assignment, counted over the desk; 0 if there was none.
  var lastAssignment: Int64 = 0
  /// The seat in the workspace's pool, or none.
  var workspaceSeat = SeatNumber.none
  /// The first of the user's seats in teams: a pool and the seat in it.
  var firstPool = PoolNumber.none
  var firstSeat = SeatNumber.none
  /// The first of the queue's lines that exclude the user, or none.
  var firstExcludedLine = WaitingQueue.LineNumber.none
  /// The first of the queue's lines that wait for this very user, or none.
  var firstDedicatedLine = WaitingQueue.LineNumber.none

  /// What is written down; the rest is found again from the pools and the queue.
  enum CodingKeys: String, CodingKey {
    case isPresent, status, openContacts, limit, lastAssignment
  }
}

/// What ranks a user in one logic or another.
struct UserFacts: Equatable, Sendable, Codable {
  /// The share of work in the weighted logics, at least 1.
  var weight: Int32 = 1
  /// Conversations that wait for the user's answer.
  var unanswered: Int32 = 0
  /// Conversations handled so far, by whatever period the host counts.
  var handled: Int32 = 0
  /// When the last conversation ended, in nanoseconds; the least number if none has.
  var lastEnded = Int64.min
  /// The predicted time of an answer, in nanoseconds.
  var replyTime: Int64 = 0
}
