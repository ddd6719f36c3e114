import Engine

/// What is done to the engine under load.
enum OperationKind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// A contact's message comes in.
  case messageIn
  /// A user answers.
  case reply
  /// A user changes status.
  case status
  /// A conversation is closed, by a user or because the contact gave up.
  case close
  /// A user takes a conversation from the unassigned inbox.
  case assign
  /// A timer of the engine goes off; nobody sends it.
  case timer

  /// The name in files and goals.
  var name: String {
    switch self {
    case .messageIn: "message_in"
    case .reply: "reply"
    case .status: "status"
    case .close: "close"
    case .assign: "assign"
    case .timer: "timer"
    }
  }
}

/// One event on its way to the engine.
struct LoadOperation: BitwiseCopyable, Sendable {
  /// When it should have been sent, on the clock on the wall.
  var due: Int64
  /// Which of the crowd's contacts it is about.
  var person: UInt32
  /// Which user does it; nil for the contact or nobody.
  var user: UserID?
  /// What is known of a contact who comes for the first time; a place in the plan's list.
  var profile: UInt16
  var channel: UInt16
  /// How often the person's place was taken before: a name that does not come again.
  var stay: UInt16
  var kind: OperationKind
  /// The status that is chosen.
  var status: ActivityStatus

  init(
    _ kind: OperationKind, of person: UInt32, stay: UInt16 = 0, by user: UserID? = nil,
    channel: UInt16 = 0, profile: UInt16 = 0, status: ActivityStatus = .online, due: Int64
  ) {
    self.kind = kind
    self.person = person
    self.stay = stay
    self.user = user
    self.channel = channel
    self.profile = profile
    self.status = status
    self.due = due
  }
}

/// What the crowd must hear of the engine.
struct LoadNotice: BitwiseCopyable, Sendable {
  enum Kind: UInt8, Sendable {
    /// A conversation began; `user` has the contact, or nobody.
    case opened
    /// The contact has another assignee, or none.
    case assigned
    /// The conversation is over.
    case closed
    /// The engine knows the contact no more.
    case gone
  }

  var kind: Kind
  var person: UInt32
  var stay: UInt16
  var user: UserID?
  /// When, in the scenario's time.
  var at: Int64
}
