/// How often durations of every size occurred, to three significant digits.
///
/// Log-linear buckets: every power of two is cut into 1,024, so a bucket is never wider than
/// 1/1,024 of its values, and durations under 2,048 ns have a bucket each. Count, sum, sum of
/// squares, minimum, maximum and the counts within bounds named beforehand are exact integers, so
/// merging loses nothing and does not depend on its order. Memory is bounded (432 KB over the whole
/// range of `Int64`) and grows only to the powers of two in use.
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
  /// The index of the bucket that `counts` begins with: a multiple of the block.
  @usableFromInline var first: Int
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
  /// `counts` are those of the buckets from a `lowest` on, `zeros` counts the durations of nothing, which
  /// are in no bucket, and `squares` is a low and a high word of the sum of squares.
  public init(
    bounds: [Int64], within: [Int], zeros: Int, smallest: Int64, largest: Int64, sum: UInt128,
    squares: (low: UInt128, high: UInt64), counts: [Int], from lowest: Int = 0
  ) {
    precondition(
      within.count == Set(bounds).count, "histogram: every bound has a count of its own")
    self.init(bounds: bounds)
    self.within = within
    self.zeros = zeros
    self.smallest = smallest
    self.largest = largest
    self.sum = sum
    squaresLow = squares.low
    squaresHigh = squares.high
    storedCount = counts.reduce(zeros, +)
    guard let low = counts.firstIndex(where: { $0 > 0 }),
      let high = counts.lastIndex(where: { $0 > 0 })
    else { return }
    widen(to: lowest + low, through: lowest + high)
    for place in low...high { self.counts[lowest + place - first] = counts[place] }
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
      widen(to: bucket)
      counts[bucket &- first] &+= 1
    }
  }

  @inlinable
  mutating func addSquares(_ square: UInt128) {
    let (low, carried) = squaresLow.addingReportingOverflow(square)
    squaresLow = low
    if carried { squaresHigh &+= 1 }
  }

  @usableFromInline
  @inline(never)
  mutating func widen(to bucket: Int) {
    let block = bucket / Buckets.perOctave * Buckets.perOctave
    if counts.isEmpty {
      first = block
      counts = ContiguousArray(repeating: 0, count: Buckets.perOctave)
    } else if block < first {
      let added = ContiguousArray(repeating: 0, count: first - block)
      counts = added + counts
      first = block
    } else {
      let missing = block + Buckets.perOctave - first - counts.count
      counts.append(contentsOf: repeatElement(0, count: missing))
    }
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
    if other.counts.isEmpty { return }
    widen(to: other.first, through: other.first + other.counts.count - 1)
    let shift = other.first - first
    let added = other.counts.span
    var sums = counts.mutableSpan
    for index in added.indices where added[index] != 0 { sums[index + shift] += added[index] }
  }

  mutating func widen(to low: Int, through high: Int) {
    if counts.isEmpty {
      first = low / Buckets.perOctave * Buckets.perOctave
      let end = (high / Buckets.perOctave + 1) * Buckets.perOctave
      counts = ContiguousArray(repeating: 0, count: end - first)
      return
    }
    if low < first { widen(to: low) }
    if high >= first + counts.count { widen(to: high) }
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

  private static func shift(_ index: Int) -> Int64 {
    index < 2 * perOctave ? 0 : Int64(index / perOctave - 1)
  }
}
