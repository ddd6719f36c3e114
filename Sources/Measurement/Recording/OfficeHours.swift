/// When the office is open, in virtual time: a clock that stands still in between.
public struct OfficeHours: Sendable, Hashable, Codable {
  /// When each opening begins, in nanoseconds, ascending.
  private var starts: [Int64] = []
  private var ends: [Int64] = []
  /// Office time before each opening.
  private var before: [Int64] = []

  /// Hours from openings in nanoseconds; those that touch or overlap become one, empty ones none.
  public init(_ openings: [Range<Int64>]) {
    for opening in openings.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    })
    where !opening.isEmpty {
      if let last = ends.last, opening.lowerBound <= last {
        ends[ends.count - 1] = max(last, opening.upperBound)
      } else {
        let passed = (before.last ?? 0) + (ends.last ?? 0) - (starts.last ?? 0)
        starts.append(opening.lowerBound)
        ends.append(opening.upperBound)
        before.append(passed)
      }
    }
  }

  /// Office time from one instant to a later one, in nanoseconds.
  public func elapsed(from start: Int64, to end: Int64) -> Int64 {
    end <= start ? 0 : reading(end) - reading(start)
  }

  /// What the clock shows at an instant.
  private func reading(_ instant: Int64) -> Int64 {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= instant { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    return before[low - 1] + min(instant, ends[low - 1]) - starts[low - 1]
  }
}
