import Engine

/// The desk as one would write it first: lists, scanned from end to end at every question.
///
/// Slow and plain, so that each rule can be read off; the real desk must agree with it always.
struct PlainDesk {
  struct User {
    var status: ActivityStatus
    var open: Int32 = 0
    var limit: Int32?
    var weight: Int32 = 1
    var unanswered: Int32 = 0
    var handled: Int32 = 0
    var lastEnded = -Double.infinity
    var lastAssignment = 0
    var replyTime = 0.0
  }

  struct Waiting {
    var request: AssignmentRequest
    var token: UInt64
    /// The one user it waits for, if it does.
    var own: UserID?
    /// The user it would rather have.
    var preferred: UserID?
    /// Those who wait for one user with one filter.
    var line: String {
      "\(request.pool) \(request.onlyOnline) \(request.fewerThan ?? -1) \(own, default: "-")"
    }
  }

  struct Members {
    /// In order of joining.
    var list: [UserID] = []
    /// The member after whom each turn goes on, kept as a position in the list; -1 is before all.
    var pointers: [String: Int] = [:]
    /// Rotations by key, the front first.
    var rotations: [String: [UserID]] = [:]
    /// What each member has in weighted round robin.
    var balances: [UserID: Int] = [:]
    var isWoken = false
  }

  let policies: Policies
  let seed: UInt64
  var users: [UserID: User] = [:]
  var pools: [PoolID: Members] = [.workspace: Members()]
  /// Everybody who waits, the oldest first.
  var queue: [Waiting] = []
  /// Which of those lines are to be looked at, where events wake nobody.
  var wokenLines: Set<String> = []
  var preferences: [ContactID: UserID] = [:]
  var assignmentCount = 0

  init(policies: Policies, policySeed: UInt64) {
    self.policies = policies
    seed = policySeed
  }

  // MARK: Events

  mutating func addUser(_ user: UserID, weight: Int32, limit: Int32?, status: ActivityStatus) {
    users[user] = User(status: status, limit: limit, weight: weight)
    join(.workspace, user)
  }

  mutating func removeUser(_ user: UserID) {
    for pool in pools.keys { leave(pool, user) }
    users[user] = nil
  }

  mutating func join(_ pool: PoolID, _ user: UserID) {
    var members = pools[pool] ?? Members()
    guard !members.list.contains(user) else { return }
    members.list.append(user)
    for key in members.rotations.keys { members.rotations[key]?.append(user) }
    pools[pool] = members
  }

  mutating func leave(_ pool: PoolID, _ user: UserID) {
    // Who waits there for this user alone waits for anybody now.
    for place in queue.indices where queue[place].request.pool == pool && queue[place].own == user {
      queue[place].own = nil
    }
    guard var members = pools[pool], let place = members.list.firstIndex(of: user) else { return }
    members.list.remove(at: place)
    members.balances[user] = nil
    for (key, pointer) in members.pointers where pointer >= place {
      members.pointers[key] = pointer - 1
    }
    for key in members.rotations.keys { members.rotations[key]?.removeAll { $0 == user } }
    pools[pool] = members
  }

  // MARK: Choosing

  func eligible(_ request: AssignmentRequest, _ tier: ActivityStatus?) -> [UserID] {
    (pools[request.pool]?.list ?? []).filter { id in
      guard id != request.exclude, let user = users[id] else { return false }
      if let tier, user.status != tier { return false }
      if let limit = request.fewerThan, user.open >= limit { return false }
      if let limit = user.limit, user.open >= limit { return false }
      return true
    }
  }

  mutating func choose(
    _ request: AssignmentRequest, decision: UInt64, preferred: UserID? = nil
  ) -> UserID? {
    guard pools[request.pool] != nil else { return nil }
    let rule = request.logic.rule
    if request.logic.stickyWait != nil {
      if let own = preferred ?? preferredUser(of: request), isFree(own, for: request) {
        return isTooLate(own, request) ? nil : noted(own)
      }
    }
    var able = eligible(request, request.onlyOnline ? .online : nil)
    if able.isEmpty, request.onlyOnline, policies.awayUsers == .secondTier {
      able = eligible(request, .busy)
    }
    guard !able.isEmpty else { return nil }
    return switch rule {
    case .roundRobin where policies.roundRobinForm == .rotation: rotate(able, request)
    case .weightedRoundRobin: weigh(able, request)
    default: pick(able, rule, request, decision)
    }
  }

  private mutating func noted(_ user: UserID) -> UserID {
    assigned(to: user)
    return user
  }

  /// Counts an automatic assignment.
  mutating func assigned(to user: UserID) {
    assignmentCount += 1
    users[user]?.lastAssignment = assignmentCount
  }

  func preferredUser(of request: AssignmentRequest) -> UserID? {
    preferences[request.contact] ?? request.current
  }

  func isFree(_ user: UserID, for request: AssignmentRequest) -> Bool {
    let tiers: [ActivityStatus?] =
      !request.onlyOnline
      ? [nil] : policies.awayUsers == .secondTier ? [.online, .busy] : [.online]
    return tiers.contains { eligible(request, $0).contains(user) }
  }

  private func key(_ rule: Logic.Rule, _ request: AssignmentRequest) -> String {
    let perStep = policies.roundRobinState == .step && rule == .roundRobin
    return perStep ? "\(rule.name) \(request.step)" : rule.name
  }

  private mutating func rotate(_ able: [UserID], _ request: AssignmentRequest) -> UserID? {
    guard let members = pools[request.pool] else { return nil }
    let key = self.key(.roundRobin, request)
    var order = members.rotations[key] ?? members.list
    guard let front = order.first(where: able.contains) else { return nil }
    if isTooLate(front, request) { return nil }
    order.removeAll { $0 == front }
    order.append(front)
    pools[request.pool]?.rotations[key] = order
    return noted(front)
  }

  /// As nginx does it, without a thought of speed.
  private mutating func weigh(_ able: [UserID], _ request: AssignmentRequest) -> UserID? {
    var balances = pools[request.pool]?.balances ?? [:]
    var best = able[0]
    var total = 0
    for user in able {
      let weight = Int(users[user]?.weight ?? 1)
      balances[user, default: 0] += weight
      total += weight
      if balances[user, default: 0] > balances[best, default: 0] { best = user }
    }
    if isTooLate(best, request) { return nil }
    balances[best, default: 0] -= total
    pools[request.pool]?.balances = balances
    return noted(best)
  }

  private mutating func pick(
    _ able: [UserID], _ rule: Logic.Rule, _ request: AssignmentRequest, _ decision: UInt64
  ) -> UserID? {
    let draw = Draw(seed: seed, decision: decision)
    let list = pools[request.pool]?.list ?? []
    let key = self.key(rule, request)
    let pointer = pools[request.pool]?.pointers[key] ?? -1
    let chosen: UserID
    switch rule {
    case .roundRobin: chosen = next(of: able, after: pointer, in: list)
    case .random: chosen = able[draw.number(below: able.count)]
    case .powerOfTwo:
      let first = able[draw.number(below: able.count)]
      let rest = able.filter { $0 != first }
      let second = rest.isEmpty ? first : rest[draw.number(below: rest.count, index: 1)]
      chosen = open(second) < open(first) ? second : first
    default:
      let values = able.map { value(of: $0, rule, request) }
      let equals = zip(able, values).filter { $0.1 == values.min() }.map(\.0)
      chosen =
        switch policies.tie {
        case .rotation: next(of: equals, after: pointer, in: list)
        case .list: equals[0]
        case .random: equals[draw.number(below: equals.count)]
        }
    }
    if isTooLate(chosen, request) { return nil }
    pools[request.pool]?.pointers[key] = list.firstIndex(of: chosen) ?? -1
    return noted(chosen)
  }

  private func isTooLate(_ user: UserID, _ request: AssignmentRequest) -> Bool {
    guard request.onlyIfSooner, let current = request.current else { return false }
    return open(user) >= open(current) - 1
  }

  private func open(_ user: UserID) -> Int32 { users[user]?.open ?? 0 }

  private func next(of able: [UserID], after pointer: Int, in list: [UserID]) -> UserID {
    let round = list[(pointer + 1)...] + list[...max(pointer, -1)]
    return round.first(where: able.contains) ?? able[0]
  }

  private func value(
    of user: UserID, _ rule: Logic.Rule, _ request: AssignmentRequest
  ) -> Double {
    guard let user = users[user] else { return .infinity }
    return switch rule {
    case .leastOpen: Double(user.open)
    case .longestIdle: user.lastEnded
    case .longestSinceAssignment: Double(user.lastAssignment)
    case .fewestHandled: Double(user.handled)
    case .weightedLeastOpen: Double(user.open) / Double(user.weight)
    case .mostSpareCapacity:
      // Room without a limit is more than any room with one.
      Double(user.open) - Double(min(request.fewerThan ?? .max, user.limit ?? .max))
    case .leastUnanswered: Double(user.unanswered)
    case .expectedWait: Double(user.unanswered + 1) * user.replyTime
    default: .nan
    }
  }

  // MARK: Queue

  mutating func enqueue(_ request: AssignmentRequest, token: UInt64, wakes: Bool = true) {
    if pools[request.pool] == nil { pools[request.pool] = Members() }
    var entry = Waiting(request: request, token: token)
    entry.request.onlyIfSooner = false
    if let wait = request.logic.stickyWait {
      entry.preferred = preferredUser(of: request)
      if wait > .zero, let own = entry.preferred, own != request.exclude,
        pools[request.pool]?.list.contains(own) == true
      {
        entry.own = own
      }
    }
    queue.append(entry)
    if wakes { wake(request.pool) }
  }

  mutating func release(_ token: UInt64) -> Bool {
    guard let place = queue.firstIndex(where: { $0.token == token }), queue[place].own != nil else {
      return false
    }
    queue[place].own = nil
    wake(queue[place].request.pool)
    return true
  }

  mutating func wake(_ pool: PoolID) {
    pools[pool]?.isWoken = true
    for entry in queue where entry.request.pool == pool && entry.own != nil {
      wokenLines.insert(entry.line)
    }
  }

  func isServable(_ entry: Waiting) -> Bool {
    if let own = entry.own { return isFree(own, for: entry.request) }
    var copy = self
    return copy.choose(entry.request, decision: 0, preferred: entry.preferred) != nil
  }

  private mutating func letSleep() {
    for (pool, members) in pools where members.isWoken {
      let somebodyIs = queue.contains {
        $0.request.pool == pool && $0.own == nil && isServable($0)
      }
      pools[pool]?.isWoken = somebodyIs
    }
    let servable = queue.filter { $0.own != nil && isServable($0) }.map(\.line)
    wokenLines.formIntersection(servable)
  }

  mutating func serveNext(decision: UInt64) -> (token: UInt64, user: UserID)? {
    // A polling desk looks at a pool when it is told to, until nobody is left to serve there.
    let isPolling = policies.queueWakeup != .event
    if isPolling { letSleep() }
    for (index, entry) in queue.enumerated() {
      if isPolling, entry.own == nil, pools[entry.request.pool]?.isWoken != true { continue }
      if isPolling, entry.own != nil, !wokenLines.contains(entry.line) { continue }
      guard isServable(entry),
        let user = choose(entry.request, decision: decision, preferred: entry.preferred)
      else { continue }
      queue.remove(at: index)
      return (entry.token, user)
    }
    return nil
  }
}
