public import Measurement
import VirtualTime
public import World

/// Runs the points of a sweep on common random numbers, on all cores, each point kept as soon as it is done.
///
/// Replication r of every point has the same customers. The runs of all points stand in one row, point
/// after point, and the threads take them in that order: no thread waits for the last run of a point. So
/// several points are at work at once, as many as there are threads where each has one run. For a sweep
/// that is killed to lose no more than one of them, a finished run is handed over to be kept, unless its
/// point is the only one that has finished runs which are not: nearly all points are then kept as a
/// whole, and of a sweep of one run a point nothing else is ever written.
public struct SweepRunner: Sendable {
  /// One setting under one strategy.
  public struct Entry: Sendable {
    /// The setting in words, for errors and files.
    public var setting: String
    /// A digest of everything that decides about the numbers.
    public var key: String
    /// The world.
    public var plan: WorldPlan
    /// The root of its randomness.
    public var seed: UInt64
    /// What is promised.
    public var goals: [Goal]
    /// The metrics that effects are told of.
    public var asked: [MetricReference]

    /// Puts the parts together.
    public init(
      setting: String, key: String, plan: WorldPlan, seed: UInt64, goals: [Goal],
      asked: [MetricReference] = []
    ) {
      self.asked = asked
      self.setting = setting
      self.key = key
      self.plan = plan
      self.seed = seed
      self.goals = goals
    }

    /// The names of the metrics that a point of it has.
    public var metrics: [String] {
      StrategyResult(metrics: plan.metrics).metrics.map(\.description)
    }
  }

  /// The points in the order of the grid.
  public var entries: [Entry]
  /// Runs of each point.
  public var replications: Int
  /// How many threads work on it; no result depends on it.
  public var threads: Int

  /// With more runs than these a point keeps what each run adds to an error for the metrics asked about alone:
  /// of all of them it would be a megabyte a point at a thousand runs.
  public static let mostRunsOfEveryMetric = 100

  /// Describes a sweep.
  public init(entries: [Entry], replications: Int, threads: Int) {
    self.entries = entries
    self.replications = replications
    self.threads = threads
  }

  /// What is known from an earlier sweep.
  public struct Known: Sendable {
    /// The points that are complete.
    public var points: [SweptPoint?]
    /// Of the others the runs that are there.
    public var runs: [[SweptRun]]

    /// Puts the parts together; what is left out is not known.
    public init(points: [SweptPoint?] = [], runs: [[SweptRun]] = []) {
      self.points = points
      self.runs = runs
    }
  }

  /// What is worth keeping, told on the calling thread.
  public enum Finding: Sendable {
    /// A point of which all runs are done.
    case point(Int, SweptPoint)
    /// A run of a point that is not complete.
    case run(Int, SweptRun)
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The points; nil where none was run.
    public var points: [SweptPoint?]
    /// Whether the user stopped it.
    public var isPartial: Bool
  }

  /// Runs every point that is not known yet.
  ///
  /// - Parameters:
  ///   - known: What is known from an earlier sweep.
  ///   - interruption: The wish to stop; the points that are complete then count.
  ///   - progress: Told how many of how many runs are done.
  ///   - keep: Told what must be kept for a later sweep: every point, and what more than one would be lost.
  public func run(
    known: Known = Known(), interruption: Interruption = Interruption(),
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    keep: (Finding) -> Void = { _ in }
  ) throws(Campaign.Failure) -> Outcome {
    try run(known: known, interruption: interruption, progress: progress, keep: keep) { piece in
      Self.run(of: entries[piece.point], piece.replication, interruption)
    }
  }

  /// One run of a point; nil if it was stopped before its end.
  static func run(
    of entry: Entry, _ replication: Int, _ interruption: Interruption
  ) -> Result<SweptRun, Campaign.Failure>? {
    let campaign = Campaign(entries: [], seed: entry.seed, replications: 0, threads: 1)
    return campaign.replicate(
      Campaign.Entry(name: entry.setting, plan: entry.plan), replication, interruption
    )?.map { run in
      SweptRun(
        key: entry.key, setting: entry.setting, events: run.kept.events,
        fingerprint: run.kept.fingerprint, measured: run.kept.measured)
    }
  }

  /// The same with another way to make a run; nil from it is a run that was stopped.
  func run(
    known: Known, interruption: Interruption, progress: (_ done: Int, _ total: Int) -> Void,
    keep: (Finding) -> Void,
    replicate: @escaping @Sendable (SweepWork.Piece) -> Result<SweptRun, Campaign.Failure>?
  ) throws(Campaign.Failure) -> Outcome {
    var work = SweepWork(self, known)
    for finding in work.completeAtOnce() { keep(finding) }
    let pieces = work.missing
    var failure: (place: Int, what: Campaign.Failure)?
    var isPartial = false
    var done = 0
    Replications.asFinished(count: pieces.count, threads: threads) { place in
      replicate(pieces[place])
    } take: { place, found in
      switch found {
      case nil: isPartial = true
      case .failure(let what):
        // The first in the order of the grid, whoever failed first.
        if failure.map({ place < $0.place }) ?? true { failure = (place, what) }
      case .success(let run):
        if let finding = work.take(run, of: pieces[place].point) { keep(finding) }
        done += 1
        progress(done, pieces.count)
      }
      return failure == nil && !isPartial && !interruption.isSet
    }
    if let failure { throw failure.what }
    return Outcome(points: work.points, isPartial: isPartial || work.points.contains { $0 == nil })
  }
}
