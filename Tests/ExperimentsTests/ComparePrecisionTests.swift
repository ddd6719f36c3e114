import Measurement
import Statistics
import Testing

@testable import Experiments

@Suite struct `The precision of a comparison` {
  private func rule(_ within: Double, atMost: Int = 500) throws -> PrecisionRule {
    PrecisionRule(
      metric: try MetricReference("first_response.mean"), within: within, atMost: atMost,
      of: .differences)
  }

  @Test func `a common ups and downs does not count, only the difference does`() throws {
    var watch = try rule(0.02).begin()
    var count = 0
    var isWanted = true
    while isWanted {
      // Means vary by half, differences by a fiftieth of a percent.
      let level = 100 + 50 * Double((count * 7) % 3 - 1)
      isWanted = watch.wantsMore(after: [level, level - 10 + 0.02 * Double(count % 2)])
      count += 1
    }
    // The first look comes after ten, and it must hold for five more.
    #expect(count == PrecisionRule.first + 5)
    #expect(watch.isReached)
    #expect((watch.reached ?? 1) < 0.001)
  }

  @Test func `every difference must be known, not only the first`() throws {
    var watch = try rule(0.05, atMost: 40).begin()
    var count = 0
    while watch.wantsMore(after: [100, 90, 90 + 60 * Double(count % 3 - 1)]) { count += 1 }
    #expect(count == 39, "the cap ends it")
    #expect(!watch.isReached)
    #expect((watch.reached ?? 0) > 0.05)
  }

  @Test func `a replication without the metric makes nothing known`() throws {
    var watch = try rule(0.05).begin()
    for _ in 0..<30 {
      let isWanted = watch.wantsMore(after: [nil, 5])
      #expect(isWanted)
    }
    #expect(!watch.isReached && watch.reached == nil)
  }

  @Test func `more strategies need wider intervals, so that all hold together`() throws {
    func reached(_ others: Int) throws -> Double {
      var watch = try rule(1e-9).begin()
      for number in 0..<20 {
        let other = 110 + Double(number % 4)
        _ = watch.wantsMore(after: [100] + Array(repeating: other, count: others))
      }
      return try #require(watch.reached)
    }
    #expect(try reached(1) < reached(2))
    #expect(try reached(2) < reached(5))
  }

  @Test func `where it stops does not depend on the threads`() throws {
    func run(threads: Int) throws -> Campaign.Result {
      var campaign = try Desk(minutes: 60).campaign(replications: 1, threads: threads)
      campaign.precision = try rule(0.5, atMost: 200)
      return try campaign.run()
    }
    let one = try run(threads: 1)
    let four = try run(threads: 4)
    #expect(one.replications == four.replications)
    #expect(one.replications > PrecisionRule.first)
    #expect(one.replications < 200)
    #expect(one.fingerprint == four.fingerprint)
    #expect(one.isPrecise && four.isPrecise)
    #expect((one.reachedPrecision ?? 1) <= 0.5)
  }
}
