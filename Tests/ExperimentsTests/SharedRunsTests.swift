import Foundation
import Measurement
import Scenarios
import Synchronization
import Testing
import World

@testable import Experiments

/// Shares that lie in memory instead of files.
private final class Shelf: Sendable {
  private struct Round: Sendable {
    var pieces: Int
    var bytes: [Int: [UInt8]] = [:]
  }

  private let rounds = Mutex<[Int: Round]>([:])

  var roundCount: Int { rounds.withLock { $0.count } }

  var source: SharedRuns.Source {
    SharedRuns.Source(
      pieces: { [self] round in rounds.withLock { $0[round]?.pieces } },
      bytes: { [self] round, piece in rounds.withLock { $0[round]?.bytes[piece] } })
  }

  func put(_ share: SharedRuns.Share, round: Int) {
    rounds.withLock { rounds in
      var whole = rounds[round] ?? Round(pieces: share.pieces)
      for (piece, bytes) in share.made { whole.bytes[piece] = bytes }
      rounds[round] = whole
    }
  }

  /// Loses the pieces of one share.
  func lose(_ share: Int, of count: Int, round: Int) {
    rounds.withLock { rounds in
      for piece in SharedRuns.range(share, of: count, pieces: rounds[round]?.pieces ?? 0) {
        rounds[round]?.bytes[piece] = nil
      }
    }
  }

  /// Makes shares round after round until `body` comes to its end, as many machines would.
  func work<Found>(
    shares: Int, _ body: (SharedRuns) throws -> Found
  ) throws -> Found {
    for round in 1...100 {
      do {
        return try body(SharedRuns(.merge(allowsMissing: false), source))
      } catch Campaign.Failure.shared(.roundMissing(let wanted, _)) {
        try #require(wanted == round)
      } catch Trials.Failure.run(.shared(.roundMissing(let wanted, _))) {
        try #require(wanted == round)
      }
      for share in 1...shares {
        let role = SharedRuns.Role.make(share: share, of: shares, round: round)
        do {
          _ = try body(SharedRuns(role, source))
          Issue.record("a share came to an end as if it were all")
        } catch Campaign.Failure.shared(.made(let made)) {
          put(made, round: round)
        } catch Trials.Failure.run(.shared(.made(let made))) {
          put(made, round: round)
        }
      }
    }
    throw CancellationError()
  }
}

/// Runs that several machines make are those that one makes.
@Suite struct `Runs that machines share` {
  private func same(_ one: Campaign.Result, _ other: Campaign.Result) {
    #expect(one.fingerprint == other.fingerprint)
    #expect(one.replications == other.replications)
    #expect(one.finishedRuns == other.finishedRuns)
    #expect(one.isPartial == other.isPartial)
    #expect(one.reachedPrecision == other.reachedPrecision)
    #expect(one.isPrecise == other.isPrecise)
    for (one, other) in zip(one.outcomes, other.outcomes) {
      #expect(one.result == other.result)
      #expect(one.events == other.events)
      #expect(one.refusedCount == other.refusedCount)
      #expect(one.faults == other.faults)
    }
  }

  @Test(arguments: [1, 2, 3, 7, 8, 50])
  func `give the same result in any number of shares`(shares: Int) throws {
    let campaign = try Desk(minutes: 60).campaign(replications: 11)
    let alone = try campaign.run()
    let shelf = Shelf()
    let shared = try shelf.work(shares: shares) { sharing in
      var campaign = campaign
      campaign.sharing = sharing
      return try campaign.run()
    }
    same(alone, shared)
    #expect(shelf.roundCount == 1)
  }

  /// A precision is reached after the same run, whether or not rounds come between.
  @Test(arguments: [0.3, 0.1, 0.06, 0.001])
  func `stop after the same run, in rounds`(within: Double) throws {
    let metric = try #require(PrecisionRule.usualMetric)
    var campaign = try Desk(minutes: 60).campaign(replications: 1)
    campaign.precision = PrecisionRule(metric: metric, within: within, atMost: 90)
    let alone = try campaign.run()
    let shelf = Shelf()
    let shared = try shelf.work(shares: 3) { sharing in
      var campaign = campaign
      campaign.sharing = sharing
      return try campaign.run()
    }
    same(alone, shared)
    // 20, 40, 80, 90: what is made is at most twice what is wanted.
    let looks = [20, 40, 80, 90]
    let wanted = looks.firstIndex { $0 >= alone.replications }.map { $0 + 1 }
    #expect(shelf.roundCount == wanted)
  }

  @Test func `go on in other worlds, which are rounds of their own`() throws {
    let metric = try #require(PrecisionRule.usualMetric)
    let campaign = try Desk(minutes: 60).campaign(replications: 4)
    func robustness(_ sharing: SharedRuns?) throws -> ResultDocument.Robustness? {
      var campaign = campaign
      campaign.sharing = sharing
      var result = try campaign.run()
      return try RobustnessCheck(metric: metric, builder: ComparisonBuilder()).robustness(
        campaign, &result, interruption: Interruption())
    }
    let shelf = Shelf()
    let shared = try shelf.work(shares: 2, robustness)
    #expect(try shared == robustness(nil))
    #expect(shelf.roundCount == 6)
  }

  /// What a plan tries next depends on what it saw: every batch is a round.
  @Test func `are tried in the order of one machine`() throws {
    let scenario = try Desk(minutes: 60).scenario()
    func trials(_ sharing: SharedRuns?) throws -> Trials {
      var trials = Trials(seed: 5, threads: 2, firstReplication: 3, sharing: sharing)
      var numbers: [Int] = []
      for strategy in scenario.strategies {
        numbers.append(trials.add(strategy.name, WorldPlan(scenario, strategy)))
      }
      try trials.extend(numbers, to: 3)
      let mean = trials.all[0].result.values(of: try #require(PrecisionRule.usualMetric))
      // Whichever the first runs say.
      let next = (mean?[0]?.value ?? 0) > (mean?[1]?.value ?? 0) ? 0 : 1
      try trials.extend([numbers[next]], to: 8)
      return trials
    }
    let alone = try trials(nil)
    let shared = try Shelf().work(shares: 4, trials)
    #expect(shared.fingerprint == alone.fingerprint)
    #expect(shared.runs == alone.runs)
    #expect(shared.all.map(\.result) == alone.all.map(\.result))
  }

  @Test func `leave out the replications that nobody made, where that is allowed`() throws {
    let campaign = try Desk(minutes: 60).campaign(replications: 8)
    let shelf = Shelf()
    func run(_ sharing: SharedRuns) throws -> Campaign.Result {
      var campaign = campaign
      campaign.sharing = sharing
      return try campaign.run()
    }
    _ = try shelf.work(shares: 4, run)
    shelf.lose(2, of: 4, round: 1)
    #expect(throws: Campaign.Failure.self) {
      try run(SharedRuns(.merge(allowsMissing: false), shelf.source))
    }
    let found = try run(SharedRuns(.merge(allowsMissing: true), shelf.source))
    #expect(found.isPartial)
    #expect(found.outcomes[0].result.replications == [0, 1, 4, 5, 6, 7])
  }

  @Test func `are refused where they are of another number`() throws {
    let shelf = Shelf()
    shelf.put(SharedRuns.Share(pieces: 5, range: 0..<5, made: []), round: 1)
    var campaign = try Desk(minutes: 60).campaign(replications: 2)
    campaign.sharing = SharedRuns(.merge(allowsMissing: false), shelf.source)
    #expect {
      try campaign.run()
    } throws: { error in
      guard case Campaign.Failure.shared(.otherPieces(1, wanted: 4, found: 5)) = error else {
        return false
      }
      return true
    }
  }

  @Test func `are told the cost of by a few`() throws {
    var campaign = try Desk(minutes: 60).campaign(replications: 50)
    let ticks = Mutex(0.0)
    campaign.sharing = SharedRuns(.estimate, Shelf().source) {
      ticks.withLock { ticks in
        ticks += 0.125
        return ticks
      }
    }
    #expect {
      try campaign.run()
    } throws: { error in
      guard case Campaign.Failure.shared(.estimated(let sample)) = error else { return false }
      // An hour of one customer a minute, each time: the sum of 16 such hours lies within five deviations.
      return sample.pieces == 100 && sample.made == 16 && sample.seconds == 2
        && abs(sample.conversations - 960) < 5 * 31 && sample.bytes > 16 * 500
    }
  }

  @Test(arguments: [1, 2, 3, 7, 12, 100, 1_000], [0, 1, 5, 6, 12, 99, 1_000_000_007])
  func `are shared out evenly, each once`(shares: Int, pieces: Int) {
    var next = 0
    for share in 1...shares {
      let range = SharedRuns.range(share, of: shares, pieces: pieces)
      #expect(range.lowerBound == next)
      #expect((pieces / shares...(pieces + shares - 1) / shares).contains(range.count))
      next = range.upperBound
    }
    #expect(next == pieces)
  }

  @Test(arguments: [1, 2, 3, 4, 7, 15, 40])
  func `are points of a sweep, and runs where a share ends within one`(shares: Int) throws {
    let desk = Desk(minutes: 60)
    let scenario = try desk.scenario()
    let entries = (0..<5).map { number in
      SweepRunner.Entry(
        setting: "\(number)", key: "key \(number)",
        plan: WorldPlan(scenario, scenario.strategies[number % 2]), seed: UInt64(number),
        goals: scenario.goals)
    }
    let runner = SweepRunner(entries: entries, replications: 3, threads: 2)
    let alone = try runner.run()
    var known = SweepRunner.Known(
      points: entries.map { _ in nil }, runs: entries.map { _ in [] })
    var count = 0
    for share in 1...shares {
      let range = SharedRuns.range(share, of: shares, pieces: runner.pieces)
      let made = try #require(try runner.share(range, interruption: Interruption()))
      for (number, point) in made.points { known.points[number] = point }
      for (number, run) in made.runs { known.runs[number / 3].append(run) }
      count += made.points.count * 3 + made.runs.count
      #expect(made.points.count * 3 + made.runs.count == range.count)
    }
    #expect(count == runner.pieces)
    let shared = runner.outcome(of: known)
    #expect(shared.points == alone.points)
    #expect(!shared.isPartial)
  }

  /// What each run adds to an error is kept of every metric while it is little, then of those asked about.
  @Test(arguments: [100, 101])
  func `are kept as a point without what nobody asked for, where there are many`(runs: Int) throws {
    let scenario = try Desk(minutes: 5).scenario()
    let asked = try #require(PrecisionRule.usualMetric)
    let entry = SweepRunner.Entry(
      setting: "", key: "key", plan: WorldPlan(scenario, scenario.strategies[0]), seed: 1,
      goals: scenario.goals, asked: [asked])
    let runner = SweepRunner(entries: [entry], replications: runs, threads: 2)
    let point = try #require(try runner.run().points[0])
    #expect(
      point.stands(for: "key", replications: runs, metrics: entry.metrics, goals: []))
    for (value, terms) in zip(point.values, point.terms) where value.mean != nil {
      let isKept = runs <= 100 || value.metric == asked.description
      #expect(terms.count == (isKept ? runs : 0), "\(value.metric)")
    }
  }
}
