/// A workflow as an administrator builds it: a trigger and a tree of steps.
///
/// Pure data: publishing compiles it, and refuses it with every `DefinitionError` at once.
public struct WorkflowDefinition: Hashable, Sendable, Codable {
  /// The name people give it.
  public var name: String
  /// Whether it runs.
  public var status: Status
  /// What starts it.
  public var trigger: Trigger
  /// Whether a contact who was ever enrolled is refused.
  public var oncePerContact: Bool
  /// The steps, at least one.
  public var steps: [Step]
  /// A file reader's way back to the place in the file.
  public var mark: Int32

  /// Describes a workflow.
  public init(
    name: String, status: Status = .published, trigger: Trigger, oncePerContact: Bool = false,
    steps: [Step], mark: Int32 = -1
  ) {
    self.name = name
    self.status = status
    self.trigger = trigger
    self.oncePerContact = oncePerContact
    self.steps = steps
    self.mark = mark
  }

  /// The life of a workflow.
  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    /// Being built.
    case draft
    /// Running.
    case published
    /// No longer running; stopping ends every run.
    case stopped
  }
}

/// What starts a workflow; empty lists put no condition.
public enum Trigger: Hashable, Sendable, Codable {
  /// `conversation_opened`, by one of these sources.
  case conversationOpened(sources: [Source] = [])
  /// `conversation_closed`, by one of these sources, with one of these categories.
  case conversationClosed(sources: [Source] = [], categories: [String] = [])
  /// `contact_tag_updated`: one of these tags was added, removed, or either.
  case contactTagUpdated(tags: [TagID] = [], action: TagAction? = nil)
  /// `contact_field_updated`: one of these fields has another value.
  case contactFieldUpdated(fields: [FieldID] = [])
  /// `shortcut`, picked by a user in the inbox.
  case shortcut(name: String)
  /// `incoming_webhook`: another system posted to this address.
  case incomingWebhook(name: String)
  /// `click_to_chat_ad`, this one or any.
  case clickToChatAd(name: String? = nil)
  /// `manual`: only the step Trigger Another Workflow.
  case manual

  /// The name in files.
  public var name: String {
    switch self {
    case .conversationOpened: "conversation_opened"
    case .conversationClosed: "conversation_closed"
    case .contactTagUpdated: "contact_tag_updated"
    case .contactFieldUpdated: "contact_field_updated"
    case .shortcut: "shortcut"
    case .incomingWebhook: "incoming_webhook"
    case .clickToChatAd: "click_to_chat_ad"
    case .manual: "manual"
    }
  }
}

/// What happened to a tag.
public enum TagAction: String, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
  /// It was added.
  case added
  /// It was removed.
  case removed
}

/// One step: what it does and where each of its outcomes leads.
public struct Step: Hashable, Sendable, Codable {
  /// What a jump calls it.
  public var id: String?
  /// What people call it.
  public var name: String?
  /// What it does.
  public var action: StepAction
  /// `on_timeout`; without it a time-out ends the run.
  public var onTimeout: [Step]?
  /// `on_invalid`; without it an invalid answer ends the run.
  public var onInvalid: [Step]?
  /// `on_failure`; without it a failure ends the run.
  public var onFailure: [Step]?
  /// `outside`: the way of who comes outside the hours; without it the run ends.
  public var outside: [Step]?
  /// A file reader's way back to the place in the file.
  public var mark: Int32

  /// Describes a step.
  public init(
    _ action: StepAction, id: String? = nil, name: String? = nil, onTimeout: [Step]? = nil,
    onInvalid: [Step]? = nil, onFailure: [Step]? = nil, outside: [Step]? = nil, mark: Int32 = -1
  ) {
    self.id = id
    self.name = name
    self.action = action
    self.onTimeout = onTimeout
    self.onInvalid = onInvalid
    self.onFailure = onFailure
    self.outside = outside
    self.mark = mark
  }
}

/// What a step does.
public enum StepAction: Hashable, Sendable, Codable {
  /// `send_message`
  case sendMessage(SendMessage)
  /// `ask_question`
  case askQuestion(AskQuestion)
  /// `assign_to`
  case assignTo(AssignTo)
  /// `branch`, the last step of its list.
  case branch([Branch])
  /// `update_tag`
  case updateTag(add: [TagID], remove: [TagID])
  /// `update_field`
  case updateField(FieldID, Template)
  /// `open_conversation`
  case openConversation
  /// `close_conversation`
  case closeConversation(category: Template? = nil, summary: Template? = nil)
  /// `add_comment`, mentioning these users.
  case addComment(Template, mentions: [UserID] = [])
  /// `jump_to`: to the step with an id, so many times in one run.
  case jumpTo(step: String, atMost: Int32)
  /// `wait`
  case wait(WaitLength)
  /// `date_and_time`, by the clock of one of the workspace's time zones.
  case dateAndTime(OfficeHours, timeZone: Int32 = 0)
  /// `http_request`
  case httpRequest(HTTPRequest)
  /// `trigger_workflow`: the contact goes over to another workflow, at its start or at a step.
  case triggerWorkflow(WorkflowID, step: String? = nil)
  /// `add_sheet_row`
  case addSheetRow(service: ServiceID, values: [SheetCell])
  /// `ai_agent`
  case aiAgent(AIAgent)

  /// The name in files.
  public var name: String {
    switch self {
    case .sendMessage: "send_message"
    case .askQuestion: "ask_question"
    case .assignTo: "assign_to"
    case .branch: "branch"
    case .updateTag: "update_tag"
    case .updateField: "update_field"
    case .openConversation: "open_conversation"
    case .closeConversation: "close_conversation"
    case .addComment: "add_comment"
    case .jumpTo: "jump_to"
    case .wait: "wait"
    case .dateAndTime: "date_and_time"
    case .httpRequest: "http_request"
    case .triggerWorkflow: "trigger_workflow"
    case .addSheetRow: "add_sheet_row"
    case .aiAgent: "ai_agent"
    }
  }
}
