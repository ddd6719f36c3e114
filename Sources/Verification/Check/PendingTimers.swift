import Engine

/// The timers that a case's engine has armed, soonest first, those of one instant in order of arming.
struct PendingTimers {
  private struct Row {
    let at: EngineTime
    let number: UInt64
    let key: TimerKey

    func isBefore(_ other: Row) -> Bool { (at, number) < (other.at, other.number) }
  }

  /// The last one goes off first.
  private var rows: [Row] = []
  private var armed: [TimerKey: Row] = [:]
  private var count: UInt64 = 0

  /// When the next timer goes off.
  var next: EngineTime? { rows.last?.at }

  /// Arms a timer instead of an earlier one of the same key.
  mutating func arm(_ key: TimerKey, at time: EngineTime) {
    cancel(key)
    count += 1
    let row = Row(at: time, number: count, key: key)
    armed[key] = row
    rows.insert(row, at: place(of: row))
  }

  /// Forgets a timer, if there is one of this key.
  mutating func cancel(_ key: TimerKey) {
    guard let row = armed.removeValue(forKey: key) else { return }
    rows.remove(at: place(of: row) - 1)
  }

  /// Forgets a timer that has gone off at a time, unless it was armed for a later one.
  mutating func forget(_ key: TimerKey, upTo time: EngineTime) {
    if let row = armed[key], row.at <= time { cancel(key) }
  }

  /// All timers, soonest first.
  var all: [(at: EngineTime, key: TimerKey)] {
    rows.reversed().filter { $0.at < .never }.map { ($0.at, $0.key) }
  }

  /// Takes out the timer that goes off next.
  mutating func pop() -> TimerKey? {
    guard let row = rows.popLast() else { return nil }
    armed[row.key] = nil
    return row.key
  }

  /// How many rows go off no sooner than this one.
  private func place(of row: Row) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if row.isBefore(rows[middle]) || rows[middle].number == row.number {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
