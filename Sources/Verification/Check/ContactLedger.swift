import Engine

/// What a case remembers of a contact, for the expectations about it.
struct ContactLedger {
  /// The contact's id, once it is there.
  var id: ContactID?
  /// Every change of the assignee.
  var assignments: [AssignmentEntry] = []
  /// The texts that reached it.
  var received: [String] = []
  var comments: [String] = []
  /// The users that comments named.
  var mentioned: [UserID] = []
  var tagHistory: [(tag: TagID, action: TagAction)] = []
  var fieldHistory: [FieldID: [Value?]] = [:]
  /// How many questions workflows asked.
  var asked = 0
  var openedBy: Source?
  /// The account of the latest conversation that was closed.
  var closed: ConversationRecord?
  /// The channel it wrote on last.
  var lastChannel: ChannelID?
  /// Its passages through each workflow.
  var runs: [WorkflowID: RunTally] = [:]

  /// The passages of a contact through one workflow.
  struct RunTally {
    var count = 0
    var latest: RunID
    /// How the latest one ended; nil while it goes on.
    var ended: ExitReason?
  }
}
