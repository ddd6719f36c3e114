import Foundation
import Statistics
import Testing

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

  @Test(arguments: [
    #"{"buckets":[5]"#, #"{"buckets":[5,-1]"#, #"{"buckets":[-5,1]"#, #"{"buckets":[99999999,1]"#,
    #"{"buckets":[5,9223372036854775807,6,1]"#, #"{"buckets":[5,1,0,1]"#,
    #"{"buckets":[5,1,-2,1]"#, #"{"buckets":[5,1,9223372036854775807,1]"#,
  ])
  func `refuses text that no histogram wrote`(_ start: String) {
    let text =
      start
      + #","bounds":[],"within":[],"zeros":0,"smallest":5,"largest":5,"sum":"5","squares":["0","19"]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Histogram.self, from: Data(text.utf8))
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
