import Engine
public import Measurement
public import World

/// Whole days with some numbers of agents, all on the same customers, told period by period.
public struct StaffingRuns: Sendable {
  /// The periods of the day.
  public let grid: PeriodGrid
  /// How long a day is, in nanoseconds.
  public let duration: Int64
  /// The times within which customers may be answered, in seconds, ascending.
  public let bounds: [Double]
  /// The root of all randomness.
  public let seed: UInt64
  /// Threads that work on it; no result depends on it.
  public let threads: Int
  /// The world in which so many agents are on shift in each period; nil where there can be none.
  public let world: @Sendable (_ agents: [Int]) -> WorldPlan?

  /// Runs of each number of agents.
  public static let replications = 30
  /// Customers of a day that verifies are numbered this far from those by whom the plan was chosen.
  private static let apart = 1_000_000

  /// Describes the runs.
  public init(
    grid: PeriodGrid, duration: Int64, bounds: [Double], seed: UInt64, threads: Int,
    world: @escaping @Sendable (_ agents: [Int]) -> WorldPlan?
  ) {
    self.grid = grid
    self.duration = duration
    self.bounds = bounds
    self.seed = seed
    self.threads = threads
    self.world = world
  }

  /// What every world of these runs is asked.
  public var metrics: [MetricReference] {
    grid.scopes.flatMap { scope in references.compactMap { $0.limited(to: scope) } }
  }

  private var references: [MetricReference] {
    bounds.compactMap {
      MetricReference(.firstResponse, .within(Int64(($0 * 1e9).rounded())))
    }
  }

  /// A world as it is run: what opened in the warm-up counts here as well.
  private func asked(_ agents: [Int]) -> WorldPlan? {
    guard var plan = world(agents) else { return nil }
    plan.duration = duration
    plan.warmup = 0
    plan.metrics = metrics
    return plan
  }

  /// The same number of agents all day.
  private func everywhere(_ count: Int) -> [Int] { Array(repeating: count, count: grid.count) }

  /// Runs each number of agents of which there can be a world; `progress` is told how many runs are done.
  func columns(
    of counts: [Int], interruption: Interruption, progress: (Int) -> Void
  ) throws(Trials.Failure) -> [(count: Int, tally: DayTally)] {
    let plans = counts.compactMap { count in asked(everywhere(count)).map { (count, $0) } }
    let found = try run(
      plans.map(\.1), first: 0, interruption: interruption, progress: progress)
    return zip(plans, found).map { ($0.0, $1) }
  }

  /// Runs a plan as one day on customers of its own, and tells it for each time; nil where there is no such world.
  public func day(
    _ agents: [Int], interruption: Interruption, progress: (Int) -> Void = { _ in }
  ) throws(Trials.Failure) -> [StaffingDay]? {
    guard let plan = asked(agents) else { return nil }
    let found = try run(
      [plan], first: Self.apart, interruption: interruption, progress: progress)
    return found.first?.days(runs: Self.replications)
  }

  private func run(
    _ plans: [WorldPlan], first: Int, interruption: Interruption, progress: (Int) -> Void
  ) throws(Trials.Failure) -> [DayTally] {
    let entries = plans.map { Campaign.Entry(name: "plan", plan: $0) }
    let campaign = Campaign(entries: [], seed: seed, replications: 0, threads: threads)
    let scopes = grid.scopes
    let references = references
    var tallies = plans.map { _ in DayTally(periods: scopes.count, bounds: references.count) }
    var failure: Trials.Failure?
    let all = plans.count * Self.replications
    // Run by run rather than number by number: worlds differ in length, and progress should not.
    Replications.run(count: all, threads: threads) { place in
      campaign.replicate(entries[place % plans.count], first + place / plans.count, interruption)
        .map { found in found.map { DayCounts($0.kept.measured, scopes, references) } }
    } take: { place, found in
      switch found {
      case nil: failure = .interrupted
      case .failure(let what): failure = .run(what)
      case .success(let counts):
        tallies[place % plans.count].record(counts)
        progress(place + 1)
        return true
      }
      return false
    }
    if let failure { throw failure }
    if interruption.isSet { throw .interrupted }
    return tallies
  }
}

extension PeriodGrid {
  /// The conversations of each period, as metrics are limited to them; of a single one all.
  var scopes: [MetricScope?] {
    guard count > 1 else { return [nil] }
    return (0..<count).map { period in
      let from = Int(begin(of: period).secondOfDay / 60)
      let to = from + Int(length / 60)
      return .between(from: from, to: to > 1_440 ? to - 1_440 : to)
    }
  }
}

/// What one run found: by period and time how many of how many were answered.
private struct DayCounts: Sendable {
  var customers: [Int]
  var answered: [[(count: Int, all: Int)]]

  init(_ run: ReplicationResult, _ scopes: [MetricScope?], _ references: [MetricReference]) {
    customers = run.steps.map(\.arrivals)
    answered = scopes.map { scope in
      references.map { reference in
        let parts = reference.limited(to: scope).flatMap { run.value(of: $0) }?.parts
        return (Int(parts?.top ?? 0), Int(parts?.bottom ?? 0))
      }
    }
  }
}

/// What all runs of one number of agents found.
struct DayTally: Sendable {
  private var shares: [[ShareOfRuns]]
  private var whole: [ShareOfRuns]
  private var customers: [Int]
  private var runs = 0

  init(periods: Int, bounds: Int) {
    shares = Array(repeating: Array(repeating: ShareOfRuns(), count: bounds), count: periods)
    whole = Array(repeating: ShareOfRuns(), count: bounds)
    customers = Array(repeating: 0, count: periods)
  }

  fileprivate mutating func record(_ counts: DayCounts) {
    runs += 1
    for period in shares.indices {
      if period < counts.customers.count { customers[period] += counts.customers[period] }
      for bound in whole.indices {
        let found = counts.answered[period][bound]
        shares[period][bound].record(found.count, of: found.all)
      }
    }
    for bound in whole.indices {
      let found = counts.answered.map { $0[bound] }
      whole[bound].record(
        found.reduce(0) { $0 + $1.count }, of: found.reduce(0) { $0 + $1.all })
    }
  }

  /// By period, then by time.
  var reached: [[StaffingReach]] { shares.map { $0.map { StaffingReach($0) } } }

  /// The customers of each period, mean of the runs.
  var meanCustomers: [Double] { customers.map { runs > 0 ? Double($0) / Double(runs) : 0 } }

  /// The day for each time.
  func days(runs: Int) -> [StaffingDay] {
    whole.indices.map { bound in
      StaffingDay(
        runs: runs, whole: StaffingReach(whole[bound]),
        periods: shares.map { StaffingReach($0[bound]) })
    }
  }
}
