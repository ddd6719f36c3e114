import Experiments
import Synchronization

/// The runs of worlds that somebody asked for lately, so that going back and forth runs nothing again.
final class RunCache: Sendable {
  private struct Table {
    /// Most lately used last.
    var order: [WorldKey] = []
    var memories: [WorldKey: RunMemory] = [:]
  }

  private let table = Mutex(Table())
  /// So many runs are kept, some 20 kB each; beyond them the worlds that were not asked for longest are forgotten.
  private let most: Int

  init(most: Int = 2_000) { self.most = most }

  /// Where the runs of a world are kept.
  func memory(of world: WorldKey) -> RunMemory {
    table.withLock { table in
      table.order.removeAll { $0 == world }
      table.order.append(world)
      let memory = table.memories[world] ?? RunMemory()
      table.memories[world] = memory
      Self.prune(&table, most)
      return memory
    }
  }

  private static func prune(_ table: inout Table, _ most: Int) {
    var kept = 0
    var first = table.order.count
    while first > 0 {
      kept += table.memories[table.order[first - 1]]?.count ?? 0
      // The latest is kept however large it is.
      if kept > most, first < table.order.count { break }
      first -= 1
    }
    for world in table.order[..<first] { table.memories[world] = nil }
    table.order.removeFirst(first)
  }

  /// How many runs are kept.
  var count: Int {
    table.withLock { table in table.order.reduce(0) { $0 + (table.memories[$1]?.count ?? 0) } }
  }
}
