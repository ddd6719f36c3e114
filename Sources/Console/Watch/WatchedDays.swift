import Experiments
import Scenarios
import Synchronization
import World

/// The runs of a sitting that were watched last, so that the next hour and the next story run nothing again.
final class WatchedDays: Sendable {
  private struct Name: Hashable {
    var world: WorldKey
    var run: Int
  }

  private struct Table {
    /// Most lately used last.
    var order: [Name] = []
    var days: [Name: WatchedDay] = [:]
    var ran = 0
  }

  private let table = Mutex(Table())
  /// As many runs are kept, and no more than so many events of all of them.
  private static let mostDays = 8
  private static let mostEvents = 1_500_000

  /// A run, numbered from 1, of a way of a scenario; nil if there are not so many.
  func day(_ scenario: Scenario, _ way: Scenario.Strategy, run: Int) -> WatchedDay? {
    let name = Name(world: WorldKey(scenario, way, metrics: []), run: run)
    let known = table.withLock { table -> WatchedDay? in
      guard let day = table.days[name] else { return nil }
      table.order.removeAll { $0 == name }
      table.order.append(name)
      return day
    }
    if let known { return known }
    // Outside the lock: two who ask at once run it twice, and nobody waits for somebody else's run.
    guard let day = WatchedDay(scenario, way, replication: run - 1) else { return nil }
    table.withLock { table in
      table.ran += 1
      if table.days.updateValue(day, forKey: name) == nil { table.order.append(name) }
      Self.prune(&table)
    }
    return day
  }

  /// How many runs are kept.
  var count: Int { table.withLock { $0.order.count } }

  /// How many were run since the sitting began.
  var runs: Int { table.withLock { $0.ran } }

  private static func prune(_ table: inout Table) {
    var events = table.order.reduce(0) { $0 + (table.days[$1]?.events ?? 0) }
    while table.order.count > 2, table.order.count > mostDays || events > mostEvents {
      let gone = table.days.removeValue(forKey: table.order.removeFirst())
      events -= gone?.events ?? 0
    }
  }
}
