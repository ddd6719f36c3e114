/// A bucket of a histogram and how many durations it holds.
@frozen
public struct UsedBucket: Sendable, Equatable {
  /// The number of the bucket, as ``Histogram/bucket(of:)`` gives it.
  public var bucket: Int
  /// How many durations; at least one.
  public var count: Int

  /// A bucket and its count.
  @inlinable
  public init(bucket: Int, count: Int) {
    self.bucket = bucket
    self.count = count
  }

  /// The buckets of two lists, ascending, with the counts of both.
  static func sum(
    _ one: ContiguousArray<UsedBucket>, _ other: ContiguousArray<UsedBucket>
  ) -> ContiguousArray<UsedBucket> {
    var sum = ContiguousArray<UsedBucket>()
    sum.reserveCapacity(one.count + other.count)
    let (one, other) = (one.span, other.span)
    var (left, right) = (0, 0)
    while left < one.count || right < other.count {
      if right == other.count || left < one.count && one[left].bucket < other[right].bucket {
        sum.append(one[left])
        left += 1
      } else {
        var used = other[right]
        right += 1
        if left < one.count, one[left].bucket == used.bucket {
          used.count += one[left].count
          left += 1
        }
        sum.append(used)
      }
    }
    return sum
  }
}

extension Histogram {
  /// The buckets in use, ascending, whichever form they stand in.
  struct UsedBuckets: Sequence, IteratorProtocol {
    private let list: ContiguousArray<UsedBucket>
    private let counts: ContiguousArray<Int>
    private let first: Int
    private var place = 0

    fileprivate init(_ histogram: Histogram) {
      list = histogram.list
      counts = histogram.counts
      first = histogram.first
    }

    mutating func next() -> UsedBucket? {
      if place < list.count {
        defer { place += 1 }
        return list[place]
      }
      while place < counts.count {
        defer { place += 1 }
        if counts[place] != 0 { return UsedBucket(bucket: first + place, count: counts[place]) }
      }
      return nil
    }
  }

  /// The buckets in use, ascending.
  var used: UsedBuckets { UsedBuckets(self) }
}
