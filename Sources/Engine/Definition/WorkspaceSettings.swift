/// All that an administrator sets once for a workspace.
public struct WorkspaceSettings: Hashable, Sendable, Codable {
  /// The decisions the platform's pages leave open.
  public var policies = Policies()
  /// How much of everything is allowed.
  public var limits = Limits()
  /// The contact fields, the standard ones first; a field's id is its position.
  public var fields: [FieldDefinition] = FieldDefinition.standard
  /// The names of the tags; a tag's id is its position.
  public var tags: [String] = []
  /// The channels; a channel's id is its position.
  public var channels: [ChannelDefinition] = [ChannelDefinition(name: "direct")]
  /// The names of outside services; a service's id is its position.
  public var services: [String] = []
  /// The clocks on the wall; the first is the workspace's own.
  public var timeZones: [TimeZoneRules] = [TimeZoneRules()]
  /// The moment of time zero: seconds since 1970-01-01 00:00 UTC.
  public var epoch: Int64 = 0
  /// Whether a user's close also takes the assignee away, as in workspaces made before 17 August 2022.
  public var unassignOnClose = false
  /// Whether any event of a channel opens a conversation, as in old workspaces.
  public var anyChannelEventOpens = false
  /// How long after a user's last message an unanswered conversation closes by itself.
  public var autoClose: EngineDuration?
  /// How long a user may do nothing before being taken for offline.
  public var inactivity: EngineDuration?
  /// What a user must tell when closing a conversation.
  public var closingNotes = ClosingNotes.optional
  /// The categories of closing notes; any when empty.
  public var categories: [String] = []
  /// The platform's own domains, which no HTTP Request may call (PLATFORM.md 3.5).
  public var ownDomains = ["is-messenger.com", "respond.io"]
  /// The segments; a segment's id is its position.
  public var segments: [SegmentDefinition] = []
  /// Whether the host is asked who gets a contact of an Assign To step with a team or the workspace.
  public var asksForAssignments = false
  /// The seed of logics that need chance, derived by the host from seed and replication.
  public var policySeed: UInt64 = 0

  /// The platform's defaults.
  public init() {}
}

/// What a user must tell when closing a conversation.
public enum ClosingNotes: String, Hashable, Sendable, Codable, CaseIterable {
  /// No dialog.
  case off
  /// A category and a summary, if the user likes.
  case optional
  /// A category at least.
  case category
  /// A category and a summary.
  case categoryAndSummary = "category_and_summary"
}

/// One field of a contact.
public struct FieldDefinition: Hashable, Sendable, Codable {
  /// The name in files, such as `customer_type`.
  public var name: String
  /// What it holds.
  public var kind: Kind

  /// Names a field.
  public init(name: String, kind: Kind = .text) {
    self.name = name
    self.kind = kind
  }

  /// What a field holds.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Words.
    case text
    /// One of a list.
    case list
    /// A box to tick.
    case checkbox
    /// An e-mail address.
    case email
    /// A number.
    case number
    /// A web address.
    case url
    /// A day.
    case date
    /// A time of day.
    case time
    /// A telephone number.
    case phone
  }

  /// The fields that every contact has.
  public static let standard: [FieldDefinition] = [
    FieldDefinition(name: "first_name"), FieldDefinition(name: "last_name"),
    FieldDefinition(name: "phone", kind: .phone), FieldDefinition(name: "email", kind: .email),
    FieldDefinition(name: "language"), FieldDefinition(name: "country"),
    FieldDefinition(name: "profile_picture", kind: .url), FieldDefinition(name: "lifecycle"),
  ]
}

extension FieldID {
  /// The standard field `first_name`.
  static let firstName = FieldID(0)
  /// The standard field `last_name`.
  public static let lastName = FieldID(1)
  /// The standard field `phone`.
  public static let phone = FieldID(2)
  /// The standard field `email`.
  public static let email = FieldID(3)
}

/// What the engine must know of a channel.
public struct ChannelDefinition: Hashable, Sendable, Codable {
  /// The name in files.
  public var name: String
  /// How long after the contact's last message one may write to it; for ever when nil.
  public var window: EngineDuration?
  /// Whether messages may be lost on their way: whether the host will ever report one as failed.
  public var mayLose: Bool

  /// Names a channel.
  public init(name: String, window: EngineDuration? = nil, mayLose: Bool = true) {
    self.name = name
    self.window = window
    self.mayLose = mayLose
  }
}
