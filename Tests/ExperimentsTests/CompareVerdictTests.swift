import Measurement
import Testing

@testable import Experiments
@testable import Statistics

/// Rows of the tables of exact values: one conversation at a time or more, mean work a minute.
struct ExactRow: Sendable, CustomTestStringConvertible {
  var name: String
  var agents: Int
  var slots: Int
  var load: Double
  /// Mean waits in minutes.
  var inTurn: Double
  var fewest: Double
  var minutes: Int
  var replications: Int

  var testDescription: String { name }

  static let quick = [
    ExactRow(
      name: "rr001 and jsq01", agents: 2, slots: 1, load: 0.5, inTurn: 0.618033988749895,
      fewest: 0.426320751167, minutes: 800, replications: 12)
  ]
  static let long = [
    ExactRow(
      name: "rr005 and jsq17", agents: 3, slots: 1, load: 0.5, inTurn: 0.49372500044493,
      fewest: 0.244835857636, minutes: 4_000, replications: 30),
    ExactRow(
      name: "rr007 and jsq19", agents: 3, slots: 1, load: 0.9, inTurn: 5.78472438823927,
      fewest: 2.98242198595, minutes: 40_000, replications: 30),
    ExactRow(
      name: "rr021 and jsq05", agents: 2, slots: 2, load: 0.5, inTurn: 0.186772684999956,
      fewest: 0.10826508931, minutes: 4_000, replications: 30),
    ExactRow(
      name: "rr027 and jsq23", agents: 3, slots: 2, load: 0.9, inTurn: 2.70299312945019,
      fewest: 1.32548773881, minutes: 40_000, replications: 30),
  ]
}

@Suite struct `Verdicts on models with known answers` {
  @Test(arguments: ExactRow.quick + (isLongRun ? ExactRow.long : []))
  func `with exponential work least open is better than round robin`(row: ExactRow) throws {
    var desk = Desk(agents: row.agents, slots: row.slots, minutes: row.minutes)
    desk.rate = row.load * Double(row.agents * row.slots)
    let result = try desk.campaign(replications: row.replications).run()
    let comparison = try #require(
      ComparisonBuilder().comparison(result, shown: shown("wait.mean")))
    let wait = try #require(comparison.row("wait.mean"))
    #expect(wait.verdict == .better)
    #expect(comparison.row("first_response.mean")?.verdict == .better)
    // The exact difference, by a test at the 0.1 % level on a fixed seed.
    let metric = try #require(MetricReference(.wait, .mean))
    let pair = PairOfStrategies(
      metric, baseline: result.outcomes[0], other: result.outcomes[1], isPaired: true)
    let difference = try #require(pair.difference)
    let factor = try #require(StudentT.critical(level: 0.999, freedom: difference.freedom))
    let exact = 60 * (row.fewest - row.inTurn)
    #expect(difference.widened(to: factor, level: 0.999).contains(exact), "\(difference)")
  }

  @Test func `with constant work round robin is better than least open`() throws {
    var desk = Desk(agents: 5, rate: 4, work: "1 min", minutes: 500)
    // With ties broken by rotation, as is usual, least open would choose as round robin does.
    desk.extra = "workspace: {policies: {tie: random}}"
    desk.strategies = "{fewest: {logic: least_open}, in turn: {logic: round_robin}}"
    let result = try desk.campaign(replications: 12).run()
    let comparison = try #require(
      ComparisonBuilder().comparison(result, shown: shown("wait.mean")))
    #expect(comparison.row("wait.mean")?.verdict == .better)
    // Round robin with constant work is the pooled M/D/5: a test at the 0.1 % level, on a fixed seed.
    let metric = try #require(MetricReference(.wait, .mean))
    let values = result.outcomes[1].result.values(of: metric)?.compactMap { $0?.value } ?? []
    let interval = try #require(ConfidenceInterval.student(Moments(values), level: 0.999))
    let exact = try #require(DeterministicService(servers: 5, arrivalRate: 4, service: 1))
    #expect(interval.contains(60 * exact.meanWait), "\(interval)")
  }

  @Test func `with constant work and ties by rotation least open is round robin`() throws {
    let desk = Desk(agents: 3, rate: 2.4, work: "1 min", minutes: 100)
    let result = try desk.campaign(replications: 4).run()
    let wait = ComparisonBuilder().comparison(result, shown: shown())?.row("wait.mean")
    #expect(wait?.change == 0 && wait?.verdict == .noDifference)
  }

  @Test func `a strategy against itself makes no difference at all`() throws {
    var desk = Desk(minutes: 100)
    desk.strategies = "{one: {logic: least_open}, same: {logic: least_open}}"
    let result = try desk.campaign(replications: 6).run()
    let comparison = try #require(ComparisonBuilder().comparison(result, shown: shown()))
    #expect(comparison.comparisonCount > 5)
    for row in comparison.differences where row.change != nil {
      #expect(row.change == 0 && row.low == 0 && row.high == 0, "\(row.metric)")
      #expect(row.pValue == 1 && row.verdict == .noDifference, "\(row.metric)")
      #expect(row.correlation.map { $0 > 1 - 1e-9 } ?? true, "\(row.metric)")
    }
  }

  @Test func `customers of their own make intervals wider`() throws {
    let desk = Desk(minutes: 200)
    func width(independent: Bool) throws -> Double {
      var builder = ComparisonBuilder()
      builder.isPaired = !independent
      let result = try desk.campaign(replications: 10, independent: independent).run()
      let row = builder.comparison(result, shown: shown())?.row("first_response.mean")
      return try #require(row?.halfWidth)
    }
    #expect(try width(independent: false) < width(independent: true))
  }

  @Test func `the judgements of compare keep what they promise`() throws {
    // Two small experiments show that the check runs; its figures need those of the long self-test.
    let count = isLongRun ? ValidityCheck.experiments : 2
    let validity = try ValidityCheck.run(
      seed: 1, experiments: count, replications: isLongRun ? ValidityCheck.replications : 2,
      threads: 2)
    // Four of comparisons, fourteen of single intervals, one of sittings in which runs are watched.
    #expect(validity.rows.count == 19)
    #expect(validity.rows.allSatisfy { $0.experiments + $0.silent == count && $0.count <= count })
    if isLongRun { #expect(validity.holds, "\(validity.rows)") }
  }
}
