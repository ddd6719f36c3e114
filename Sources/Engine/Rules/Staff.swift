extension EngineCore {
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
    users.add(row, name: profile.name)
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
        assignInGeneral(
          slot, to: nil, .init(source: .system, reason: .userRemoved, actor: .workspace))
      }
    }
    if let team = users[user.index].team {
      teams.leave(team, user)
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
    teams.add(name: name)
    desk.addPool(.team(team))
  }

  mutating func join(_ team: TeamID, _ user: UserID) throws(Refusal) {
    let team = try known(team)
    let user = try known(user)
    // INV-11: one team a user; who moves leaves the old one first.
    if let other = users[user.index].team { throw .alreadyInTeam(user, other) }
    users[user.index].team = team
    teams.join(team, user)
    desk.join(.team(team), user)
  }

  mutating func leave(_ team: TeamID, _ user: UserID) throws(Refusal) {
    let team = try known(team)
    let user = try known(user)
    guard users[user.index].team == team else { throw .notInTeam(user, team) }
    users[user.index].team = nil
    teams.leave(team, user)
    desk.leave(.team(team), user)
  }
}
