/// An effect as plain numbers, for hosts in a hurry: no references are counted on its way.
///
/// The same effects in the same order as `EngineEffect`, whose cases say what they mean; what carries
/// texts or lists stays behind and is asked for by its place, until all effects are out.
@frozen public enum PlainEffect: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Bring `timerFires` with this key at that time.
  case armTimer(TimerKey, at: EngineTime)
  /// Forget the timer with this key.
  case cancelTimer(TimerKey)
  /// Hand a message to its channel; `EngineCore.text` has its words.
  case sendMessage(OutgoingMessage, Text)
  /// A contact was made.
  case contactCreated(ContactID)
  /// A contact was forgotten and its slot is free.
  case contactForgotten(ContactID)
  /// A conversation began.
  case conversationOpened(Opening)
  /// A conversation ended.
  case conversationClosed(ContactID, ConversationID, ClosedConversation)
  /// A contact has another assignee.
  case assigneeChanged(AssignmentEntry)
  /// A contact waits for somebody to qualify.
  case enteredQueue(ContactID, RunID, PoolID)
  /// A contact waits no longer.
  case leftQueue(ContactID, RunID, QueueExit)
  /// A user's status changed.
  case statusChanged(UserID, from: ActivityStatus, to: ActivityStatus)
  /// A contact entered a workflow.
  case runStarted(RunID, WorkflowID, ContactID)
  /// A contact left a workflow.
  case runEnded(RunID, WorkflowID, ContactID, ExitReason)
  /// Any other effect; `EngineCore.effect` has it.
  case other(Other)

  /// Where the words of a message are.
  @frozen public struct Text: Sendable, Hashable, Codable, BitwiseCopyable {
    let place: Int32
  }

  /// Where an effect with texts or lists is.
  @frozen public struct Other: Sendable, Hashable, Codable, BitwiseCopyable {
    let place: Int32
  }
}
