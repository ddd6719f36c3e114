import Statistics
import Testing

@Suite("Moments")
struct MomentsTests {
  // Sums over 400 values of the size of 10 in doubles: 1e-13 relative to the fixed digits.
  private static let tolerance = 1e-12

  @Test(arguments: ["a", "b"])
  func `agree with the reference series`(_ column: String) throws {
    let moments = Moments(try ReferenceTable.series(column))
    #expect(moments.count == 400)
    let mean = try ReferenceTable.tool("series", column, "mean")
    let variance = try ReferenceTable.tool("series", column, "var_n-1")
    #expect(error(moments.mean, mean) < Self.tolerance)
    #expect(error(moments.variance, variance) < Self.tolerance)
    #expect(moments.minimum == (try ReferenceTable.tool("series", column, "min")))
    #expect(moments.maximum == (try ReferenceTable.tool("series", column, "max")))
  }

  @Test(arguments: [0, 1, 7, 200, 399, 400])
  func `of two parts merged are those of the whole`(_ cut: Int) throws {
    let series = try ReferenceTable.series("a")
    let whole = Moments(series)
    var merged = Moments(series[..<cut])
    merged.merge(Moments(series[cut...]))
    #expect(merged.count == whole.count)
    #expect(error(merged.mean, try #require(whole.mean)) < Self.tolerance)
    #expect(error(merged.variance, try #require(whole.variance)) < Self.tolerance)
    #expect(error(merged.skewness, try #require(whole.skewness)) < Self.tolerance)
    #expect(merged.minimum == whole.minimum)
    #expect(merged.maximum == whole.maximum)
  }

  @Test func `keep their digits beside a large mean`() throws {
    // The variance of 1e9 + {4, 7, 13, 16} is 30 exactly; a sum of squares in doubles gives 0 or -170.
    let moments = Moments([4, 7, 13, 16].map { 1e9 + $0 })
    #expect(moments.variance == 30)
    #expect(try #require(moments.skewness) == 0)
  }

  @Test func `know the skewness of a small sample`() throws {
    // 1, 2, 6: mean 3, second moment 14/3, third 18/3; 6 / (14/3)^1.5.
    let expected = 6 / (14.0 / 3 * (14.0 / 3).squareRoot())
    #expect(error(Moments([1, 2, 6]).skewness, expected) < Self.tolerance)
  }

  @Test func `of nothing, of one value and of equal values claim nothing more`() {
    #expect(Moments().mean == nil)
    #expect(Moments().minimum == nil)
    #expect(Moments([5]).mean == 5)
    #expect(Moments([5]).variance == nil)
    #expect(Moments([5]).standardError == nil)
    #expect(Moments([5, 5]).variance == 0)
    #expect(Moments([5, 5]).skewness == nil)
  }
}

@Suite("Weighted mean")
struct WeightedMeanTests {
  @Test func `counts each value by its weight and ignores weights of nought`() throws {
    var mean = WeightedMean()
    #expect(mean.mean == nil)
    mean.record(1, weight: 3)
    mean.record(100, weight: 0)
    mean.record(100, weight: -1)
    mean.record(100, weight: .nan)
    var other = WeightedMean()
    other.record(5, weight: 1)
    mean.merge(other)
    mean.merge(WeightedMean())
    #expect(mean.mean == 2)
    #expect(mean.weight == 4)
  }
}
