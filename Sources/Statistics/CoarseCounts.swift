/// The durations of one run on a coarse grid: enough to tell how its share below a quantile of all runs
/// differs from that of the others, in some hundred numbers a run.
public struct CoarseCounts: Sendable, Equatable, Codable {
  /// Buckets of the histogram that share a cell: 32 cells in every power of two.
  private static let width = 32

  private var cells: [UInt16] = []
  /// Durations in the cell and all before it.
  private var through: [Int] = []

  /// The counts of a histogram.
  public init(_ histogram: Histogram) {
    var seen = 0
    func take(_ count: Int, in bucket: Int) {
      let cell = UInt16(bucket / Self.width)
      seen += count
      if cells.last == cell {
        through[through.count - 1] = seen
      } else {
        cells.append(cell)
        through.append(seen)
      }
    }
    // Durations of nothing count as the first bucket.
    if histogram.zeros > 0 { take(histogram.zeros, in: 0) }
    for used in histogram.used { take(used.count, in: used.bucket) }
  }

  /// How many durations there are.
  public var count: Int { through.last ?? 0 }

  /// How many are in cells before the one that `duration` (nanoseconds) falls into, and how many with it.
  public func counts(around duration: Int64) -> (before: Int, through: Int) {
    let cell = UInt16(Histogram.bucket(of: duration) / Self.width)
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle] < cell { low = middle + 1 } else { high = middle }
    }
    let before = low > 0 ? through[low - 1] : 0
    return (before, low < cells.count && cells[low] == cell ? through[low] : before)
  }
}
