public import Statistics

/// A histogram that is being filled: the same numbers as a `Histogram`, kept so that taking one in
/// looks at no reference and needs no room to be made.
@frozen @usableFromInline
struct TimeTally: ~Copyable {
  /// How often each bucket was hit, without whole times 2^32.
  @usableFromInline var counts: RecordTable<UInt32>
  /// The buckets whose counts have gone round, once for each time.
  @usableFromInline var rounds: [Int] = []
  @usableFromInline var bounds: RecordTable<Bound>
  @usableFromInline var zeros = 0
  @usableFromInline var smallest = Int64.max
  @usableFromInline var largest: Int64 = 0
  @usableFromInline var sum: UInt128 = 0
  @usableFromInline var squaresLow: UInt128 = 0
  @usableFromInline var squaresHigh: UInt64 = 0

  /// A bound and how many durations lie within it.
  @frozen @usableFromInline
  struct Bound: BitwiseCopyable {
    @usableFromInline var limit: Int64 = 0
    @usableFromInline var within = 0

    @inlinable init() {}
  }

  /// Nothing yet, to be counted within each of `limits` (nanoseconds).
  init(bounds limits: [Int64]) {
    counts = RecordTable(zeros: Histogram.bucketCount)
    let ascending = Histogram(bounds: limits).bounds
    bounds = RecordTable(count: ascending.count, repeating: Bound())
    for (index, limit) in ascending.enumerated() { bounds[index].limit = limit }
  }

  /// Takes in one duration in nanoseconds; a duration is never negative.
  @inlinable @inline(__always)
  mutating func record(_ nanoseconds: Int64) {
    var index = 0
    while index < bounds.count {
      if nanoseconds <= bounds[index].limit { bounds[index].within &+= 1 }
      index &+= 1
    }
    if nanoseconds < smallest { smallest = nanoseconds }
    // No time at all is the commonest: it needs no bucket.
    if nanoseconds == 0 {
      zeros &+= 1
      return
    }
    if nanoseconds > largest { largest = nanoseconds }
    let value = UInt64(bitPattern: nanoseconds)
    sum &+= UInt128(value)
    let square = value.multipliedFullWidth(by: value)
    let (low, carried) = squaresLow.addingReportingOverflow(
      UInt128(square.high) &<< 64 | UInt128(square.low))
    squaresLow = low
    squaresHigh &+= carried ? 1 : 0
    // What is negative falls outside the table, and stops the program there.
    let bucket = Histogram.bucket(of: nanoseconds)
    let count = counts[bucket] &+ 1
    counts[bucket] = count
    if count == 0 { goesRound(bucket) }
  }

  @usableFromInline @inline(never)
  mutating func goesRound(_ bucket: Int) { rounds.append(bucket) }

  /// The histogram of what was taken in so far.
  var histogram: Histogram {
    var all = [Int](repeating: 0, count: counts.count)
    for bucket in 0..<counts.count { all[bucket] = Int(counts[bucket]) }
    for bucket in rounds { all[bucket] += 1 << 32 }
    return Histogram(
      bounds: bounds.elements.map(\.limit), within: bounds.elements.map(\.within), zeros: zeros,
      smallest: smallest, largest: largest, sum: sum, squares: (squaresLow, squaresHigh),
      counts: all)
  }
}

/// What fills the histograms of all times of conversations.
@frozen @usableFromInline
struct TimeTallies: ~Copyable {
  @usableFromInline var wait: TimeTally
  @usableFromInline var firstResponse: TimeTally
  @usableFromInline var response: TimeTally
  @usableFromInline var resolution: TimeTally
  @usableFromInline var timeToAssignment: TimeTally

  /// Nothing yet, with the exact bounds that a plan asks for.
  init(_ plan: RecordingPlan) {
    wait = TimeTally(bounds: plan.bounds(.wait, office: false))
    firstResponse = TimeTally(bounds: plan.bounds(.firstResponse, office: false))
    response = TimeTally(bounds: plan.bounds(.response, office: false))
    resolution = TimeTally(bounds: plan.bounds(.resolution, office: false))
    timeToAssignment = TimeTally(bounds: plan.bounds(.timeToAssignment, office: false))
  }

  /// The histograms of what was taken in so far.
  var times: Times {
    Times(
      wait: wait.histogram, firstResponse: firstResponse.histogram, response: response.histogram,
      resolution: resolution.histogram, timeToAssignment: timeToAssignment.histogram)
  }
}
