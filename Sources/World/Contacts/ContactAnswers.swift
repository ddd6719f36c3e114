import Engine

/// What a channel needs to know of a message to a contact.
struct Parcel {
  /// The name of the streams of its delivery.
  var entity: UInt64
  /// Its number among the contact's messages.
  var number: UInt16
  /// Whether it answers the contact's question.
  var isAnswer: Bool
  /// In which visit: an answer that comes after the contact is back answers nothing any more.
  var visit: UInt32
}

/// What an agent needs to know of a contact who is answered.
struct Answered {
  var id: ContactID
  /// Whether the contact has no further question.
  var isLast: Bool
  /// Whether the conversation is still there that the agent worked on.
  var isToBeClosed: Bool
  /// Whether the answer was sent so that it also closed the conversation.
  var endsAtOnce: Bool
  /// The channel of the conversation.
  var channel: ChannelID
}

/// What an agent needs to know to start.
struct WorkStart {
  /// How much work it is, or what is left of it, if another agent handed the conversation back;
  /// negative when it is for the agent to draw.
  var work: Int64
  /// Whether nobody started on this conversation before.
  var isFirst: Bool
  /// Which of the contact's conversations.
  var opening: UInt32
}
