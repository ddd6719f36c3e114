/// The user with the fewest open contacts for his weight.
enum WeightedLeastOpen: AssignmentLogic {
  static var ranksOpenContacts: Bool { true }

  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 {
    // With 31 binary places quotients of numbers below 46,341 are equal only when the fractions are.
    (Int64(user.openContacts) << 31) / Int64(facts.weight)
  }
}
