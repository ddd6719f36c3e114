/// The user who handled the fewest conversations; the host says how many, and when to start anew.
enum FewestHandled: AssignmentLogic {
  static var comparesFacts: Bool { true }

  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 { Int64(facts.handled) }
}
