/// A way of choosing one of the users who qualify.
///
/// Most logics only say how a user ranks; the pool keeps the users in order and settles ties by
/// policy. A new logic is a type like this and a line in `Logic.Rule.implementation`.
protocol AssignmentLogic {
  /// Whether the rank changes with the number of open contacts.
  static var ranksOpenContacts: Bool { get }

  /// Whether users are compared by what they did and owe, and not by who and how full they are.
  static var comparesFacts: Bool { get }

  /// How good a choice the user is, the lowest being the best.
  ///
  /// Depends on nothing but its arguments, and is less than `SeatRanking.absent`.
  static func rank(of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter) -> Int64

  /// The seat to choose, or none when nobody qualifies.
  ///
  /// Moves nothing: the choice may not be taken.
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber

  /// The choice was taken: moves the turn.
  static func took(
    _ seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable)

  /// What was compared for a seat that qualifies, for accounts; nil where nothing is compared.
  static func value(
    on seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64?
}

extension AssignmentLogic {
  static var ranksOpenContacts: Bool { false }
  static var comparesFacts: Bool { false }

  static func rank(of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter) -> Int64 {
    0
  }

  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber {
    pool.chooseLowest(choice, turn: nil, users: &users)
  }

  @inline(__always)
  static func took(
    _ seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    pool.pointers[Int(choice.rule.rawValue)] = seat
  }

  static func value(
    on seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64? {
    let user = pool.user(on: seat)
    return rank(of: users.records[user], users.facts[user], under: choice.filter)
  }
}

/// One question to a logic, in four words, so that it is handed on in registers.
struct Choice {
  /// The logic that is asked.
  var rule: Logic.Rule
  /// Whom it may choose.
  var filter: PoolFilter
  /// A seat it may not choose, or none.
  var excluded: SeatNumber
  /// The key of the turn, where each step keeps its own.
  var step: UInt64
  /// The number of the decision, from which its chance comes.
  var decision: UInt64
}

extension Logic.Rule {
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
  func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber {
    switch self {
    case .leastOpen: LeastOpenContacts.choose(choice, in: &pool, users: &users)
    case .roundRobin: RoundRobin.choose(choice, in: &pool, users: &users)
    default: chooseOtherwise(choice, in: &pool, users: &users)
    }
  }

  /// Tells the logic that its choice was taken.
  @inline(__always)
  func took(_ seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable) {
    switch self {
    case .leastOpen: LeastOpenContacts.took(seat, choice, in: &pool, users: &users)
    case .roundRobin: RoundRobin.took(seat, choice, in: &pool, users: &users)
    default: tookOtherwise(seat, choice, in: &pool, users: &users)
    }
  }

  @inline(never)
  private func chooseOtherwise(
    _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> SeatNumber {
    implementation.choose(choice, in: &pool, users: &users)
  }

  @inline(never)
  private func tookOtherwise(
    _ seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    implementation.took(seat, choice, in: &pool, users: &users)
  }
}
