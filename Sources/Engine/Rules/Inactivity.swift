extension EngineCore {
  /// Notes that a user did something: who was taken for absent is back (INV-12).
  @inline(__always)
  mutating func act(_ user: UserID) {
    guard concerns.contains(.inactivity) else { return }
    noteActivity(user)
  }

  private mutating func noteActivity(_ user: UserID) {
    let index = user.index
    users[index].lastActivity = now
    if users[index].isInactive {
      users[index].isInactive = false
      become(user, users[index].chosenStatus)
    }
    watchInactivity(user)
  }

  /// One timer a user: it is looked up again when it goes off, not moved at every action.
  mutating func watchInactivity(_ user: UserID) {
    let index = user.index
    guard let inactivity = settings.inactivity, users[index].status != .offline,
      users[index].inactivityDue == .never
    else { return }
    users[index].inactivityDue = users[index].lastActivity + inactivity
    effects.armTimer(.inactivity(user), at: users[index].inactivityDue)
  }

  mutating func inactivityPassed(_ user: UserID, _ key: TimerKey) throws(Refusal) {
    let index = try known(user).index
    guard let inactivity = settings.inactivity, users[index].inactivityDue != .never else {
      throw .staleTimer(key)
    }
    guard users[index].inactivityDue <= now else {
      throw .earlyTimer(key, expected: users[index].inactivityDue)
    }
    users[index].inactivityDue = .never
    if users[index].lastActivity + inactivity > now {
      watchInactivity(user)
      return
    }
    users[index].isInactive = true
    become(user, .offline)
  }

  mutating func cancelInactivity(_ user: UserID) {
    guard users[user.index].inactivityDue != .never else { return }
    users[user.index].inactivityDue = .never
    effects.cancelTimer(.inactivity(user))
  }
}
