public import Engine

/// A regression test of the engine: what happens, written down, and what must come of it.
///
/// The engine alone, no world and no chance (CONTRACTS.md section 2). Users, teams and workflows
/// have the ids that the engine gives them when they are added in the order of the lists.
public struct CaseFile: Sendable {
  /// The path of the file.
  public let file: String
  /// The behaviour in one sentence.
  public let name: String
  /// Where it comes from: a rule, a complaint.
  public let why: String?
  /// The settings of the workspace, with all names that the case uses.
  public let settings: WorkspaceSettings
  /// The users; a user's id is the position.
  public let users: [User]
  /// The teams; a team's id is the position.
  public let teams: [Team]
  /// What becomes of messages on a channel, by the channel's id.
  public let deliveries: [Delivery]
  /// The contacts in the order in which they appear.
  public let contacts: [Contact]
  /// The workflows; a workflow's id is the position.
  public let workflows: [WorkflowDefinition]
  /// The places that marks in `workflows` lead to.
  public let marks: SourceMarks
  /// What happens, in order.
  public let timeline: [Entry]
  /// What must come of it, in the order of the file.
  public let expectations: [Expectation]
  /// Remarks that stop nothing.
  public internal(set) var warnings = Diagnostics([])

  /// A contact by its position in `contacts`.
  public typealias ContactNumber = Int
  /// A contact that the engine does not know: the reserved name `unknown`.
  public static let unknownContact: ContactNumber = -1
  /// The name for things that the engine does not know.
  public static let unknown = "unknown"

  /// A user and how the case finds them.
  public struct User: Sendable {
    /// What the engine is told.
    public var profile: UserProfile
    /// The open conversations held before the case starts.
    public var openConversations = 0
    /// Whether the user comes only with an entry `joins: workspace`.
    public var joinsLater = false
  }

  /// A team and its members in rotation order.
  public struct Team: Sendable {
    /// The name.
    public var name: String
    /// The members before the case starts.
    public var members: [UserID]
    /// Whether the team comes only with an entry `founded: true`.
    public var isFoundedLater = false
  }

  /// A contact of the case.
  public struct Contact: Sendable {
    /// The name that the case gives it.
    public var name: String
    /// Whether it is in the workspace before the case starts.
    public var existsBefore = false
    /// What is known of it before its first message.
    public var profile = ContactProfile()
  }

  /// Something that happens at an instant.
  public struct Entry: Sendable {
    /// When.
    public let at: EngineTime
    /// What; nothing where time only passes, several where one entry sets several fields.
    public let actions: [Action]
    /// Where it stands.
    public let span: SourceSpan
  }
}

extension CaseFile {
  /// What becomes of a message that was handed to a channel.
  public struct Delivery: Sendable, Hashable {
    /// Whether it arrives, or is reported as lost.
    public var arrives: Bool
    /// How long after it was sent that happens.
    public var after: EngineDuration

    /// What becomes of it, and when; at once unless said.
    public init(arrives: Bool = true, after: EngineDuration = .zero) {
      self.arrives = arrives
      self.after = after
    }
  }
}
