import Measurement
import Statistics
import Testing

@testable import Experiments

@Suite struct `The choice of the best` {
  /// Numbers that are about normal with mean 0 and spread 1: sums of twelve uniform ones.
  struct Noise {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> Double {
      var sum = -6.0
      for _ in 0..<12 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        sum += Double(state >> 11) * 0x1p-53
      }
      return sum
    }
  }

  /// Runs a selection to its end on means with noise; half of the noise is common to all.
  func select(_ means: [Double], indifference: Double, seed: Int) -> SelectionOfTheBest {
    var noise = Noise(seed)
    var selection = SelectionOfTheBest(strategies: means.count) { _ in indifference }
    while !selection.isDecided {
      let common = noise.next()
      selection.take(means.map { $0 + common + noise.next() })
    }
    return selection
  }

  @Test func `the best is chosen as often as promised when it leads by the indifference`() {
    let count = isLongRun ? 4_000 : 400
    var hits = 0
    for seed in 1...count {
      // The least favourable case of the proof: all others are worse by just the indifference.
      if select([0.5, 0, 0.5, 0.5], indifference: 0.5, seed: seed).leader == 1 { hits += 1 }
    }
    // Not fewer than 95 %, by an exact binomial test at the 0.1 % level.
    let interval = ConfidenceInterval.clopperPearson(successes: hits, trials: count, level: 0.998)
    #expect((interval?.high ?? 0) >= 0.95, "\(hits) of \(count)")
  }

  @Test func `one far behind is dropped at the first look and looked at no more`() {
    let selection = select([0, 0.2, 50], indifference: 0.5, seed: 3)
    #expect(!selection.isIn[2])
    #expect(selection.counts[2] == SelectionOfTheBest.first)
    #expect((selection.leader ?? 2) < 2)
  }

  @Test func `a clear lead needs fewer replications than a narrow one`() {
    let clear = select([0, 3], indifference: 0.3, seed: 5)
    let narrow = select([0, 0.3], indifference: 0.3, seed: 5)
    #expect((clear.counts.max() ?? 0) < (narrow.counts.max() ?? 0))
    #expect(clear.leader == 0)
  }

  @Test func `strategies that are the same end at the bound, with the first of them`() {
    var selection = SelectionOfTheBest(strategies: 2) { _ in 1 }
    var taken = 0
    while !selection.isDecided, taken < 1_000 {
      selection.take([Double(taken % 7), Double(taken % 7)])
      taken += 1
    }
    #expect(selection.isDecided)
    #expect(taken == SelectionOfTheBest.first)
    #expect(selection.leader == 0)
    #expect(selection.isIn == [true, true])
  }

  @Test func `the indifference may come from the first replications, and is then fixed`() {
    var selection = SelectionOfTheBest(strategies: 2) { means in means[0] / 10 }
    for number in 0..<SelectionOfTheBest.first {
      #expect(selection.indifference == nil)
      selection.take([Double(100 + number % 2), Double(100 + number % 3)])
    }
    #expect(selection.indifference == 10.05)
  }

  @Test func `an indifference of nothing is never decided`() {
    var selection = SelectionOfTheBest(strategies: 2) { _ in 0 }
    for number in 0..<200 { selection.take([Double(number % 5), Double(number % 3)]) }
    #expect(!selection.isDecided)
  }

  @Test func `distances to the best are those of the pairs`() throws {
    let noise = (0..<30).map { Double(($0 * 37) % 11) / 10 }
    let values: [[Double?]] = [
      noise.map { $0 + 10 }, noise.enumerated().map { $1 + 4 + Double($0 % 2) },
      noise.map { $0 + 20 },
    ]
    let distances = DistancesToTheBest(values, isLowerBetter: true)
    let middle = distances.intervals.map { $0.map { ($0.low + $0.high) / 2 } ?? .nan }
    // To the smallest of the others: 10 - 4.5, 4.5 - 10, 20 - 4.5.
    for (found, expected) in zip(middle, [5.5, -5.5, 15.5]) {
      #expect((found - expected).magnitude < 1e-9)
    }
    let best = try #require(distances.intervals[1])
    #expect(best.high < 0, "the best is better than the best of the others")
  }

  @Test func `simulation goes on until the choice is clear, for those still in`() throws {
    var desk = Desk(agents: 2, minutes: 60)
    desk.strategies =
      "{a: {logic: round_robin}, b: {logic: least_open}, c: {logic: power_of_two}}"
    let metric = try #require(MetricReference(.firstResponse, .mean))
    let search = try #require(BestSearch(metric: metric, indifference: .seconds(20)))
    func run(threads: Int) throws -> (ResultDocument.Best, Campaign.Result) {
      let campaign = try desk.campaign(replications: 4, threads: threads)
      var result = try campaign.run()
      let best = try search.best(campaign, &result, interruption: Interruption())
      return (try #require(best), result)
    }
    let (best, result) = try run(threads: 1)
    #expect(result.replications == 4, "the tables keep speaking of the runs asked for")
    #expect(best.rows.allSatisfy { $0.replications >= SelectionOfTheBest.first })
    #expect(result.finishedRuns >= 3 * SelectionOfTheBest.first)
    #expect(best.guarantee.contains("95 %"))
    #expect(
      best.guarantee.hasSuffix(
        "means in which each run weighs the same; in the tables each conversation does."))
    #expect(best.indifference == 20)
    // Which threads did the work changes nothing, what was simulated in vain included.
    let (other, otherResult) = try run(threads: 4)
    #expect(best == other)
    #expect(result.fingerprint == otherResult.fingerprint)
    #expect(result.finishedRuns == otherResult.finishedRuns)
  }

  @Test func `without enough replications there is no promise`() throws {
    let metric = try #require(MetricReference(.firstResponse, .mean))
    let search = try #require(
      BestSearch(metric: metric, indifference: .seconds(0.001), atMost: 21))
    let campaign = try Desk(minutes: 20).campaign(replications: 2)
    var result = try campaign.run()
    let best = try search.best(campaign, &result, interruption: Interruption())
    #expect(best?.guarantee.hasPrefix("No promise") == true)
  }

  @Test func `a metric of which neither way is better chooses nobody`() throws {
    let busy = try MetricReference("busy")
    #expect(BestSearch(metric: busy, indifference: .usual) == nil)
  }
}
