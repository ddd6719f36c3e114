/// A way of choosing one of the users who qualify.
///
/// Most logics only say how a user ranks; the pool keeps the users in order and settles ties by
/// policy. A new logic is a type like this and a line in `LogicRule.implementation`.
protocol AssignmentLogic {
  /// How good a choice the user is, the lowest being the best. Depends on nothing but its arguments.
  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64

  /// The seat to choose, or -1 when nobody qualifies. Moves nothing: the choice may not be taken.
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> Int

  /// The choice was taken: moves the turn.
  static func took(_ seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable)
}

extension AssignmentLogic {
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> Int {
    pool.chooseLowest(choice, turn: -1, users: &users)
  }

  static func took(
    _ seat: Int, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    pool.pointers[Int(choice.rule.rawValue)] = Int32(truncatingIfNeeded: seat)
  }
}

/// One question to a logic.
struct Choice {
  /// The logic that is asked.
  var rule: LogicRule
  /// Whom it may choose.
  var filter: PoolFilter
  /// A seat it may not choose, or -1.
  var excluded: Int
  /// The key of the turn, where each step keeps its own.
  var step: UInt64
  /// The number of the decision, from which its chance comes.
  var decision: UInt64
}

/// The number of a logic: what is left of `Logic` when its settings are stored beside it.
enum LogicRule: UInt8, Hashable, Sendable, Codable, CaseIterable {
  case roundRobin, leastOpen, random

  /// The type that carries it out.
  var implementation: any AssignmentLogic.Type {
    switch self {
    case .roundRobin: RoundRobin.self
    case .leastOpen: LeastOpenContacts.self
    case .random: RandomChoice.self
    }
  }

  /// Whether it chooses by comparing ranks.
  var comparesValues: Bool { self != .roundRobin && self != .random }

  /// The logic of a definition.
  var logic: Logic {
    switch self {
    case .roundRobin: .roundRobin
    case .leastOpen: .leastOpen
    case .random: .random
    }
  }

  /// Takes a logic apart into the rule that chooses and the longest wait for the contact's own user.
  /// A sticky logic that falls back on a sticky one waits for the longer of the two.
  static func resolve(_ logic: Logic) -> (rule: LogicRule, stickyWait: EngineDuration?) {
    switch logic {
    case .roundRobin: (.roundRobin, nil)
    case .leastOpen: (.leastOpen, nil)
    case .random: (.random, nil)
    case .sticky(let wait, let then):
      {
        let (rule, inner) = resolve(then)
        return (rule, max(wait, inner ?? wait))
      }()
    default: (.roundRobin, nil)
    }
  }
}
