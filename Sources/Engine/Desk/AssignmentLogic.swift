/// A way of choosing one of the users who qualify.
///
/// Most logics only say how a user ranks; the pool keeps the users in order and settles ties by
/// policy. A new logic is a type like this and a line in `LogicRule.implementation`.
protocol AssignmentLogic {
  /// Whether the rank changes with the number of open contacts.
  static var ranksOpenContacts: Bool { get }

  /// How good a choice the user is, the lowest being the best.
  ///
  /// Depends on nothing but its arguments, and is less than `SeatRanking.absent`.
  static func rank(of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter) -> Int64

  /// The seat to choose, or -1 when nobody qualifies.
  ///
  /// Moves nothing: the choice may not be taken.
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> Int

  /// The choice was taken: moves the turn.
  static func took(_ seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable)

  /// What was compared for a seat that qualifies, for accounts; nil where nothing is compared.
  static func value(
    on seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64?
}

extension AssignmentLogic {
  static var ranksOpenContacts: Bool { false }

  static func rank(of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter) -> Int64 {
    0
  }

  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> Int {
    pool.chooseLowest(choice, turn: -1, users: &users)
  }

  @inline(__always)
  static func took(
    _ seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    pool.pointers[Int(choice.rule.rawValue)] = Int32(truncatingIfNeeded: seat)
  }

  static func value(
    on seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64? {
    let user = pool.user(on: seat)
    return rank(of: users.records[user], users.facts[user], under: choice.filter)
  }
}

/// One question to a logic, in four words, so that it is handed on in registers.
struct Choice {
  /// The logic that is asked.
  var rule: LogicRule
  /// Whom it may choose.
  var filter: PoolFilter
  /// A seat it may not choose, or -1.
  var excluded: Int {
    @inline(__always) get { Int(excludedSeat) }
    set { excludedSeat = Int32(truncatingIfNeeded: newValue) }
  }
  private var excludedSeat: Int32
  /// The key of the turn, where each step keeps its own.
  var step: UInt64
  /// The number of the decision, from which its chance comes.
  var decision: UInt64

  @inline(__always)
  init(rule: LogicRule, filter: PoolFilter, excluded: Int, step: UInt64, decision: UInt64) {
    self.rule = rule
    self.filter = filter
    excludedSeat = Int32(truncatingIfNeeded: excluded)
    self.step = step
    self.decision = decision
  }
}

/// A logic that needs no setting: what is left of `Logic` when its settings are stored beside it.
enum LogicRule: UInt8, Hashable, Sendable, Codable, CaseIterable {
  case roundRobin, leastOpen, random, powerOfTwo, longestIdle, longestSinceAssignment
  case fewestHandled, weightedRoundRobin, weightedLeastOpen, mostSpareCapacity, leastUnanswered
  case expectedWait

  /// A bit of its own.
  @inline(__always) var bit: UInt16 { 1 &<< UInt16(rawValue) }

  /// The type that carries it out.
  var implementation: any AssignmentLogic.Type {
    switch self {
    case .roundRobin: RoundRobin.self
    case .leastOpen: LeastOpenContacts.self
    case .random: RandomChoice.self
    case .powerOfTwo: PowerOfTwo.self
    case .longestIdle: LongestIdle.self
    case .longestSinceAssignment: LongestSinceAssignment.self
    case .fewestHandled: FewestHandled.self
    case .weightedRoundRobin: WeightedRoundRobin.self
    case .weightedLeastOpen: WeightedLeastOpen.self
    case .mostSpareCapacity: MostSpareCapacity.self
    case .leastUnanswered: LeastUnanswered.self
    case .expectedWait: ExpectedWait.self
    }
  }

  /// Asks the logic; the two that nearly everybody uses without a detour.
  @inline(__always)
  func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> Int {
    switch self {
    case .leastOpen: LeastOpenContacts.choose(choice, in: &pool, users: &users)
    case .roundRobin: RoundRobin.choose(choice, in: &pool, users: &users)
    default: chooseOtherwise(choice, in: &pool, users: &users)
    }
  }

  /// Tells the logic that its choice was taken.
  @inline(__always)
  func took(_ seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable) {
    switch self {
    case .leastOpen: LeastOpenContacts.took(seat, choice, in: &pool, users: &users)
    case .roundRobin: RoundRobin.took(seat, choice, in: &pool, users: &users)
    default: tookOtherwise(seat, choice, in: &pool, users: &users)
    }
  }

  @inline(never)
  private func chooseOtherwise(
    _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int {
    implementation.choose(choice, in: &pool, users: &users)
  }

  @inline(never)
  private func tookOtherwise(
    _ seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    implementation.took(seat, choice, in: &pool, users: &users)
  }

  /// The logic of a definition; both are listed in the same order.
  var logic: Logic { Logic.plain[Int(rawValue)] }

  /// Takes a logic apart into the rule that chooses and the wait for the contact's own user.
  ///
  /// A sticky logic that falls back on a sticky one waits for the longer of the two.
  static func resolve(_ logic: Logic) -> (rule: LogicRule, stickyWait: EngineDuration?) {
    switch logic {
    case .roundRobin: return (.roundRobin, nil)
    case .leastOpen: return (.leastOpen, nil)
    case .random: return (.random, nil)
    case .powerOfTwo: return (.powerOfTwo, nil)
    case .longestIdle: return (.longestIdle, nil)
    case .longestSinceAssignment: return (.longestSinceAssignment, nil)
    case .fewestHandled: return (.fewestHandled, nil)
    case .weightedRoundRobin: return (.weightedRoundRobin, nil)
    case .weightedLeastOpen: return (.weightedLeastOpen, nil)
    case .mostSpareCapacity: return (.mostSpareCapacity, nil)
    case .leastUnanswered: return (.leastUnanswered, nil)
    case .expectedWait: return (.expectedWait, nil)
    case .sticky(let wait, let then):
      let (rule, inner) = resolve(then)
      return (rule, max(wait, inner ?? wait))
    }
  }
}
