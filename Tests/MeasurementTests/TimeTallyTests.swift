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
    let histogram = tally.histogram(tally.used(of: counts), bounds: [])
    #expect(histogram.buckets.map(\.count) == [1 + round, round, 1 + 2 * round])
    #expect(histogram.count == 2 + 4 * round)
    #expect(histogram.buckets.map { $0.range.contains(2_000_000) } == [false, true, false])
    let sum = hits.reduce(0) { $0 + $1.0 * Int64($1.1) }
    #expect(histogram.total == UInt128(sum))
  }

  @Test func `elements that are not zero are found wherever they stand`() {
    // All distances and alignments to a word of four elements.
    for length in 1...13 {
      for pattern in [[0], [length - 1], [length / 2], [0, 1, 5, 6, 12], Array(0..<length)] {
        let set = pattern.filter { $0 < length }
        var table = RecordTable<UInt16>(zeros: length)
        for place in set { table[place] = UInt16(256 + place) }
        for start in 0...length {
          for end in start...length {
            var found: [Int] = []
            table.forEachNotZero(in: start..<end) { place, element in
              #expect(element == UInt16(256 + place))
              found.append(place)
            }
            #expect(found == set.filter((start..<end).contains))
          }
        }
      }
    }
    var long = RecordTable<Int64>(zeros: 3)
    long[2] = 1
    long.forEachNotZero(in: 0..<3) { place, element in #expect((place, element) == (2, 1)) }
    RecordTable<UInt16>(zeros: 0).forEachNotZero(in: 0..<0) { _, _ in Issue.record("nothing") }
  }

  @Test func `times whose counts stand beside each other are told apart`() {
    var tallies = TimeTallies(RecordingPlan(agents: 0, duration: 1_000_000_000))
    var alone: [Histogram] = []
    for number in 0..<3 {
      var own = RecordTable<UInt16>(zeros: Histogram.bucketCount)
      var tally = TimeTally(bounds: [])
      for step in 0..<(50 * number) {
        let length = Int64(step * step * step) * 1_000_003 + Int64(number)
        tally.record(length, in: &own, .alone)
        switch number {
        case 0: tallies.recordFirstResponse(length)
        case 1: tallies.recordResponse(length)
        default: tallies.recordResolution(length)
        }
      }
      alone.append(tally.histogram(tally.used(of: own), bounds: []))
    }
    let used = tallies.besideEachOther()
    let all = [used.firstResponse, used.response, used.resolution]
    #expect(all.map { $0.map(\.count).reduce(0, +) } == [0, 50, 100])
    for (used, histogram) in zip(all, alone) {
      #expect(used.map(\.bucket).sorted() == used.map(\.bucket))
      #expect(used.map(\.count) == histogram.buckets.map(\.count))
    }
  }
}
