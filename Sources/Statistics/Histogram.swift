/// How often durations of every size occurred, to three significant digits.
///
/// Log-linear buckets: every power of two is cut into 1,024, so a bucket is never wider than
/// 1/1,024 of its values, and durations under 2,048 ns have a bucket each. Count, sum, sum of
/// squares, minimum, maximum and the counts within bounds named beforehand are exact integers, so
/// merging loses nothing and does not depend on its order.
///
/// The counts stand in one of two forms. One run has some hundred buckets in use of ten thousand in their
/// range: these stand as a list, short to keep, to send and to add to others. What thousands of durations
/// are recorded into, or many runs are added up in, has a row of all buckets in its range instead; it grows
/// only to the powers of two in use, at most 432 KB over the whole range of `Int64`.
public struct Histogram: Sendable, Equatable {
  /// How many durations were recorded.
  @inlinable public var count: Int { storedCount }

  /// The bounds, in nanoseconds ascending, whose counts are exact.
  public let bounds: [Int64]

  @usableFromInline var within: [Int]
  @usableFromInline var storedCount: Int
  @usableFromInline var zeros: Int
  @usableFromInline var smallest: Int64
  @usableFromInline var largest: Int64
  @usableFromInline var sum: UInt128
  @usableFromInline var squaresLow: UInt128
  @usableFromInline var squaresHigh: UInt64
  /// The buckets in use, ascending, as a list; empty where `counts` has them.
  var list: ContiguousArray<UsedBucket> = []
  /// The index of the bucket that `counts` begins with: a multiple of the block.
  @usableFromInline var first: Int
  /// The counts of all buckets in a range; empty where `list` has them.
  @usableFromInline var counts: ContiguousArray<Int>

  /// An empty histogram that counts exactly what lies within each of `bounds` (nanoseconds).
  public init(bounds: [Int64] = []) {
    var ascending: [Int64] = []
    for bound in bounds.sorted() where ascending.last != bound { ascending.append(bound) }
    self.bounds = ascending
    within = Array(repeating: 0, count: ascending.count)
    storedCount = 0
    zeros = 0
    smallest = .max
    largest = 0
    sum = 0
    squaresLow = 0
    squaresHigh = 0
    first = 0
    counts = []
  }

  /// A histogram from its parts, as somebody else has counted them.
  ///
  /// `buckets` are those in use, ascending, `zeros` counts the durations of nothing, which are in no
  /// bucket, and `squares` is a low and a high word of the sum of squares.
  public init(
    bounds: [Int64], within: [Int], zeros: Int, smallest: Int64, largest: Int64, sum: UInt128,
    squares: (low: UInt128, high: UInt64), buckets: ContiguousArray<UsedBucket>
  ) {
    self.init(bounds: bounds)
    precondition(
      within.count == self.bounds.count, "histogram: every bound has a count of its own")
    self.within = within
    self.zeros = zeros
    self.smallest = smallest
    self.largest = largest
    self.sum = sum
    squaresLow = squares.low
    squaresHigh = squares.high
    storedCount = zeros
    var last = -1
    for used in buckets {
      precondition(
        used.bucket > last && used.count > 0, "histogram: buckets ascend, and none is empty")
      last = used.bucket
      storedCount += used.count
    }
    precondition(last < Self.bucketCount, "histogram: no such bucket")
    list = buckets
  }

  /// The number of the bucket that a duration falls into, from 0 to below ``bucketCount``.
  @inlinable
  public static func bucket(of nanoseconds: Int64) -> Int { Buckets.index(of: nanoseconds) }

  /// How many buckets there are over all durations.
  public static var bucketCount: Int { Buckets.index(of: .max) + 1 }

  /// Takes in one duration in nanoseconds; a duration is never negative.
  @inlinable
  public mutating func record(_ nanoseconds: Int64) {
    precondition(nanoseconds >= 0, "histogram: a duration is never negative")
    storedCount &+= 1
    for index in 0..<bounds.count where nanoseconds <= bounds[index] { within[index] &+= 1 }
    if nanoseconds < smallest { smallest = nanoseconds }
    // No wait at all is the commonest value: it needs no bucket.
    if nanoseconds == 0 {
      zeros &+= 1
      return
    }
    if nanoseconds > largest { largest = nanoseconds }
    let value = UInt64(bitPattern: nanoseconds)
    sum &+= UInt128(value)
    let square = value.multipliedFullWidth(by: value)
    addSquares(UInt128(square.high) &<< 64 | UInt128(square.low))
    let bucket = Buckets.index(of: nanoseconds)
    let offset = bucket &- first
    if UInt(bitPattern: offset) < UInt(bitPattern: counts.count) {
      counts[offset] &+= 1
    } else {
      recordOutside(bucket)
    }
  }

  @inlinable
  mutating func addSquares(_ square: UInt128) {
    let (low, carried) = squaresLow.addingReportingOverflow(square)
    squaresLow = low
    if carried { squaresHigh &+= 1 }
  }

  /// Takes in a duration whose bucket has no place yet among `counts`.
  @usableFromInline
  @inline(never)
  mutating func recordOutside(_ bucket: Int) {
    // A few durations need no row: most histograms of what is rare have no more.
    if counts.isEmpty, list.count < 32 {
      let place = list.firstIndex { $0.bucket >= bucket } ?? list.count
      if place < list.count, list[place].bucket == bucket {
        list[place].count += 1
      } else {
        list.insert(UsedBucket(bucket: bucket, count: 1), at: place)
      }
      return
    }
    spread(from: bucket, through: bucket)
    counts[bucket - first] += 1
  }

  /// Takes in everything that `other` has seen; both must count the same bounds.
  public mutating func merge(_ other: Histogram) {
    precondition(bounds == other.bounds, "histogram: parts that are merged count the same bounds")
    storedCount += other.storedCount
    zeros += other.zeros
    for index in within.indices { within[index] += other.within[index] }
    smallest = min(smallest, other.smallest)
    largest = max(largest, other.largest)
    sum += other.sum
    let (low, carried) = squaresLow.addingReportingOverflow(other.squaresLow)
    squaresLow = low
    squaresHigh += other.squaresHigh + (carried ? 1 : 0)
    // Two lists of one length are one list; what grows by list after list is better in a row.
    if counts.isEmpty, other.counts.isEmpty, list.count <= 2 * other.list.count {
      list = list.isEmpty ? other.list : UsedBucket.sum(list, other.list)
    } else if let (low, high) = other.range {
      spread(from: low, through: high)
      add(other)
    }
  }

  /// Adds the counts of another, for all of which there is room.
  private mutating func add(_ other: Histogram) {
    let first = first
    var sums = counts.mutableSpan
    for used in other.list { sums[used.bucket - first] += used.count }
    let shift = other.first - first
    let added = other.counts.span
    for index in added.indices where added[index] != 0 { sums[index + shift] += added[index] }
  }

  /// The first and the last bucket that there is a count of; nothing without any.
  private var range: (low: Int, high: Int)? {
    if let low = list.first, let high = list.last { return (low.bucket, high.bucket) }
    return counts.isEmpty ? nil : (first, first + counts.count - 1)
  }

  /// Puts the counts into a row that has room for these buckets.
  private mutating func spread(from low: Int, through high: Int) {
    let (oldLow, oldHigh) = range ?? (low, high)
    let start = min(low, oldLow) / Buckets.perOctave * Buckets.perOctave
    let end = (max(high, oldHigh) / Buckets.perOctave + 1) * Buckets.perOctave
    if counts.isEmpty {
      counts = ContiguousArray(repeating: 0, count: end - start)
      for used in list { counts[used.bucket - start] = used.count }
      list = []
    } else {
      if start < first { counts = ContiguousArray(repeating: 0, count: first - start) + counts }
      counts.append(contentsOf: repeatElement(0, count: end - start - counts.count))
    }
    first = start
  }
}

/// The grid of the histogram's buckets.
@frozen @usableFromInline
enum Buckets {
  @usableFromInline static var perOctave: Int { 1024 }

  /// The bucket of a duration that is not negative.
  @inlinable
  static func index(of nanoseconds: Int64) -> Int {
    let value = UInt64(bitPattern: nanoseconds)
    // Ten bits after the leading one tell buckets apart; below 2,048 the shift is nought.
    let shift = 53 &- (value | 1024).leadingZeroBitCount
    return (shift &<< 10) &+ Int(truncatingIfNeeded: value &>> UInt64(shift))
  }

  /// The smallest duration in a bucket.
  static func lower(_ index: Int) -> Int64 {
    if index < 2 * perOctave { return Int64(index) }
    return Int64(index & (perOctave - 1) | perOctave) << shift(index)
  }

  /// How many durations share a bucket.
  static func width(_ index: Int) -> Int64 { 1 << shift(index) }

  /// Which share of a bucket's durations a bound that lies in it is not shorter than.
  static func share(of index: Int, within bound: Int64) -> Double {
    Double(bound - lower(index) + 1) / Double(width(index))
  }

  private static func shift(_ index: Int) -> Int64 {
    index < 2 * perOctave ? 0 : Int64(index / perOctave - 1)
  }
}
