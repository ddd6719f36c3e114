import Foundation
import Testing

@testable import Engine

private let team = PoolID.team(TeamID(0))
private let ana = UserID(0)
private let ben = UserID(1)
private let cho = UserID(2)

private func desk(
  _ statuses: [ActivityStatus], limits: [Int32?] = [], weights: [Int32] = [],
  _ change: (inout Policies) -> Void = { _ in }
) -> AssignmentDesk {
  var policies = Policies()
  change(&policies)
  var desk = AssignmentDesk(policies: policies, policySeed: 7)
  for (index, status) in statuses.enumerated() {
    let user = UserID(index: index)
    desk.addUser(
      user, weight: index < weights.count ? weights[index] : 1,
      limit: index < limits.count ? limits[index] : nil, status: status)
    desk.join(team, user)
  }
  return desk
}

private func ask(
  _ logic: Logic, online: Bool = false, fewerThan: Int32? = nil, exclude: UserID? = nil,
  current: UserID? = nil, step: UInt64 = 0, contact: Int = 0
) -> AssignmentRequest {
  AssignmentRequest(
    pool: team, logic: logic, onlyOnline: online, fewerThan: fewerThan, exclude: exclude,
    current: current, step: step, contact: ContactID(slot: contact, generation: 0))
}

extension AssignmentDesk {
  /// Gives a contact to somebody and counts it.
  fileprivate mutating func give(_ request: AssignmentRequest, _ decision: UInt64 = 0) -> UserID? {
    let user = choose(request, decision: decision)
    if let user { changeOpenContacts(user, by: 1) }
    return user
  }

  fileprivate mutating func give(_ request: AssignmentRequest, times: Int) -> [UserID?] {
    (0..<times).map { give(request, UInt64($0)) }
  }

  fileprivate mutating func serve() -> UInt64? {
    guard let served = serveNext(decision: 0) else { return nil }
    changeOpenContacts(served.user, by: 1)
    return served.token
  }
}

@Suite struct `Whose turn it is` {
  @Test(arguments: RoundRobinForm.allCases)
  func `round robin differs by one at most after any number of turns`(form: RoundRobinForm) {
    var desk = desk(Array(repeating: .online, count: 7)) { $0.roundRobinForm = form }
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<100 {
      guard let user = desk.give(ask(.roundRobin)) else { break }
      counts[user.index] += 1
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
    #expect(counts.reduce(0, +) == 100)
  }

  @Test func `who is passed over waits a round in pointer form`() {
    var desk = desk([.online, .busy, .online])
    #expect(desk.give(ask(.roundRobin, online: true), times: 2) == [ana, cho])
    desk.setStatus(ben, .online)
    #expect(desk.give(ask(.roundRobin, online: true), times: 3) == [ana, ben, cho])
  }

  @Test func `who is passed over comes next in rotation form`() {
    var desk = desk([.online, .busy, .online]) { $0.roundRobinForm = .rotation }
    #expect(desk.give(ask(.roundRobin, online: true), times: 2) == [ana, cho])
    desk.setStatus(ben, .online)
    #expect(desk.give(ask(.roundRobin, online: true), times: 3) == [ben, ana, cho])
  }

  @Test func `steps share a turn, or keep one each where the policy says so`() {
    var shared = desk([.online, .online])
    #expect(shared.give(ask(.roundRobin, step: 1)) == ana)
    #expect(shared.give(ask(.roundRobin, step: 2)) == ben)
    for form in RoundRobinForm.allCases {
      var apart = desk([.online, .online]) {
        $0.roundRobinState = .step
        $0.roundRobinForm = form
      }
      #expect(apart.give(ask(.roundRobin, step: 1)) == ana)
      #expect(apart.give(ask(.roundRobin, step: 2)) == ana)
      #expect(apart.give(ask(.roundRobin, step: 1)) == ben)
    }
  }

  @Test func `a newcomer comes at the end, and who leaves disturbs nobody`() {
    var desk = desk([.online, .online, .online])
    #expect(desk.give(ask(.roundRobin), times: 2) == [ana, ben])
    desk.addUser(UserID(3), status: .online)
    desk.join(team, UserID(3))
    desk.leave(team, ben)
    #expect(desk.give(ask(.roundRobin), times: 4) == [cho, UserID(3), ana, cho])
    desk.join(team, ben)
    #expect(desk.give(ask(.roundRobin), times: 3) == [UserID(3), ben, ana])
  }

  @Test func `a least open choice moves no turn of round robin`() {
    var desk = desk([.online, .online, .online])
    #expect(desk.give(ask(.roundRobin)) == ana)
    #expect(desk.give(ask(.leastOpen), times: 2) == [ben, cho])
    #expect(desk.give(ask(.roundRobin)) == ben)
  }

  @Test func `equals are served in turn, by list or by lot`() {
    // Nobody keeps a contact, so all are equal at each decision.
    func counts(_ tie: Tie) -> [Int] {
      var desk = desk([.online, .online, .online]) { $0.tie = tie }
      var counts = [0, 0, 0]
      for decision in 0..<3_000 as Range<UInt64> {
        guard let user = desk.choose(ask(.leastOpen), decision: decision) else { break }
        counts[user.index] += 1
      }
      return counts
    }
    #expect(counts(.rotation) == [1_000, 1_000, 1_000])
    #expect(counts(.list) == [3_000, 0, 0])
    // Pearson's statistic with 2 degrees of freedom: 13.82 is its 99.9 % point; the seed is fixed.
    let drawn = counts(.random)
    let statistic = drawn.reduce(0.0) { $0 + Double(($1 - 1_000) * ($1 - 1_000)) / 1_000 }
    #expect(statistic < 13.82 && statistic > 0)
  }

  @Test func `random is as likely to choose anybody, whatever decisions came before`() {
    // 100 users need two words; 60 of them qualify. 59 degrees of freedom: 98.32 is the 99.9 % point.
    var desk = desk((0..<100).map { $0 % 5 < 3 ? .online : .offline })
    var counts = [Int](repeating: 0, count: 100)
    for decision in 0..<60_000 as Range<UInt64> {
      guard let user = desk.choose(ask(Logic(.random), online: true), decision: decision) else {
        break
      }
      counts[user.index] += 1
    }
    let online = stride(from: 0, to: 100, by: 5).flatMap { counts[$0..<$0 + 3] }
    #expect(online.reduce(0, +) == 60_000)
    let statistic = online.reduce(0.0) { $0 + Double(($1 - 1_000) * ($1 - 1_000)) / 1_000 }
    #expect(statistic < 98.32)
    #expect(
      desk.choose(ask(Logic(.random), online: true), decision: 17)
        == desk.choose(ask(Logic(.random), online: true), decision: 17))
  }

  @Test func `smooth weighted round robin spreads the light ones`() {
    // The sequence that nginx documents for weights 5, 1 and 1.
    var desk = desk([.online, .online, .online], weights: [5, 1, 1])
    let turns = desk.give(ask(Logic(.weightedRoundRobin)), times: 14)
    let cycle = [ana, ana, ben, ana, cho, ana, ana]
    #expect(turns == cycle + cycle)
  }

  @Test func `an assignment by another logic counts for who had none for longest`() {
    // The order is asked for when nobody qualifies, so that it stands before anybody is assigned.
    var desk = desk([.offline, .offline])
    #expect(desk.give(ask(Logic(.longestSinceAssignment), online: true)) == nil)
    for user in [ana, ben] { desk.setStatus(user, .online) }
    #expect(desk.give(ask(.roundRobin, online: true)) == ana)
    #expect(desk.give(ask(Logic(.longestSinceAssignment), online: true), times: 2) == [ben, ana])
  }

  @Test func `of two drawn the most loaded of three never wins`() {
    var desk = desk([.online, .online, .online])
    for (user, open) in [(ana, Int32(9)), (ben, 5), (cho, 0)] {
      desk.changeOpenContacts(user, by: open)
    }
    let chosen = Set((0..<200).map { desk.choose(ask(Logic(.powerOfTwo)), decision: $0) })
    #expect(chosen == [ben, cho])
  }

  @Test func `weights share open contacts in proportion`() {
    var desk = desk([.online, .online], weights: [1, 2])
    let users = desk.give(ask(Logic(.weightedLeastOpen)), times: 30)
    #expect(users.count { $0 == ben } == 20)
  }

  @Test func `room below the limit counts, not the open contacts`() {
    var desk = desk([.online, .online], limits: [10, 4])
    desk.changeOpenContacts(ana, by: 5)
    #expect(desk.choose(ask(Logic(.mostSpareCapacity)), decision: 0) == ana)
  }

  @Test func `who is predicted to answer first is chosen`() {
    var desk = desk([.online, .online])
    desk.setReplyTime(ana, .minutes(1))
    desk.setReplyTime(ben, .minutes(3))
    desk.changeUnanswered(ana, by: 1)
    #expect(desk.choose(ask(Logic(.expectedWait)), decision: 0) == ana)
    #expect(desk.choose(ask(Logic(.leastUnanswered)), decision: 0) == ben)
    desk.changeUnanswered(ana, by: 2)
    #expect(desk.choose(ask(Logic(.expectedWait)), decision: 0) == ben)
  }
}

@Suite struct `Who may be chosen` {
  @Test(arguments: Logic.plain)
  func `nobody offline or over a limit, by whatever logic`(logic: Logic) {
    // Ana is offline, Ben has a limit of two below the step's three, Cho only the step's.
    var desk = desk([.offline, .online, .online], limits: [nil, 2, nil])
    let users = desk.give(ask(logic, online: true, fewerThan: 3), times: 8)
    #expect(users.count { $0 == ben } == 2)
    #expect(users.count { $0 == cho } == 3)
    #expect(users.count { $0 == nil } == 3)
  }

  @Test func `busy users come second where the policy says so`() {
    var desk = desk([.busy, .online, .offline]) { $0.awayUsers = .secondTier }
    #expect(desk.give(ask(.leastOpen, online: true, fewerThan: 1), times: 3) == [ben, ana, nil])
  }

  @Test(arguments: Logic.plain)
  func `the excluded user is passed over even if he alone is left`(logic: Logic) {
    var desk = desk([.online, .online])
    #expect(desk.give(ask(logic, exclude: ana)) == ben)
    desk.setStatus(ben, .offline)
    #expect(desk.give(ask(logic, online: true, exclude: ana)) == nil)
    #expect(desk.give(ask(logic, online: true)) == ana)
  }

  @Test func `a contact moves only where it is answered sooner`() {
    var desk = desk([.online, .online])
    desk.changeOpenContacts(ana, by: 3)
    var request = ask(.leastOpen, exclude: ana, current: ana)
    request.onlyIfSooner = true
    desk.changeOpenContacts(ben, by: 2)
    #expect(desk.assign(request, token: 1, decision: 0) == .unchanged)
    desk.changeOpenContacts(ben, by: -1)
    #expect(desk.assign(request, token: 1, decision: 0) == .assigned(ben))
  }

  @Test func `an unknown or empty pool has nobody`() {
    var desk = desk([.online])
    let request = AssignmentRequest(
      pool: .team(TeamID(9)), logic: .leastOpen, contact: ContactID(0))
    #expect(desk.choose(request, decision: 0) == nil)
    #expect(desk.memberCount(of: .team(TeamID(9))) == 0)
    desk.addPool(.team(TeamID(9)))
    #expect(desk.choose(request, decision: 0) == nil)
  }

  @Test func `hundreds of open contacts are counted as well as few`() {
    var desk = desk([.online, .online, .online])
    for (user, open) in [(ana, Int32(300)), (ben, 64), (cho, 65)] {
      desk.changeOpenContacts(user, by: open)
    }
    #expect(desk.give(ask(.leastOpen), times: 4) == [ben, cho, ben, cho])
    #expect(desk.choose(ask(.leastOpen, fewerThan: 66), decision: 0) == nil)
    desk.changeOpenContacts(ana, by: -300)
    #expect(desk.choose(ask(.leastOpen), decision: 0) == ana)
  }
}

@Suite struct `Waiting for somebody` {
  @Test func `a freed agent goes to the oldest entry that accepts him`() {
    var desk = desk([.online, .online], limits: [1, 1])
    for user in [ana, ben] { desk.changeOpenContacts(user, by: 1) }
    _ = desk.enqueue(ask(.roundRobin, exclude: ana), token: 1)
    _ = desk.enqueue(ask(.leastOpen, exclude: ben), token: 2)
    _ = desk.enqueue(ask(.roundRobin), token: 3)
    #expect(desk.serve() == nil)
    desk.changeOpenContacts(ana, by: -1)
    #expect(desk.serve() == 2)
    #expect(desk.serve() == nil)
    desk.changeOpenContacts(ben, by: -1)
    #expect(desk.serve() == 1)
    #expect(desk.waiting(in: team) == [3])
  }

  @Test func `a newcomer does not overtake, and nobody blocks those behind him`() {
    var desk = desk([.online], limits: [1])
    desk.changeOpenContacts(ana, by: 1)
    guard case .waiting = desk.assign(ask(.leastOpen), token: 1, decision: 0) else {
      Issue.record("somebody was assigned beyond the limit")
      return
    }
    desk.changeOpenContacts(ana, by: -1)
    guard case .waiting = desk.assign(ask(.roundRobin), token: 2, decision: 1) else {
      Issue.record("the newcomer overtook")
      return
    }
    #expect(desk.serve() == 1)
    _ = desk.enqueue(ask(.leastOpen, fewerThan: 0), token: 3)
    desk.changeOpenContacts(ana, by: -1)
    #expect(desk.serve() == 2)
    #expect(desk.waiting(in: team) == [3])
  }

  @Test func `the oldest of two pools comes first`() {
    var desk = desk([.offline])
    let anywhere = AssignmentRequest(
      pool: .workspace, logic: .leastOpen, onlyOnline: true, fewerThan: 1, contact: ContactID(0))
    _ = desk.enqueue(ask(.leastOpen, online: true, fewerThan: 1), token: 1)
    _ = desk.enqueue(anywhere, token: 2)
    _ = desk.enqueue(ask(.leastOpen, online: true, fewerThan: 1), token: 3)
    desk.setStatus(ana, .online)
    #expect(desk.serve() == 1)
    #expect(desk.serve() == nil)
    desk.changeOpenContacts(ana, by: -1)
    #expect(desk.serve() == 2)
    #expect(desk.waitingCount == 1)
  }

  @Test func `joining a pool serves it`() {
    var desk = desk([])
    desk.addUser(ana, status: .online)
    _ = desk.enqueue(ask(.leastOpen), token: 1)
    #expect(desk.serve() == nil)
    desk.join(team, ana)
    #expect(desk.serve() == 1)
  }

  @Test func `a polling desk waits to be told`() {
    var desk = desk([.offline]) { $0.queueWakeup = .polling(.minutes(10)) }
    _ = desk.enqueue(ask(.leastOpen, online: true), token: 1)
    #expect(desk.serve() == nil)
    desk.setStatus(ana, .online)
    #expect(desk.serve() == nil)
    desk.wakeEverything()
    #expect(desk.serve() == 1)
  }

  @Test func `a ticket is good once`() {
    var desk = desk([.offline])
    let first = desk.enqueue(ask(.leastOpen, online: true), token: 1)
    let isCancelled = desk.cancel(first)
    let second = desk.enqueue(ask(.leastOpen, online: true), token: 2)
    let isCancelledTwice = desk.cancel(first)
    #expect(isCancelled && !isCancelledTwice)
    #expect(first.slot == second.slot && first != second)
    let isAnybody = desk.cancel(QueueTicket(slot: 99, generation: 0))
    #expect(!isAnybody && desk.waitingCount == 1)
  }
}

@Suite struct `The contact's own user` {
  private let sticky = Logic.sticky(wait: .minutes(5), then: .leastOpen)

  @Test func `takes the contact whatever his load`() {
    var desk = desk([.online, .online, .online])
    desk.changeOpenContacts(cho, by: 7)
    desk.setPreferredUser(cho, of: ContactID(0))
    #expect(desk.assign(ask(sticky), token: 1, decision: 0) == .assigned(cho))
    #expect(desk.assign(ask(sticky, contact: 1), token: 2, decision: 1) == .assigned(ana))
  }

  @Test func `is not waited for where no wait is allowed`() {
    var desk = desk([.online, .online], limits: [nil, 2])
    desk.changeOpenContacts(ben, by: 2)
    let atOnce = Logic.sticky(wait: .zero, then: .leastOpen)
    #expect(
      desk.assign(ask(atOnce, current: ben), token: 1, decision: 0) == .assigned(ana))
  }

  @Test func `is waited for, and then anybody is taken at the place of the contact's age`() {
    var desk = desk([.online, .online], limits: [1, 1])
    desk.changeOpenContacts(ben, by: 1)
    let ticket = desk.enqueue(ask(sticky, current: ben), token: 1)
    #expect(desk.waitForPreferredUser(ticket) == .minutes(5))
    #expect(desk.serve() == nil, "Ana is free but not asked")
    desk.changeOpenContacts(ana, by: 1)
    _ = desk.enqueue(ask(.leastOpen), token: 2)
    let isReleased = desk.stopWaitingForPreferredUser(ticket)
    #expect(isReleased)
    #expect(desk.waitForPreferredUser(ticket) == nil)
    #expect(desk.waiting(in: team) == [1, 2])
    desk.changeOpenContacts(ana, by: -1)
    #expect(desk.serve() == 1)
  }

  @Test func `comes back and takes the oldest that waits for him or for anybody`() {
    var desk = desk([.offline, .offline])
    _ = desk.enqueue(ask(sticky, online: true, fewerThan: 1, current: ben), token: 1)
    _ = desk.enqueue(ask(.leastOpen, online: true, fewerThan: 1), token: 2)
    _ = desk.enqueue(ask(sticky, online: true, fewerThan: 1, current: ben), token: 3)
    desk.setStatus(ana, .online)
    #expect(desk.serve() == 2)
    #expect(desk.serve() == nil)
    desk.setStatus(ben, .online)
    #expect(desk.serve() == 1)
    #expect(desk.serve() == nil)
    desk.changeOpenContacts(ben, by: -1)
    #expect(desk.serve() == 3)
  }

  @Test func `is forgotten with the contact whose place another has taken`() {
    var desk = desk([.online, .online])
    desk.setPreferredUser(ben, of: ContactID(slot: 3, generation: 0))
    #expect(desk.preferredUser(of: ContactID(slot: 3, generation: 0)) == ben)
    #expect(desk.preferredUser(of: ContactID(slot: 3, generation: 1)) == nil)
  }
}

@Suite struct `The account of a decision` {
  @Test func `names everybody, what removed him, and the tie-break`() {
    var desk = desk(
      [.online, .offline, .online, .online, .online, .online], limits: [nil, nil, 1])
    desk.changeOpenContacts(cho, by: 1)
    desk.changeOpenContacts(UserID(3), by: 4)
    let request = ask(.leastOpen, online: true, fewerThan: 4, exclude: ana)
    let account = desk.account(of: request, decision: 9)
    #expect(
      account.candidates.map(\.eligibility) == [
        .excluded, .notOnline(.offline), .overOwnLimit(limit: 1), .full(limit: 4), .eligible,
        .eligible,
      ])
    #expect(account.candidates.map(\.value) == [nil, nil, nil, nil, 0, 0])
    #expect(account.equals == 2 && account.tieBreak == .rotation)
    #expect(account.chosen == UserID(4))
    #expect(desk.choose(request, decision: 9) == UserID(4), "the account moved nothing")
  }

  @Test func `says who came second and how the weights stood`() {
    var tiers = desk([.busy, .online]) { $0.awayUsers = .secondTier }
    let first = tiers.account(of: ask(.leastOpen, online: true), decision: 0)
    #expect(first.candidates.map(\.eligibility) == [.secondTier, .eligible])
    tiers.setStatus(ben, .offline)
    let second = tiers.account(of: ask(.leastOpen, online: true), decision: 0)
    #expect(second.candidates.map(\.eligibility) == [.eligible, .notOnline(.offline)])
    #expect(second.chosen == ana && second.tieBreak == nil)

    var weighted = desk([.online, .online], weights: [3, 1])
    _ = weighted.give(ask(Logic(.weightedRoundRobin)))
    let account = weighted.account(of: ask(Logic(.weightedRoundRobin)), decision: 0)
    #expect(account.candidates.map(\.value) == [2, 2])
    #expect(account.tieBreak == .list && account.chosen == ana)
  }
}
