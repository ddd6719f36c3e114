import Testing

@testable import Statistics

@Suite("Several comparisons at once")
struct ManyComparisonsTests {
  @Test func `Holm's correction steps down and keeps the order given`() {
    // 0.005 x 4, 0.01 x 3, max(0.03, 0.03 x 2), max(0.06, 0.04 x 1).
    let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
    for (value, exact) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(error(value, exact) < 1e-15)
    }
    #expect(Holm.adjusted([]).isEmpty)
    #expect(Holm.adjusted([0.6, 0.9]) == [1, 1])
  }

  @Test func `an interval at Holm's level excludes nought exactly where Holm rejects`() {
    var numbers = RandomNumbers(seed: 13)
    for _ in 0..<500 {
      let count = 1 + Int(numbers.uniform() * 8)
      let pValues = (0..<count).map { _ in numbers.uniform() * numbers.uniform() * 0.2 }
      let adjusted = Holm.adjusted(pValues)
      let levels = Holm.levels(pValues)
      for index in pValues.indices {
        #expect((pValues[index] <= 1 - levels[index]) == (adjusted[index] <= 0.05))
      }
    }
  }

  // The table's own change between grids is 3e-13.
  @Test(arguments: ReferenceTable.tools("dunnett_critical"))
  func `Dunnett's critical values agree with the reference`(_ row: ReferenceRow) throws {
    let dunnett = try #require(
      Dunnett(
        treatments: Int(try row.parameter("k_treatments")), freedom: try row.parameter("df")))
    let isOneSided = row.text("parameters").contains("one-sided")
    let value =
      isOneSided ? dunnett.criticalOneSided(level: 0.95) : dunnett.critical(level: 0.95)
    #expect(error(value, try row.number("value")) < 1e-12)
  }

  @Test func `Dunnett with one treatment is Student and without correlation is wider`() throws {
    let one = try #require(Dunnett(treatments: 1, freedom: 1))
    let student = try #require(StudentT.critical(level: 0.95, freedom: 1))
    #expect(error(one.critical(level: 0.95), student) < 1e-11)
    #expect(error(one.pValue(student), 0.05) < 1e-11)
    #expect(one.pValue(.infinity) == 0)
    let related = try #require(Dunnett(treatments: 4, freedom: 29)?.critical(level: 0.95))
    let unrelated = try #require(
      Dunnett(treatments: 4, freedom: 29, correlation: 0)?.critical(level: 0.95))
    #expect(unrelated > related)
    #expect(Dunnett(treatments: 0, freedom: 9) == nil)
    #expect(Dunnett(treatments: 1, freedom: 9, correlation: 1) == nil)
    #expect(one.critical(level: 1) == nil)
  }

  @Test(arguments: ReferenceTable.tools("studentized_range"))
  func `the studentized range agrees with the reference`(_ row: ReferenceRow) throws {
    let value = StudentizedRange.quantile(
      try row.parameter("p"), means: Int(try row.parameter("k")), freedom: try row.parameter("df"))
    #expect(error(value, try row.number("value")) < 1e-12)
  }

  // The table's own change between grids is up to 3.3e-12.
  @Test(arguments: ReferenceTable.tools("rinott_h"))
  func `Rinott's constants agree with the reference`(_ row: ReferenceRow) throws {
    let value = Selection.rinott(
      strategies: Int(try row.parameter("k")), first: Int(try row.parameter("n0")),
      probability: try row.parameter("P*"))
    #expect(error(value, try row.number("value")) < 5e-12)
  }

  @Test(arguments: ReferenceTable.tools("kn"))
  func `Kim and Nelson's constants agree with the reference`(_ row: ReferenceRow) throws {
    let constants = try #require(
      Selection.KimNelson(
        strategies: Int(try row.parameter("k")), first: Int(try row.parameter("n0")),
        alpha: try row.parameter("alpha")))
    let value = row.text("quantity") == "eta" ? constants.eta : constants.h2
    #expect(error(value, try row.number("value")) < 1e-12)
  }

  @Test func `Kim and Nelson's allowance shrinks to nought`() throws {
    let constants = try #require(Selection.KimNelson(strategies: 2, first: 10, alpha: 0.05))
    let early = constants.continuation(count: 10, variance: 4, indifference: 1)
    let later = constants.continuation(count: 20, variance: 4, indifference: 1)
    #expect(error(early, constants.h2 * 2 - 5) < 1e-14)
    #expect(later < early)
    #expect(constants.continuation(count: 1_000, variance: 4, indifference: 1) == 0)
  }

  @Test func `constants are refused for impossible arguments`() {
    #expect(Selection.rinott(strategies: 1, first: 10, probability: 0.95) == nil)
    #expect(Selection.rinott(strategies: 3, first: 10, probability: 0.3) == nil)
    #expect(Selection.rinott(strategies: 3, first: 1, probability: 0.95) == nil)
    #expect(Selection.KimNelson(strategies: 2, first: 1, alpha: 0.05) == nil)
    #expect(Selection.KimNelson(strategies: 2, first: 10, alpha: 0.6) == nil)
    #expect(StudentizedRange.quantile(0.95, means: 1, freedom: 9) == nil)
  }

  // Three strategies that do not differ from the baseline, 800 experiments: the family of 95 %
  // intervals by Dunnett misses in 5 %, within 40 +- 20 in 99.9 % of all cases.
  @Test func `Dunnett's intervals hold together as often as they say`() throws {
    let dunnett = try #require(Dunnett(treatments: 3, freedom: 36))
    let factor = try #require(dunnett.critical(level: 0.95))
    var numbers = RandomNumbers(seed: 4)
    var missed = 0
    for _ in 0..<800 {
      let groups = (0..<4).map { _ in Moments((0..<10).map { _ in numbers.normal() }) }
      let pooled = groups.compactMap(\.variance).reduce(0, +) / 4
      let error = (pooled * 2 / 10).squareRoot()
      let means = groups.compactMap(\.mean)
      missed += means.dropFirst().contains { abs($0 - means[0]) > factor * error } ? 1 : 0
    }
    #expect((20...60).contains(missed))
  }
}
