import Engine

extension Benchmark {
  /// A table of its own, which prints itself.
  static let pools = Benchmark(
    name: "pools", summary: "nanoseconds per decision of the assignment desk, by logic and users"
  ) { _ in
    poolsBenchmark()
    return []
  }
}

/// Nanoseconds per decision of the assignment desk, by logic and number of users.
///
/// One round is what a conversation costs the desk: a user is chosen and has one open contact more,
/// and an earlier conversation closes. Three of five users are online, three contacts are open for
/// each online user, and a team of all users is the pool, so every user sits in two pools.
func poolsBenchmark() {
  let sizes: [UInt32] = [10, 100, 1_000, 10_000, 100_000]
  let header = sizes.map { padded("\($0) users", 14) }.joined()
  print(padded("ns per decision", 26, left: true) + header)
  for logic in Logic.plain {
    row("\(logic.name)", sizes) { DeskRound(users: $0, logic: logic).nanoseconds }
  }
  row("round_robin, no filter", sizes) {
    DeskRound(users: $0, logic: .roundRobin, filters: false).nanoseconds
  }
  row("least_open, no filter", sizes) {
    DeskRound(users: $0, logic: .leastOpen, filters: false).nanoseconds
  }
  var rotation = Policies()
  rotation.roundRobinForm = .rotation
  row("round_robin, rotation", sizes) {
    DeskRound(users: $0, logic: .roundRobin, policies: rotation).nanoseconds
  }
  row("excluding the last", sizes) {
    DeskRound(users: $0, logic: .leastOpen, excludes: true).nanoseconds
  }
  print("\nns per contact served from a queue of 100,000, everybody full")
  for logic in [Logic.roundRobin, .leastOpen] {
    row("\(logic.name)", sizes) { DeskQueue(users: $0, logic: logic, excludes: false).nanoseconds }
  }
  row("least_open, excluding", sizes) {
    DeskQueue(users: $0, logic: .leastOpen, excludes: true).nanoseconds
  }
}

private func row(_ name: String, _ sizes: [UInt32], _ measure: (UInt32) -> Double) {
  let cells = sizes.map { padded("\(Int(measure($0).rounded()))", 14) }.joined()
  print(padded(name, 26, left: true) + cells)
}

private func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
  let space = String(repeating: " ", count: max(0, width - text.count))
  return left ? text + space : space + text
}

private let team = PoolID.team(TeamID(0))

private func openedDesk(users: UInt32, policies: Policies) -> AssignmentDesk {
  var desk = AssignmentDesk(policies: policies, policySeed: 1)
  for user in 0..<users {
    desk.addUser(
      UserID(user), weight: Int32(1 + user % 3), limit: nil,
      status: user % 5 < 3 ? .online : .offline)
    desk.join(team, UserID(user))
  }
  return desk
}

private struct DeskRound {
  var desk: AssignmentDesk
  var request: AssignmentRequest
  var held: [UserID]
  var excludes: Bool
  var bits: UInt64 = 88_172_645_463_325_252

  init(
    users: UInt32, logic: Logic, filters: Bool = true, policies: Policies = Policies(),
    excludes: Bool = false
  ) {
    desk = openedDesk(users: users, policies: policies)
    request = AssignmentRequest(
      pool: team, logic: logic, onlyOnline: filters, fewerThan: filters ? 6 : nil,
      contact: ContactID(0))
    held = []
    self.excludes = excludes
    for _ in 0..<max(1, users * 9 / 5) {
      guard let user = desk.choose(request, decision: 0) else { break }
      desk.changeOpenContacts(user, by: 1)
      held.append(user)
    }
  }

  var nanoseconds: Double {
    var round = self
    round.run(20_000)
    return fastest(of: 40) { round.run(10_000) } / 10_000
  }

  private mutating func run(_ rounds: UInt64) {
    for decision in 0..<rounds {
      bits ^= bits << 13
      bits ^= bits >> 7
      bits ^= bits << 17
      let place = Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(held.count)).high)
      desk.changeOpenContacts(held[place], by: -1)
      if excludes { request.exclude = held[place] }
      guard case .assigned(let user) = desk.assign(request, token: decision, decision: decision)
      else { preconditionFailure("the benchmark never fills its users") }
      desk.changeOpenContacts(user, by: 1)
      held[place] = user
    }
  }
}

private struct DeskQueue {
  var desk: AssignmentDesk
  var request: AssignmentRequest
  var excludes: Bool
  var users: UInt32
  var token: UInt64 = 0

  init(users: UInt32, logic: Logic, excludes: Bool) {
    desk = openedDesk(users: users, policies: Policies())
    for user in 0..<users { desk.changeOpenContacts(UserID(user), by: 3) }
    request = AssignmentRequest(
      pool: team, logic: logic, onlyOnline: true, fewerThan: 3, contact: ContactID(0))
    self.excludes = excludes
    self.users = users
    for _ in 0..<100_000 { enter() }
  }

  private mutating func enter() {
    token += 1
    if excludes { request.exclude = UserID(UInt32(truncatingIfNeeded: token) % users) }
    _ = desk.enqueue(request, token: token)
  }

  var nanoseconds: Double {
    var queue = self
    queue.run(10_000)
    return fastest(of: 20) { queue.run(10_000) } / 10_000
  }

  /// A contact of somebody closes, the oldest acceptable contact is served, a new one comes.
  private mutating func run(_ rounds: UInt64) {
    var user: UInt32 = 0
    for decision in 0..<rounds {
      desk.changeOpenContacts(UserID(user), by: -1)
      guard let served = desk.serveNext(decision: decision) else {
        preconditionFailure("a freed user serves somebody")
      }
      desk.changeOpenContacts(served.user, by: 1)
      user += 7
      while user >= users || user % 5 >= 3 { user = user >= users ? user % users : user + 1 }
      enter()
    }
  }
}

/// The fastest of several short runs, so that whatever else the machine does counts for little.
private func fastest(of times: Int, _ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<times {
    let duration = ContinuousClock().measure(body).components
    best = min(best, Double(duration.seconds) * 1e9 + Double(duration.attoseconds) * 1e-9)
  }
  return best
}
