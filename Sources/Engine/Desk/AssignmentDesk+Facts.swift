/// What some logics compare and only the host knows.
extension AssignmentDesk {
  /// A conversation of the user ended: `longest_idle` counts from here.
  mutating func conversationEnded(by user: UserID, at time: EngineTime) {
    unshare()
    _ = known(user)
    users.facts[user.index].lastEnded = time.nanoseconds
    refreshRanks(user)
  }

  /// More or fewer conversations wait for the user's answer: `least_unanswered`, `expected_wait`.
  mutating func changeUnanswered(_ user: UserID, by change: Int32) {
    unshare()
    _ = known(user)
    let count = users.facts[user.index].unanswered &+ change
    precondition(count >= 0, "\(user) has fewer than no unanswered conversations")
    users.facts[user.index].unanswered = count
    refreshRanks(user)
  }

  /// How many conversations the user has handled, since whenever the host counts: `fewest_handled`.
  mutating func setHandled(_ user: UserID, _ count: Int32) {
    unshare()
    _ = known(user)
    users.facts[user.index].handled = count
    refreshRanks(user)
  }

  /// The user handled one more conversation: `fewest_handled`.
  mutating func countHandled(_ user: UserID) {
    unshare()
    _ = known(user)
    setHandled(user, users.facts[user.index].handled &+ 1)
  }

  /// How long an answer of the user usually takes: `expected_wait`.
  mutating func setReplyTime(_ user: UserID, _ time: EngineDuration) {
    unshare()
    _ = known(user)
    users.facts[user.index].replyTime = max(0, time.nanoseconds)
    refreshRanks(user)
  }

  /// The user's share of work in the weighted logics; less than 1 counts as 1.
  mutating func setWeight(_ user: UserID, _ weight: Int32) {
    unshare()
    _ = known(user)
    users.facts[user.index].weight = max(1, weight)
    refreshEverything(user)
  }

  /// The user's own limit of open contacts, or none.
  mutating func setLimit(_ user: UserID, _ limit: Int32?) {
    unshare()
    _ = known(user)
    users.records[user.index].limit = limit ?? UserRecord.unlimited
    refreshEverything(user)
  }

  /// Lets every pool take in whatever changed about a user, for better or worse.
  private mutating func refreshEverything(_ user: UserID) {
    visitSeats(of: users.records[user.index]) { desk, pool, seat in
      desk.pools[pool].refresh(seat, users: &desk.users)
      if desk.wakesByEvent { desk.wake(pool: pool) }
    }
    if wakesByEvent { wakeDedicatedLines(of: user) }
  }
}
