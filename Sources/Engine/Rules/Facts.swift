/// What some logics compare: who is idle since when, who handled how many, who owes how many answers.
///
/// Kept for every user as plain numbers; the desk, which orders users by them, is told only while a
/// published workflow has such a logic, for ordering costs more than counting.
extension EngineCore {
  /// Begins or stops telling the desk, as the published workflows need it.
  mutating func reviewFacts() {
    let needed = workflows.anyPublished { program in
      program.assigns.list.contains { $0.request.rule.implementation.comparesFacts }
    }
    if needed, !tellsFacts { tellEverything() }
    tellsFacts = needed
  }

  private mutating func tellEverything() {
    var unanswered = [Int32](repeating: 0, count: users.count)
    for slot in contacts.indices where contacts[slot].exists && isUnanswered(slot) {
      if let assignee = contacts[slot].assignee { unanswered[assignee.index] += 1 }
    }
    for index in users.indices where users[index].exists {
      let user = UserID(index: index)
      desk.setHandled(user, users[index].handled)
      if users[index].lastEnded != .never {
        desk.conversationEnded(by: user, at: users[index].lastEnded)
      }
      desk.changeUnanswered(user, by: unanswered[index] - desk.unanswered(user))
      if let time = users[index].meanReplyTime { desk.setReplyTime(user, time) }
    }
  }

  /// Whether the contact waits for an answer in an open conversation.
  @inline(__always)
  func isUnanswered(_ slot: Int) -> Bool {
    contacts[slot].isOpen
      && conversations[Int(contacts[slot].conversation)].course.unansweredSince != .never
  }

  /// One more, or one less, conversation waits for a user's answer.
  @inline(__always)
  mutating func changeUnanswered(of user: UserID?, by change: Int32) {
    guard tellsFacts, let user, users[user.index].exists else { return }
    desk.changeUnanswered(user, by: change)
  }

  /// A user has one more conversation to handle.
  @inline(never)
  mutating func countHandled(by user: UserID) {
    users.handle(user.index).row.handled &+= 1
    if tellsFacts, users[user.index].exists { desk.countHandled(user) }
  }

  /// A user answered what he could have begun with at that time, or after his reply before.
  @inline(__always)
  mutating func countReply(of user: UserID, since start: EngineTime) {
    let owner = users.handle(user.index)
    var begin = start
    if owner.row.lastReply != .never, owner.row.lastReply > begin { begin = owner.row.lastReply }
    owner.row.lastReply = now
    owner.row.replyTime = EngineDuration(
      nanoseconds: owner.row.replyTime.nanoseconds &+ (now - begin).nanoseconds)
    owner.row.replies &+= 1
    if tellsFacts, let mean = owner.row.meanReplyTime { desk.setReplyTime(user, mean) }
  }
}

extension UserRow {
  /// How long an answer took on average, from when the user could begin with it.
  var meanReplyTime: EngineDuration? {
    replies == 0 ? nil : EngineDuration(nanoseconds: replyTime.nanoseconds / Int64(replies))
  }
}

extension AssignmentDesk {
  /// How many conversations wait for a user's answer, as far as the desk was told.
  func unanswered(_ user: UserID) -> Int32 { users.facts[user.index].unanswered }
}
