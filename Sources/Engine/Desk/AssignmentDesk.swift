/// Who gets a contact: the users, the pools they stand in and the queues in front of them.
///
/// A value without clock, chance or I/O of its own. Its owner reports what happens to users and asks
/// for somebody; every answer is a function of what was reported before, of the policies and, where
/// a logic needs chance, of the policy seed and the decision's number.
///
/// The usual course of an Assign To step is `assign`; after every event, `serveNext` until it is
/// nil. Users have small numbers given out in order (tables are as long as the largest).
public struct AssignmentDesk: Sendable {
  let policies: Policies
  private(set) var policySeed: UInt64
  var users = UserTable()
  /// The workspace first, then the teams by number.
  var pools = OwnedTable<Pool>()
  /// Everybody who waits.
  var queue = WaitingQueue()
  /// Pools where somebody may have become eligible since the queue was last looked at.
  var woken: [Int32] = []
  /// Dedicated lines whose user may have become free since they were last looked at.
  var wokenLines: [WaitingQueue.LineNumber] = []
  /// Whom each contact should get back to, by the contact's place.
  var preferences: [Preference] = []
  /// How many automatic assignments there were, over all pools.
  var assignmentCount: Int64 = 0
  /// Whether events wake the queue, or only `wakeEverything` does.
  let wakesByEvent: Bool
  /// Whether a logic asks for the order of assignments, which then has to be kept.
  private var keepsAssignmentOrder = false
  /// Whether busy users take what no online user can.
  let hasSecondTier: Bool
  /// What every pool needs to know of the policies.
  private var customs: Pool.Customs
  private var identity = Identity()

  /// Opens a desk with nobody at it; the workspace's pool exists.
  public init(policies: Policies, policySeed: UInt64) {
    self.policies = policies
    self.policySeed = policySeed
    wakesByEvent = policies.queueWakeup == .event
    hasSecondTier = policies.awayUsers == .secondTier
    customs = Pool.Customs(
      tie: policies.tie, form: policies.roundRobinForm, state: policies.roundRobinState,
      seed: policySeed)
    pools.append(Pool(customs))
  }

  /// Draws from another seed from now on.
  mutating func beginDraws(from policySeed: UInt64) {
    unshare()
    self.policySeed = policySeed
    customs.seed = policySeed
    for pool in pools.indices { pools[pool].customs.seed = policySeed }
  }

  /// A copy of the desk goes on in memory of its own: asked once by everything that changes the desk
  /// from outside, and not at each access to a table.
  @inline(__always)
  mutating func unshare() {
    if !isKnownUniquelyReferenced(&identity) { separate() }
  }

  /// Goes on in memory of its own.
  @inline(never)
  mutating func separate() {
    identity = Identity()
    users.separate()
    pools.separate { $0.separate() }
  }

  // MARK: Users

  /// Lets a user into the workspace, at the end of its order.
  ///
  /// `weight` counts in the weighted logics, less than 1 as 1; `limit` is a number of open contacts
  /// from which on the user takes nothing automatically.
  public mutating func addUser(
    _ user: UserID, weight: Int32 = 1, limit: Int32? = nil, status: ActivityStatus
  ) {
    unshare()
    users.makeRoom(for: user)
    precondition(!users.records[user.index].isPresent, "\(user) was added to the desk twice")
    users.records[user.index].isPresent = true
    users.records[user.index].limit = limit ?? UserRecord.unlimited
    users.records[user.index].status = status
    users.facts[user.index].weight = max(1, weight)
    join(.workspace, user)
  }

  /// Makes the user unknown to every pool; the others keep their turns.
  public mutating func removeUser(_ user: UserID) {
    unshare()
    _ = known(user)
    while users.records[user.index].teamCount > 0 {
      leave(pool: users.records[user.index].firstPool.index, user)
    }
    leave(pool: 0, user)
    let record = users.records[user.index]
    users.records[user.index] = UserRecord()
    users.records[user.index].firstExcludedLine = record.firstExcludedLine
    users.records[user.index].firstDedicatedLine = record.firstDedicatedLine
    users.facts[user.index] = UserFacts()
  }

  /// Notes a user's activity status.
  mutating func setStatus(_ user: UserID, _ status: ActivityStatus) {
    unshare()
    guard known(user).status != status else { return }
    users.records[user.index].status = status
    let wakes = status == .online || hasSecondTier && status == .busy
    visitSeats(of: users.records[user.index]) { desk, pool, seat in
      desk.pools[pool].refresh(seat, users: &desk.users)
      if wakes, desk.wakesByEvent { desk.wake(pool: pool) }
    }
    if wakes, wakesByEvent { wakeDedicatedLines(of: user) }
  }

  /// Notes that contacts of a user opened, or came, or closed, or went.
  public mutating func changeOpenContacts(_ user: UserID, by change: Int32) {
    unshare()
    moveOpenContactsInGeneral(of: user, by: change)
  }

  /// The same for an owner who knows that nobody shares the desk.
  @inline(never)
  mutating func moveOpenContactsInGeneral(of user: UserID, by change: Int32) {
    moveOpenContacts(of: user, by: change)
  }

  /// The same, in line for the frequent changes.
  @inline(__always)
  mutating func moveOpenContacts(of user: UserID, by change: Int32) {
    let record = users.records.handle(user.index)
    precondition(record.row.isPresent, "the user is unknown to the desk")
    let old = record.row.openContacts
    precondition(old &+ change >= 0, "a user has fewer than no open contacts")
    record.row.openContacts = old &+ change
    // Most users sit in the workspace, whose pool is mostly idle, and in one team.
    let frees = change < 0 && queue.count > 0
    if record.row.teamCount == 1, pools[0].upkeep.isEmpty,
      pools[record.row.firstPool.index].refreshesAsUsual(
        record.row.firstSeat, record, from: old, isMore: change > 0) == .taken
    {
      if frees { wakeForFreed(user) }
    } else {
      refreshOpenContacts(of: user, from: old, frees: frees)
    }
  }

  /// Lets every pool of a user take in how many open contacts there are now.
  @inline(never)
  private mutating func refreshOpenContacts(of user: UserID, from old: Int32, frees: Bool) {
    let record = users.records.handle(user.index)
    let wakes = frees && wakesByEvent
    visitSeats(of: record.row) { desk, pool, seat in
      desk.pools[pool].refreshOpenContacts(seat, record, from: old, users: &desk.users)
      if wakes { desk.wake(pool: pool) }
    }
    if wakes { wakeDedicatedLines(of: user) }
  }

  /// Notes who may be served because a user has fewer open contacts; nobody else waits at all.
  @inline(never)
  private mutating func wakeForFreed(_ user: UserID) {
    guard wakesByEvent else { return }
    visitSeats(of: users.records[user.index]) { desk, pool, _ in desk.wake(pool: pool) }
    wakeDedicatedLines(of: user)
  }

  /// How many open contacts a user has; none if the desk does not know the user.
  public func openContacts(_ user: UserID) -> Int32 {
    user.index < users.records.count ? users.records[user.index].openContacts : 0
  }

  // MARK: Pools

  /// Makes a pool, empty; nothing happens when it exists.
  mutating func addPool(_ pool: PoolID) {
    unshare()
    while pools.count <= Self.index(of: pool) { pools.append(Pool(customs)) }
  }

  /// Seats a user at the end of a pool; nothing happens when he sits there.
  public mutating func join(_ pool: PoolID, _ user: UserID) {
    unshare()
    _ = known(user)
    let index = Self.index(of: pool)
    addPool(pool)
    guard seat(of: user, in: index) == .none else { return }
    let seat = takeSeat(user, pool: index)
    pools[index].refresh(seat, users: &users)
    guard wakesByEvent else { return }
    wake(pool: index)
    wakeDedicatedLines(of: user)
  }

  /// Takes a user out of a pool; nothing happens when he is not there.
  public mutating func leave(_ pool: PoolID, _ user: UserID) {
    unshare()
    _ = known(user)
    leave(pool: Self.index(of: pool), user)
  }

  /// How many users a pool has.
  func memberCount(of pool: PoolID) -> Int {
    let index = Self.index(of: pool)
    return index < pools.count ? pools[index].memberCount : 0
  }

  // MARK: Choosing

  /// Chooses a user and moves the logic's turn; nil when nobody qualifies.
  ///
  /// Nobody in the queue is asked: a contact that may have to wait comes through `assign`.
  public mutating func choose(_ request: AssignmentRequest, decision: UInt64) -> UserID? {
    unshare()
    let pool = Int(request.poolIndex)
    guard pool < pools.count else { return nil }
    if request.isSticky {
      let own = ownSeat(request, pool: pool)
      if own != .none, passes(own, request, pool: pool) {
        let user = pools[pool].user(on: own)
        if request.onlyIfSooner, !isSooner(user, request) { return nil }
        return note(user)
      }
    }
    var choice = self.choice(for: request, pool: pool, decision: decision)
    let rule = request.rule
    if rule == .longestSinceAssignment { keepsAssignmentOrder = true }
    var seat = rule.choose(choice, in: &pools[pool], users: &users)
    if seat == .none, hasSecondTier, request.onlyOnline {
      choice.filter.audience = .busy
      seat = rule.choose(choice, in: &pools[pool], users: &users)
    }
    guard seat != .none else { return nil }
    let user = pools[pool].user(on: seat)
    if request.onlyIfSooner, !isSooner(user, request) { return nil }
    rule.took(seat, choice, in: &pools[pool], users: &users)
    return note(user)
  }

  /// Answers a question of the first tier of the usual kind, for an owner who knows that nobody shares
  /// the desk; nil where `pick` has to look closer.
  @inline(__always)
  mutating func pickUsual(_ request: AssignmentRequest, in pool: Int) -> UserID? {
    guard !keepsAssignmentOrder else { return nil }
    guard let user = pools[pool].chooseAsUsual(request.rule, request.filter) else { return nil }
    return count(user)
  }

  /// The same for a request for anybody of a pool, if nobody waits in front of that.
  @inline(__always)
  mutating func pickIdle(_ request: AssignmentRequest) -> UserID? {
    let pool = Int(request.poolIndex)
    guard pool < pools.count, pools[pool].waitingCount == 0 else { return nil }
    return pickUsual(request, in: pool)
  }

  /// Answers a question of the first tier and moves the logic's turn, for an owner who knows that
  /// nobody shares the desk; nil when nobody qualifies.
  mutating func pick(_ choice: Choice, in pool: Int) -> UserID? {
    if choice.rule == .longestSinceAssignment { keepsAssignmentOrder = true }
    let seat = choice.rule.choose(choice, in: &pools[pool], users: &users)
    guard seat != .none else { return nil }
    choice.rule.took(seat, choice, in: &pools[pool], users: &users)
    return note(pools[pool].user(on: seat))
  }

  /// The question that a request puts to its logic, in the first tier.
  @inline(__always) func choice(
    for request: AssignmentRequest, pool: Int, decision: UInt64
  ) -> Choice {
    var excluded = SeatNumber.none
    if let user = request.exclude { excluded = seat(of: user, in: pool) }
    return Choice(
      rule: request.rule, filter: request.filter, excluded: excluded, step: request.step,
      decision: decision)
  }

  /// Whether a choice helps a contact that only moves to be answered sooner.
  private func isSooner(_ user: Int, _ request: AssignmentRequest) -> Bool {
    guard let current = request.current else { return true }
    return users.records[user].openContacts < openContacts(current) - 1
  }

  /// Notes an automatic assignment.
  @inline(__always)
  mutating func note(_ user: Int) -> UserID {
    let user = count(user)
    if keepsAssignmentOrder { refreshRanks(user) }
    return user
  }

  /// Counts an automatic assignment.
  @inline(__always)
  private mutating func count(_ user: Int) -> UserID {
    assignmentCount &+= 1
    users.records[user].lastAssignment = assignmentCount
    return UserID(index: user)
  }

  /// Lets every pool take in that a user ranks differently.
  mutating func refreshRanks(_ user: UserID) {
    visitSeats(of: users.records[user.index]) { desk, pool, seat in
      desk.pools[pool].refreshRanks(seat, users: &desk.users)
    }
  }

  // MARK: Seats

  static func index(of pool: PoolID) -> Int {
    switch pool {
    case .workspace: 0
    case .team(let team): team.index + 1
    }
  }

  /// The seat of a user in a pool, or none.
  @inline(__always) func seat(of user: UserID, in wanted: Int) -> SeatNumber {
    guard user.index < users.records.count else { return .none }
    let record = users.records[user.index]
    if wanted == 0 { return record.workspaceSeat }
    var pool = record.firstPool
    var seat = record.firstSeat
    while pool != .none, pool.index != wanted {
      let place = pools[pool.index].seats[seat]
      pool = place.nextPool
      seat = place.nextSeat
    }
    return pool == .none ? .none : seat
  }

  @inline(__always) func known(_ user: UserID) -> UserRecord {
    precondition(user.index < users.records.count, "\(user) is unknown to the desk")
    let record = users.records[user.index]
    precondition(record.isPresent, "\(user) is unknown to the desk")
    return record
  }

  /// Goes from seat to seat of a user.
  ///
  /// Most users sit in the workspace, whose pool is mostly idle, and in one team.
  @inline(__always) mutating func visitSeats(
    of record: UserRecord, _ visit: (inout AssignmentDesk, _ pool: Int, _ seat: SeatNumber) -> Void
  ) {
    if !pools[0].isQuiet { visit(&self, 0, record.workspaceSeat) }
    var left = record.teamCount
    guard left > 0 else { return }
    var pool = record.firstPool.index
    var seat = record.firstSeat
    while true {
      visit(&self, pool, seat)
      left &-= 1
      guard left > 0 else { return }
      let place = pools[pool].seats[seat]
      pool = place.nextPool.index
      seat = place.nextSeat
    }
  }

  /// Seats a user at the end of a pool in which he has no seat.
  mutating func takeSeat(_ user: UserID, pool: Int) -> SeatNumber {
    let record = users.records[user.index]
    guard pool > 0 else {
      let seat = pools[0].append(user.index, nextPool: .none, nextSeat: .none)
      users.records[user.index].workspaceSeat = seat
      return seat
    }
    let seat = pools[pool].append(
      user.index, nextPool: record.firstPool, nextSeat: record.firstSeat)
    users.records[user.index].firstPool = PoolNumber(pool)
    users.records[user.index].firstSeat = seat
    users.records[user.index].teamCount += 1
    return seat
  }

  private mutating func leave(pool index: Int, _ user: UserID) {
    let seat = self.seat(of: user, in: index)
    guard seat != .none else { return }
    if index == 0 {
      users.records[user.index].workspaceSeat = .none
    } else {
      let next = pools[index].seats[seat]
      relink(user, fromPool: index, toPool: next.nextPool, seat: next.nextSeat)
      users.records[user.index].teamCount -= 1
    }
    pools[index].vacate(seat)
    if pools[index].isSparse { compact(index) }
    if users.records[user.index].firstDedicatedLine != .none { stopWaiting(for: user, pool: index) }
  }

  /// Makes the link that leads to a user's seat in a team lead elsewhere.
  private mutating func relink(
    _ user: UserID, fromPool old: Int, toPool new: PoolNumber, seat: SeatNumber
  ) {
    var pool = users.records[user.index].firstPool
    guard pool.index != old else {
      users.records[user.index].firstPool = new
      users.records[user.index].firstSeat = seat
      return
    }
    var place = users.records[user.index].firstSeat
    while true {
      let next = pools[pool.index].seats[place]
      guard next.nextPool.index != old else { break }
      pool = next.nextPool
      place = next.nextSeat
    }
    pools[pool.index].link(place, toPool: new, seat: seat)
  }

  private mutating func compact(_ index: Int) {
    pools[index].compact()
    for seat in pools[index].seats.numbers {
      let user = UserID(index: pools[index].user(on: seat))
      if index == 0 {
        users.records[user.index].workspaceSeat = seat
      } else {
        relink(user, fromPool: index, toPool: PoolNumber(index), seat: seat)
      }
    }
  }
}
