/// The user with the most room below his limit, which is the smaller of his own and the step's.
///
/// Whoever has no limit has more room than anybody who has one; among such users the fewest open
/// contacts leave the most.
enum MostSpareCapacity: AssignmentLogic {
  static var ranksOpenContacts: Bool { true }

  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 { Int64(user.openContacts) - Int64(min(filter.below, user.limit)) }
}
