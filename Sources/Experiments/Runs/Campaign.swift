public import Measurement
import Scenarios
public import VirtualTime
public import World

/// Runs of one or more strategies on the same customers: what `run` and `compare` stand on.
public struct Campaign: Sendable {
  /// One strategy: its name and the world that it makes.
  public struct Entry: Sendable {
    /// The name in the scenario.
    public var name: String
    /// What a replication needs to know.
    public var plan: WorldPlan { didSet { opened = OpenedOnce() } }
    /// The workspace that all replications begin with.
    private(set) var opened = OpenedOnce()
    /// Where its runs are kept, so that none is run again; nil where nobody asks twice.
    public var memory: RunMemory?

    /// Names a world.
    public init(name: String, plan: WorldPlan) {
      self.name = name
      self.plan = plan
    }
  }

  /// The strategies, the baseline first.
  public var entries: [Entry]
  /// The root of all randomness.
  public var seed: UInt64
  /// How many replications of each strategy.
  public var replications: Int
  /// When there have been enough of them, instead.
  public var precision: PrecisionRule?
  /// How many threads work on it; no result depends on it.
  public var threads: Int
  /// Who makes the runs, where several machines do.
  public var sharing: SharedRuns?

  /// Describes runs.
  public init(
    entries: [Entry], seed: UInt64, replications: Int, precision: PrecisionRule? = nil,
    threads: Int
  ) {
    self.entries = entries
    self.seed = seed
    self.replications = replications
    self.precision = precision
    self.threads = threads
  }

  /// Why there is no result.
  public enum Failure: Error, Sendable {
    /// An invariant of the engine or of the world broke: a bug.
    case invariant(strategy: String, replication: Int, seed: UInt64, what: [String])
    /// A program of somebody else's, which decides, did something wrong.
    case engine(strategy: String, replication: Int, EngineFailure)
    /// A run did not come to its end.
    case ended(strategy: String, replication: Int, Ending)
    /// There are more replications than there are random streams for.
    case tooManyReplications
    /// Machines share the runs, and this one goes no further.
    case shared(SharedRuns.End)
  }

  /// What came of a strategy.
  public struct Outcome: Sendable {
    /// Its name.
    public var name: String
    /// What was measured, replication after replication.
    public var result: StrategyResult
    /// The number of events of all its runs.
    public var events: UInt64 = 0
    /// Events that the engine refused, in all runs.
    public var refusedCount = 0
    /// Why the first of them was refused.
    public var firstRefusal: String?
    /// What faults did in all runs; nil where there are none.
    public var faults: FaultCounts?
    /// Every conversation and assignment of each replication, if they were asked for.
    public var ledgers: [Ledger] = []
    /// The platform's reports of the first replication, if they were asked for.
    var reports: ResultDocument.Reports?
    /// The picture of some minutes of one run, if it was asked for.
    public var lanes: ResultDocument.LaneWindow?
    /// Slopes of the number waiting, one a replication, by which overload is recognised.
    var trends: [WaitingTrend] = []
  }

  /// What came of all strategies.
  public struct Result: Sendable {
    /// The strategies in their order.
    public var outcomes: [Outcome]
    /// Replications of each strategy that count.
    public var replications = 0
    /// Runs begun and finished, those that do not count included.
    public var finishedRuns = 0
    /// Runs asked for beyond the replications: to choose the best, in other worlds.
    var extraRuns = 0
    /// The rolling hash over all runs that count, in their order.
    public var fingerprint: UInt64 = RunHash.empty
    /// Whether it was interrupted before it was done.
    public var isPartial = false
    /// How narrow the interval of the precision rule became, if there is one.
    var reachedPrecision: Double?
    /// Whether the precision was reached.
    var isPrecise = true
  }

  /// One replication of all strategies.
  private struct Piece: Sendable {
    var results: [FinishedRun] = []
    var failure: Failure?
    /// Whether somebody else should have made it, and did not.
    var isMissing = false
  }

  /// Runs everything; `progress` is told how many of how many replications are done.
  ///
  /// Ledgers that `ledger` is given, in the order of replications, are not kept: many runs of many
  /// conversations would fill the memory. `isEnough` sees what there is after each replication, and ends it.
  public func run(
    interruption: Interruption = Interruption(),
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    ledger: ((Ledger) -> Void)? = nil, isEnough: (Result) -> Bool = { _ in false }
  ) throws(Failure) -> Result {
    var result = Result(
      outcomes: entries.map {
        Outcome(name: $0.name, result: StrategyResult(metrics: $0.plan.metrics))
      })
    var rule = precision.map { $0.begin() }
    let total = precision?.atMost ?? replications
    for batch in batches(total) {
      let round = try round(batch, interruption, progress)
      var failure: Failure?
      var goesOn = true
      Replications.run(count: batch.count, threads: threads) { place in
        piece(batch.lowerBound + place, interruption, place, of: round)
      } take: { place, taken in
        if let found = taken.failure {
          failure = found
          return false
        }
        goesOn = take(taken, batch.lowerBound + place, of: total)
        return goesOn
      }
      if let failure { throw failure }
      if !goesOn { break }
    }
    func take(_ taken: Piece, _ number: Int, of total: Int) -> Bool {
      var piece = taken
      if piece.isMissing {
        result.isPartial = true
        return true
      }
      // A run that was stopped half-way says nothing: only what is complete counts.
      guard piece.results.count == entries.count else {
        result.isPartial = true
        return false
      }
      if let ledger {
        for index in piece.results.indices {
          if let found = piece.results[index].ledger { ledger(found) }
          piece.results[index].ledger = nil
        }
      }
      result.take(piece.results)
      progress(number + 1, total)
      if isEnough(result) { return false }
      if interruption.isSet, number + 1 < total {
        result.isPartial = true
        return false
      }
      return rule?.wantsMore(after: result) ?? true
    }
    if let rule {
      result.reachedPrecision = rule.reached
      result.isPrecise = rule.isReached
    }
    return result
  }

  /// One replication of every strategy; less than all results if it was interrupted.
  private func piece(
    _ number: Int, _ interruption: Interruption, _ place: Int, of round: SharedRuns.Round?
  ) -> Piece {
    var piece = Piece()
    for (index, entry) in entries.enumerated() {
      let made = round.map { ($0, place * entries.count + index) }
      switch replicate(entry, number, interruption, madeAs: made) {
      case nil: return piece
      case .failure(.shared(.pieceMissing)) where sharing?.allowsMissing == true:
        piece.isMissing = true
        return piece
      case .failure(let failure):
        piece.failure = failure
        return piece
      case .success(let found): piece.results.append(found)
      }
      // What a hundred thousand agents took goes back to the system: what is told of them takes as much again.
      if entry.plan.model.agents.count >= 10_000 { SystemMemory.giveBack() }
    }
    return piece
  }
}

extension Campaign.Result {
  fileprivate mutating func take(_ results: [FinishedRun]) {
    for (index, run) in results.enumerated() {
      let found = run.kept
      outcomes[index].result.add(found.measured)
      outcomes[index].events += found.events
      outcomes[index].refusedCount += found.refusedCount
      if outcomes[index].firstRefusal == nil { outcomes[index].firstRefusal = found.firstRefusal }
      if let faults = found.faults { outcomes[index].faults = faults + outcomes[index].faults }
      if let ledger = run.ledger { outcomes[index].ledgers.append(ledger) }
      if let reports = run.reports { outcomes[index].reports = reports }
      if var lanes = run.lanes {
        lanes.strategy = outcomes[index].name
        outcomes[index].lanes = lanes
      }
      outcomes[index].trends.append(WaitingTrend(found.measured))
      stir(found.fingerprint)
    }
    replications += 1
    finishedRuns += results.count
  }
}
