/// What is shown of two runs where nobody said: the hour in which most wait too long, and a telling customer.
public struct WatchedChoice: Sendable {
  private let days: [WatchedDay]
  /// How long is too long, in nanoseconds; nil where there is no goal.
  private let goal: Int64?

  /// Chooses among runs of the same scenario.
  public init(_ days: [WatchedDay], goal: Int64?) {
    self.days = days
    self.goal = goal
  }

  /// The hour in which most customers come to wait longer than the goal, the first of equals.
  ///
  /// Without a goal it is that whose customers wait longest, an hour of each at most; where nobody waits it is that
  /// in which most write. So a night in which nobody works and all wait on does not count again and again.
  public func hour(of hours: [Range<Int64>]) -> Int {
    var best = (place: 0, late: -1, waited: -1.0, arrivals: -1)
    for (place, hour) in hours.enumerated() {
      let found = weight(of: hour)
      if found > (best.late, best.waited, best.arrivals) {
        best = (place, found.0, found.1, found.2)
      }
    }
    return best.place
  }

  private func weight(of hour: Range<Int64>) -> (Int, Double, Int) {
    var late = 0
    var waited = 0.0
    var arrivals = 0
    for day in days {
      for customer in day.customers where customer.wrote < hour.upperBound {
        let wait = (customer.waitedUntil ?? day.length) - customer.wrote
        if hour.contains(customer.wrote) {
          arrivals += 1
          waited += Double(min(wait, 3_600_000_000_000)) / 1e9
        }
        if let goal, wait > goal, hour.contains(customer.wrote + goal) { late += 1 }
      }
    }
    return goal == nil ? (0, waited, arrivals) : (late, waited, arrivals)
  }

  /// A customer of both sides whose first answers lie furthest apart, one who was moved if there is one; and the
  /// time, in nanoseconds of the run, at which to look: shortly before the later answer.
  public func telling(in hour: WatchedHour) -> (key: Int, at: Int64)? {
    guard let left = hour.sides.first, let right = hour.sides.last else { return nil }
    let moved = Set(left.moves.map(\.key) + right.moves.map(\.key))
    var best: (key: Int, at: Int64, isMoved: Bool, apart: Int64)?
    for (key, customer) in left.customers
    where customer.wrote >= hour.from && customer.wrote < hour.to {
      guard let other = right.customers.first(where: { $0.key == key })?.customer,
        let first = customer.answered, let second = other.answered
      else { continue }
      let apart = hour.sides.count > 1 && first != second ? abs(first - second) : 0
      let found = (moved.contains(key), apart, first - customer.wrote)
      let known = best.map { ($0.isMoved ? 1 : 0, $0.apart) } ?? (-1, -1)
      guard (found.0 ? 1 : 0, found.1) > known else { continue }
      let minute: Int64 = 60_000_000_000
      let at = max(customer.wrote, min(max(first, second) - minute, hour.to - minute))
      best = (key, at, found.0, apart)
    }
    return best.map { ($0.key, $0.at) }
  }
}
