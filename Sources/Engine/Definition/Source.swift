/// What made something happen: recorded with each opening, closing and change of assignee.
public enum Source: UInt8, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable,
  CustomStringConvertible
{
  /// The contact, by writing or by a welcome event of the channel.
  case contact
  /// A user, by hand or by answering.
  case user
  /// A step of a workflow.
  case workflow
  /// A bot's parameter.
  case bot
  /// The merge of two contacts.
  case merge
  /// The developer API.
  case api
  /// Zapier.
  case zapier
  /// Make.
  case make
  /// n8n.
  case n8n
  /// The AI agent.
  case aiAgent
  /// The workspace's auto-close timer.
  case autoClose
  /// A click-to-chat ad.
  case ctcAds
  /// A growth widget on a web site.
  case growthWidget
  /// The workspace itself: the legacy toggle, the removal of a user.
  case system

  /// The name in files and exports, such as `auto_close`.
  public var description: String {
    switch self {
    case .contact: "contact"
    case .user: "user"
    case .workflow: "workflow"
    case .bot: "bot"
    case .merge: "merge"
    case .api: "api"
    case .zapier: "zapier"
    case .make: "make"
    case .n8n: "n8n"
    case .aiAgent: "ai_agent"
    case .autoClose: "auto_close"
    case .ctcAds: "ctc_ads"
    case .growthWidget: "growth_widget"
    case .system: "system"
    }
  }

  /// Reads a name as it stands in files.
  public init?(name: String) {
    guard let source = Self.allCases.first(where: { $0.description == name }) else { return nil }
    self = source
  }

  /// What can open a conversation (PLATFORM.md 2.1).
  public static let opening: [Source] = [
    .contact, .user, .workflow, .api, .zapier, .make, .ctcAds, .growthWidget,
  ]
  /// What can close a conversation (PLATFORM.md 2.2).
  public static let closing: [Source] = [
    .user, .workflow, .bot, .merge, .api, .zapier, .make, .n8n, .aiAgent, .autoClose,
  ]
  /// What outside the workspace acts through programs.
  public static let integrations: [Source] = [.api, .zapier, .make, .n8n, .bot, .aiAgent]
}

/// Whether a contact has a conversation to work on.
public enum ConversationStatus: UInt8, Hashable, Sendable, Codable, CaseIterable,
  CustomStringConvertible, BitwiseCopyable
{
  /// No conversation, or the last one is over.
  case closed
  /// One is open.
  case open
  /// One is open and set aside for a while.
  case snoozed

  /// The name in files.
  public var description: String {
    switch self {
    case .closed: "closed"
    case .open: "open"
    case .snoozed: "snoozed"
    }
  }
}
