/// Everything that comes in from outside the engine, in the order in which it happened.
///
/// An event that makes no sense (an unknown or stale id, a user who may not) is answered by one
/// `refused` effect and changes nothing.
public enum EngineEvent: Sendable, Hashable, Codable {

  // What contacts do.

  /// A contact sends words; the id `EngineCore.nextContact` makes a new contact (PLATFORM.md O1).
  case contactWrites(ContactID, on: ChannelID, text: String)
  /// A contact sends a picture, a voice note or a file: a message without words.
  case contactSendsAttachment(ContactID, on: ChannelID)
  /// The channel reports that a contact came along without writing: its welcome event (O5).
  case channelGreets(ContactID, on: ChannelID)
  /// A contact comes through a click-to-chat ad (O6).
  case contactClicksAd(ContactID, on: ChannelID, ad: String)
  /// A contact comes through a growth widget (O7).
  case contactUsesWidget(ContactID, on: ChannelID)

  // What anybody does to a contact: users, programs and, for openings by hand, nobody else.

  /// A contact's conversation is opened (O2, O8).
  case opens(ContactID, by: Actor)
  /// A contact's conversation is closed (X1, X3, X5, X6).
  case closes(ContactID, by: Actor, note: ClosingNote?)
  /// A contact is given to a user, or to nobody.
  case assigns(ContactID, to: UserID?, by: Actor)
  /// A tag is added or removed.
  case tags(ContactID, TagID, TagAction, by: Actor)
  /// A contact field is set, or emptied.
  case setsField(ContactID, FieldID, Value?, by: Actor)
  /// A message is sent by hand or by a program, on the channel the contact wrote on last.
  case sends(ContactID, text: String, by: Actor)
  /// A comment is added for colleagues to read.
  case comments(ContactID, text: String, mentions: [UserID], by: Actor)
  /// A conversation is set aside, until a time or until somebody takes it up again.
  case snoozes(ContactID, until: EngineTime?, by: UserID)
  /// A conversation that was set aside is taken up again.
  case unsnoozes(ContactID, by: UserID)
  /// A contact is blocked.
  case blocks(ContactID, by: UserID)
  /// A contact is no longer blocked.
  case unblocks(ContactID, by: UserID)
  /// Two contacts are found to be one: the second is closed and goes up in the first (X4).
  case merges(ContactID, absorbing: ContactID, by: UserID)
  /// A user picks a shortcut for a contact, with what its form asks for.
  case usesShortcut(ContactID, name: String, form: [FormInput], by: UserID)
  /// Somebody ends a contact's run of a workflow.
  case ejects(ContactID, from: WorkflowID, by: Actor)
  /// A broadcast reaches a contact.
  case broadcasts(ContactID, on: ChannelID, text: String)
  /// Another system posts to a workflow's address about a contact.
  case webhookArrives(ContactID, name: String, payload: JSON)
  /// A row of an import: it makes the contact `EngineCore.nextContact` or brings one up to date, and opens nothing.
  case imports(ContactID, ContactImport, by: Actor)
  /// A program gives a contact to a user of a pool by a logic, as an action of the AI agent does.
  case distributes(ContactID, PoolID, Logic, by: Actor)

  // What users do for themselves.

  /// A user chooses Online or Busy; Offline is not for choosing.
  case choosesStatus(UserID, ActivityStatus)
  /// A user logs in: the status of before returns.
  case logsIn(UserID)
  /// A user logs out and is Offline.
  case logsOut(UserID)
  /// A user does something that nobody else need know: it keeps him from being taken for Offline.
  case acts(UserID)

  // What administrators do.

  /// A user joins; the id is `EngineCore.nextUser`.
  case userAdded(UserID, UserProfile)
  /// A user leaves for good.
  case userRemoved(UserID)
  /// A team is founded; the id is `EngineCore.nextTeam`.
  case teamAdded(TeamID, name: String)
  /// A user joins a team.
  case teamGains(TeamID, UserID)
  /// A user leaves a team.
  case teamLoses(TeamID, UserID)
  /// Workflows are published, or saved as drafts; they may refer to each other. All are taken or none.
  case workflowsPublished([Publication])
  /// A workflow is stopped: every run of it ends at once.
  case workflowStopped(WorkflowID)
  /// Auto-close is switched on, off, or to another duration.
  case autoCloseSet(EngineDuration?)

  // What the host reports.

  /// A contact is there without having written: imported or made by a program.
  case contactAdded(ContactID, ContactProfile)
  /// A contact of whom nothing is to be kept goes; its slot is used again, its id is not.
  case contactForgotten(ContactID)
  /// A message that the engine sent arrived.
  case messageDelivered(OutgoingMessage)
  /// A message that the engine sent did not arrive.
  case messageFailed(OutgoingMessage)
  /// A service answered a run's call.
  case serviceAnswers(RunID, status: Int32, body: JSON)
  /// A service could not be reached, or broke off.
  case serviceFails(RunID)
  /// The AI agent is done with a contact.
  case aiAgentEnds(RunID, AIAgent.Outcome)
  /// The host says what becomes of a contact about which it was asked.
  case decides(RunID, AssignmentDecision)
  /// A timer went off at the time it was armed for.
  case timerFires(TimerKey)
}

/// Who did something.
@frozen public enum Actor: Hashable, Sendable, Codable, BitwiseCopyable {
  /// The contact.
  case contact
  /// A user.
  case user(UserID)
  /// A workflow's step.
  case workflow(WorkflowID)
  /// A program: the API, Zapier, Make, n8n, a bot, the AI agent.
  case program(Source)
  /// The workspace itself.
  case workspace
}

/// Why a conversation was closed.
public struct ClosingNote: Hashable, Sendable, Codable {
  /// One of the workspace's categories; may be empty.
  public var category: String
  /// A few words; may be empty.
  public var summary: String

  /// Describes a closing.
  public init(category: String = "", summary: String = "") {
    self.category = category
    self.summary = summary
  }
}

/// One input of a shortcut's form.
public struct FormInput: Hashable, Sendable, Codable {
  /// What it is called: `$trigger.name` in the workflow.
  public var name: String
  /// What the user entered.
  public var value: Value

  /// Describes an input.
  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

/// A workflow and the number it has.
public struct Publication: Hashable, Sendable, Codable {
  /// The number; a new workflow takes the next one, an old one must be stopped before.
  public var id: WorkflowID
  /// What it does.
  public var definition: WorkflowDefinition

  /// Numbers a workflow.
  public init(_ id: WorkflowID, _ definition: WorkflowDefinition) {
    self.id = id
    self.definition = definition
  }
}

/// What is known of a contact that did not come by writing.
public struct ContactProfile: Hashable, Sendable, Codable {
  /// The fields that are set.
  public var fields: [FieldEntry]
  /// The tags it has.
  public var tags: [TagID]
  /// How many conversations it had before the engine's time.
  public var earlierConversations: UInt32
  /// Who it is still assigned to.
  public var assignee: UserID?
  /// Whether the contact is made by the very message that follows, and so counts as new to all.
  public var isArriving: Bool
  /// Where it can be reached though it has not written yet.
  public var channel: ChannelID?

  /// Describes a contact.
  public init(
    fields: [FieldEntry] = [], tags: [TagID] = [], earlierConversations: UInt32 = 0,
    assignee: UserID? = nil, isArriving: Bool = false, channel: ChannelID? = nil
  ) {
    self.fields = fields
    self.tags = tags
    self.earlierConversations = earlierConversations
    self.assignee = assignee
    self.isArriving = isArriving
    self.channel = channel
  }
}

/// What a row of an import says of a contact; what it does not say stays as it is.
public struct ContactImport: Hashable, Sendable, Codable {
  /// The fields that it sets.
  public var fields: [FieldEntry]
  /// The tags that it adds.
  public var tags: [TagID]

  /// Describes a row.
  public init(fields: [FieldEntry] = [], tags: [TagID] = []) {
    self.fields = fields
    self.tags = tags
  }
}

/// A contact field with its value.
public struct FieldEntry: Hashable, Sendable, Codable {
  /// Which field.
  public var field: FieldID
  /// What it holds.
  public var value: Value

  /// Describes an entry.
  public init(_ field: FieldID, _ value: Value) {
    self.field = field
    self.value = value
  }
}

/// What is known of a user.
public struct UserProfile: Hashable, Sendable, Codable {
  /// The name people know.
  public var name: String
  /// What the user may do.
  public var role: Role
  /// Whose contacts the user sees.
  public var sees: Visibility
  /// The share of weighted logics.
  public var weight: Int32
  /// A personal `fewer than`, in force at every automatic choice.
  public var limit: Int32?
  /// The status to begin with.
  public var status: ActivityStatus

  /// Describes a user.
  public init(
    name: String, role: Role = .agent, sees: Visibility = .all, weight: Int32 = 1,
    limit: Int32? = nil, status: ActivityStatus = .online
  ) {
    self.name = name
    self.role = role
    self.sees = sees
    self.weight = weight
    self.limit = limit
    self.status = status
  }

  /// What a user may do.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
    /// Everything.
    case owner
    /// Everything but the subscription.
    case manager
    /// Answering contacts.
    case agent
    /// Answering contacts without being a person: its messages are automatic ones.
    case aiAgent = "ai_agent"
  }

  /// Whose contacts a user sees; owners and managers see all.
  public enum Visibility: String, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
    /// Everybody's.
    case all
    /// Those assigned to somebody of the user's team.
    case team
    /// The user's own.
    case own
  }
}
