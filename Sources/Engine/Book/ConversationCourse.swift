extension ConversationCourse {
  @inline(__always)
  mutating func contactWrote(at now: EngineTime) {
    incoming &+= 1
    if unansweredSince == .never { unansweredSince = now }
  }

  /// A response is the first message of a user after one or more of the contact.
  @inline(__always)
  mutating func userAnswered(_ user: UserID, at now: EngineTime, openedByUser: Bool) {
    outgoing &+= 1
    userMessages &+= 1
    if unansweredSince != .never {
      responses &+= 1
      responseTime = EngineDuration(
        nanoseconds: responseTime.nanoseconds &+ (now - unansweredSince).nanoseconds)
      unansweredSince = .never
    }
    // A conversation that a user began has no first response until the contact wrote.
    if firstResponseAt == .never, incoming > 0 || !openedByUser {
      firstResponseAt = now
      firstResponseBy = user
    }
    if lastAssignmentAt != .never, lastAssignmentResponseAt == .never {
      lastAssignmentResponseAt = now
    }
  }
}

extension ConversationCourse {
  /// Counts an assignment event; an unassignment counts too but is nobody's first or last (6.2 case d).
  @inline(__always)
  mutating func assigned(to user: UserID?, from: UserID?, at now: EngineTime) {
    assignments &+= 1
    guard let user else { return }
    if firstAssignmentAt == .never {
      firstAssignee = user
      firstAssignmentAt = now
    } else if lastAssignee != user {
      reassignments &+= 1
    }
    lastAssignee = user
    lastAssignmentAt = now
    lastAssignmentResponseAt = .never
  }
}
