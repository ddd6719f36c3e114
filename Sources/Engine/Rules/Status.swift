extension EngineCore {
  mutating func become(_ user: UserID, _ status: ActivityStatus) {
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
}
