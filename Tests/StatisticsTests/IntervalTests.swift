import Testing

@testable import Statistics
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

@Suite("Errors over runs")
struct RunErrorTests {
  @Test func `of a ratio of sums are those of the jackknife, by hand`() throws {
    let errors = try #require(RunErrors([1, 4, 6], over: [10, 20, 30]))
    // Pseudo-values 3 (11/60) - 2 (rest): rests 10/50, 7/40, 5/30.
    let pseudo = Moments([0.55 - 0.4, 0.55 - 0.35, 0.55 - 1.0 / 3])
    #expect(error(errors.standardError, try #require(pseudo.standardError)) < 1e-13)
    #expect(errors.freedom == 2)
  }

  @Test func `with equal denominators are Student's`() throws {
    let errors = try #require(RunErrors([3, 5, 4, 8], over: [10, 10, 10, 10]))
    let plain = Moments([0.3, 0.5, 0.4, 0.8])
    #expect(error(errors.standardError, try #require(plain.standardError)) < 1e-13)
  }

  @Test func `leave out runs that say nothing`() throws {
    #expect(RunErrors([0, 1], over: [0, 5]) == nil)
    let errors = try #require(RunErrors([1, 0, 4], over: [5, 0, 5]))
    #expect(errors.count == 2 && errors.terms[1] == nil)
  }

  @Test func `of the same runs cancel`() throws {
    let errors = try #require(RunErrors([1, 4, 6], over: [10, 20, 30]))
    let difference = try #require(Difference.paired(baseline: 0.2, errors, other: 0.2, errors))
    #expect(difference.standardError == 0 && difference.pValue == 1)
    #expect(errors.correlation(with: errors).map { $0 > 1 - 1e-12 } == true)
  }

  @Test func `reach further to the side of the skewness`() throws {
    // One run of five is far above the others.
    let errors = RunErrors([-1, -1, -1, -1, 4])
    let interval = try #require(ConfidenceInterval.over(errors, estimate: 0, within: .anywhere))
    let plain =
      try #require(StudentT.critical(level: 0.95, freedom: 4)) * (errors.standardError ?? 0)
    #expect(error(-interval.low, plain) < 1e-13)
    #expect(interval.high > 1.5 * plain)
  }

  @Test func `stay in the range of the quantity`() throws {
    let errors = RunErrors([-0.02, -0.02, -0.02, 0.06])
    for estimate in [0.001, 0.5, 0.999] {
      let share = try #require(ConfidenceInterval.over(errors, estimate: estimate, within: .share))
      #expect(share.low > 0 && share.low < estimate && estimate < share.high && share.high < 1)
      let time = try #require(
        ConfidenceInterval.over(errors, estimate: estimate, within: .positive))
      #expect(time.low > 0 && time.low < estimate && estimate < time.high)
    }
  }

  @Test(arguments: [-0.9, -0.2, 0, 0.3, 1.1])
  func `have a p-value at the level whose interval just reaches nought`(skewness: Double) throws {
    let difference = try #require(
      Difference(estimate: 3, error: 1, freedom: 8, skewness: skewness))
    let level = 1 - difference.pValue
    let factor = try #require(StudentT.critical(level: level, freedom: 8))
    #expect(abs(difference.widened(to: factor, level: level).low) < 1e-9)
  }

  @Test func `kept as sums are those of the list`() throws {
    let tops = [1.0, 4, 6, 0, 9]
    let bottoms = [10.0, 20, 30, 0, 12]
    var running = RunningRatio()
    for (top, bottom) in zip(tops, bottoms) { running.record(top, over: bottom) }
    #expect(error(running.ratio, 20.0 / 72) < 1e-14)
    #expect(running.count == 4)
    // sum (top - R bottom)^2 / (3 * 4) over the squared mean denominator, at R = 5/18.
    let ratio = 5.0 / 18
    let rest: [Double] = zip(tops, bottoms).filter { $0.1 > 0 }.map { $0.0 - ratio * $0.1 }
    let squares: Double = rest.reduce(0) { $0 + $1 * $1 }
    let spread = (squares / 12).squareRoot() / 18
    let factor = try #require(StudentT.critical(level: 0.95, freedom: 3))
    let interval = try #require(running.interval(within: .anywhere))
    #expect(error(interval.halfWidth, factor * spread) < 1e-12)
  }

  // Sizes from 5 to 100, a share of 0.2 each: 1,000 nominal 95 % intervals over 20 replications.
  // At least 93 %, less the 99.9 % binomial range of 1,000 experiments (- 23).
  @Test func `cover the true share with replications of different sizes`() throws {
    var numbers = RandomNumbers(seed: 77)
    var covered = 0
    for _ in 0..<1_000 {
      var tops: [Double] = []
      var bottoms: [Double] = []
      for _ in 0..<20 {
        let size = 5 + Int(numbers.uniform() * 96)
        tops.append(
          Double((0..<size).reduce(0) { sum, _ in sum + (numbers.uniform() < 0.2 ? 1 : 0) }))
        bottoms.append(Double(size))
      }
      let errors = try #require(RunErrors(tops, over: bottoms))
      let share = tops.reduce(0, +) / bottoms.reduce(0, +)
      let interval = try #require(
        ConfidenceInterval.over(errors, estimate: share, within: .share))
      covered += interval.contains(0.2) ? 1 : 0
    }
    #expect((907...993).contains(covered))
  }
}
