/// Every decision the platform's pages leave open, as a named setting with its default.
public struct Policies: Hashable, Sendable, Codable {
  /// Whether snoozed conversations count as open work.
  public var openCountsSnoozed = true
  /// Whose turn it is: one turn for a pool, or one for each step.
  public var roundRobinState = RoundRobinState.pool
  /// How a turn is kept when somebody is passed over.
  public var roundRobinForm = RoundRobinForm.pointer
  /// Who is chosen among equals.
  public var tie = Tie.rotation
  /// When waiting contacts are looked at again.
  public var queueWakeup = QueueWakeup.event
  /// What becomes of a waiting contact whose conversation closes.
  public var queuedConversationCloses = QueuedConversationCloses.cancel
  /// Whether Assign To moves a contact that already has an assignee.
  public var overwriteAssignee = true
  /// Where the last outgoing message is looked for.
  public var lastOutgoingScope = LastOutgoingScope.conversation
  /// Which outgoing messages count as the last one.
  public var lastOutgoingCounts = LastOutgoingCounts.all
  /// When a contact is new.
  public var newContactRule = NewContactRule.firstConversation
  /// What happens when a contact triggers the workflow it is in.
  public var reentry = Reentry.ignore
  /// Which of several waiting questions an answer belongs to.
  public var answerGoesTo = AnswerGoesTo.latest
  /// Whether an answer to a waiting question opens a conversation where none is open.
  public var answerOpens = true
  /// Whether closing the conversation ends the contact's runs.
  public var closeEndsRuns = false
  /// When a run reads contact fields.
  public var contactFields = ContactFields.live
  /// How long a service may take to answer.
  public var httpTimeout = EngineDuration.seconds(30)
  /// How texts are compared.
  public var compareText = CompareText.exact
  /// How many enrolments of a contact in one workflow are too many.
  public var loopGuard = LoopGuard()
  /// What becomes of the contacts of a user who leaves the workspace.
  public var removedUser = RemovedUser.unassigns
  /// Whether a reply that could not be delivered assigns the contact all the same.
  public var failedReplyAssigns = true
  /// Whether a reply that never arrived is an answer all the same.
  public var failedReplyCounts = false
  /// Whether users who are not online come second or not at all.
  public var awayUsers = AwayUsers.excluded
  /// What becomes of an AI agent's talk when a person takes the contact.
  public var aiAgentTakeover = AIAgentTakeover.goesOn

  /// The platform's behaviour as far as it is known.
  public init() {}
}

/// Whose turn round robin keeps.
public enum RoundRobinState: String, Hashable, Sendable, Codable, CaseIterable {
  /// One turn for a pool, shared by all steps.
  case pool
  /// One turn for each step.
  case step
}

/// How round robin keeps a turn.
public enum RoundRobinForm: String, Hashable, Sendable, Codable, CaseIterable {
  /// The next eligible user after the last chosen one in a fixed order; who is passed over loses.
  case pointer
  /// The chosen user goes to the back; who is passed over keeps the place.
  case rotation
}

/// Who is chosen among equals.
public enum Tie: String, Hashable, Sendable, Codable, CaseIterable {
  /// Each in turn.
  case rotation
  /// Anyone, each as likely.
  case random
  /// The first of the list.
  case list
}

/// When waiting contacts are looked at again.
public enum QueueWakeup: Hashable, Sendable, Codable {
  /// Whenever something happened that can make somebody eligible.
  case event
  /// Every so often, counted from time zero.
  case polling(EngineDuration)
}

/// What becomes of a waiting contact whose conversation closes.
public enum QueuedConversationCloses: String, Hashable, Sendable, Codable, CaseIterable {
  /// It leaves the queue and the run goes on with the next step.
  case cancel
  /// It keeps its place.
  case stay
}

/// Where the last outgoing message is looked for.
public enum LastOutgoingScope: String, Hashable, Sendable, Codable, CaseIterable {
  /// In the open, or else the latest, conversation.
  case conversation
  /// In all that was ever sent to the contact.
  case contact
}

/// Which outgoing messages count as the last one.
public enum LastOutgoingCounts: String, Hashable, Sendable, Codable, CaseIterable {
  /// Every one, welcome messages too.
  case all
  /// Those of users.
  case users
}

/// When a contact is new.
public enum NewContactRule: String, Hashable, Sendable, Codable, CaseIterable {
  /// In its first conversation.
  case firstConversation = "first_conversation"
  /// When the very message that opened the conversation created it.
  case createdByMessage = "created_by_message"
  /// When it never wrote before.
  case noEarlierIncoming = "no_earlier_incoming"
}

/// What happens when a contact triggers the workflow it is in.
public enum Reentry: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nothing: the run it is in goes on.
  case ignore
  /// The run it is in ends and another begins.
  case restart
}

/// Which of several waiting questions an answer belongs to.
public enum AnswerGoesTo: String, Hashable, Sendable, Codable, CaseIterable {
  /// The one asked last.
  case latest
  /// The one asked first.
  case oldest
  /// Each of them.
  case all
}

/// When a run reads contact fields.
public enum ContactFields: String, Hashable, Sendable, Codable, CaseIterable {
  /// When a step needs them.
  case live
  /// Once, when the run begins.
  case snapshot
}

/// How texts are compared.
public enum CompareText: String, Hashable, Sendable, Codable, CaseIterable {
  /// Letter by letter.
  case exact
  /// `vip` is `VIP`.
  case ignoreCase = "ignore_case"
}

/// How many enrolments of one contact in one workflow are taken for a loop.
public struct LoopGuard: Hashable, Sendable, Codable {
  /// So many are allowed.
  public var enrolments: Int32
  /// Within so long.
  public var within: EngineDuration

  /// Sets the guard; by default 20 enrolments within a minute.
  public init(enrolments: Int32 = 20, within: EngineDuration = .minutes(1)) {
    self.enrolments = enrolments
    self.within = within
  }
}

/// What becomes of the contacts of a user who leaves the workspace.
public enum RemovedUser: String, Hashable, Sendable, Codable, CaseIterable {
  /// They are unassigned.
  case unassigns
  /// They stay with the number of the user who left.
  case keeps
}

/// Whether users who are not online come second or not at all.
public enum AwayUsers: String, Hashable, Sendable, Codable, CaseIterable {
  /// A step for online users waits for one.
  case excluded
  /// A step for online users takes busy ones when no online one is eligible.
  case secondTier = "second_tier"
}

/// What becomes of an AI agent's talk when a person takes the contact, by hand or with an answer.
public enum AIAgentTakeover: String, Hashable, Sendable, Codable, CaseIterable {
  /// The talk goes on, and what the AI agent was about to say is said.
  case goesOn = "goes_on"
  /// The contact leaves the workflow, and the AI agent is silent while a person has the contact.
  case endsRun = "ends_run"
}
