/// The contact's own user if he can be had, waited for so long; then another logic.
///
/// The own user is the one set for the contact, a dedicated agent or the last one, or else the
/// present assignee. He takes the contact whenever he passes the filters, busy too where busy users
/// come second, and no other logic's turn moves. A contact that may wait for him stands in a line
/// that nobody else serves, until its time is over and it joins the others at the place of its age.
extension AssignmentDesk {
  /// Names the user whom a contact should get back to, or none.
  mutating func setPreferredUser(_ user: UserID?, of contact: ContactID) {
    while preferences.count <= contact.slot {
      if user == nil { return }
      preferences.append(Preference())
    }
    preferences[contact.slot] = Preference(contact: contact, user: user)
  }

  /// The user whom a contact should get back to, as far as the desk was told.
  public func preferredUser(of contact: ContactID) -> UserID? {
    guard contact.slot < preferences.count else { return nil }
    let preference = preferences[contact.slot]
    return preference.contact == contact ? preference.user : nil
  }

  /// How long a waiting contact waits for its own user alone; nil when it does not.
  ///
  /// When the time is over, tell the desk with `stopWaitingForPreferredUser`.
  func waitForPreferredUser(_ ticket: QueueTicket) -> EngineDuration? {
    guard let slot = queue.slot(of: ticket) else { return nil }
    let entry = queue.entries[slot]
    return queue.lines[entry.line].isDedicated ? entry.request.stickyWait : nil
  }

  /// Lets a contact that waited for its own user alone go on waiting for anybody, at the place of
  /// its age; ask `serveNext` afterwards.
  ///
  /// False when it does not wait, or not for one user.
  mutating func stopWaitingForPreferredUser(_ ticket: QueueTicket) -> Bool {
    unshare()
    guard waitForPreferredUser(ticket) != nil, let slot = queue.slot(of: ticket) else {
      return false
    }
    let request = queue.entries[slot].request
    let pool = Int(request.poolIndex)
    freeIfEmpty(queue.takeOut(slot))
    let line = self.line(for: request, pool: pool, isReleased: true)
    queue.stand(slot, in: line)
    wakeForNewcomer(pool: pool, line: line)
    return true
  }

  /// Lets those go on waiting for anybody who waited in front of a pool for a user who left it.
  mutating func stopWaiting(for user: UserID, pool: Int) {
    var line = users.records[user.index].firstDedicatedLine
    var left: [WaitingQueue.LineNumber] = []
    while line != .none {
      if queue.groups[queue.lines[line].group].pool.index == pool { left.append(line) }
      line = queue.lines[line].next
    }
    for line in left {
      while queue.lines[line].head != .none { release(queue.lines[line].head) }
      freeIfEmpty(line)
    }
  }

  /// Moves an entry from the line that waits for one user to where anybody serves it.
  private mutating func release(_ slot: WaitingQueue.EntryNumber) {
    let request = queue.entries[slot].request
    let pool = Int(request.poolIndex)
    _ = queue.takeOut(slot)
    let line = self.line(for: request, pool: pool, isReleased: true)
    queue.stand(slot, in: line)
    if wakesByEvent { wake(pool: pool) }
  }

  // MARK: The own user

  /// The seat of the contact's own user, where he may have the contact at all; else none.
  func ownSeat(_ request: AssignmentRequest, pool: Int) -> SeatNumber {
    guard request.isSticky, let user = ownUser(request), user != request.exclude else {
      return .none
    }
    return seat(of: user, in: pool)
  }

  /// The contact's own user; who waits keeps the one he began to wait for.
  func ownUser(_ request: AssignmentRequest) -> UserID? {
    request.ownUser ?? preferredUser(of: request.contact) ?? request.current
  }

  /// Whether the user on a seat passes the filters of a request, in whichever tier.
  func passes(_ seat: SeatNumber, _ request: AssignmentRequest, pool: Int) -> Bool {
    let user = users.records[pools[pool].user(on: seat)]
    var filter = request.filter
    if filter.admits(user) { return true }
    guard hasSecondTier, request.onlyOnline else { return false }
    filter.audience = .busy
    return filter.admits(user)
  }

  /// The user for whom a contact waits before it takes anybody, if it does.
  func awaitedUser(_ request: AssignmentRequest, pool: Int) -> UserID? {
    guard let wait = request.stickyWait, wait > .zero else { return nil }
    let seat = ownSeat(request, pool: pool)
    return seat == .none ? nil : UserID(index: pools[pool].user(on: seat))
  }

  /// Whether a contact has to wait for its own user now.
  func isOwnUserMissed(_ request: AssignmentRequest, pool: Int) -> Bool {
    guard let user = awaitedUser(request, pool: pool) else { return false }
    return !passes(seat(of: user, in: pool), request, pool: pool)
  }

  // MARK: Lines that wait for one user

  /// The line of those who wait for a user with the filter of a group, made if there is none.
  mutating func dedicatedLine(for user: UserID, group: WaitingQueue.GroupNumber)
    -> WaitingQueue.LineNumber
  {
    let first = users.records[user.index].firstDedicatedLine
    let known = queue.line(of: first, group: group, waited: 0)
    guard known == .none else { return known }
    let line = queue.addLine(
      WaitingQueue.Line(group: group, user: user.raw, isDedicated: true, waited: 0))
    queue.link(line, next: first)
    users.records[user.index].firstDedicatedLine = line
    return line
  }

  /// Notes that a user may have become free for those who wait for him alone.
  mutating func wakeDedicatedLines(of user: UserID) {
    var line = users.records[user.index].firstDedicatedLine
    while line != .none {
      wake(line: line)
      line = queue.lines[line].next
    }
  }

  /// Notes that anybody awaited in front of a pool may be free.
  mutating func wakeDedicatedLines(pool: Int) {
    for group in pools[pool].groups {
      for line in queue.groups[group].dedicated { wake(line: line) }
    }
  }

  /// Notes that the user of a dedicated line may be free.
  mutating func wake(line: WaitingQueue.LineNumber) {
    guard !queue.lines[line].isWoken else { return }
    queue.setWoken(line, true)
    wokenLines.append(line)
  }

  /// The dedicated line with the oldest head whose user passes, or none.
  mutating func oldestDedicated() -> WaitingQueue.LineNumber {
    var best = WaitingQueue.LineNumber.none
    var index = wokenLines.count - 1
    while index >= 0 {
      let line = wokenLines[index]
      if !isServable(dedicated: line) {
        queue.setWoken(line, false)
        wokenLines.swapAt(index, wokenLines.count - 1)
        wokenLines.removeLast()
      } else {
        best = queue.older(line, best)
      }
      index -= 1
    }
    return best
  }

  private func isServable(dedicated index: WaitingQueue.LineNumber) -> Bool {
    let line = queue.lines[index]
    // The line may have been given up, or even be used for something else, since it was woken.
    guard line.isWoken, line.isDedicated, line.head != .none else { return false }
    let pool = queue.groups[line.group].pool.index
    let seat = self.seat(of: UserID(line.user), in: pool)
    return seat != .none && passes(seat, queue.entries[line.head].request, pool: pool)
  }
}

/// Whom a contact should get back to.
struct Preference: Equatable, Sendable, Codable {
  /// The contact, whose place in memory may be another's by now.
  var contact = ContactID(0)
  /// The user, if any.
  var user: UserID?
}
