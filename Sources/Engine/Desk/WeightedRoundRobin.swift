/// Everybody in turn in proportion to weights and without bursts: the smooth form known from nginx.
///
/// At each decision everybody who qualifies gains his weight; the one with most is chosen and pays
/// what all gained together. With weights 5, 1 and 1 the turns are a a b a c a a. Of several with
/// most it is the first of the list: the balances alone keep the turns apart. Who does not qualify
/// neither gains nor pays.
enum WeightedRoundRobin: AssignmentLogic {
  static func choose(_ choice: Choice, in pool: inout Pool, users: inout UserTable) -> SeatNumber {
    // Where nobody qualifies, the balances need not be put in order for this filter.
    let row = pool.roster(choice.filter, users: &users)
    guard pool.sets.next(after: .none, row: row, excluding: choice.excluded) != .none else {
      return .none
    }
    pool.balanceWeights(for: choice.filter, users: &users)
    return pool.weights.richest(excluding: choice.excluded)
  }

  static func took(
    _ seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) {
    pool.weights.pay(seat, excluding: choice.excluded)
  }

  static func value(
    on seat: SeatNumber, _ choice: Choice, in pool: inout Pool, users: inout UserTable
  ) -> Int64? {
    pool.balanceWeights(for: choice.filter, users: &users)
    return pool.weights.balance(of: seat) &+ Int64(users.facts[pool.user(on: seat)].weight)
  }
}
