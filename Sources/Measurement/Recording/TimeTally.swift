public import Statistics

/// A histogram that is being filled: the same numbers as a `Histogram`, kept so that taking one in
/// looks at no reference and needs no room to be made.
///
/// Its counts stand in a table beside those of other tallies, bucket by bucket: what one conversation
/// adds to several of them is near each other, for most of its times are the same or nearly so, and
/// waiting for memory would cost more than all the rest.
@frozen @usableFromInline
struct TimeTally: ~Copyable {
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
    let ascending = Histogram(bounds: limits).bounds
    bounds = RecordTable(count: ascending.count, repeating: Bound())
    for (index, limit) in ascending.enumerated() { bounds[index].limit = limit }
  }

  /// Takes in one duration in nanoseconds; a duration is never negative.
  @inlinable @inline(__always)
  mutating func record(
    _ nanoseconds: Int64, in counts: inout RecordTable<UInt16>, _ row: TimeTallies.Row
  ) {
    // No time at all is the commonest: it needs no bucket, and is within all bounds.
    if nanoseconds == 0 {
      zeros &+= 1
      return
    }
    var index = 0
    while index < bounds.count {
      if nanoseconds <= bounds[index].limit { bounds[index].within &+= 1 }
      index &+= 1
    }
    if nanoseconds < smallest { smallest = nanoseconds }
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
    let place = row.place(of: bucket)
    let count = counts[place] &+ 1
    counts[place] = count
    if count == 0 { goesRound(bucket) }
  }

  @usableFromInline @inline(never)
  mutating func goesRound(_ bucket: Int) { rounds.append(bucket) }

  /// The bounds in ascending order.
  var limits: [Int64] { bounds.elements.map(\.limit) }

  /// The histogram of what was taken in so far, with the counts within these of the bounds.
  func histogram(
    of counts: borrowing RecordTable<UInt16>, _ row: TimeTallies.Row, bounds limits: [Int64]
  ) -> Histogram {
    // Between the shortest and the longest; all buckets there are would be fifty times as many.
    var used = ContiguousArray<UsedBucket>()
    if largest > 0 {
      let buckets = Histogram.bucket(of: smallest)...Histogram.bucket(of: largest)
      // Thousands for each run: the places are counted up, not worked out one by one.
      var place = row.place(of: buckets.lowerBound)
      let step = row.place(of: 1) - row.place(of: 0)
      for bucket in buckets {
        let count = counts[place]
        place &+= step
        if count > 0 { used.append(UsedBucket(bucket: bucket, count: Int(count))) }
      }
    }
    var next = 0
    for bucket in rounds.sorted() {
      // A bucket that was hit a whole number of rounds has no count of its own.
      while next < used.count, used[next].bucket < bucket { next += 1 }
      if next == used.count || used[next].bucket != bucket {
        used.insert(UsedBucket(bucket: bucket, count: 0), at: next)
      }
      used[next].count += 1 << UInt16.bitWidth
    }
    let asked = bounds.elements.filter { limits.contains($0.limit) }
    let within = asked.map { $0.within + ($0.limit >= 0 ? zeros : 0) }
    return Histogram(
      bounds: asked.map(\.limit), within: within, zeros: zeros,
      smallest: zeros > 0 ? 0 : smallest, largest: largest, sum: sum,
      squares: (squaresLow, squaresHigh), buckets: used)
  }
}

/// What fills the histograms of all times of conversations.
@frozen @usableFromInline
struct TimeTallies: ~Copyable {
  /// How often each bucket was hit, without whole times 2^16: rows beside each other, for these times
  /// are mostly near each other.
  @usableFromInline var counts: RecordTable<UInt16>
  /// The same of waits, which are shorter, and asked for where the others are not.
  @usableFromInline var waitCounts: RecordTable<UInt16>
  /// The same of times to assignment, most of which are none at all.
  @usableFromInline var assignmentCounts: RecordTable<UInt16>
  @usableFromInline var wait: TimeTally
  @usableFromInline var firstResponse: TimeTally
  @usableFromInline var response: TimeTally
  @usableFromInline var resolution: TimeTally
  @usableFromInline var timeToAssignment: TimeTally
  /// Of conversations that their only answer ended at once: the response, the first response and the
  /// resolution are one time, taken in once for the three of them.
  @usableFromInline var together: TimeTally
  @usableFromInline var togetherCounts: RecordTable<UInt16>

  /// Where the counts of a time are in their table.
  @frozen @usableFromInline
  enum Row: Int {
    case firstResponse, response, resolution
    /// The only one of its table.
    case alone

    @inlinable @inline(__always)
    func place(of bucket: Int) -> Int {
      self == .alone ? bucket : bucket &* 3 &+ rawValue
    }
  }

  /// Nothing yet, with the exact bounds that a plan asks for.
  init(_ plan: RecordingPlan) {
    counts = RecordTable(zeros: 3 * Histogram.bucketCount)
    waitCounts = RecordTable(zeros: Histogram.bucketCount)
    assignmentCounts = RecordTable(zeros: Histogram.bucketCount)
    wait = TimeTally(bounds: plan.bounds(.wait, office: false))
    firstResponse = TimeTally(bounds: plan.bounds(.firstResponse, office: false))
    response = TimeTally(bounds: plan.bounds(.response, office: false))
    resolution = TimeTally(bounds: plan.bounds(.resolution, office: false))
    timeToAssignment = TimeTally(bounds: plan.bounds(.timeToAssignment, office: false))
    togetherCounts = RecordTable(zeros: Histogram.bucketCount)
    together = TimeTally(bounds: response.limits + firstResponse.limits + resolution.limits)
  }

  @inline(__always)
  mutating func recordTogether(_ length: Int64) {
    together.record(length, in: &togetherCounts, .alone)
  }

  @inlinable @inline(__always)
  mutating func recordResponse(_ length: Int64) {
    response.record(length, in: &counts, .response)
  }

  @inline(__always)
  mutating func recordFirstResponse(_ length: Int64) {
    firstResponse.record(length, in: &counts, .firstResponse)
  }

  @inline(__always)
  mutating func recordWait(_ length: Int64) { wait.record(length, in: &waitCounts, .alone) }

  @inline(__always)
  mutating func recordResolution(_ length: Int64) {
    resolution.record(length, in: &counts, .resolution)
  }

  @inline(__always)
  mutating func recordTimeToAssignment(_ length: Int64) {
    timeToAssignment.record(length, in: &assignmentCounts, .alone)
  }

  /// The histograms of what was taken in so far.
  var times: Times {
    Times(
      wait: wait.histogram(of: waitCounts, .alone, bounds: wait.limits),
      firstResponse: whole(firstResponse, .firstResponse),
      response: whole(response, .response), resolution: whole(resolution, .resolution),
      timeToAssignment: timeToAssignment.histogram(
        of: assignmentCounts, .alone, bounds: timeToAssignment.limits))
  }

  /// What was taken in of a time by itself and together with others.
  private func whole(_ tally: borrowing TimeTally, _ row: Row) -> Histogram {
    let limits = tally.limits
    var histogram = tally.histogram(of: counts, row, bounds: limits)
    histogram.merge(together.histogram(of: togetherCounts, .alone, bounds: limits))
    return histogram
  }
}
