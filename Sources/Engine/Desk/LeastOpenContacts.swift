/// The user with the fewest open contacts (PLATFORM.md 4.3); ties by policy, in turn by default,
/// because a fixed order would give a quiet desk's work to the first of the list alone.
enum LeastOpenContacts: AssignmentLogic {
  static var ranksOpenContacts: Bool { true }

  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 {
    Int64(user.openContacts)
  }

  @inline(__always)
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber {
    let index = pool.openCounts(choice.filter.audience, users: &users)
    let pointer = pool.customs.tie == .rotation ? pool.pointer(of: choice) : .none
    return pool.openCountIndexes[index].choose(choice, after: pointer, pool.customs)
  }
}
