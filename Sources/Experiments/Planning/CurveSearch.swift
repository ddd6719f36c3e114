public import Measurement
public import World

/// The fewest agents on shift in each period such that every period keeps its goal, found by simulating
/// the whole run: what is left over from one period waits in the next.
public struct CurveSearch: Sendable {
  /// Agents on shift in each period.
  public typealias Curve = [Int]

  /// The periods.
  public let grid: PeriodGrid
  /// What each must keep.
  public let goal: PeriodGoal
  /// The fewest and the most agents of a period.
  public let bounds: ClosedRange<Int>
  /// How sure each period must be.
  public let confidence: Double
  /// Replications of the search; the verification has four times as many.
  public let replications: Int
  /// The world of a curve; nil where there can be none.
  public let world: @Sendable (Curve) -> WorldPlan?

  /// Describes a search.
  public init(
    grid: PeriodGrid, goal: PeriodGoal, bounds: ClosedRange<Int>, confidence: Double,
    replications: Int, world: @escaping @Sendable (Curve) -> WorldPlan?
  ) {
    self.grid = grid
    self.goal = goal
    self.bounds = bounds
    self.confidence = confidence
    self.replications = replications
    self.world = world
  }

  /// One curve simulated.
  public struct Simulated: Sendable {
    /// The curve.
    public var agents: Curve
    /// The share answered in time in each period.
    public var shares: [ShareOfRuns]
    /// What the runs found.
    public var result: StrategyResult
    /// The world.
    public var plan: WorldPlan
  }

  /// Where a search stands: the trials on the customers of the search, and those of the verification.
  public struct Ground: Sendable {
    var search: Trials
    var fresh: Trials
    private var known: [Curve: Int] = [:]
    private var knownFresh: [Curve: Int] = [:]

    /// Trials on other customers are numbered from here on.
    static let freshFrom = 1_000_000

    /// Nothing simulated yet.
    public init(
      seed: UInt64, threads: Int, interruption: Interruption,
      progress: @escaping @Sendable (_ runs: Int) -> Void
    ) {
      search = Trials(
        seed: seed, threads: threads, keepsTimelines: true, interruption: interruption,
        progress: progress)
      fresh = Trials(
        seed: seed, threads: threads, firstReplication: Self.freshFrom, keepsTimelines: true,
        interruption: interruption, progress: progress)
    }

    /// Runs of both.
    public var runs: Int { search.runs + fresh.runs }
    /// Events of both.
    public var events: UInt64 { search.events + fresh.events }
    /// The hash over all runs.
    public var fingerprint: UInt64 {
      var all = search
      all.count(fresh)
      return all.fingerprint
    }

    mutating func number(of curve: Curve, _ plan: WorldPlan, fresh isFresh: Bool) -> Int {
      if let number = isFresh ? knownFresh[curve] : known[curve] { return number }
      if isFresh {
        knownFresh[curve] = fresh.add("plan", plan)
        return knownFresh[curve] ?? 0
      }
      known[curve] = search.add("plan", plan)
      return known[curve] ?? 0
    }
  }

  /// The level of the two-sided interval whose lower end must keep the goal: the confidence, as in every
  /// table of the program.
  var level: Double { confidence }

  /// Simulates a curve; nil where there is no such world.
  public func simulate(
    _ curve: Curve, _ ground: inout Ground, replications count: Int, fresh: Bool = false
  ) throws(Trials.Failure) -> Simulated? {
    guard let plan = world(curve) else { return nil }
    let number = ground.number(of: curve, plan, fresh: fresh)
    if fresh {
      try ground.fresh.extend([number], to: count)
    } else {
      try ground.search.extend([number], to: count)
    }
    let trial = fresh ? ground.fresh.all[number] : ground.search.all[number]
    return Simulated(
      agents: curve, shares: shares(trial.timelines), result: trial.result, plan: plan)
  }

  private func shares(_ timelines: [[StepResult]]) -> [ShareOfRuns] {
    var shares = Array(repeating: ShareOfRuns(), count: grid.count)
    for steps in timelines {
      var sums = Array(repeating: (within: 0, known: 0), count: grid.count)
      for (step, found) in steps.enumerated() {
        let period = grid.period(ofStep: step)
        sums[period].within += found.withinBound
        sums[period].known += found.knownOfBound ?? 0
      }
      for period in sums.indices {
        shares[period].record(sums[period].within, of: sums[period].known)
      }
    }
    return shares
  }

  /// What became of the goal in each period.
  public func outcomes(_ simulated: Simulated) -> [Goal.Outcome] {
    simulated.shares.map { goal.outcome($0, level: level) }
  }
}
