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
  private mutating func watchInactivity(_ user: UserID) {
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

  private mutating func cancelInactivity(_ user: UserID) {
    guard users[user.index].inactivityDue != .never else { return }
    users[user.index].inactivityDue = .never
    effects.cancelTimer(.inactivity(user))
  }

  private mutating func become(_ user: UserID, _ status: ActivityStatus) {
    let before = users[user.index].status
    guard before != status else { return }
    users[user.index].status = status
    desk.setStatus(user, status)
    guard !omitted.contains(.statuses) else { return }
    effects.append(.statusChanged(user, from: before, to: status))
  }

  mutating func choosesStatus(_ user: UserID, _ status: ActivityStatus) throws(Refusal) {
    let user = try known(user)
    guard status != .offline else { throw .offlineIsNotChosen(user) }
    users[user.index].chosenStatus = status
    users[user.index].isInactive = false
    users[user.index].lastActivity = now
    become(user, status)
    watchInactivity(user)
  }

  mutating func logsIn(_ user: UserID) throws(Refusal) {
    let user = try known(user)
    users[user.index].isInactive = false
    users[user.index].lastActivity = now
    become(user, users[user.index].chosenStatus)
    watchInactivity(user)
  }

  mutating func logsOut(_ user: UserID) throws(Refusal) {
    let user = try known(user)
    users[user.index].isInactive = false
    cancelInactivity(user)
    become(user, .offline)
  }

  mutating func addUser(_ user: UserID, _ profile: UserProfile) throws(Refusal) {
    guard user == nextUser else {
      throw .idOutOfTurn(expected: UInt64(nextUser.raw), got: UInt64(user.raw))
    }
    try accept(profile.name)
    guard profile.weight >= 1 else {
      throw .badValue("a weight of \(profile.weight); expected 1 or more")
    }
    if let limit = profile.limit, limit < 0 {
      throw .badValue("a limit of \(limit) open contacts; expected 0 or more")
    }
    var row = UserRow()
    row.become(profile.role, seeing: profile.sees)
    row.status = profile.status
    row.chosenStatus = profile.status == .offline ? .online : profile.status
    row.lastActivity = now
    users.append(row)
    userNames.append(profile.name)
    desk.addUser(
      user, weight: profile.weight, limit: profile.limit, status: profile.status)
    watchInactivity(user)
  }

  /// Removes a user: reports keep the number, the contacts become unassigned (PLATFORM.md 4.5).
  mutating func removeUser(_ user: UserID) throws(Refusal) {
    let user = try known(user)
    cancelInactivity(user)
    if policies.removedUser == .unassigns {
      for slot in 0..<contacts.count where contacts[slot].exists {
        guard contacts[slot].assignee == user else { continue }
        assignRarely(
          slot, to: nil, .init(source: .system, reason: .userRemoved, actor: .workspace))
      }
    }
    if let team = users[user.index].team {
      teams[team.index].members.removeAll { $0 == user }
    }
    users[user.index].leave()
    users[user.index].team = nil
    users[user.index].status = .offline
    desk.removeUser(user)
  }

  mutating func addTeam(_ team: TeamID, name: String) throws(Refusal) {
    guard team == nextTeam else {
      throw .idOutOfTurn(expected: UInt64(nextTeam.raw), got: UInt64(team.raw))
    }
    guard teams.count < settings.limits.teams else {
      throw .tooManyTeams(limit: settings.limits.teams)
    }
    try accept(name)
    teams.append(TeamRow(name: name))
    desk.addPool(.team(team))
  }

  mutating func join(_ team: TeamID, _ user: UserID) throws(Refusal) {
    let team = try known(team)
    let user = try known(user)
    // INV-11: one team a user; who moves leaves the old one first.
    if let other = users[user.index].team { throw .alreadyInTeam(user, other) }
    users[user.index].team = team
    teams[team.index].members.append(user)
    desk.join(.team(team), user)
  }

  mutating func leave(_ team: TeamID, _ user: UserID) throws(Refusal) {
    let team = try known(team)
    let user = try known(user)
    guard users[user.index].team == team else { throw .notInTeam(user, team) }
    users[user.index].team = nil
    teams[team.index].members.removeAll { $0 == user }
    desk.leave(.team(team), user)
  }
}
