extension AssignmentDesk {
  // MARK: Entering

  /// Gives a contact to somebody at once if nobody else waits and somebody qualifies; else it waits.
  ///
  /// The same as `enqueue` followed by `serveNext`, without the detour. After `waiting` call
  /// `serveNext` until it is nil: an older contact may be next, or this one.
  public mutating func assign(
    _ request: AssignmentRequest, token: UInt64, decision: UInt64
  ) -> AssignmentOutcome {
    unshare()
    if request.onlyIfSooner, request.current != nil {
      return choose(request, decision: decision).map { .assigned($0) } ?? .unchanged
    }
    let index = Int(request.poolIndex)
    guard index < pools.count, pools[index].waitingCount == 0 else {
      return .waiting(enqueue(request, token: token))
    }
    let hasToWait = request.isSticky && isOwnUserMissed(request, pool: index)
    if !hasToWait, let user = choose(request, decision: decision) {
      return .assigned(user)
    }
    return .waiting(append(request, token: token))
  }

  /// Whether somebody who waits may be served by now.
  @inline(__always) var mayServe: Bool {
    queue.count > 0 && !(woken.isEmpty && wokenLines.isEmpty)
  }

  /// Puts a contact at the end of its pool's queue, to be served by `serveNext`.
  ///
  /// The token is the caller's own and comes back when the entry is served.
  public mutating func enqueue(_ request: AssignmentRequest, token: UInt64) -> QueueTicket {
    unshare()
    let ticket = append(request, token: token)
    if let slot = queue.slot(of: ticket) {
      wakeForNewcomer(
        pool: Int(request.poolIndex), line: queue.entries[slot].line)
    }
    return ticket
  }

  /// Takes an entry out of the queue; false when it was served or cancelled before.
  public mutating func cancel(_ ticket: QueueTicket) -> Bool {
    unshare()
    guard let slot = queue.slot(of: ticket) else { return false }
    remove(slot)
    return true
  }

  /// The contact that waits has no assignee any more, so nobody is excluded as the present one.
  mutating func stopExcluding(_ ticket: QueueTicket) {
    unshare()
    guard let slot = queue.slot(of: ticket), queue.entries[slot].request.exclude != nil else {
      return
    }
    let before = queue.takeOut(slot)
    let isReleased = !queue.lines[before].isDedicated
    freeIfEmpty(before)
    queue.excludeNobody(slot)
    let request = queue.entries[slot].request
    let pool = Int(request.poolIndex)
    let line = self.line(for: request, pool: pool, isReleased: isReleased)
    queue.stand(slot, in: line)
    guard wakesByEvent else { return }
    wake(pool: pool)
    if queue.lines[line].isDedicated { wake(line: line) }
  }

  /// Whether those who wait must be served before a contact that would only be answered sooner; where
  /// events wake the queue, whoever could be served was.
  mutating func servesFirst(_ request: AssignmentRequest) -> Bool {
    let pool = Int(request.poolIndex)
    guard !wakesByEvent, request.onlyIfSooner, request.current != nil, pool < pools.count,
      pools[pool].waitingCount > 0
    else { return false }
    unshare()
    wake(pool: pool)
    wakeDedicatedLines(pool: pool)
    return true
  }

  private mutating func append(_ request: AssignmentRequest, token: UInt64) -> QueueTicket {
    addPool(request.pool)
    let index = Int(request.poolIndex)
    var request = request
    request.onlyIfSooner = false  // Whoever waits has no assignee to compare with.
    if request.isSticky { request.ownUser = ownUser(request) }
    let line = self.line(for: request, pool: index, isReleased: false)
    pools[index].waitingCount += 1
    return queue.append(request, token: token, line: line)
  }

  private mutating func remove(_ slot: WaitingQueue.EntryNumber) {
    let line = queue.remove(slot)
    pools[queue.groups[queue.lines[line].group].pool.index].waitingCount -= 1
    freeIfEmpty(line)
  }

  // MARK: Serving

  /// Takes the oldest contact that somebody accepts out of the queue, with the user who takes it.
  ///
  /// Nil when nobody who waits can be served. The caller assigns, which counts one more open
  /// contact, and asks again.
  public mutating func serveNext(
    decision: UInt64
  ) -> (token: UInt64, ticket: QueueTicket, user: UserID)? {
    unshare()
    var best = WaitingQueue.LineNumber.none
    var index = woken.count - 1
    while index >= 0 {
      let pool = Int(woken[index])
      let line = oldestServable(pool: pool)
      if line == .none {
        pools[pool].isWoken = false
        woken.swapAt(index, woken.count - 1)
        woken.removeLast()
      } else {
        best = queue.older(line, best)
      }
      index -= 1
    }
    best = queue.older(oldestDedicated(), best)
    guard best != .none else { return nil }
    let slot = queue.lines[best].head
    let ticket = queue.ticket(of: slot)
    let entry = queue.entries[slot]
    remove(slot)
    guard let user = choose(entry.request, decision: decision) else {
      preconditionFailure("an entry is servable but nobody qualifies for it")
    }
    return (entry.token, ticket, user)
  }

  /// Lets the next `serveNext` look at every pool, as a polling desk does every so often.
  mutating func wakeEverything() {
    unshare()
    for pool in pools.indices {
      wake(pool: pool)
      wakeDedicatedLines(pool: pool)
    }
  }

  /// The tokens of those who wait in front of a pool, in order of entering.
  public func waiting(in pool: PoolID) -> [UInt64] {
    let index = Self.index(of: pool)
    guard index < pools.count, pools[index].waitingCount > 0 else { return [] }
    var found: [(sequence: UInt64, token: UInt64)] = []
    for group in pools[index].groups {
      let lines = queue.groups[group].heap + queue.groups[group].dedicated
      for line in lines {
        var slot = queue.lines[line].head
        while slot != .none {
          let entry = queue.entries[slot]
          found.append((entry.sequence, entry.token))
          slot = entry.next
        }
      }
    }
    return found.sorted { $0.sequence < $1.sequence }.map(\.token)
  }

  /// How many contacts wait, in front of all pools.
  public var waitingCount: Int { queue.count }

  /// How many contacts wait in front of a pool.
  public func waitingCount(in pool: PoolID) -> Int {
    let index = Self.index(of: pool)
    return index < pools.count ? Int(pools[index].waitingCount) : 0
  }

  /// A newcomer may be served at once; where events wake nobody, so may all who were here before.
  mutating func wakeForNewcomer(pool: Int, line: WaitingQueue.LineNumber) {
    wake(pool: pool)
    if queue.lines[line].isDedicated { wake(line: line) }
    if !wakesByEvent { wakeDedicatedLines(pool: pool) }
  }

  /// Notes that somebody in a pool may have become eligible.
  @inline(__always) mutating func wake(pool: Int) {
    guard pools[pool].waitingCount > 0, !pools[pool].isWoken else { return }
    pools[pool].isWoken = true
    woken.append(Int32(truncatingIfNeeded: pool))
  }

  /// The line with the oldest head that somebody accepts, or none.
  private mutating func oldestServable(pool: Int) -> WaitingQueue.LineNumber {
    var best = WaitingQueue.LineNumber.none
    var index = 0
    while index < pools[pool].groups.count {
      let group = pools[pool].groups[index]
      index += 1
      guard queue.oldestLine(of: group) != .none else { continue }
      let line: WaitingQueue.LineNumber =
        switch accepting(group, pool: pool) {
        case .nobody: .none
        case .one(let user): queue.oldestLine(of: group, accepting: user)
        case .several: queue.oldestLine(of: group)
        }
      best = queue.older(line, best)
    }
    return best
  }

  private enum Accepting {
    case nobody
    case one(UInt32)
    case several
  }

  /// Who passes the filter of a group: it matters whether anybody, and whether one alone.
  private mutating func accepting(_ group: WaitingQueue.GroupNumber, pool: Int) -> Accepting {
    let onlyOnline = queue.groups[group].onlyOnline
    var filter = PoolFilter(
      audience: onlyOnline ? .online : .everyone, below: queue.groups[group].below)
    let first = passing(filter, pool: pool)
    guard hasSecondTier, onlyOnline else { return first }
    filter.audience = .busy
    switch (first, passing(filter, pool: pool)) {
    case (.nobody, let second): return second
    case (let first, .nobody): return first
    default: return .several
    }
  }

  private mutating func passing(_ filter: PoolFilter, pool: Int) -> Accepting {
    let row = pools[pool].roster(filter, users: &users)
    let seat = pools[pool].sets.first(from: 0, row: row)
    guard seat != .none else { return .nobody }
    guard pools[pool].sets.first(from: seat.following, row: row) == .none else { return .several }
    return .one(pools[pool].seats[seat].user)
  }

  // MARK: Groups and lines

  /// The group of a request's filter, made if there is none.
  mutating func group(for request: AssignmentRequest, pool: Int) -> WaitingQueue.GroupNumber {
    let below = request.below
    var empty = WaitingQueue.GroupNumber.none
    for group in pools[pool].groups {
      let known = queue.groups[group]
      if known.onlyOnline == request.onlyOnline, known.below == below { return group }
      if known.isEmpty { empty = group }
    }
    if empty != .none {
      queue.reuseGroup(empty, onlyOnline: request.onlyOnline, below: below)
      return empty
    }
    let group = queue.addGroup(
      pool: PoolNumber(pool), onlyOnline: request.onlyOnline, below: below)
    pools[pool].groups.append(group)
    return group
  }

  /// The line of a request, made if there is none.
  ///
  /// Who may wait for one very user has a line of his own kind until that wait is over.
  mutating func line(for request: AssignmentRequest, pool: Int, isReleased: Bool)
    -> WaitingQueue.LineNumber
  {
    let group = self.group(for: request, pool: pool)
    if !isReleased, let own = awaitedUser(request, pool: pool) {
      return dedicatedLine(for: own, group: group)
    }
    let waited = isReleased ? request.stickyWait?.nanoseconds ?? 0 : 0
    var first = queue.groups[group].openLine
    if let excluded = request.exclude {
      users.makeRoom(for: excluded)
      first = users.records[excluded.index].firstExcludedLine
    }
    let known = queue.line(of: first, group: group, waited: waited)
    guard known == .none else { return known }
    let line = queue.addLine(
      WaitingQueue.Line(
        group: group, user: request.exclude?.raw ?? WaitingQueue.Line.nobody, isDedicated: false,
        waited: waited))
    if let excluded = request.exclude {
      queue.link(line, next: first)
      users.records[excluded.index].firstExcludedLine = line
    } else {
      // The group's own line stays the first.
      queue.link(line, next: queue.lines[first].next)
      queue.link(first, next: line)
    }
    return line
  }

  /// Gives up a line in which nobody is left, but for the one that each group keeps.
  mutating func freeIfEmpty(_ index: WaitingQueue.LineNumber) {
    let line = queue.lines[index]
    let open = queue.groups[line.group].openLine
    guard line.head == .none, index != open else { return }
    let user = Int(line.user)
    if line.isDedicated {
      let first = users.records[user].firstDedicatedLine
      users.records[user].firstDedicatedLine = queue.unlink(index, from: first)
    } else if line.user == WaitingQueue.Line.nobody {
      _ = queue.unlink(index, from: open)
    } else {
      let first = users.records[user].firstExcludedLine
      users.records[user].firstExcludedLine = queue.unlink(index, from: first)
    }
    queue.freeLine(index)
  }
}
