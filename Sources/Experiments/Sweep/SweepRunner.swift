public import Measurement
import Statistics
import VirtualTime
public import World

/// Runs the points of a sweep on common random numbers, on all cores, each point kept as soon as it is done.
///
/// Replication r of every point has the same customers. The runs of all points stand in one row, point
/// after point, and the threads take them in that order: no thread waits for the last run of a point.
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

    /// Puts the parts together.
    public init(
      setting: String, key: String, plan: WorldPlan, seed: UInt64, goals: [Goal]
    ) {
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

  /// Describes a sweep.
  public init(entries: [Entry], replications: Int, threads: Int) {
    self.entries = entries
    self.replications = replications
    self.threads = threads
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
  ///   - known: What is known of each point from an earlier sweep.
  ///   - interruption: The wish to stop; the points that are complete then count.
  ///   - progress: Told how many of how many runs are done.
  ///   - finished: Told each point as soon as all its runs are done, in the order of the grid.
  public func run(
    known: [SweptPoint?] = [], interruption: Interruption = Interruption(),
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    finished: (_ index: Int, _ point: SweptPoint) -> Void = { _, _ in }
  ) throws(Campaign.Failure) -> Outcome {
    var points = entries.indices.map { known.indices.contains($0) ? known[$0] : nil }
    let missing = points.indices.filter { points[$0] == nil }
    let total = missing.count * replications
    var failure: Campaign.Failure?
    var isPartial = false
    var current: Campaign.Outcome?
    var fingerprint = RunHash.empty
    Replications.run(count: total, threads: threads) { piece in
      let entry = entries[missing[piece / replications]]
      let campaign = Campaign(entries: [], seed: entry.seed, replications: 0, threads: 1)
      return campaign.replicate(
        Campaign.Entry(name: entry.setting, plan: entry.plan), piece % replications, interruption)
    } take: { piece, found in
      switch found {
      case nil: isPartial = true
      case .failure(let what): failure = what
      case .success(let world):
        let index = missing[piece / replications]
        let entry = entries[index]
        var outcome =
          current
          ?? Campaign.Outcome(
            name: entry.setting, result: StrategyResult(metrics: entry.plan.metrics))
        outcome.take(world)
        RunHash.stir(&fingerprint, world.ending.fingerprint)
        current = outcome
        progress(piece + 1, total)
        if outcome.trends.count == replications {
          let point = Self.point(entry, outcome, fingerprint)
          points[index] = point
          finished(index, point)
          current = nil
          fingerprint = RunHash.empty
          if interruption.isSet, piece + 1 < total {
            isPartial = true
            return false
          }
        }
        return true
      }
      return false
    }
    if let failure { throw failure }
    return Outcome(points: points, isPartial: isPartial)
  }

  /// What is kept of a point.
  private static func point(
    _ entry: Entry, _ outcome: Campaign.Outcome, _ fingerprint: UInt64
  ) -> SweptPoint {
    let found = outcome.result
    return SweptPoint(
      key: entry.key, setting: entry.setting, replications: found.replications.count,
      events: Int(outcome.events), fingerprint: fingerprint,
      isOverloaded: OverloadSearch(plan: entry.plan, outcome: outcome).overload != nil,
      values: found.metrics.map { metric in
        var value = DocumentBuilder.value(metric, found)
        value.samples = []
        return value
      },
      terms: found.metrics.map { found.estimate(of: $0)?.errors.terms ?? [] },
      goals: entry.goals.map { goal in
        found.outcome(of: goal).map(DocumentBuilder.outcome)
          ?? ResultDocument.GoalOutcome(goal: goal.text, result: .inconclusive)
      })
  }
}

extension Campaign.Outcome {
  /// Takes in the next run that counts.
  fileprivate mutating func take(_ world: WorldResult) {
    result.add(world.measured)
    events += world.ending.events
    trends.append(WaitingTrend(world.measured))
  }
}
