/// Anybody who qualifies, each as likely: the yardstick of every comparison.
enum RandomChoice: AssignmentLogic {
  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 { 0 }

  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> Int {
    let row = pool.roster(choice.filter, users: &users)
    return pool.drawn(row: row, choice, index: 0, leavingOut: choice.excluded)
  }
}
