import Testing

@testable import Statistics

@Suite("Series in order")
struct SeriesTests {
  // The tables have 14 digits; the series has six decimals.
  private static let tolerance = 1e-12

  @Test(arguments: ["a", "b"])
  func `MSER-5 agrees with the reference`(_ column: String) throws {
    let warmUp = try #require(WarmUp(try ReferenceTable.series(column)))
    func exact(_ quantity: String) throws -> Double {
      try ReferenceTable.tool("mser5", column, quantity)
    }
    #expect(Double(warmUp.batchesDeleted) == (try exact("batches_deleted_d")))
    #expect(Double(warmUp.observationsDeleted) == (try exact("observations_deleted")))
    #expect(error(warmUp.statistic, try exact("mser_statistic")) < Self.tolerance)
    #expect(error(warmUp.truncatedMean, try exact("truncated_mean")) < Self.tolerance)
    #expect(!warmUp.isAtLimit)
  }

  @Test func `MSER-5 deletes nothing where nothing changes and says when a series is too short`() {
    let flat = WarmUp(Array(repeating: 3, count: 50))
    #expect(flat?.batchesDeleted == 0)
    #expect(flat?.isAtLimit == false)
    // A ramp never settles: the limit of half the batches is the best there is.
    let ramp = WarmUp((0..<100).map(Double.init))
    #expect(ramp?.batchesDeleted == 10)
    #expect(ramp?.isAtLimit == true)
    #expect(WarmUp([1, 2, 3, 4, 5, 6, 7, 8, 9]) == nil)
  }

  static let batchRows = ReferenceTable.tools("batch_means")

  @Test(arguments: batchRows)
  func `batch means agree with the reference`(_ row: ReferenceRow) throws {
    let parameters = row.text("parameters")
    let series = try ReferenceTable.series(String(parameters.prefix(1))).dropFirst(100)
    let batches = try #require(
      BatchMeans(Array(series), batches: Int(try row.parameter("batches"))))
    let value: Double? =
      switch row.text("quantity") {
      case "mean": batches.interval.estimate
      case "half_width_95": batches.interval.halfWidth
      case "lag1_autocorr_of_batch_means": batches.lag1
      case "von_neumann_ratio": batches.vonNeumannRatio
      default: nil
      }
    #expect(error(value, try row.number("value")) < Self.tolerance)
  }

  @Test func `batch means are trusted only without correlation`() throws {
    var numbers = RandomNumbers(seed: 21)
    let noise = (0..<2_000).map { _ in numbers.normal() }
    #expect(try #require(BatchMeans(noise, batches: 20)).looksIndependent)
    var level = 0.0
    let drift = noise.map { value -> Double in
      level = 0.99 * level + value
      return level
    }
    #expect(!(try #require(BatchMeans(drift, batches: 20)).looksIndependent))
    #expect(BatchMeans([1, 2, 3], batches: 4) == nil)
    #expect(BatchMeans([1, 2, 3], batches: 1) == nil)
    #expect(BatchMeans([1, 1, 1, 1], batches: 2)?.vonNeumannRatio == nil)
  }

  @Test(arguments: ["a", "b"])
  func `autocorrelation and overlapping batches agree with the reference`(
    _ column: String
  ) throws {
    let series = try ReferenceTable.series(column)
    for lag in [1, 5, 10] {
      let exact = try ReferenceTable.tool("series", column, "autocorr_lag\(lag) (biased, /n)")
      #expect(error(Series.autocorrelation(series, lag: lag), exact) < Self.tolerance)
    }
    let exact = try ReferenceTable.tool(
      "overlapping_batch_means", "\(column);delete first 100;m=20", "var_of_mean")
    let value = Series.overlappingBatchVariance(Array(series.dropFirst(100)), length: 20)
    #expect(error(value, exact) < Self.tolerance)
    #expect(Series.autocorrelation([1, 1], lag: 1) == nil)
    #expect(Series.autocorrelation([1], lag: 1) == nil)
    #expect(Series.overlappingBatchVariance([1, 2], length: 2) == nil)
  }
}

@Suite("Stopping rule")
struct StoppingRuleTests {
  /// Runs the rule over values and tells after how many it stopped, and how.
  private static func run(
    _ rule: StoppingRule, _ values: [Double]
  ) -> (count: Int, decision: StoppingRule.Decision)? {
    var rule = rule
    for (index, value) in values.enumerated() {
      let decision = rule.record(value)
      if case .goOn = decision { continue }
      return (index + 1, decision)
    }
    return nil
  }

  @Test(arguments: ReferenceTable.tools("sequential_stop"))
  func `stops where the reference does`(_ row: ReferenceRow) throws {
    let share = try #require(
      row.text("parameters").split(separator: " ").last.flatMap { Double($0) })
    let rule = try #require(StoppingRule(.relative(share), first: 5, lookAhead: 0, cap: 100))
    let stopped = Self.run(rule, try ReferenceTable.means("a"))
    let exact = Int(try row.number("value"))
    #expect(stopped?.count == (exact == -1 ? nil : exact))
  }

  @Test func `looks ahead and starts again when the interval widens`() throws {
    // Narrow after 3 values, torn open by the fifth, narrow again much later.
    let values = [10, 10.01, 9.99, 10, 14] + Array(repeating: 10.0, count: 60)
    let eager = try #require(StoppingRule(.relative(0.05), first: 3, lookAhead: 0, cap: 100))
    #expect(Self.run(eager, values)?.count == 3)
    var careful = try #require(StoppingRule(.relative(0.05), first: 3, lookAhead: 4, cap: 100))
    let stopped = try #require(Self.run(careful, values))
    #expect(stopped.decision == .reached)
    for value in values.prefix(stopped.count) { _ = careful.record(value) }
    let reachedAt = try #require(careful.reachedAt)
    #expect(reachedAt > 5)
    #expect(stopped.count == reachedAt + 4)
  }

  @Test func `gives up at the cap and says how many more it would take`() throws {
    var rule = try #require(StoppingRule(.absolute(0.1), first: 2, lookAhead: 0, cap: 12))
    var numbers = RandomNumbers(seed: 8)
    for count in 1...11 {
      let decision = rule.record(numbers.normal())
      guard case .goOn(let more) = decision else {
        Issue.record("stopped after \(count)")
        return
      }
      // A spread of about 1 needs hundreds: the wish is cut at the cap.
      if count > 4 { #expect(more == 12 - count) }
    }
    #expect(rule.record(numbers.normal()) == .gaveUp)
  }

  @Test func `relates a difference to the baseline's mean`() throws {
    var rule = try #require(StoppingRule(.relative(0.01), first: 2, lookAhead: 0, cap: 50))
    _ = rule.record(0.3, scale: 100)
    // The difference is near nought, where a share of itself could never be reached.
    #expect(rule.record(-0.3, scale: 300) == .goOn(more: 1))
    #expect(rule.wantedHalfWidth == 2)
    #expect(rule.record(0, scale: 200) == .reached)
  }

  @Test func `tells the replications a half-width needs`() throws {
    // By the definition itself: enough with n, not with n - 1.
    let count = try #require(StoppingRule.replications(standardDeviation: 3, halfWidth: 0.7))
    func half(_ n: Int) throws -> Double {
      let factor = try #require(StudentT.critical(level: 0.95, freedom: Double(n - 1)))
      return factor * 3 / Double(n).squareRoot()
    }
    #expect(try half(count) <= 0.7)
    #expect(try half(count - 1) > 0.7)
    #expect(StoppingRule.replications(standardDeviation: 0, halfWidth: 0) == 2)
    #expect(StoppingRule.replications(standardDeviation: 1, halfWidth: 0) == nil)
    #expect(StoppingRule.replications(standardDeviation: .nan, halfWidth: 1) == nil)
  }

  @Test func `is refused for impossible arguments`() {
    #expect(StoppingRule(.relative(0)) == nil)
    #expect(StoppingRule(.absolute(.infinity)) == nil)
    #expect(StoppingRule(.relative(0.02), level: 1) == nil)
    #expect(StoppingRule(.relative(0.02), first: 1) == nil)
    #expect(StoppingRule(.relative(0.02), lookAhead: -1) == nil)
  }
}

@Suite("Fairness")
struct FairnessTests {
  @Test(arguments: ReferenceTable.tools("fairness"))
  func `agrees with the reference`(_ row: ReferenceRow) throws {
    let loads: [Double] = [12, 9, 15, 11, 3]
    let value: Double? =
      switch row.text("quantity") {
      case "jain_index": Fairness.jain(loads)
      case "gini": Fairness.gini(loads)
      case "cv_population": Fairness.coefficientOfVariation(loads)
      case "max_over_mean": Fairness.peak(loads)
      default: nil
      }
    #expect(error(value, try row.number("value")) < 1e-13)
  }

  @Test func `knows both ends and refuses what is no load`() {
    #expect(Fairness.gini([4, 4, 4]) == 0)
    #expect(error(Fairness.jain([4, 4, 4]), 1) < 1e-15)
    #expect(error(Fairness.gini([0, 0, 0, 9]), 0.75) < 1e-15)
    #expect(Fairness.jain([0, 0, 0, 9]) == 0.25)
    for loads in [[], [0, 0], [1, -1], [.nan], [.infinity]] as [[Double]] {
      #expect(Fairness.gini(loads) == nil)
      #expect(Fairness.jain(loads) == nil)
      #expect(Fairness.coefficientOfVariation(loads) == nil)
      #expect(Fairness.peak(loads) == nil)
    }
  }
}
