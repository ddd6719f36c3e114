/// Anybody who qualifies, each as likely: the yardstick of every comparison.
enum RandomChoice: AssignmentLogic {
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber {
    let row = pool.roster(choice.filter, users: &users)
    return pool.drawn(row: row, choice, index: 0, leavingOut: choice.excluded)
  }

  static func value(
    on seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64? { nil }
}
