import Statistics
import Testing

@testable import Measurement

@Suite struct `A histogram that is being filled` {
  @Test func `counts buckets that were hit more often than a word counts`() {
    var counts = RecordTable<UInt32>(zeros: Histogram.bucketCount)
    var tally = TimeTally(bounds: [])
    for length: Int64 in [1_000, 5_000_000] { tally.record(length, in: &counts, .alone) }
    // As 2^32 durations in the first bucket, twice as many in the last and exactly as many between them.
    for length: Int64 in [5_000_000, 2_000_000, 1_000, 5_000_000] {
      tally.goesRound(Histogram.bucket(of: length))
    }
    let histogram = tally.histogram(of: counts, .alone, bounds: [])
    let round = 1 << 32
    #expect(histogram.buckets.map(\.count) == [1 + round, round, 1 + 2 * round])
    #expect(histogram.count == 2 + 4 * round)
    #expect(histogram.buckets.map { $0.range.contains(2_000_000) } == [false, true, false])
  }
}
