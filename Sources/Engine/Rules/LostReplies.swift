/// Replies that never arrive are no answers (`failed_reply_counts: false`, PLATFORM.md 10.17).
///
/// A reply counts when it is sent, for nobody knows better then, and is taken back when its channel
/// says that it was lost.
extension EngineCore {
  /// Whether a channel takes a user's message now.
  @inline(__always)
  func takes(_ channel: ChannelID?, _ row: RowHandle<ContactRow>) -> Bool {
    guard let channel else { return false }
    return !(concerns.contains(.windows) && isShut(channel, for: row))
  }

  /// Notes and sends a user's message that may be lost.
  @inline(never)
  mutating func sendUncertain(
    _ row: RowHandle<ContactRow>, _ contact: ContactID, text: String, user: UserID
  ) {
    let slot = contact.slot
    var reply = SentReply(user: user, sentAt: now, before: contacts[slot].outgoing)
    let former = conversations[Int(contacts[slot].conversation)].course
    count(row, contact, by: user)
    let course = conversations[Int(contacts[slot].conversation)].course
    if course.responses > former.responses { reply.answered = former.unansweredSince }
    reply.isFirst = former.firstResponseAt == .never && course.firstResponseAt != .never
    reply.isFirstSinceAssignment =
      former.lastAssignmentResponseAt == .never && course.lastAssignmentResponseAt != .never
    guard
      let id = hand(
        row, contact, text: text, sender: .user(user), channel: contacts[slot].lastChannel)
    else { return }
    reply.message = id
    contacts[detailsOf: slot].sentReplies.append(reply)
  }

  /// A message that no user sent went out: it is there whichever reply is lost.
  @inline(never)
  mutating func noteBetweenReplies(_ slot: Int) {
    guard contacts.hasDetails(slot) else { return }
    for index in contacts[detailsOf: slot].sentReplies.indices {
      contacts[detailsOf: slot].sentReplies[index].before.any = now
      contacts[detailsOf: slot].sentReplies[index].before.anyHere = now
    }
  }

  /// The replies of the open conversation, as far as they may still be lost.
  func replies(_ slot: Int) -> [SentReply] { contacts[detailsOf: slot].sentReplies }

  /// A user's message was lost.
  @inline(never)
  mutating func replyFailed(_ message: OutgoingMessage) {
    guard let slot = live(message.contact), contacts[slot].isOpen else { return }
    guard let reply = replies(slot).first(where: { $0.message == message.id }) else { return }
    let isLast = replies(slot).last?.message == message.id
    var course = courseHere(slot)
    let wasAnswered = course.unansweredSince == .never
    course.lose(message.id, of: &contacts[detailsOf: slot].sentReplies)
    conversations[Int(contacts[slot].conversation)].note { $0 = course }
    guard isLast else { return }
    contacts[slot].outgoing = reply.before
    if wasAnswered, courseHere(slot).unansweredSince != .never {
      changeUnanswered(of: contacts[slot].assignee, by: 1)
    }
    returnAutoClose(slot)
  }

  private func courseHere(_ slot: Int) -> ConversationCourse {
    conversations[Int(contacts[slot].conversation)].course
  }

  /// The timer that the lost reply started gives way to that of the user's message before it, if one ran.
  private mutating func returnAutoClose(_ slot: Int) {
    guard concerns.contains(.autoClose),
      contacts[slot].autoCloseAt != .never
        || contacts[slot].flags.contains(.autoCloseHeld)
    else { return }
    cancelAutoClose(slot)
    rebaseAutoClose(slot)
  }
}
