/// Why an event was refused; nothing changed.
public enum Refusal: Error, Sendable, Hashable, Codable {
  /// There is no such user, or not any more.
  case unknownUser(UserID)
  /// There is no such team.
  case unknownTeam(TeamID)
  /// There is no such contact, or not any more.
  case unknownContact(ContactID)
  /// There is no such channel.
  case unknownChannel(ChannelID)
  /// There is no such tag.
  case unknownTag(TagID)
  /// There is no such field.
  case unknownField(FieldID)
  /// There is no such workflow.
  case unknownWorkflow(WorkflowID)
  /// No published workflow has a shortcut of this name.
  case unknownShortcut(String)
  /// No published workflow has a webhook of this name.
  case unknownWebhook(String)
  /// The run is over, or waits for something else.
  case staleRun(RunID)
  /// The timer was cancelled or replaced.
  case staleTimer(TimerKey)
  /// The timer went off before its time.
  case earlyTimer(TimerKey, expected: EngineTime)
  /// A new thing must have the next id.
  case idOutOfTurn(expected: UInt64, got: UInt64)
  /// Time went back.
  case timeWentBack(from: EngineTime, to: EngineTime)
  /// Time zero and beyond only, and not for ever.
  case absurdTime(EngineTime)
  /// The contact is blocked.
  case contactBlocked(ContactID)
  /// The contact has no open conversation.
  case noOpenConversation(ContactID)
  /// The user does not see the contact.
  case notVisible(ContactID, to: UserID)
  /// The workspace wants a category, or category and summary.
  case closingNoteRequired(ClosingNotes)
  /// The category is not one of the workspace's.
  case unknownCategory(String)
  /// The text is longer than allowed.
  case textTooLong(limit: Int)
  /// A user is Offline by logging out or by doing nothing, never by choice.
  case offlineIsNotChosen(UserID)
  /// This source cannot do this.
  case wrongSource(Source)
  /// The user is in a team already and must leave it first.
  case alreadyInTeam(UserID, TeamID)
  /// The user is not in this team.
  case notInTeam(UserID, TeamID)
  /// The workspace has as many teams as it may.
  case tooManyTeams(limit: Int)
  /// The contact cannot be forgotten: it has an open conversation or a run.
  case contactInUse(ContactID)
  /// A contact cannot be merged with itself.
  case mergeWithItself(ContactID)
  /// The workflow is published and must be stopped before.
  case workflowPublished(WorkflowID)
  /// A person took the contact over, and the AI agent is silent from then on.
  case takenOver(ContactID)
  /// The user may not have the contact that the host gives it to.
  case unsuitable(UserID, ContactID, why: String)
  /// The value makes no sense.
  case badValue(String)
  /// The workflows have problems.
  case badWorkflows([DefinitionError])

  /// The reason in one word, as case files have it.
  public var name: String {
    switch self {
    case .unknownUser: "unknown_user"
    case .unknownTeam: "unknown_team"
    case .unknownContact: "unknown_contact"
    case .unknownChannel: "unknown_channel"
    case .unknownTag: "unknown_tag"
    case .unknownField: "unknown_field"
    case .unknownWorkflow: "unknown_workflow"
    case .unknownShortcut: "unknown_shortcut"
    case .unknownWebhook: "unknown_webhook"
    case .staleRun: "stale_run"
    case .staleTimer: "stale_timer"
    case .earlyTimer: "early_timer"
    case .idOutOfTurn: "id_out_of_turn"
    case .timeWentBack: "time_went_back"
    case .absurdTime: "absurd_time"
    case .contactBlocked: "contact_blocked"
    case .noOpenConversation: "no_open_conversation"
    case .notVisible: "not_visible"
    case .closingNoteRequired: "closing_note_required"
    case .unknownCategory: "unknown_category"
    case .textTooLong: "text_too_long"
    case .offlineIsNotChosen: "offline_is_not_chosen"
    case .wrongSource: "wrong_source"
    case .alreadyInTeam: "already_in_team"
    case .notInTeam: "not_in_team"
    case .tooManyTeams: "too_many_teams"
    case .contactInUse: "contact_in_use"
    case .mergeWithItself: "merge_with_itself"
    case .workflowPublished: "workflow_published"
    case .takenOver: "taken_over"
    case .unsuitable: "unsuitable"
    case .badValue: "bad_value"
    case .badWorkflows: "bad_workflows"
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// What is wrong and what was expected.
  public var description: String {
    switch self {
    case .unknownUser(let id): "there is no \(id) in the workspace"
    case .unknownTeam(let id): "there is no \(id) in the workspace"
    case .unknownContact(let id): "there is no \(id) in the workspace, or not any more"
    case .unknownChannel(let id): "there is no \(id) in the workspace"
    case .unknownTag(let id): "there is no \(id) in the workspace"
    case .unknownField(let id): "there is no \(id) in the workspace"
    case .unknownWorkflow(let id): "there is no \(id) in the workspace"
    case .unknownShortcut(let name): "no published workflow has the shortcut \(name)"
    case .unknownWebhook(let name): "no published workflow has the webhook \(name)"
    case .staleRun(let run): "\(run) is over or waits for something else"
    case .staleTimer(let key): "nothing waits for the timer \(key)"
    case .earlyTimer(let key, let time): "the timer \(key) goes off at \(time), not before"
    case .idOutOfTurn(let expected, let got): "the next id is \(expected), not \(got)"
    case .timeWentBack(let from, let to): "it is \(from) already, \(to) is over"
    case .absurdTime(let time): "\(time.nanoseconds) ns is no time; expected 0 to 292 years"
    case .contactBlocked(let id): "\(id) is blocked"
    case .noOpenConversation(let id): "\(id) has no open conversation"
    case .notVisible(let contact, let user): "\(user) does not see \(contact)"
    case .closingNoteRequired(let mode): "closing needs a note (\(mode.rawValue))"
    case .unknownCategory(let name): "there is no category \(name)"
    case .textTooLong(let limit): "the text is longer than \(limit)"
    case .offlineIsNotChosen(let user): "\(user) cannot choose Offline; log out instead"
    case .wrongSource(let source): "\(source) cannot do this"
    case .alreadyInTeam(let user, let team): "\(user) is in \(team); leave it first"
    case .notInTeam(let user, let team): "\(user) is not in \(team)"
    case .tooManyTeams(let limit): "there are \(limit) teams already"
    case .contactInUse(let id): "\(id) has an open conversation or a run"
    case .mergeWithItself(let id): "\(id) cannot be merged with itself"
    case .workflowPublished(let id): "\(id) is published; stop it first"
    case .takenOver(let id): "a person took \(id) over; the AI agent is silent"
    case .unsuitable(let user, let contact, let why): "\(user) cannot get \(contact): \(why)"
    case .badValue(let what): what
    case .badWorkflows(let problems): problems.map(\.description).joined(separator: "\n")
    }
  }
}

/// A broken invariant: its name, the event that broke it and the state around it.
public struct Violation: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The name, such as `INV-1`.
  public var invariant: String
  /// The number of the event, counted from 1.
  public var event: UInt64
  /// When.
  public var at: EngineTime
  /// What was found.
  public var found: String

  /// Name, time, event and what was found.
  public var description: String { "\(invariant) broken at \(at) by event \(event): \(found)" }
}
