import Measurement
import Scenarios
import Statistics
import World

/// Shows that what `compare` says is honest: many whole experiments on models with known differences.
///
/// An experiment is what a user does, ten runs of each strategy, judged by the same code. Its model:
/// three agents with exponential work, conversations given in turn or at random; both mean waits are
/// known exactly, and so is the difference between them. Runs are long beside the time in which the
/// model forgets (12 min): means of short runs are skewed, and Student's intervals then hold less.
public struct ValidityCheck: Sendable {
  /// A share of experiments, and what it was promised to be.
  public struct Row: Sendable, Equatable {
    /// What is counted.
    public var name: String
    /// The promise, in words.
    public var promise: String
    /// How many experiments showed it.
    public var count: Int
    /// Of how many.
    public var experiments: Int
    /// Experiments that claimed nothing, not among them.
    public var silent = 0
    /// Whether the promise is kept.
    public var holds: Bool

    /// The share of experiments.
    public var share: Double { experiments > 0 ? Double(count) / Double(experiments) : 0 }
  }

  /// What was counted.
  public var rows: [Row] = []

  /// Whether every promise is kept.
  public var holds: Bool { rows.allSatisfy(\.holds) }

  /// Experiments of the long self-test.
  public static let experiments = 500
  /// Runs of each strategy in an experiment.
  public static let replications = 10

  /// Why it could not be carried out: a bug.
  struct Impossible: Error {}

  /// Carries out so many experiments; `progress` is told how many are done.
  public static func run(
    seed: UInt64, experiments: Int = experiments, replications: Int = replications, threads: Int,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> ValidityCheck {
    let model = try Model()
    var tally = Tally()
    var failure: Campaign.Failure?
    Replications.run(count: experiments, threads: threads) { number in
      // Experiments of neighbouring seeds have none in common.
      model.experiment(
        seed: seed &* 1_000_000 &+ UInt64(number), replications: replications)
    } take: { number, found in
      switch found {
      case .success(let finding): tally.add(finding)
      case .failure(let reason):
        failure = reason
        return false
      }
      progress(number + 1, experiments)
      return true
    }
    if let failure { throw failure }
    let intervals = try IntervalCheck.rows(seed: seed, experiments: experiments, threads: threads)
    let watching = try WatchingCheck.rows(seed: seed, sittings: experiments, threads: threads)
    return ValidityCheck(rows: tally.rows(of: experiments) + intervals + watching)
  }
}

/// What one experiment found.
private struct Finding: Sendable {
  /// A strategy against itself, on other customers, was said to make a difference.
  var isFalseAlarm = false
  /// The interval of that difference, which is none, holds 0.
  var coversNothing = false
  /// The interval of the known difference holds it, on the same customers.
  var coversPaired = false
  /// The same on customers of their own.
  var coversIndependent = false
}

private struct Tally {
  var falseAlarms = 0
  var nothing = 0
  var paired = 0
  var independent = 0

  mutating func add(_ finding: Finding) {
    falseAlarms += finding.isFalseAlarm ? 1 : 0
    nothing += finding.coversNothing ? 1 : 0
    paired += finding.coversPaired ? 1 : 0
    independent += finding.coversIndependent ? 1 : 0
  }

  func rows(of experiments: Int) -> [ValidityCheck.Row] {
    func covering(_ name: String, _ count: Int) -> ValidityCheck.Row {
      let share = Double(count) / Double(experiments)
      return ValidityCheck.Row(
        name: name, promise: "92 to 98 %", count: count, experiments: experiments,
        holds: (0.92...0.98).contains(share))
    }
    // The exact binomial test: so many alarms or more would come in less than 1 % of such tests if
    // they were no more frequent than promised.
    let interval = ConfidenceInterval.clopperPearson(
      successes: falseAlarms, trials: experiments, level: 0.98)
    return [
      ValidityCheck.Row(
        name: "a strategy against itself, false alarms", promise: "at most 5 %",
        count: falseAlarms, experiments: experiments,
        holds: interval.map { $0.low <= 0.05 } ?? false),
      covering("95 % intervals that hold the known difference", paired),
      covering("the same with independent streams", independent),
      covering("95 % intervals of no difference that hold 0", nothing),
    ]
  }
}

/// The strategies of an experiment, and what is known of them.
private struct Model: Sendable {
  let entries: [Campaign.Entry]
  let metric: MetricReference
  let shown: Set<String>
  /// The exact difference of the mean waits, at random less in turn.
  let difference: Double

  private static let text = """
    name: A known difference
    duration: 2100 min
    warmup: 100 min
    parameters: {logic: round_robin}
    strategies: {in turn: {logic: round_robin}, at random: {logic: random}}
    contacts: {people: {arrivals: {poisson: 1.5 per minute}}}
    teams: {desk: {agents: 3, reply_time: {exponential: 1 min}}}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: desk, logic: $logic}}]
    """

  init() throws {
    let scenario = try Scenario.read(SourceFile(name: "known difference", text: Self.text))
    guard let metric = MetricReference(.wait, .mean),
      let inTurn = RoundRobinDispatch(agents: 3, slots: 1, arrivalRate: 1.5, meanService: 1),
      let alone = ErlangC(servers: 1, arrivalRate: 0.5, meanService: 1)
    else { throw ValidityCheck.Impossible() }
    self.metric = metric
    difference = 60 * (alone.meanWait - inTurn.wait.mean)
    shown = Set(
      MetricReference.summary.filter { $0.isShownAlways || $0 == metric }.map(\.description))
    let plans = scenario.strategies.map { WorldPlan(scenario, $0) }
    func entry(_ name: String, _ plan: WorldPlan, shift: UInt64) -> Campaign.Entry {
      var plan = plan
      plan.streamShift = shift
      return Campaign.Entry(name: name, plan: plan)
    }
    let other: UInt64 = 0x9E37_79B9_7F4A_7C15
    entries = [
      entry("in turn", plans[0], shift: 0), entry("at random", plans[1], shift: 0),
      entry("in turn, others", plans[0], shift: other),
      entry("at random, others", plans[1], shift: other),
    ]
  }

  func experiment(seed: UInt64, replications: Int) -> Result<Finding, Campaign.Failure> {
    let campaign = Campaign(
      entries: entries, seed: seed, replications: replications, threads: 1)
    do throws(Campaign.Failure) {
      return .success(finding(try campaign.run()))
    } catch {
      return .failure(error)
    }
  }

  private func finding(_ result: Campaign.Result) -> Finding {
    var finding = Finding()
    var builder = ComparisonBuilder()
    builder.isPaired = false
    var twins = result
    twins.outcomes = [result.outcomes[0], result.outcomes[2]]
    let differences = builder.comparison(twins, shown: shown)?.differences ?? []
    let alarms: Set<Verdict> = [.better, .worse, .differs]
    finding.isFalseAlarm = differences.contains {
      shown.contains($0.metric) && alarms.contains($0.verdict)
    }
    finding.coversNothing = covers(result.outcomes[0], result.outcomes[2], false, 0)
    finding.coversPaired = covers(result.outcomes[0], result.outcomes[1], true, difference)
    finding.coversIndependent = covers(result.outcomes[0], result.outcomes[3], false, difference)
    return finding
  }

  private func covers(
    _ one: Campaign.Outcome, _ other: Campaign.Outcome, _ isPaired: Bool, _ truth: Double
  ) -> Bool {
    PairOfStrategies(metric, baseline: one, other: other, isPaired: isPaired)
      .difference?.interval.contains(truth) ?? false
  }
}
