import Testing

@testable import Engine
@testable import Verification

/// Numbers for trials (SplitMix64): a seed is a trial.
struct TrialNumbers: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x1234_5678_9abc_def1 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }

  mutating func pick(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  mutating func happens(_ percent: Int) -> Bool { pick(100) < percent }
}

/// The desk and its plain counterpart, put through the same random events.
struct DeskTrial {
  var numbers: TrialNumbers
  var desk: AssignmentDesk
  var reference: PlainDesk
  var logics: [Logic]
  var present: [UserID] = []
  var userCount: UInt32 = 0
  var tickets: [(ticket: QueueTicket, token: UInt64)] = []
  var decision: UInt64 = 0
  var token: UInt64 = 0
  var filters: [Int32?] = [nil, 1, 2, 3]
  let seed: UInt64
  var isPolling: Bool { desk.policies.queueWakeup != .event }

  init(seed: UInt64, logics: [Logic], policies: Policies? = nil) {
    self.seed = seed
    self.logics = logics
    var numbers = TrialNumbers(seed: seed)
    var drawn = Policies()
    drawn.roundRobinForm = numbers.happens(50) ? .pointer : .rotation
    drawn.roundRobinState = numbers.happens(70) ? .pool : .step
    drawn.tie = Tie.allCases[numbers.pick(3)]
    drawn.awayUsers = numbers.happens(30) ? .secondTier : .excluded
    drawn.queueWakeup = numbers.happens(25) ? .polling(.minutes(10)) : .event
    let settled = policies ?? drawn
    desk = AssignmentDesk(policies: settled, policySeed: seed)
    reference = PlainDesk(policies: settled, policySeed: seed)
    for pool in Self.pools { desk.addPool(pool) }
    // Some trials have more users than a word has bits, most have a handful.
    let size = numbers.happens(10) ? 60 + numbers.pick(90) : 1 + numbers.pick(8)
    self.numbers = numbers
    for _ in 0..<size { addUser() }
  }

  /// One, two or all of the logics, so that each is seen alone and beside the others.
  static func logics(for seed: UInt64) -> [Logic] {
    let sticky: [Logic] = [
      .sticky(wait: .zero, then: .roundRobin), .sticky(wait: .minutes(5), then: .leastOpen),
      .sticky(wait: .minutes(1), then: .leastOpen),
    ]
    let all = Logic.plain + sticky
    guard seed % 4 > 0 else { return all }
    return [all[Int(seed) % all.count], all[Int(seed / 7) % all.count]]
  }

  static let pools: [PoolID] = [.workspace, .team(TeamID(0)), .team(TeamID(1))]

  mutating func run(steps: Int) {
    for step in 0..<steps {
      act()
      if numbers.happens(80) { drain() }
      if numbers.happens(2) { compareQueues(step) }
    }
    drain()
    compareQueues(steps)
  }

  private mutating func act() {
    switch numbers.pick(100) {
    case ..<30: ask()
    case ..<40: wait()
    case ..<46: choose()
    case ..<62: changeStatus()
    case ..<76: closeContact()
    case ..<80: release()
    case ..<83: addUser()
    case ..<85: removeUser()
    case ..<92: changeTeam()
    case ..<94: cancel()
    case ..<97: poll()
    default: learn()
    }
  }

  mutating func addUser() {
    let user = UserID(userCount)
    userCount += 1
    let limit: Int32? = numbers.happens(30) ? Int32(numbers.pick(4)) : nil
    let status = ActivityStatus.allCases[numbers.pick(3)]
    let weight = Int32(1 + numbers.pick(3))
    desk.addUser(user, weight: weight, limit: limit, status: status)
    reference.addUser(user, weight: weight, limit: limit, status: status)
    present.append(user)
    if numbers.happens(70) { join(Self.pools[1 + numbers.pick(2)], user) }
  }

  private mutating func join(_ pool: PoolID, _ user: UserID) {
    desk.join(pool, user)
    reference.join(pool, user)
  }

  private mutating func removeUser() {
    guard present.count > 1 else { return }
    let user = present.remove(at: numbers.pick(present.count))
    desk.removeUser(user)
    reference.removeUser(user)
  }

  private mutating func changeTeam() {
    let user = present[numbers.pick(present.count)]
    let pool = Self.pools[1 + numbers.pick(2)]
    if numbers.happens(50) {
      join(pool, user)
    } else {
      desk.leave(pool, user)
      reference.leave(pool, user)
    }
  }

  private mutating func changeStatus() {
    let user = present[numbers.pick(present.count)]
    let status = ActivityStatus.allCases[numbers.pick(3)]
    desk.setStatus(user, status)
    reference.users[user]?.status = status
  }

  private mutating func closeContact() {
    let user = present[numbers.pick(present.count)]
    guard desk.openContacts(user) > 0 else { return }
    let most = numbers.happens(20) ? Int(desk.openContacts(user)) : 1
    change(user, by: -Int32(most))
  }

  private mutating func change(_ user: UserID, by change: Int32) {
    desk.changeOpenContacts(user, by: change)
    reference.users[user]?.open += change
    guard change < 0, numbers.happens(80) else { return }
    // As the real course of things has it: who closes has ended and handled a conversation.
    desk.conversationEnded(by: user, at: EngineTime(nanoseconds: Int64(decision)))
    desk.countHandled(user)
    reference.users[user]?.lastEnded = Double(decision)
    reference.users[user]?.handled += 1
  }

  /// The host tells the desk something about somebody.
  private mutating func learn() {
    let user = present[numbers.pick(present.count)]
    let number = Int32(numbers.pick(4))
    switch numbers.pick(6) {
    case 0:
      desk.setWeight(user, number)
      reference.users[user]?.weight = max(1, number)
    case 1:
      desk.setLimit(user, number)
      reference.users[user]?.limit = number
    case 2:
      desk.setLimit(user, nil)
      reference.users[user]?.limit = nil
    case 3:
      desk.setReplyTime(user, .seconds(Int64(number)))
      reference.users[user]?.replyTime = Double(number)
    case 4:
      let change = (reference.users[user]?.unanswered ?? 0) > 0 && number < 2 ? -1 : number
      desk.changeUnanswered(user, by: change)
      reference.users[user]?.unanswered += change
    default:
      let contact = contact()
      desk.setPreferredUser(number > 0 ? user : nil, of: contact)
      reference.preferences[contact] = number > 0 ? user : nil
    }
  }

  private mutating func contact() -> ContactID { ContactID(slot: numbers.pick(20), generation: 0) }

  /// A contact that waits for one user is let go.
  private mutating func release() {
    guard !tickets.isEmpty else { return }
    let (ticket, token) = tickets[numbers.pick(tickets.count)]
    let waits = desk.waitForPreferredUser(ticket) != nil
    #expect(waits == reference.queue.contains { $0.token == token && $0.own != nil })
    let isReleased = desk.stopWaitingForPreferredUser(ticket)
    let isReleasedToo = reference.release(token)
    #expect(isReleased == isReleasedToo, "seed \(seed)")
  }

  private mutating func request() -> AssignmentRequest {
    let exclude: UserID? = numbers.happens(35) ? UserID(UInt32(numbers.pick(Int(userCount)))) : nil
    return AssignmentRequest(
      pool: Self.pools[numbers.pick(3)], logic: logics[numbers.pick(logics.count)],
      onlyOnline: numbers.happens(60), fewerThan: filters[numbers.pick(filters.count)],
      exclude: exclude, current: exclude, onlyIfSooner: numbers.happens(20),
      step: UInt64(numbers.pick(3)), contact: contact())
  }

  private mutating func ask() {
    let request = request()
    decision += 1
    token += 1
    let others = reference.queue.contains { $0.request.pool == request.pool }
    switch desk.assign(request, token: token, decision: decision) {
    case .assigned(let user):
      #expect(!others || request.onlyIfSooner, "seed \(seed): the newcomer overtook")
      #expect(reference.choose(request, decision: decision) == user, "seed \(seed)")
      change(user, by: 1)
    case .unchanged:
      #expect(reference.choose(request, decision: decision) == nil, "seed \(seed)")
    case .waiting(let ticket):
      tickets.append((ticket, token))
      reference.enqueue(request, token: token, wakes: others)
      var copy = reference
      copy.pools[request.pool]?.isWoken = true
      #expect(others || copy.serveNext(decision: 0)?.token != token, "seed \(seed): waits in vain")
    }
  }

  private mutating func wait() {
    let request = request()
    token += 1
    tickets.append((desk.enqueue(request, token: token), token))
    reference.enqueue(request, token: token)
  }

  private mutating func choose() {
    let request = request()
    decision += 1
    let expected = reference.choose(request, decision: decision)
    let account = desk.account(of: request, decision: decision)
    let chosen = desk.choose(request, decision: decision)
    #expect(chosen == expected, "seed \(seed), decision \(decision): \(request)")
    #expect(account.chosen == expected, "seed \(seed), decision \(decision)")
    if let chosen { change(chosen, by: 1) }
  }

  private mutating func cancel() {
    guard !tickets.isEmpty else { return }
    let (ticket, token) = tickets.remove(at: numbers.pick(tickets.count))
    let place = reference.queue.firstIndex { $0.token == token }
    let isCancelled = desk.cancel(ticket)
    let isCancelledTwice = desk.cancel(ticket)
    #expect(isCancelled == (place != nil), "seed \(seed)")
    #expect(!isCancelledTwice, "seed \(seed): a ticket was good twice")
    if let place { reference.queue.remove(at: place) }
  }

  private mutating func poll() {
    desk.wakeEverything()
    for pool in reference.pools.keys { reference.wake(pool) }
  }

  mutating func drain() {
    for _ in 0...reference.queue.count {
      decision += 1
      let expected = reference.serveNext(decision: decision)
      let served = desk.serveNext(decision: decision)
      #expect(served?.token == expected?.token, "seed \(seed), decision \(decision)")
      #expect(served?.user == expected?.user, "seed \(seed), decision \(decision)")
      guard let served else { return }
      change(served.user, by: 1)
      tickets.removeAll { $0.ticket == served.ticket }
    }
  }

  func compareQueues(_ step: Int) {
    #expect(desk.waitingCount == reference.queue.count, "seed \(seed), step \(step)")
    for pool in Self.pools {
      let expected = reference.queue.filter { $0.request.pool == pool }.map(\.token)
      #expect(desk.waiting(in: pool) == expected, "seed \(seed), step \(step)")
      #expect(desk.waitingCount(in: pool) == expected.count, "seed \(seed), step \(step)")
    }
  }
}
