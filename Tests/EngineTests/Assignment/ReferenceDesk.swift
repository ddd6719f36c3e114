@testable import Engine

/// The desk as one would write it first: lists, scanned from end to end at every question.
///
/// Slow and plain, so that each rule can be read off; the real desk must agree with it always.
struct ReferenceDesk {
  struct User {
    var status: ActivityStatus
    var open: Int32 = 0
    var limit: Int32?
  }

  struct Waiting {
    var request: AssignmentRequest
    var token: UInt64
  }

  struct Members {
    /// In order of joining.
    var list: [UserID] = []
    /// The member after whom each turn goes on, kept as a position in the list; -1 is before all.
    var pointers: [String: Int] = [:]
    /// Rotations by key, the front first.
    var rotations: [String: [UserID]] = [:]
    var isWoken = false
  }

  let policies: Policies
  let seed: UInt64
  var users: [UserID: User] = [:]
  var pools: [PoolID: Members] = [.workspace: Members()]
  /// Everybody who waits, the oldest first.
  var queue: [Waiting] = []

  init(policies: Policies, policySeed: UInt64) {
    self.policies = policies
    seed = policySeed
  }

  // MARK: Events

  mutating func addUser(_ user: UserID, limit: Int32?, status: ActivityStatus) {
    users[user] = User(status: status, limit: limit)
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
    guard var members = pools[pool], let place = members.list.firstIndex(of: user) else { return }
    members.list.remove(at: place)
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

  mutating func choose(_ request: AssignmentRequest, decision: UInt64) -> UserID? {
    guard let members = pools[request.pool] else { return nil }
    var able = eligible(request, request.onlyOnline ? .online : nil)
    if able.isEmpty, request.onlyOnline, policies.awayUsers == .secondTier {
      able = eligible(request, .busy)
    }
    guard !able.isEmpty else { return nil }
    let draw = Draw(seed: seed, decision: decision)
    let perStep = policies.roundRobinState == .step && request.logic == .roundRobin
    let key = perStep ? "\(request.logic.name) \(request.step)" : request.logic.name
    let pointer = members.pointers[key] ?? -1
    let chosen: UserID
    switch request.logic {
    case .roundRobin:
      if policies.roundRobinForm == .rotation {
        var order = members.rotations[key] ?? members.list
        guard let front = order.first(where: able.contains) else { return nil }
        if isTooLate(front, request) { return nil }
        order.removeAll { $0 == front }
        order.append(front)
        pools[request.pool]?.rotations[key] = order
        return front
      }
      chosen = next(of: able, after: pointer, in: members.list)
    case .random:
      chosen = able[draw.number(below: able.count)]
    default:
      let values = able.map { value(of: $0, request.logic) }
      let equals = zip(able, values).filter { $0.1 == values.min() }.map(\.0)
      chosen =
        switch policies.tie {
        case .rotation: next(of: equals, after: pointer, in: members.list)
        case .list: equals[0]
        case .random: equals[draw.number(below: equals.count)]
        }
    }
    if isTooLate(chosen, request) { return nil }
    pools[request.pool]?.pointers[key] = members.list.firstIndex(of: chosen) ?? -1
    return chosen
  }

  private func isTooLate(_ user: UserID, _ request: AssignmentRequest) -> Bool {
    guard request.onlyIfSooner, let current = request.current else { return false }
    return users[user, default: User(status: .offline)].open
      >= users[current, default: User(status: .offline)].open - 1
  }

  private func next(of able: [UserID], after pointer: Int, in list: [UserID]) -> UserID {
    let round = list[(pointer + 1)...] + list[...max(pointer, -1)]
    return round.first(where: able.contains) ?? able[0]
  }

  private func value(of user: UserID, _ logic: Logic) -> Double {
    guard let user = users[user] else { return .infinity }
    return switch logic {
    case .leastOpen: Double(user.open)
    default: 0
    }
  }

  // MARK: Queue

  mutating func enqueue(_ request: AssignmentRequest, token: UInt64) {
    if pools[request.pool] == nil { pools[request.pool] = Members() }
    var request = request
    request.onlyIfSooner = false
    queue.append(Waiting(request: request, token: token))
    pools[request.pool]?.isWoken = true
  }

  mutating func serveNext(decision: UInt64) -> (token: UInt64, user: UserID)? {
    if policies.queueWakeup != .event {
      // A polling desk looks at a pool when it is told to, until nobody is left to serve there.
      for (pool, members) in pools where members.isWoken {
        var copy = self
        let isServable = queue.contains {
          $0.request.pool == pool && copy.choose($0.request, decision: 0) != nil
        }
        pools[pool]?.isWoken = isServable
      }
    }
    for (index, entry) in queue.enumerated() {
      if policies.queueWakeup != .event, pools[entry.request.pool]?.isWoken != true { continue }
      guard let user = choose(entry.request, decision: decision) else { continue }
      queue.remove(at: index)
      return (entry.token, user)
    }
    return nil
  }
}
