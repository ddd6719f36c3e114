/// One entry of the Assignments report; unassignments are entries too.
///
/// Five words: where a number may be missing there is one that nobody has.
@frozen public struct AssignmentEntry: Hashable, Sendable, BitwiseCopyable {
  /// Whose assignee.
  public var contact: ContactID
  @usableFromInline var conversationNumber: UInt64
  /// The number of the automatic decision, 0 when it was none.
  public var decision: UInt64
  @usableFromInline var fromNumber: UInt32
  @usableFromInline var toNumber: UInt32
  /// Who changed it.
  public var actor: Actor
  /// The way it was changed.
  public var source: Source
  /// Why this user.
  public var reason: AssignmentReason

  @inline(__always)
  init(
    contact: ContactID, conversation: ConversationID?, from: UserID?, to: UserID?, source: Source,
    reason: AssignmentReason, actor: Actor, decision: UInt64
  ) {
    self.contact = contact
    conversationNumber = conversation?.raw ?? 0
    self.decision = decision
    fromNumber = from?.raw ?? .max
    toNumber = to?.raw ?? .max
    self.actor = actor
    self.source = source
    self.reason = reason
  }

  /// The open conversation, if there is one.
  @inlinable public var conversation: ConversationID? {
    conversationNumber == 0 ? nil : ConversationID(conversationNumber)
  }

  /// Who had the contact.
  @inlinable public var from: UserID? { fromNumber == .max ? nil : UserID(fromNumber) }

  /// Who has it now.
  @inlinable public var to: UserID? { toNumber == .max ? nil : UserID(toNumber) }

  /// Whether the engine chose the user.
  public var isAutomatic: Bool { decision != 0 }
}

extension AssignmentEntry: Codable {
  private enum CodingKeys: String, CodingKey {
    case contact, conversation, from, to, source, reason, actor, decision
  }

  /// Reads an entry; what is missing is nobody.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      contact: try container.decode(ContactID.self, forKey: .contact),
      conversation: try container.decodeIfPresent(ConversationID.self, forKey: .conversation),
      from: try container.decodeIfPresent(UserID.self, forKey: .from),
      to: try container.decodeIfPresent(UserID.self, forKey: .to),
      source: try container.decode(Source.self, forKey: .source),
      reason: try container.decode(AssignmentReason.self, forKey: .reason),
      actor: try container.decode(Actor.self, forKey: .actor),
      decision: try container.decode(UInt64.self, forKey: .decision))
  }

  /// Writes an entry under the names of its properties.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(contact, forKey: .contact)
    try container.encodeIfPresent(conversation, forKey: .conversation)
    try container.encodeIfPresent(from, forKey: .from)
    try container.encodeIfPresent(to, forKey: .to)
    try container.encode(source, forKey: .source)
    try container.encode(reason, forKey: .reason)
    try container.encode(actor, forKey: .actor)
    try container.encode(decision, forKey: .decision)
  }
}

/// Why a contact has the assignee it has.
public enum AssignmentReason: UInt8, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
  /// Somebody decided so by hand or through a program.
  case chosen
  /// The user answered an unassigned contact (INV-7).
  case replied
  /// The step names the user.
  case named
  /// The step unassigns.
  case unassigned
  /// The step's logic chose at once.
  case logic
  /// The contact waited until somebody qualified.
  case queue
  /// A user closed, with the legacy toggle on (INV-6).
  case legacyToggle
  /// The user left the workspace.
  case userRemoved
  /// The contact went up in another.
  case merged

  /// The name in files.
  public var name: String {
    switch self {
    case .chosen: "chosen"
    case .replied: "replied"
    case .named: "named"
    case .unassigned: "unassigned"
    case .logic: "logic"
    case .queue: "queue"
    case .legacyToggle: "legacy_toggle"
    case .userRemoved: "user_removed"
    case .merged: "merged"
    }
  }
}
