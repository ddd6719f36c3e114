public import Engine

/// One conversation of a history, in milliseconds on the file's own clock.
public struct PastConversation: Sendable, Hashable {
  /// When it was opened.
  public var opened: Int64
  /// When it was first assigned.
  public var assigned = Self.never
  /// When an agent began with it.
  public var started = Self.never
  /// When the first answer went out.
  public var responded = Self.never
  /// When it was closed.
  public var closed = Self.never
  /// When somebody who gave up left.
  public var left = Self.never
  /// The mean time of its responses.
  public var averageResponse = Self.never
  /// Whose it is: a digest of the contact's id; 0 if unknown.
  public var contact: UInt64 = 0
  /// Who answered first, who had it first, who closed it: positions in the history's agents, or -1.
  public var agent: Int32 = -1
  /// Who had it first.
  public var assignee: Int32 = -1
  /// Who closed it.
  public var closer: Int32 = -1
  /// The position in the history's channels, or -1.
  public var channel: Int32 = -1
  /// The position in the history's populations, or -1.
  public var population: Int32 = -1
  /// How many messages the contact sent; -1 if unknown.
  public var incoming: Int32 = -1
  /// How many answers there were; -1 if unknown.
  public var responses: Int32 = -1
  /// Whether the contact gave up.
  public var gaveUp = false

  /// Stands for what did not happen.
  public static let never = Int64.min

  /// Whether nobody had answered when the file ended, and the contact was still there.
  var isWaiting: Bool { !gaveUp && responded == Self.never && closed == Self.never }

  /// A conversation of which only the opening is known.
  public init(opened: Int64) { self.opened = opened }
}

/// A history as it was read from a file.
public struct History: Sendable {
  /// What the rows of the file are.
  public enum Kind: String, Sendable, Hashable {
    /// The platform's conversation export.
    case platform
    /// A row for each conversation, columns as named.
    case rows
    /// A row for each event of a case.
    case events
    /// A row for each message.
    case messages
  }

  /// Rows that were left out for one reason.
  public struct Omission: Sendable, Hashable {
    /// Why.
    public var reason: String
    /// How many.
    public var count: Int
    /// The line of the first.
    public var firstLine: Int
  }

  /// The name of the file.
  public var file: String
  /// What its rows are.
  public var kind: Kind
  /// The conversations, in the order in which they were opened.
  public var conversations: [PastConversation] = []
  /// Names of agents.
  public var agents: [String] = []
  /// Names of channels.
  public var channels: [String] = []
  /// Names of populations.
  public var populations: [String] = []
  /// How many rows the file has, without the header.
  public var rows = 0
  /// Rows that the user's own condition did not select.
  var notSelected = 0
  /// Rows that could not be used.
  public var omissions: [Omission] = []
  /// To how many milliseconds times are cut: 1, 1000 or 60,000.
  public var resolution: Int64 = 1_000
  /// Whether times are moments in UTC instead of times on a wall.
  var isUTC = false
  /// The zone on whose clock the times are; nil where nobody said.
  public var zone: TimeZoneRules?
  /// Whether the file says who gave up.
  var tellsGivingUp = false
  /// Whether contacts can be told from each other.
  var tellsContacts = false
  /// What agents did when, beyond the conversations' own times: pairs of agent and time.
  public var actions: [(agent: Int32, at: Int64)] = []
  /// Gaps between messages, if the file has messages.
  public var exchange: Exchange?

  /// What messages tell of the course of conversations; lengths in milliseconds.
  public struct Exchange: Sendable, Hashable {
    /// From an answer to the contact's next message.
    var thinkTimes: [Int64] = []
    /// From a contact's first unanswered message to the answer, after the first one.
    var laterResponses: [Int64] = []
    /// Questions of each conversation: runs of messages of the contact.
    public var questions: [Int32] = []
  }

  /// When the first conversation was opened; nil without any.
  var firstOpened: Int64? { conversations.first?.opened }
  /// When the last was.
  var lastOpened: Int64? { conversations.last?.opened }

  /// The latest time in it; 0 without any.
  var lastSeen: Int64 {
    var last = PastConversation.never
    for row in conversations {
      last = max(last, row.opened, row.assigned, row.started)
      last = max(last, row.responded, row.closed, row.left)
    }
    return last == PastConversation.never ? 0 : last
  }

  /// How many rows could not be used.
  public var omitted: Int { omissions.reduce(0) { $0 + $1.count } }
}
