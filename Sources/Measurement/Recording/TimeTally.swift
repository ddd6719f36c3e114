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

  /// The buckets from that of the shortest time to that of the longest; nothing if there was none but zero.
  var range: ClosedRange<Int>? {
    largest > 0 ? Histogram.bucket(of: smallest)...Histogram.bucket(of: largest) : nil
  }

  /// The buckets that were hit, in ascending order, of times that have a table for themselves.
  func used(of counts: borrowing RecordTable<UInt16>) -> ContiguousArray<UsedBucket> {
    var used = ContiguousArray<UsedBucket>()
    guard let range else { return used }
    counts.forEachNotZero(in: range.lowerBound..<range.upperBound + 1) { bucket, count in
      used.append(UsedBucket(bucket: bucket, count: Int(count)))
    }
    return used
  }

  /// Adds the rounds of the buckets whose counts have gone round.
  private func addRounds(to used: inout ContiguousArray<UsedBucket>) {
    var next = 0
    for bucket in rounds.sorted() {
      // A bucket that was hit a whole number of rounds has no count of its own.
      while next < used.count, used[next].bucket < bucket { next += 1 }
      if next == used.count || used[next].bucket != bucket {
        used.insert(UsedBucket(bucket: bucket, count: 0), at: next)
      }
      used[next].count += 1 << UInt16.bitWidth
    }
  }

  /// The histogram of what was taken in so far, with the counts within these of the bounds.
  func histogram(_ used: ContiguousArray<UsedBucket>, bounds limits: [Int64]) -> Histogram {
    var used = used
    addRounds(to: &used)
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

    /// How many stand beside each other.
    @inlinable static var beside: Int { @inline(__always) get { 3 } }

    @inlinable @inline(__always)
    func place(of bucket: Int) -> Int {
      self == .alone ? bucket : bucket &* Self.beside &+ rawValue
    }
  }

  /// Nothing yet, with the exact bounds that a plan asks for.
  init(_ plan: RecordingPlan) {
    counts = RecordTable(zeros: Row.beside * Histogram.bucketCount)
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
    let own = besideEachOther()
    let shared = together.used(of: togetherCounts)
    return Times(
      wait: wait.histogram(wait.used(of: waitCounts), bounds: wait.limits),
      firstResponse: whole(firstResponse, own.firstResponse, shared),
      response: whole(response, own.response, shared),
      resolution: whole(resolution, own.resolution, shared),
      timeToAssignment: timeToAssignment.histogram(
        timeToAssignment.used(of: assignmentCounts), bounds: timeToAssignment.limits))
  }

  /// The buckets that were hit, in ascending order, of the times whose counts stand beside each other.
  func besideEachOther() -> (
    firstResponse: ContiguousArray<UsedBucket>, response: ContiguousArray<UsedBucket>,
    resolution: ContiguousArray<UsedBucket>
  ) {
    var used = (
      firstResponse: ContiguousArray<UsedBucket>(), response: ContiguousArray<UsedBucket>(),
      resolution: ContiguousArray<UsedBucket>()
    )
    let ranges = [firstResponse.range, response.range, resolution.range].compactMap { $0 }
    guard let first = ranges.map(\.lowerBound).min(), let last = ranges.map(\.upperBound).max()
    else { return used }
    // All three in one walk.
    counts.forEachNotZero(in: first * Row.beside..<(last + 1) * Row.beside) { place, count in
      let bucket = UsedBucket(bucket: place / Row.beside, count: Int(count))
      switch place % Row.beside {
      case Row.firstResponse.rawValue: used.firstResponse.append(bucket)
      case Row.response.rawValue: used.response.append(bucket)
      default: used.resolution.append(bucket)
      }
    }
    return used
  }

  /// What was taken in of a time by itself and together with others.
  private func whole(
    _ tally: borrowing TimeTally, _ own: ContiguousArray<UsedBucket>,
    _ shared: ContiguousArray<UsedBucket>
  ) -> Histogram {
    let limits = tally.limits
    var histogram = tally.histogram(own, bounds: limits)
    histogram.merge(together.histogram(shared, bounds: limits))
    return histogram
  }
}
