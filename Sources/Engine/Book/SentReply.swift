/// A user's reply whose fate is not known yet, and what is to be put back if it never arrives.
///
/// Kept only where channels can lose messages and somebody may ask; in order of sending, until the
/// conversation closes.
struct SentReply: Equatable, Sendable, Codable {
  var message = MessageID(0)
  var user: UserID
  var sentAt: EngineTime
  /// The contact's message that it answered; never if it answered none.
  var answered = EngineTime.never
  /// Whether it is the conversation's first response.
  var isFirst = false
  /// Whether it is the first since the last assignment.
  var isFirstSinceAssignment = false
  /// When a message went out before it: any, and one of a user, ever and in this conversation.
  var before: Outgoing

  struct Outgoing: Equatable, Sendable, Codable {
    var any: EngineTime
    var user: EngineTime
    var anyHere: EngineTime
    var userHere: EngineTime
  }
}

extension ContactRow {
  /// When messages went out to the contact.
  var outgoing: SentReply.Outgoing {
    get {
      SentReply.Outgoing(
        any: lastOutgoing, user: lastUserOutgoing, anyHere: lastOutgoingHere,
        userHere: lastUserOutgoingHere)
    }
    set {
      lastOutgoing = newValue.any
      lastUserOutgoing = newValue.user
      lastOutgoingHere = newValue.anyHere
      lastUserOutgoingHere = newValue.userHere
    }
  }
}

extension ConversationCourse {
  /// Takes a reply back that never arrived, one of those that were sent; nothing if it is not among them.
  mutating func lose(_ message: MessageID, of replies: inout [SentReply]) {
    guard let index = replies.firstIndex(where: { $0.message == message }) else { return }
    let reply = replies.remove(at: index)
    var next = index < replies.count ? replies[index] : nil
    next?.before = reply.before
    let others = replies[index...].contains(where: \.isFirstSinceAssignment)
    lost(reply, next: &next, othersSinceAssignment: others)
    if let next { replies[index] = next }
  }

  /// A reply never arrived: what it was passes to the next one that was sent, if there is one.
  ///
  /// It stays an outgoing message of a user; all that it answered is open again.
  private mutating func lost(
    _ reply: SentReply, next: inout SentReply?, othersSinceAssignment: Bool
  ) {
    if reply.isFirst {
      firstResponseAt = next?.sentAt ?? .never
      firstResponseBy = next?.user
      next?.isFirst = true
    }
    // After another assignment, or its own first response, this is no longer about the reply.
    if reply.isFirstSinceAssignment, lastAssignmentResponseAt == reply.sentAt,
      !othersSinceAssignment
    {
      lastAssignmentResponseAt = next?.sentAt ?? .never
      next?.isFirstSinceAssignment = true
    }
    guard reply.answered != .never else { return }
    change(responseTime: reply.answered - reply.sentAt)
    switch next {
    case nil:
      responses &-= 1
      unansweredSince = reply.answered
    case let later? where later.answered == .never:
      change(responseTime: later.sentAt - reply.answered)
    case let later?:
      // The contact wrote again meanwhile: both messages are answered by one response.
      responses &-= 1
      change(responseTime: later.answered - reply.answered)
    }
    next?.answered = reply.answered
  }

  mutating func change(responseTime change: EngineDuration) {
    responseTime = EngineDuration(
      nanoseconds: responseTime.nanoseconds &+ change.nanoseconds)
  }
}
