import Testing

@testable import Statistics

@Suite("Comparison of two strategies")
struct ComparisonTests {
  // The tables have 14 digits; the series has six decimals.
  private static let tolerance = 1e-12

  private static func paired() throws -> PairedComparison {
    var comparison = PairedComparison()
    for (a, b) in zip(try ReferenceTable.means("a"), try ReferenceTable.means("b")) {
      comparison.record(baseline: b, other: a)
    }
    return comparison
  }

  @Test func `paired agrees with the reference`() throws {
    let comparison = try Self.paired()
    let difference = try #require(comparison.difference())
    func exact(_ quantity: String) throws -> Double {
      try ReferenceTable.tool("paired_t", nil, quantity)
    }
    #expect(error(difference.interval.estimate, try exact("mean_diff")) < Self.tolerance)
    #expect(error(difference.interval.halfWidth, try exact("half_width_95")) < Self.tolerance)
    #expect(error(difference.t, try exact("t")) < Self.tolerance)
    #expect(error(difference.pValue, try exact("p_two_sided")) < Self.tolerance)
    #expect(error(comparison.correlation, try exact("correlation")) < Self.tolerance)
    let spread = comparison.differences.standardDeviation
    #expect(error(spread, try exact("sd_diff")) < Self.tolerance)
    let gain = "crn_variance_reduction = (varA+varB)/var(A-B)"
    #expect(error(comparison.varianceReduction, try exact(gain)) < Self.tolerance)
  }

  @Test func `unpaired agrees with the reference`() throws {
    let difference = try #require(
      WelchComparison.difference(
        baseline: Moments(try ReferenceTable.means("b")),
        other: Moments(try ReferenceTable.means("a"))))
    func exact(_ quantity: String) throws -> Double {
      try ReferenceTable.tool("welch_t", nil, quantity)
    }
    #expect(error(difference.t, try exact("t")) < Self.tolerance)
    #expect(error(difference.freedom, try exact("df")) < Self.tolerance)
    #expect(error(difference.pValue, try exact("p_two_sided")) < Self.tolerance)
    #expect(error(difference.interval.halfWidth, try exact("half_width_95")) < Self.tolerance)
  }

  @Test func `corrected by a control agrees with the reference`() throws {
    let control = try #require(
      ControlVariate(
        response: try ReferenceTable.means("a"), control: try ReferenceTable.means("b"),
        knownMean: 10.4))
    let slope = try ReferenceTable.tool("control_variate", nil, "beta_hat")
    let estimate = try ReferenceTable.tool("control_variate", nil, "cv_estimate")
    #expect(error(control.slope, slope) < Self.tolerance)
    #expect(error(control.estimate, estimate) < Self.tolerance)
    #expect(ControlVariate(response: [1, 2], control: [1, 2], knownMean: 0) == nil)
    #expect(ControlVariate(response: [1, 2, 3], control: [1, 1, 1], knownMean: 0) == nil)
  }

  @Test func `without any spread is certain either way`() throws {
    var same = PairedComparison()
    var apart = PairedComparison()
    for value in [3.0, 5, 9] {
      same.record(baseline: value, other: value)
      apart.record(baseline: value, other: value + 2)
    }
    #expect(try #require(same.difference()).pValue == 1)
    #expect(try #require(apart.difference()).pValue == 0)
    #expect(try #require(apart.difference()).t == nil)
    #expect(same.varianceReduction == nil)
    #expect(error(same.correlation, 1) < 1e-15)
    #expect(PairedComparison().difference() == nil)
    let flat = try #require(
      WelchComparison.difference(baseline: Moments([1, 1]), other: Moments([1, 1])))
    #expect(flat.pValue == 1)
  }

  @Test func `keeps the interval in step with a wider factor`() throws {
    let difference = try #require(try Self.paired().difference())
    let factor = try #require(StudentT.critical(level: 0.99, freedom: difference.freedom))
    let wide = difference.widened(to: factor, level: 0.99)
    let direct = try #require(try Self.paired().difference(level: 0.99)).interval
    #expect(error(wide.low, direct.low) < Self.tolerance)
    #expect(error(wide.high, direct.high) < Self.tolerance)
  }

  @Test func `by the largest gap agrees with the reference`() throws {
    let a = try ReferenceTable.means("a").sorted()
    let b = try ReferenceTable.means("b").sorted()
    let two = try ReferenceTable.tool("ks_2samp", nil, "D")
    #expect(error(KolmogorovSmirnov.distance(a, b), two) < Self.tolerance)
    #expect(KolmogorovSmirnov.distance(a, a) == 0)
    #expect(KolmogorovSmirnov.distance([], a) == nil)
    #expect(KolmogorovSmirnov.distance([.nan], a) == nil)
    // Against the uniform distribution on 0...1: 0.1, 0.4 leave a gap of 0.6 above.
    #expect(error(KolmogorovSmirnov.distance([0.1, 0.4]) { $0 }, 0.6) < 1e-15)
    #expect(KolmogorovSmirnov.distance([]) { $0 } == nil)
  }
}

@Suite("Verdict")
struct VerdictTests {
  private static func interval(_ low: Double, _ high: Double) -> ConfidenceInterval {
    ConfidenceInterval(estimate: (low + high) / 2, low: low, high: high, level: 0.95)
  }

  @Test(arguments: [
    (1.0, 3.0, Polarity.higher, Verdict.better), (1, 3, .lower, .worse), (1, 3, .neither, .differs),
    (-3, -1, .higher, .worse), (-3, -1, .lower, .better), (-3, -1, .neither, .differs),
    (-1, 3, .higher, .inconclusive), (0, 3, .higher, .inconclusive),
    // Within plus or minus 0.5: too small to matter, even where 0 is excluded.
    (-0.5, 0.5, .higher, .noDifference), (0.1, 0.4, .higher, .noDifference),
    (0.1, 0.6, .higher, .better), (-0.6, 0.1, .lower, .inconclusive),
  ])
  func `follows from interval, indifference and polarity`(
    _ low: Double, _ high: Double, _ polarity: Polarity, _ verdict: Verdict
  ) {
    let interval = Self.interval(low, high)
    #expect(Verdict(difference: interval, indifference: 0.5, polarity: polarity) == verdict)
  }

  @Test func `without indifference calls only a certain nought no difference`() {
    let zero = Self.interval(0, 0)
    #expect(Verdict(difference: zero, indifference: 0, polarity: .lower) == .noDifference)
    #expect(Verdict(difference: zero, indifference: .nan, polarity: .lower) == .noDifference)
    let unknown = ConfidenceInterval(estimate: 1, low: .nan, high: .nan, level: 0.95)
    #expect(Verdict(difference: unknown, indifference: 1, polarity: .lower) == .inconclusive)
  }
}
