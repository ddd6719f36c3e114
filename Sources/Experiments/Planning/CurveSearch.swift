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

  /// Where a search stands: the trials on each set of customers.
  public struct Ground: Sendable {
    /// Sets of customers that have nobody in common.
    enum Customers: Int, Sendable, CaseIterable {
      /// Those by whom the curve is found.
      case search
      /// Those by whom it is mended.
      case check
      /// Those by whom it is verified and compared.
      case fresh
    }

    private var trials: [Trials]
    private var known: [[Curve: Int]]

    /// Replications of one set are numbered this far from those of the next.
    private static let apart = 1_000_000

    /// Nothing simulated yet.
    public init(
      seed: UInt64, threads: Int, interruption: Interruption, sharing: SharedRuns? = nil,
      progress: @escaping @Sendable (_ runs: Int) -> Void
    ) {
      trials = Customers.allCases.map { customers in
        Trials(
          seed: seed, threads: threads, firstReplication: customers.rawValue * Self.apart,
          keepsTimelines: true, interruption: interruption, sharing: sharing, progress: progress)
      }
      known = trials.map { _ in [:] }
    }

    /// All runs.
    public var runs: Int { trials.reduce(0) { $0 + $1.runs } }
    /// Events of all runs.
    public var events: UInt64 { trials.reduce(0) { $0 + $1.events } }
    /// The hash over all runs.
    public var fingerprint: UInt64 {
      var all = trials[0]
      for other in trials.dropFirst() { all.count(other) }
      return all.fingerprint
    }

    /// Runs a world until it has so many replications.
    mutating func run(
      _ curve: Curve, _ plan: WorldPlan, _ stage: CurveSearch.Stage
    ) throws(Trials.Failure) -> Trials.Trial {
      let customers = stage.customers.rawValue
      let number = known[customers][curve] ?? trials[customers].add("plan", plan)
      known[customers][curve] = number
      try trials[customers].extend([number], to: stage.replications)
      return trials[customers].all[number]
    }
  }

  /// The level of the two-sided interval whose lower end must keep the goal: the confidence, as in every
  /// table of the program.
  var level: Double { confidence }

  /// Simulates a curve; nil where there is no such world.
  func simulate(
    _ curve: Curve, _ ground: inout Ground, _ stage: Stage
  ) throws(Trials.Failure) -> Simulated? {
    guard let plan = world(curve) else { return nil }
    let trial = try ground.run(curve, plan, stage)
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
