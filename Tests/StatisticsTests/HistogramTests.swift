import Foundation
import Testing

@testable import Statistics

@Suite("Histogram")
struct HistogramTests {
  /// Waits as they occur: some nought, the others over six powers of ten.
  private static func durations(_ count: Int, seed: UInt64) -> [Int64] {
    var numbers = RandomNumbers(seed: seed)
    return (0..<count).map { _ in
      numbers.uniform() < 0.2 ? 0 : Int64(exp(14 + 4 * numbers.normal()))
    }
  }

  private static func histogram(_ durations: [Int64], bounds: [Int64] = []) -> Histogram {
    var histogram = Histogram(bounds: bounds)
    for duration in durations { histogram.record(duration) }
    return histogram
  }

  @Test(arguments: [1, 2, 3, 10, 999, 5_000])
  func `gives every quantile within a thousandth of the true one`(_ count: Int) throws {
    let durations = Self.durations(count, seed: 7)
    let histogram = Self.histogram(durations)
    let sorted = durations.sorted().map(Double.init)
    for step in 0...1_000 {
      let p = Double(step) / 1_000
      let exact = try #require(QuantileRule.nearestRank.quantile(p, of: sorted))
      let value = Double(try #require(histogram.quantile(p)))
      #expect(abs(value - exact) <= exact / 2_048 + 0.5, "p \(p) of \(count)")
    }
    #expect(histogram.quantile(1) == durations.max())
    #expect(histogram.minimum == durations.min())
  }

  @Test func `has quantiles that never fall`() throws {
    let histogram = Self.histogram(Self.durations(3_000, seed: 11))
    let values = try (0...2_000).map { try #require(histogram.quantile(Double($0) / 2_000)) }
    #expect(values == values.sorted())
  }

  @Test(arguments: [0, 1, 500, 2_000])
  func `merged from parts in either order is that of the whole`(_ cut: Int) {
    let durations = Self.durations(2_000, seed: 3)
    let bounds: [Int64] = [1_000_000, 300_000_000]
    let whole = Self.histogram(durations, bounds: bounds)
    let left = Self.histogram(Array(durations[..<cut]), bounds: bounds)
    let right = Self.histogram(Array(durations[cut...]), bounds: bounds)
    var forwards = left
    forwards.merge(right)
    var backwards = right
    backwards.merge(left)
    #expect(forwards == whole)
    #expect(backwards == whole)
    #expect(left != whole || cut == 2_000)
  }

  @Test func `counts exactly within the bounds named beforehand`() throws {
    // 300,000,001 shares its bucket with the bound: only a counter of its own can tell.
    let bound: Int64 = 300_000_000
    let durations = [0, bound - 1, bound, bound + 1, bound + 2]
    let named = Self.histogram(durations, bounds: [bound, bound, 5])
    #expect(named.bounds == [5, bound])
    #expect(named.count(within: bound) == 3)
    #expect(named.share(within: bound) == 0.6)
    #expect(named.count(within: 5) == 1)
    let unnamed = Self.histogram(durations)
    #expect(unnamed.count(within: bound) != 3)
  }

  @Test func `splits a bucket in proportion for other bounds`() throws {
    let durations = Self.durations(5_000, seed: 5)
    let histogram = Self.histogram(durations)
    for bound in [-1, 0, 1, 700, 1_000_000, 5_000_000, 80_000_000, Int64.max] {
      let low = durations.filter { $0 <= bound - bound / 1_024 }.count
      let high = durations.filter { Double($0) <= Double(bound) * (1 + 1 / 1_024.0) }.count
      let count = histogram.count(within: bound)
      #expect(Double(low) <= count && count <= Double(high), "bound \(bound)")
    }
    #expect(histogram.share(within: .max) == 1)
    #expect(Histogram().share(within: 5) == nil)
  }

  @Test func `knows mean and standard deviation to the last digits`() throws {
    let durations = Self.durations(2_000, seed: 9)
    let histogram = Self.histogram(durations)
    let moments = Moments(durations.map(Double.init))
    #expect(error(histogram.mean, try #require(moments.mean)) < 1e-12)
    let spread = try #require(moments.standardDeviation)
    #expect(error(histogram.standardDeviation, spread) < 1e-12)
  }

  @Test func `keeps a spread of nanoseconds beside a century`() throws {
    // {0, 3, 9, 12} above 99 years: variance 30. Doubles are 512 apart there.
    let base: Int64 = 3_124_202_400_000_000_000
    let histogram = Self.histogram([0, 3, 9, 12].map { base + $0 })
    #expect(error(histogram.standardDeviation, 30.0.squareRoot()) < 1e-12)
    #expect(histogram.minimum == base)
    #expect(histogram.maximum == base + 12)
  }

  @Test func `takes any duration that fits and stays within its memory`() throws {
    var histogram = Histogram()
    for shift in 0..<63 {
      histogram.record(1 << Int64(shift))
      histogram.record((1 << Int64(shift)) - 1)
    }
    histogram.record(.max)
    #expect(histogram.count == 127)
    #expect(histogram.quantile(1) == .max)
    #expect(histogram.buckets.map(\.count).reduce(0, +) == 127)
    #expect(histogram.buckets.allSatisfy { $0.range.lowerBound <= $0.range.upperBound })
    #expect(histogram.buckets.last?.range.upperBound == .max)
  }

  @Test func `has buckets no wider than a thousandth that leave no gap`() throws {
    var histogram = Histogram()
    // Every bucket from 512 to 8,191 in turn.
    for duration in 512...8_191 { histogram.record(Int64(duration)) }
    let buckets = histogram.buckets
    for (bucket, next) in zip(buckets, buckets.dropFirst()) {
      #expect(bucket.range.upperBound + 1 == next.range.lowerBound)
      #expect(bucket.count == bucket.range.count)
      #expect(Double(bucket.range.count) <= max(1, Double(bucket.range.lowerBound) / 1_024))
    }
  }

  @Test func `comes back from text the same`() throws {
    let histogram = Self.histogram(Self.durations(1_000, seed: 2), bounds: [1, 1_000_000])
    let data = try JSONEncoder().encode(histogram)
    let again = try JSONDecoder().decode(Histogram.self, from: data)
    #expect(again == histogram)
    let empty = try JSONEncoder().encode(Histogram())
    #expect(try JSONDecoder().decode(Histogram.self, from: empty) == Histogram())
  }

  /// One duration of 5 ns within a bound of 7 ns, and a number of its row that is changed.
  @Test func `refuses rows that no histogram wrote`() throws {
    let row = [1, 7, 1, 0, 5, 5, 5, 0, 25, 0, 0, 5, 1]
    func read(_ row: [Int]) throws -> Histogram {
      try JSONDecoder().decode(Histogram.self, from: JSONEncoder().encode(row))
    }
    var one = Histogram(bounds: [7])
    one.record(5)
    #expect(try read(row) == one)
    let changes: [(place: Int, number: Int)] = [
      (0, -1), (0, 0), (0, 2), (0, 100), (2, -1), (2, 2), (3, -1), (4, -1), (4, 6), (5, 4),
      (5, -1), (6, 6), (7, 1), (11, -1), (11, 99_999_999), (11, .max), (12, 0), (12, -1),
    ]
    for (place, number) in changes {
      var row = row
      row[place] = number
      #expect(throws: DecodingError.self, "\(row)") { try read(row) }
    }
    for tail in [[1], [0, 1], [-1, 1], [1, 0], [1, -1], [.max, 1], [1, .max]] {
      #expect(throws: DecodingError.self, "\(tail)") { try read(row + tail) }
    }
    for count in 1..<row.count {
      #expect(throws: DecodingError.self, "\(count)") { try read(Array(row.prefix(count))) }
    }
    #expect(throws: DecodingError.self) { try read([]) }
    // Bounds that do not ascend, or a count within one of nothing.
    #expect(throws: DecodingError.self) { try read([2, 7, 7, 0, 0]) }
    #expect(throws: DecodingError.self) { try read([1, 7, 1]) }
    #expect(try read([1, 7, 0]) == Histogram(bounds: [7]))
  }

  /// A list of the buckets in use, or a row of all: what is read does not tell them apart.
  @Test func `is the same in both of its forms`() {
    let lengths = Self.durations(600, seed: 7)
    let bounds: [Int64] = [1, 1_000, 1_000_000]
    let dense = Self.histogram(lengths, bounds: bounds)
    #expect(!dense.counts.isEmpty && dense.list.isEmpty)
    // Made of parts of which each is a list.
    var sums: [Histogram] = []
    for size in [1, 7, 30] {
      var sum = Histogram(bounds: bounds)
      for start in stride(from: 0, to: lengths.count, by: size) {
        let part = Self.histogram(
          Array(lengths[start..<min(start + size, lengths.count)]), bounds: bounds)
        #expect(part.counts.isEmpty)
        sum.merge(part)
      }
      sums.append(sum)
    }
    let listed = Histogram(
      bounds: bounds, within: dense.within, zeros: dense.zeros, smallest: dense.smallest,
      largest: dense.largest, sum: dense.sum, squares: (dense.squaresLow, dense.squaresHigh),
      buckets: ContiguousArray(dense.used))
    #expect(listed.counts.isEmpty)
    let marks = lengths + lengths.map { $0 + 1 } + [0, 1, .max]
    for other in sums + [listed] {
      #expect(other == dense)
      #expect(CoarseCounts(other) == CoarseCounts(dense))
      #expect(other.counts(within: marks.sorted()) == dense.counts(within: marks.sorted()))
      for mark in marks { #expect(other.count(within: mark) == dense.count(within: mark)) }
      for share in stride(from: 0.0, through: 1, by: 1 / 64) {
        #expect(other.quantile(share) == dense.quantile(share))
      }
      // Both ways round, and what is recorded afterwards.
      var (one, two, twice) = (other, dense, dense)
      one.merge(dense)
      two.merge(other)
      twice.merge(dense)
      #expect(one == twice && two == twice)
      for length in lengths.prefix(100) {
        one.record(length)
        twice.record(length)
      }
      #expect(one == twice)
    }
  }

  @Test func `has nothing to say before the first duration`() {
    let empty = Histogram(bounds: [5])
    #expect(empty.mean == nil)
    #expect(empty.minimum == nil)
    #expect(empty.maximum == nil)
    #expect(empty.quantile(0.5) == nil)
    #expect(empty.standardDeviation == nil)
    #expect(empty.buckets.isEmpty)
    var one = Histogram()
    one.record(4)
    #expect(one.quantile(-0.1) == nil)
    #expect(one.quantile(1.1) == nil)
    #expect(one.quantile(.nan) == nil)
  }

  @Test func `refuses a negative duration`() async {
    await #expect(processExitsWith: .failure) {
      var histogram = Histogram()
      histogram.record(-1)
    }
  }
}
