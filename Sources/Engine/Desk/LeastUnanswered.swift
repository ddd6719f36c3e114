/// The user with the fewest conversations that wait for his answer; the host counts them.
enum LeastUnanswered: AssignmentLogic {
  static var comparesFacts: Bool { true }

  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 { Int64(facts.unanswered) }
}
