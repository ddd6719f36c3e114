import Statistics
import Testing

@testable import Measurement

@Suite struct `A histogram that is being filled` {
  @Test func `counts buckets that were hit more often than a word counts`() {
    var counts = RecordTable<UInt16>(zeros: Histogram.bucketCount)
    var tally = TimeTally(bounds: [])
    // A bucket a little beyond one round, one with exactly one, and one a little beyond two.
    let round = 1 << 16
    let hits = [(Int64(1_000), round + 1), (2_000_000, round), (5_000_000, 2 * round + 1)]
    for (length, count) in hits {
      for _ in 0..<count { tally.record(length, in: &counts, .alone) }
    }
    let histogram = tally.histogram(of: counts, .alone, bounds: [])
    #expect(histogram.buckets.map(\.count) == [1 + round, round, 1 + 2 * round])
    #expect(histogram.count == 2 + 4 * round)
    #expect(histogram.buckets.map { $0.range.contains(2_000_000) } == [false, true, false])
    let sum = hits.reduce(0) { $0 + $1.0 * Int64($1.1) }
    #expect(histogram.total == UInt128(sum))
  }
}
