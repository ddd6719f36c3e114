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
  /// The bucket in which the duration of a rank lies, which is above the ranks of those of no time at all.
  func bucket(ofRank rank: Int) -> Int? {
    let (list, counts) = (list.span, counts.span)
    if !list.isEmpty {
      return place(ofRank: rank, among: list.count) { list[$0].count }.map { list[$0].bucket }
    }
    return place(ofRank: rank, among: counts.count) { counts[$0] }.map { first + $0 }
  }

  /// Sums from the end that is nearer: most quantiles that are asked for are high ones.
  @inline(__always)
  private func place(ofRank rank: Int, among places: Int, _ count: (Int) -> Int) -> Int? {
    if rank - zeros <= storedCount - rank {
      var reached = zeros
      for place in 0..<places {
        reached += count(place)
        if reached >= rank { return place }
      }
      return nil
    }
    var before = storedCount
    for place in (0..<places).reversed() {
      before -= count(place)
      if before < rank { return place }
    }
    return nil
  }
}
