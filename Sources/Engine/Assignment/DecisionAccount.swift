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
  public var tieBreak: TieBreak?
  /// Who was chosen; nil when nobody qualified or nobody would have answered sooner.
  public var chosen: UserID?

  /// A member of the pool and what became of him.
  public struct Candidate: Hashable, Sendable, Codable {
    /// Who.
    public var user: UserID
    /// Whether he could be chosen, or which filter removed him.
    public var verdict: Verdict
    /// The number of open contacts at the decision.
    public var openContacts: Int32
    /// What the logic compared, the lowest being the best; nil where it compares nothing.
    public var value: Int64?
  }

  /// Whether somebody could be chosen.
  public enum Verdict: Hashable, Sendable, Codable {
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

  /// What decides among equals.
  public enum TieBreak: String, Hashable, Sendable, Codable {
    /// The next after the one chosen last.
    case rotation
    /// A draw from policy seed and decision.
    case random
    /// The first of the list.
    case list
  }
}

extension AssignmentDesk {
  /// Explains what `choose` would answer now. Nothing changes.
  public func account(of request: AssignmentRequest, decision: UInt64) -> DecisionAccount {
    var copy = self
    let chosen = copy.choose(request, decision: decision)
    var account = DecisionAccount(
      decision: decision, request: request, candidates: [], equals: 0, tieBreak: nil,
      chosen: chosen)
    let index = Self.index(of: request.pool)
    guard index < pools.count else { return account }
    var filter = self.filter(of: request)
    if hasSecondTier, request.onlyOnline, !isAnybodyEligible(index, filter, request.exclude) {
      filter.audience = .busy
    }
    for seat in pools[index].seats where seat.user != Pool.Seat.vacant {
      let user = UserID(seat.user)
      let record = users.records[user.index]
      let verdict = self.verdict(on: user, record, filter, request)
      let compares = request.rule.comparesValues && verdict == .eligible
      account.candidates.append(
        DecisionAccount.Candidate(
          user: user, verdict: verdict, openContacts: record.openContacts,
          value: compares
            ? request.rule.implementation.rank(
              of: record, users.facts[user.index], under: filter) : nil))
    }
    account.weigh(policies.tie)
    return account
  }

  private func isAnybodyEligible(
    _ pool: Int, _ filter: PoolFilter, _ excluded: UserID?
  ) -> Bool {
    pools[pool].seats.contains { seat in
      seat.user != Pool.Seat.vacant && seat.user != excluded?.raw
        && filter.admits(users.records[Int(seat.user)])
    }
  }

  private func verdict(
    on user: UserID, _ record: UserRecord, _ filter: PoolFilter, _ request: AssignmentRequest
  ) -> DecisionAccount.Verdict {
    if user == request.exclude { return .excluded }
    if !filter.welcomes(record.status) {
      let waitsBehind = hasSecondTier && filter.audience == .online && record.status == .busy
      if !waitsBehind { return .notOnline(record.status) }
    }
    if record.openContacts >= record.limit, record.limit <= filter.below {
      return .overOwnLimit(limit: record.limit)
    }
    if record.openContacts >= filter.below { return .full(limit: filter.below) }
    return filter.welcomes(record.status) ? .eligible : .secondTier
  }
}

extension DecisionAccount {
  /// Finds how many were equal and what decided among them.
  fileprivate mutating func weigh(_ tie: Tie) {
    let eligible = candidates.filter { $0.verdict == .eligible }
    let best = eligible.compactMap(\.value).min()
    equals = best == nil ? eligible.count : eligible.count { $0.value == best }
    guard equals > 1 else { return }
    tieBreak =
      switch request.rule {
      case .roundRobin: .rotation
      case .random: .random
      default:
        switch tie {
        case .rotation: .rotation
        case .random: .random
        case .list: .list
        }
      }
  }
}
