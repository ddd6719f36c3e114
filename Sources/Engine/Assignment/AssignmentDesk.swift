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
  let policySeed: UInt64
  /// By number.
  var users: [UserRecord] = []
  /// The workspace first, then the teams by number.
  var pools: [Pool] = [Pool()]
  /// Everybody who waits.
  var queue = WaitingQueue()
  /// Pools where somebody may have become eligible since the queue was last looked at.
  var woken: [Int32] = []
  /// How many automatic assignments there were, over all pools.
  var assignmentCount: Int64 = 0
  /// Whether events wake the queue, or only `wakeEverything` does.
  let wakesByEvent: Bool
  /// Whether busy users take what no online user can.
  let hasSecondTier: Bool

  /// Opens a desk with nobody at it; the workspace's pool exists.
  public init(policies: Policies, policySeed: UInt64) {
    self.policies = policies
    self.policySeed = policySeed
    wakesByEvent = policies.queueWakeup == .event
    hasSecondTier = policies.awayUsers == .secondTier
  }

  // MARK: Users

  /// Lets a user into the workspace, at the end of its order.
  ///
  /// `weight` counts in the weighted logics, less than 1 as 1; `limit` is a number of open contacts
  /// from which on the user takes nothing automatically.
  public mutating func addUser(
    _ user: UserID, weight: Int32 = 1, limit: Int32? = nil, status: ActivityStatus
  ) {
    makeRoom(for: user)
    precondition(!users[user.index].isPresent, "\(user) was added to the desk twice")
    users[user.index].isPresent = true
    users[user.index].weight = max(1, weight)
    users[user.index].limit = limit ?? UserRecord.unlimited
    users[user.index].status = status
    join(.workspace, user)
  }

  /// Makes the user unknown to every pool; the others keep their turns.
  public mutating func removeUser(_ user: UserID) {
    let record = known(user)
    while users[user.index].firstPool >= 0 {
      leave(pool: Int(users[user.index].firstPool), user)
    }
    users[user.index] = UserRecord()
    users[user.index].firstExcludedLine = record.firstExcludedLine
  }

  /// Notes a user's activity status.
  public mutating func setStatus(_ user: UserID, _ status: ActivityStatus) {
    guard known(user).status != status else { return }
    users[user.index].status = status
    refresh(user, wakes: status == .online || hasSecondTier && status == .busy)
  }

  /// Notes that contacts of a user opened, or came, or closed, or went.
  public mutating func changeOpenContacts(_ user: UserID, by change: Int32) {
    let count = known(user).openContacts &+ change
    precondition(count >= 0, "\(user) has fewer than no open contacts")
    users[user.index].openContacts = count
    refresh(user, wakes: change < 0)
  }

  /// How many open contacts a user has; none if the desk does not know the user.
  public func openContacts(_ user: UserID) -> Int32 {
    user.index < users.count ? users[user.index].openContacts : 0
  }

  // MARK: Pools

  /// Makes a pool, empty; nothing happens when it exists.
  public mutating func addPool(_ pool: PoolID) {
    while pools.count <= Self.index(of: pool) { pools.append(Pool()) }
  }

  /// Seats a user at the end of a pool; nothing happens when he sits there.
  public mutating func join(_ pool: PoolID, _ user: UserID) {
    let record = known(user)
    let index = Self.index(of: pool)
    addPool(pool)
    guard seat(of: user, in: index) < 0 else { return }
    let seat = pools[index].append(
      user.index, nextPool: record.firstPool, nextSeat: record.firstSeat)
    users[user.index].firstPool = Int32(truncatingIfNeeded: index)
    users[user.index].firstSeat = Int32(truncatingIfNeeded: seat)
    pools[index].refresh(seat, users[user.index])
    if wakesByEvent { wake(pool: index) }
  }

  /// Takes a user out of a pool; nothing happens when he is not there.
  public mutating func leave(_ pool: PoolID, _ user: UserID) {
    _ = known(user)
    leave(pool: Self.index(of: pool), user)
  }

  /// How many users a pool has.
  public func memberCount(of pool: PoolID) -> Int {
    let index = Self.index(of: pool)
    return index < pools.count ? pools[index].memberCount : 0
  }

  // MARK: Choosing

  /// Chooses a user and moves the logic's turn; nil when nobody qualifies.
  ///
  /// Nobody in the queue is asked: a contact that may have to wait comes through `assign`.
  public mutating func choose(_ request: AssignmentRequest, decision: UInt64) -> UserID? {
    let pool = Self.index(of: request.pool)
    guard pool < pools.count else { return nil }
    var choice = Choice(
      rule: request.rule, filter: filter(of: request),
      excluded: request.exclude.map { self.seat(of: $0, in: pool) } ?? -1, step: request.step,
      draw: Draw(seed: policySeed, decision: decision), tie: policies.tie,
      form: policies.roundRobinForm, state: policies.roundRobinState)
    let logic = request.rule.implementation
    var seat = logic.choose(choice, in: &pools[pool], users: &users)
    if seat < 0, hasSecondTier, request.onlyOnline {
      choice.filter.audience = .busy
      seat = logic.choose(choice, in: &pools[pool], users: &users)
    }
    guard seat >= 0 else { return nil }
    let user = Int(pools[pool].seats[seat].user)
    if request.onlyIfSooner, let current = request.current,
      users[user].openContacts >= openContacts(current) - 1
    {
      return nil
    }
    logic.took(seat, choice, in: &pools[pool], users: &users)
    assignmentCount &+= 1
    users[user].lastAssignment = assignmentCount
    return UserID(index: user)
  }

  /// Whom a request's filters let pass, in the first tier.
  func filter(of request: AssignmentRequest) -> PoolFilter {
    PoolFilter(
      audience: request.onlyOnline ? .online : .everyone,
      below: request.fewerThan ?? UserRecord.unlimited)
  }

  // MARK: Seats

  static func index(of pool: PoolID) -> Int {
    switch pool {
    case .workspace: 0
    case .team(let team): team.index + 1
    }
  }

  /// The seat of a user in a pool, or -1. A user sits in the workspace and in a team or two.
  func seat(of user: UserID, in wanted: Int) -> Int {
    guard user.index < users.count else { return -1 }
    var pool = users[user.index].firstPool
    var seat = users[user.index].firstSeat
    while pool >= 0, Int(pool) != wanted {
      let place = pools[Int(pool)].seats[Int(seat)]
      pool = place.nextPool
      seat = place.nextSeat
    }
    return pool >= 0 ? Int(seat) : -1
  }

  @inline(__always) private func known(_ user: UserID) -> UserRecord {
    precondition(
      user.index < users.count && users[user.index].isPresent, "\(user) is unknown to the desk")
    return users[user.index]
  }

  mutating func makeRoom(for user: UserID) {
    while users.count <= user.index { users.append(UserRecord()) }
  }

  @inline(__always) private mutating func refresh(_ user: UserID, wakes: Bool) {
    let record = users[user.index]
    var pool = Int(record.firstPool)
    var seat = Int(record.firstSeat)
    while pool >= 0 {
      pools[pool].refresh(seat, record)
      if wakes, wakesByEvent { wake(pool: pool) }
      let place = pools[pool].seats[seat]
      pool = Int(place.nextPool)
      seat = Int(place.nextSeat)
    }
  }

  private mutating func leave(pool index: Int, _ user: UserID) {
    let seat = self.seat(of: user, in: index)
    guard seat >= 0 else { return }
    let next = pools[index].seats[seat]
    relink(user, fromPool: index, toPool: next.nextPool, seat: next.nextSeat)
    pools[index].vacate(seat)
    if pools[index].isSparse { compact(index) }
  }

  /// Makes the link that leads to a user's seat in a pool lead elsewhere.
  private mutating func relink(_ user: UserID, fromPool old: Int, toPool new: Int32, seat: Int32) {
    var pool = users[user.index].firstPool
    guard Int(pool) != old else {
      users[user.index].firstPool = new
      users[user.index].firstSeat = seat
      return
    }
    var place = Int(users[user.index].firstSeat)
    while true {
      let next = pools[Int(pool)].seats[place]
      guard Int(next.nextPool) != old else { break }
      pool = next.nextPool
      place = Int(next.nextSeat)
    }
    pools[Int(pool)].link(place, toPool: new, seat: seat)
  }

  private mutating func compact(_ index: Int) {
    _ = pools[index].compact()
    for seat in pools[index].seats.indices {
      let user = UserID(pools[index].seats[seat].user)
      relink(user, fromPool: index, toPool: Int32(index), seat: Int32(seat))
    }
  }
}
