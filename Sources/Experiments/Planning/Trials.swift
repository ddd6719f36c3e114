public import Measurement
import VirtualTime
public import World

/// Worlds that are tried on the same customers, each as often as somebody wants to know more of it.
///
/// Replication r of every world has the same customers; a world's replications are run once, in order.
public struct Trials: Sendable {
  /// One world and what is known of it.
  public struct Trial: Sendable {
    /// What it is called in errors.
    public let name: String
    /// The world.
    public let plan: WorldPlan
    /// What was measured so far.
    public internal(set) var result: StrategyResult
    /// The timelines of single runs, in order; kept where somebody needs them.
    var timelines: [[StepResult]] = []
    /// Replications done.
    public var count: Int { result.replications.count }
  }

  /// The worlds in the order in which they were first tried.
  public private(set) var all: [Trial] = []
  /// The root of all randomness.
  public let seed: UInt64
  /// Threads that work on it; no result depends on it.
  public let threads: Int
  /// The number of the first replication: other numbers are other customers.
  let firstReplication: Int
  /// Whether the timelines of single runs are kept.
  private let keepsTimelines: Bool
  /// Runs of all worlds.
  public private(set) var runs = 0
  /// Events of all runs.
  public private(set) var events: UInt64 = 0
  /// The rolling hash over all runs in their order.
  public private(set) var fingerprint: UInt64 = RunHash.empty
  /// Told after each run.
  private let progress: @Sendable (_ runs: Int) -> Void
  private let interruption: Interruption
  private let sharing: SharedRuns?

  /// Why there is no result.
  public enum Failure: Error, Sendable {
    /// As in a campaign: a bug, or a run that did not come to its end.
    case run(Campaign.Failure)
    /// The user wished to stop; what is complete counts.
    case interrupted
  }

  /// No world yet.
  public init(
    seed: UInt64, threads: Int, firstReplication: Int = 0, keepsTimelines: Bool = false,
    interruption: Interruption = Interruption(), sharing: SharedRuns? = nil,
    progress: @escaping @Sendable (_ runs: Int) -> Void = { _ in }
  ) {
    self.sharing = sharing
    self.seed = seed
    self.threads = threads
    self.firstReplication = firstReplication
    self.keepsTimelines = keepsTimelines
    self.interruption = interruption
    self.progress = progress
  }

  /// Adds a world, to be run when it is asked for; gives its number.
  public mutating func add(_ name: String, _ plan: WorldPlan) -> Int {
    all.append(Trial(name: name, plan: plan, result: StrategyResult(metrics: plan.metrics)))
    return all.count - 1
  }

  /// Takes over what was run elsewhere on the same seed, for the account at the end.
  public mutating func count(_ other: Trials) {
    runs += other.runs
    events += other.events
    RunHash.stir(&fingerprint, other.fingerprint)
  }

  /// Runs worlds until each has so many replications.
  ///
  /// All missing runs are shared out over the threads; results are taken in the order of `numbers`, then
  /// of replications.
  mutating func extend(_ numbers: [Int], to count: Int) throws(Failure) {
    let pieces = numbers.flatMap { number in
      (all[number].count..<max(count, all[number].count)).map { (number, $0) }
    }
    guard !pieces.isEmpty else { return }
    var failure: Failure?
    let entries = all.map { Campaign.Entry(name: $0.name, plan: $0.plan) }
    let campaign = Campaign(entries: [], seed: seed, replications: 0, threads: threads)
    let (first, interruption) = (firstReplication, interruption)
    let round = try round(pieces.count, campaign) { place in
      let (number, replication) = pieces[place]
      return campaign.replicate(entries[number], first + replication, interruption)?.map(\.kept)
    }
    Replications.run(count: pieces.count, threads: threads) { place in
      let (number, replication) = pieces[place]
      return campaign.replicate(
        entries[number], first + replication, interruption, madeAs: round.map { ($0, place) })
    } take: { place, found in
      switch found {
      case nil: failure = .interrupted
      case .failure(let what): failure = .run(what)
      case .success(let run):
        take(run.kept, for: pieces[place].0)
        return true
      }
      return false
    }
    if let failure { throw failure }
    if interruption.isSet { throw .interrupted }
  }

  /// The round that so many runs are, where machines share them; makes this one's share of it, and ends.
  private func round(
    _ pieces: Int, _ campaign: Campaign,
    _ body: @escaping @Sendable (Int) -> Result<KeptRun?, Campaign.Failure>?
  ) throws(Failure) -> SharedRuns.Round? {
    guard let sharing else { return nil }
    let (runs, progress) = (runs, progress)
    do throws(Campaign.Failure) {
      return try sharing.begin(
        pieces: pieces, threads: threads, progress: { done, _ in progress(runs + done) }, body)
    } catch {
      throw .run(error)
    }
  }

  private mutating func take(_ run: KeptRun, for number: Int) {
    all[number].result.add(run.measured)
    if keepsTimelines { all[number].timelines.append(run.measured.steps) }
    runs += 1
    events += run.events
    RunHash.stir(&fingerprint, run.fingerprint)
    progress(runs)
  }
}
