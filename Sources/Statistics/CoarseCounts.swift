/// The durations of one run on a coarse grid: enough to tell how its share below a quantile of all runs
/// differs from that of the others, in some hundred numbers a run.
public struct CoarseCounts: Sendable, Equatable, Codable {
  /// Buckets of the histogram that share a cell: 32 cells in every power of two.
  private static let width = 32

  private var cells: [UInt16] = []
  /// Durations in the cell and all before it.
  private var through: [UInt32] = []

  /// The counts of a histogram.
  public init(_ histogram: Histogram) {
    // Durations of nothing count as the first bucket.
    var all: [(cell: UInt16, through: UInt32)] = []
    var seen = histogram.zeros
    if seen > 0 { all.append((0, UInt32(clamping: seen))) }
    for used in histogram.used {
      let cell = UInt16(used.bucket / Self.width)
      seen += used.count
      if all.last?.cell == cell {
        all[all.count - 1].through = UInt32(clamping: seen)
      } else {
        all.append((cell, UInt32(clamping: seen)))
      }
    }
    // One of these is kept for every run: no more room than it needs.
    cells = all.map(\.cell)
    through = all.map(\.through)
  }

  /// How many durations there are.
  public var count: Int { Int(through.last ?? 0) }

  /// How many are in cells before the one that `duration` (nanoseconds) falls into, and how many with it.
  public func counts(around duration: Int64) -> (before: Int, through: Int) {
    let cell = UInt16(Histogram.bucket(of: duration) / Self.width)
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle] < cell { low = middle + 1 } else { high = middle }
    }
    let before = low > 0 ? Int(through[low - 1]) : 0
    return (before, low < cells.count && cells[low] == cell ? Int(through[low]) : before)
  }
}
