import Statistics
import Testing

@testable import enum Statistics.Special

@Suite("Intervals")
struct IntervalTests {
  // The tables have 14 digits.
  private static let tolerance = 1e-12

  @Test(arguments: ReferenceTable.tools("t_quantile"))
  func `use the quantiles of Student's t`(_ row: ReferenceRow) throws {
    let value = StudentT.quantile(try row.parameter("p"), freedom: try row.parameter("df"))
    #expect(error(value, try row.number("value")) < Self.tolerance)
  }

  @Test(arguments: ReferenceTable.tools("bonferroni_t"))
  func `for several comparisons use Bonferroni's level`(_ row: ReferenceRow) throws {
    let value = StudentT.bonferroni(
      comparisons: Int(try row.parameter("comparisons")),
      level: 1 - (try row.parameter("family_alpha")), freedom: try row.parameter("df"))
    #expect(error(value, try row.number("value")) < Self.tolerance)
  }

  @Test(arguments: ReferenceTable.tools("normal_quantile"))
  func `use the quantiles of the normal distribution`(_ row: ReferenceRow) throws {
    let value = Special.normalQuantile(try row.parameter("p"))
    #expect(error(value, try row.number("value")) < Self.tolerance)
  }

  @Test(arguments: ReferenceTable.tools("chi2_quantile"))
  func `use the quantiles of chi-squared`(_ row: ReferenceRow) throws {
    let value = Special.chiSquaredQuantile(try row.parameter("p"), try row.parameter("df"))
    #expect(error(value, try row.number("value")) < Self.tolerance)
  }

  @Test(arguments: ReferenceTable.tools("wilson_ci") + ReferenceTable.tools("clopper_pearson_ci"))
  func `for shares agree with the reference`(_ row: ReferenceRow) throws {
    let successes = Int(try row.parameter("x"))
    let trials = Int(try row.parameter("n"))
    let interval =
      row.text("group") == "wilson_ci"
      ? ConfidenceInterval.wilson(successes: successes, trials: trials)
      : ConfidenceInterval.clopperPearson(successes: successes, trials: trials)
    let value = row.text("quantity") == "low" ? interval?.low : interval?.high
    #expect(error(value, try row.number("value")) < Self.tolerance)
    #expect(interval?.estimate == Double(successes) / Double(trials))
  }

  @Test func `for shares mirror each other`() throws {
    let few = try #require(ConfidenceInterval.wilson(successes: 3, trials: 40))
    let many = try #require(ConfidenceInterval.wilson(successes: 37, trials: 40))
    #expect(error(1 - many.high, few.low) < Self.tolerance)
    let all = try #require(ConfidenceInterval.wilson(successes: 40, trials: 40))
    #expect(all.high == 1 && all.low < 1)
  }

  @Test func `are refused for impossible arguments`() {
    #expect(ConfidenceInterval.student(Moments([1])) == nil)
    #expect(ConfidenceInterval.student(Moments([1, 2]), level: 1) == nil)
    #expect(ConfidenceInterval.student(Moments([1, 2]), level: 0) == nil)
    #expect(ConfidenceInterval.wilson(successes: 1, trials: 0) == nil)
    #expect(ConfidenceInterval.wilson(successes: 3, trials: 2) == nil)
    #expect(ConfidenceInterval.clopperPearson(successes: -1, trials: 2) == nil)
    #expect(StudentT.quantile(0.5, freedom: 0) == nil)
    #expect(StudentT.quantile(1, freedom: 5) == nil)
    #expect(StudentT.quantile(.nan, freedom: 5) == nil)
    #expect(StudentT.twoSided(.infinity, freedom: 5) == 0)
  }

  // 2,000 samples of ten normal values: the number of 95 % intervals that cover the mean is
  // binomial (2000, 0.95), within 1900 +- 32 in 99.9 % of all cases; the seed is fixed.
  @Test func `of Student cover the mean as often as they say`() throws {
    var numbers = RandomNumbers(seed: 20_261_120)
    var covered = 0
    for _ in 0..<2_000 {
      let sample = Moments((0..<10).map { _ in 3 + 2 * numbers.normal() })
      covered += try #require(ConfidenceInterval.student(sample)).contains(3) ? 1 : 0
    }
    #expect((1_868...1_932).contains(covered))
  }

  // Wilson's interval is approximate: for 60 tries at 0.3 its exact coverage is 0.9495; the
  // 99.9 % range of 2,000 experiments is 1899 +- 32.
  @Test func `of Wilson cover the share as often as they say`() throws {
    var numbers = RandomNumbers(seed: 5)
    var covered = 0
    for _ in 0..<2_000 {
      let hits = (0..<60).reduce(0) { sum, _ in sum + (numbers.uniform() < 0.3 ? 1 : 0) }
      let interval = try #require(ConfidenceInterval.wilson(successes: hits, trials: 60))
      covered += interval.contains(0.3) ? 1 : 0
    }
    #expect((1_867...1_931).contains(covered))
  }
}

@Suite("Ratio of sums")
struct RatioEstimateTests {
  @Test func `is the ratio of the sums, jackknifed by hand`() throws {
    var ratio = RatioEstimate()
    ratio.record(1, over: 10)
    ratio.record(4, over: 20)
    ratio.record(6, over: 30)
    #expect(error(ratio.ratio, 11.0 / 60) < 1e-15)
    // Pseudo-values 3 (11/60) - 2 (rest): rests 10/50, 7/40, 5/30.
    let pseudo = Moments([0.55 - 0.4, 0.55 - 0.35, 0.55 - 1.0 / 3])
    let interval = try #require(ratio.interval())
    #expect(error(interval.estimate, try #require(pseudo.mean)) < 1e-14)
    let expected = try #require(ConfidenceInterval.student(pseudo))
    #expect(error(interval.halfWidth, expected.halfWidth) < 1e-13)
  }

  @Test func `with equal denominators is the plain Student interval`() throws {
    var ratio = RatioEstimate()
    for value in [3.0, 5, 4, 8] { ratio.record(value, over: 10) }
    let plain = try #require(ConfidenceInterval.student(Moments([0.3, 0.5, 0.4, 0.8])))
    let interval = try #require(ratio.interval())
    #expect(error(interval.low, plain.low) < 1e-13)
    #expect(error(interval.high, plain.high) < 1e-13)
  }

  @Test func `is nothing without a denominator`() {
    var ratio = RatioEstimate()
    #expect(ratio.ratio == nil)
    ratio.record(0, over: 0)
    ratio.record(1, over: 5)
    #expect(ratio.ratio == 0.2)
    #expect(ratio.interval() == nil)
  }

  // Sizes from 5 to 100, a share of 0.2 each: 1,000 nominal 95 % intervals over 20 replications.
  // The jackknife is asymptotic: 93 % to 97 %, the bounds asked of honest intervals, widened by
  // the 99.9 % binomial range of 1,000 experiments (+- 23).
  @Test func `covers the true share with replications of different sizes`() throws {
    var numbers = RandomNumbers(seed: 77)
    var covered = 0
    for _ in 0..<1_000 {
      var ratio = RatioEstimate()
      for _ in 0..<20 {
        let size = 5 + Int(numbers.uniform() * 96)
        let hits = (0..<size).reduce(0) { sum, _ in sum + (numbers.uniform() < 0.2 ? 1 : 0) }
        ratio.record(Double(hits), over: Double(size))
      }
      covered += try #require(ratio.interval()).contains(0.2) ? 1 : 0
    }
    #expect((907...993).contains(covered))
  }
}
