/// Why a decision fell as it did: everyone considered, the filter that removed each, the values
/// compared and the tie-break.
public struct DecisionAccount: Hashable, Sendable, Codable {
  /// The decision's number.
  public var decision: UInt64
  /// What was asked.
  public var request: AssignmentRequest
  /// Every member of the pool, in order of joining.
  public var candidates: [Candidate]
  /// How many candidates had the best value.
  public var equals: Int
  /// What decided among equals; nil where there was only one.
  public var tieBreak: Tie?
  /// Who was chosen; nil when nobody qualified or nobody would have answered sooner.
  public var chosen: UserID?

  /// A member of the pool and what became of him.
  public struct Candidate: Hashable, Sendable, Codable {
    /// Who.
    public var user: UserID
    /// Whether he could be chosen, or which filter removed him.
    public var eligibility: Eligibility
    /// The number of open contacts at the decision.
    public var openContacts: Int32
    /// What the logic compared; nil where it compares nothing.
    ///
    /// The lowest is the best, but for weighted round robin, which serves the highest balance.
    public var value: Int64?
  }

  /// Whether somebody could be chosen.
  public enum Eligibility: Hashable, Sendable, Codable {
    /// He qualified.
    case eligible
    /// He is the one user excluded.
    case excluded
    /// He is not online.
    case notOnline(ActivityStatus)
    /// He has as many open contacts as the step allows.
    case full(limit: Int32)
    /// He has as many open contacts as his own limit allows.
    case overOwnLimit(limit: Int32)
    /// He is busy, and an online user qualified.
    case secondTier
  }
}

extension AssignmentDesk {
  /// Explains what `choose` would answer now.
  ///
  /// Nothing changes, and it takes as long as the pool is large.
  public func account(of request: AssignmentRequest, decision: UInt64) -> DecisionAccount {
    var after = self
    var account = DecisionAccount(
      decision: decision, request: request, candidates: [], equals: 0, tieBreak: nil,
      chosen: after.choose(request, decision: decision))
    let index = Int(request.poolIndex)
    guard index < pools.count else { return account }
    var choice = self.choice(for: request, pool: index, decision: decision)
    if hasSecondTier, request.onlyOnline, !isAnybodyEligible(choice, pool: index) {
      choice.filter.audience = .busy
    }
    var copy = self
    copy.separate()
    for seat in pools[index].taken {
      let user = UserID(index: pools[index].user(on: seat))
      let record = users.records[user.index]
      let eligibility = self.eligibility(on: seat, record, choice)
      let value: Int64? =
        eligibility == .eligible
        ? request.rule.implementation.value(
          on: seat, choice, in: &copy.pools[index], users: &copy.users) : nil
      account.candidates.append(
        DecisionAccount.Candidate(
          user: user, eligibility: eligibility, openContacts: record.openContacts,
          value: value))
    }
    account.weigh(policies)
    return account
  }

  private func isAnybodyEligible(_ choice: Choice, pool: Int) -> Bool {
    pools[pool].taken.contains { seat in
      seat != choice.excluded
        && choice.filter.admits(users.records[pools[pool].user(on: seat)])
    }
  }

  private func eligibility(
    on seat: SeatNumber, _ record: UserRecord, _ choice: Choice
  ) -> DecisionAccount.Eligibility {
    let filter = choice.filter
    if seat == choice.excluded { return .excluded }
    let isRight = filter.welcomes(record.status)
    if !isRight, !(hasSecondTier && filter.audience == .online && record.status == .busy) {
      return .notOnline(record.status)
    }
    if record.openContacts >= record.limit, record.limit <= filter.below {
      return .overOwnLimit(limit: record.limit)
    }
    if record.openContacts >= filter.below { return .full(limit: filter.below) }
    return isRight ? .eligible : .secondTier
  }
}

extension DecisionAccount {
  /// Finds how many were equal and what decided among them.
  fileprivate mutating func weigh(_ policies: Policies) {
    let eligible = candidates.filter { $0.eligibility == .eligible }
    let values = eligible.compactMap(\.value)
    guard !eligible.isEmpty else { return }
    // The richest is served in weighted round robin, the lowest everywhere else.
    let best = request.rule == .weightedRoundRobin ? values.max() : values.min()
    equals = best == nil ? eligible.count : values.count { $0 == best }
    guard equals > 1 else { return }
    tieBreak =
      switch request.rule {
      case .roundRobin: .rotation
      case .random, .powerOfTwo: .random
      case .weightedRoundRobin: .list
      default: policies.tie
      }
  }
}
