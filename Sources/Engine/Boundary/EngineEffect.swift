/// Everything that goes out: what the host must carry out, and what it may record.
public enum EngineEffect: Sendable, Hashable, Codable {

  // To be carried out.

  /// Bring `timerFires` with this key at that time; it replaces an earlier timer of the same key.
  case armTimer(TimerKey, at: EngineTime)
  /// Forget the timer with this key.
  case cancelTimer(TimerKey)
  /// Hand a message to its channel, and report what became of it.
  case sendMessage(OutgoingMessage, text: String)
  /// Call a service and report its answer or failure to the run.
  case callService(ServiceCall)
  /// Let the AI agent talk to a contact and report how it ended.
  case askAIAgent(RunID, ContactID, key: Int32)
  /// Say by `decides` who gets a contact, where the settings have the host asked.
  indirect case askAssignment(AssignmentQuestion)

  // To be recorded.

  /// A contact was made.
  case contactCreated(ContactID)
  /// A contact went up in another.
  case contactMerged(ContactID, into: ContactID)
  /// A contact was forgotten and its slot is free.
  case contactForgotten(ContactID)
  /// A conversation began.
  case conversationOpened(Opening)
  /// A conversation ended; `EngineCore.closedConversation` has its account until all effects are drained.
  case conversationClosed(ContactID, ConversationID, ClosedConversation)
  /// A conversation was set aside or taken up again.
  case conversationSnoozed(ContactID, ConversationID, Bool)
  /// A contact was blocked or is no longer.
  case contactBlocked(ContactID, Bool)
  /// A contact has another assignee.
  case assigneeChanged(AssignmentEntry)
  /// A contact waits for somebody to qualify.
  case enteredQueue(ContactID, RunID, PoolID)
  /// A contact waits no longer.
  case leftQueue(ContactID, RunID, QueueExit)
  /// A message that was not even handed to the channel.
  case messageRefused(OutgoingMessage, SendFailure)
  /// A question of a workflow waits for an answer; the contact's next message may be it.
  case questionAsked(ContactID, RunID)
  /// A comment was written.
  case commentAdded(ContactID, text: String, by: Actor)
  /// A comment names a user, who is to be told.
  case userMentioned(UserID, ContactID, by: Actor)
  /// A tag was added or removed.
  case tagChanged(ContactID, TagID, TagAction, by: Actor)
  /// A contact field holds something else, or nothing.
  case fieldChanged(ContactID, FieldID, Value?, by: Actor)
  /// A user's status changed.
  case statusChanged(UserID, from: ActivityStatus, to: ActivityStatus)
  /// A contact entered a workflow.
  case runStarted(RunID, WorkflowID, ContactID)
  /// A contact left a workflow.
  case runEnded(RunID, WorkflowID, ContactID, ExitReason)
  /// A Wait step was given more than is allowed and waits that long only.
  case waitCut(RunID, asked: EngineDuration, allowed: EngineDuration)
  /// A step would have called one of the platform's own domains, and did not.
  case callRefused(RunID, ContactID, domain: String)

  /// A logic was asked for somebody; only where the host said `tellDecisions`.
  case decided(Decision)

  // To be looked into.

  /// The event made no sense and changed nothing.
  case refused(Refusal)
  /// The engine found itself in a state that must not be: a bug, with what is known of it.
  case invariantBroken(Violation)
}

/// Whose timer it is; there is at most one of each.
@frozen public enum TimerKey: Hashable, Sendable, Codable, BitwiseCopyable {
  /// The wait, time-out or deadline of a run.
  case run(RunID)
  /// The auto-close of a contact's conversation.
  case autoClose(ContactID)
  /// The end of a snooze.
  case snooze(ContactID)
  /// The inactivity of a user.
  case inactivity(UserID)
  /// The next look at the queues, when they are polled.
  case queues
}

/// A message on its way out; the host hands it back when it knows what became of it.
@frozen public struct OutgoingMessage: Hashable, Sendable, Codable, BitwiseCopyable {
  /// The message.
  public var id: MessageID
  /// To whom.
  public var contact: ContactID
  /// From whom.
  public var sender: Sender
  /// On which channel.
  public var channel: ChannelID

  /// Describes a message.
  @inlinable public init(id: MessageID, contact: ContactID, channel: ChannelID, sender: Sender) {
    self.id = id
    self.contact = contact
    self.channel = channel
    self.sender = sender
  }

  /// Who sends a message.
  @frozen public enum Sender: Hashable, Sendable, Codable, BitwiseCopyable {
    /// A user, by hand.
    case user(UserID)
    /// A step of a run.
    case run(RunID)
    /// A program.
    case program(Source)
    /// A broadcast.
    case broadcast
  }
}

/// Why a message was not handed to its channel.
public enum SendFailure: String, Hashable, Sendable, Codable, CaseIterable {
  /// The contact's last message is too long ago for this channel.
  case windowClosed = "window_closed"
  /// The contact never wrote and no channel was named.
  case noChannel = "no_channel"
}

/// A call that the host makes for a run.
public final class ServiceCall: Sendable, Hashable, Codable {
  /// The run that waits for the answer.
  public let run: RunID
  /// The contact it is about.
  public let contact: ContactID
  /// Who is called.
  public let service: ServiceID
  /// How.
  public let method: String
  /// Where.
  public let url: String
  /// What stands above the body: name and value in turn.
  public let headers: [String]
  /// What is sent; for a sheet, column and value in turn, a line each.
  public let body: String

  init(
    run: RunID, contact: ContactID, service: ServiceID, method: String, url: String,
    headers: [String], body: String
  ) {
    self.run = run
    self.contact = contact
    self.service = service
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }

  /// Whether two calls say the same.
  public static func == (left: ServiceCall, right: ServiceCall) -> Bool {
    left.run == right.run && left.contact == right.contact && left.service == right.service
      && left.method == right.method && left.url == right.url && left.headers == right.headers
      && left.body == right.body
  }

  /// Feeds what the call says to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(run)
    hasher.combine(service)
    hasher.combine(url)
    hasher.combine(body)
  }
}

/// How a conversation began.
@frozen public struct Opening: Hashable, Sendable, Codable, BitwiseCopyable {
  /// Whose conversation.
  public var contact: ContactID
  /// Its number.
  public var conversation: ConversationID
  /// Who opened it.
  public var actor: Actor
  /// What opened it.
  public var source: Source
  /// Whether the contact is new (PLATFORM.md 5.1) and not returning.
  public var isNew: Bool
  /// The channel, if it began with a message.
  public var channel: ChannelID?
  /// Who has the contact from before.
  public var assignee: UserID?
}

/// Where the account of a conversation that just closed is found.
@frozen public struct ClosedConversation: Hashable, Sendable, Codable, BitwiseCopyable {
  /// Its place among those that closed since the effects were last drained.
  public let place: Int32

  /// The account of one of which none is kept.
  @inline(__always) static var omitted: ClosedConversation { ClosedConversation(place: -1) }
}

/// How a contact left a queue.
public enum QueueExit: String, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
  /// Somebody qualified.
  case served
  /// Nobody did in time.
  case timedOut = "timed_out"
  /// Somebody else was given the contact meanwhile.
  case assignedOtherwise = "assigned_otherwise"
  /// The conversation closed.
  case conversationClosed = "conversation_closed"
  /// The run ended.
  case runEnded = "run_ended"
}

/// Why a contact left a workflow.
public enum ExitReason: String, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
  /// It came to the end.
  case completed
  /// The workflow was stopped.
  case stopped
  /// No branch's conditions held, and there is no Else.
  case noBranch = "no_branch"
  /// Nothing happened in time, and no steps say what then.
  case timeoutWithoutBranch = "timeout_without_branch"
  /// A message failed, and no steps say what then.
  case sendFailed = "send_failed"
  /// An answer was invalid, and no steps say what then.
  case invalidAnswer = "invalid_answer"
  /// The user is gone, or the team has no members.
  case assignFailed = "assign_failed"
  /// A row could not be added, and no steps say what then.
  case serviceFailed = "service_failed"
  /// The last step was a jump without jumps left.
  case jumpExhausted = "jump_exhausted_at_end"
  /// The contact went over to another workflow.
  case transferred = "transferred_to_other_workflow"
  /// The contact was blocked, merged or forgotten.
  case contactGone = "contact_gone"
  /// The conversation was closed and closing ends runs.
  case conversationClosed = "conversation_closed"
  /// The contact came again and starts anew.
  case restarted
  /// Somebody took the contact out.
  case ejected
  /// A person took the contact from the AI agent.
  case takenOver = "taken_over"
  /// The contact went round in circles.
  case loopGuard = "loop_guard"
}
