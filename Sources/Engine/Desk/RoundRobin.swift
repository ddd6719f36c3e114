/// Everybody in turn (PLATFORM.md 4.3).
///
/// In pointer form the next eligible user after the last one chosen, in the order of joining: who is
/// passed over waits a whole round. In rotation form the chosen user goes to the back, and who is
/// passed over keeps the place in front. Neither notices assignments made by hand.
enum RoundRobin: AssignmentLogic {
  @inline(__always)
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber {
    guard pool.customs.form == .pointer else {
      return chooseInRotation(choice, in: &pool, users: &users)
    }
    let row = pool.roster(choice.filter, users: &users)
    let pointer = pool.pointer(of: choice)
    return pool.sets.next(after: pointer, row: row, excluding: choice.excluded)
  }

  @inline(__always)
  static func took(
    _ seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    guard pool.customs.form == .pointer else {
      return tookInRotation(seat, choice, in: &pool, users: &users)
    }
    pool.setPointer(of: choice, to: seat)
  }

  @inline(never)
  private static func chooseInRotation(
    _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> SeatNumber {
    let turn = pool.turn(of: choice)
    return pool.chooseLowest(choice, turn: turn, users: &users)
  }

  @inline(never)
  private static func tookInRotation(
    _ seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    let turn = pool.turn(of: choice)
    pool.moveToBack(seat, turn: turn, users: &users)
  }

  static func value(
    on seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64? {
    // In rotation form the place in the rotation is compared, in pointer form nothing is.
    pool.customs.form == .pointer ? nil : pool.turns[pool.turn(of: choice)].places[seat.index]
  }
}
