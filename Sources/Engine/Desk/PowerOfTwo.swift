/// The one with fewer open contacts of two drawn at random; of two alike, the first drawn.
///
/// Nearly as level as looking at everybody, and unlike that it does not send a whole burst to the
/// newcomer (Mitzenmacher 2001).
enum PowerOfTwo: AssignmentLogic {
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber {
    let (first, second) = drawTwo(choice, in: &pool, users: &users)
    guard second != .none else { return first }
    return pool.openContacts(on: second, users) < pool.openContacts(on: first, users)
      ? second : first
  }

  static func value(
    on seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64? {
    let (first, second) = drawTwo(choice, in: &pool, users: &users)
    return seat == first || seat == second ? Int64(pool.openContacts(on: seat, users)) : nil
  }

  private static func drawTwo(
    _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> (first: SeatNumber, second: SeatNumber) {
    let row = pool.roster(choice.filter, users: &users)
    let first = pool.drawn(row: row, choice, index: 0, leavingOut: choice.excluded)
    guard first != .none else { return (.none, .none) }
    let second = pool.drawn(
      row: row, choice, index: 1, leavingOut: choice.excluded, and: first)
    return (first, second)
  }
}
