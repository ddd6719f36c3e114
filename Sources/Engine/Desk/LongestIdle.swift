/// The user whose last conversation ended longest ago; whoever ended none yet comes first.
///
/// The classic of telephone desks. The host says when a conversation ended.
enum LongestIdle: AssignmentLogic {
  static var comparesFacts: Bool { true }

  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 { facts.lastEnded }
}
