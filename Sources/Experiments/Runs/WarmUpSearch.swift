import Measurement
import Statistics
public import World

/// Finds where the start of a run stops mattering: MSER-5 on the baseline, averaged over some runs.
///
/// Looked at are the conversations that need an agent, waiting or worked on, in a thousand steps: they
/// tell how full the house is, whatever metric is asked for later.
public struct WarmUpSearch: Sendable {
  /// The baseline.
  public var plan: WorldPlan
  /// The root of all randomness.
  public var seed: UInt64
  /// How many threads work on it; no result depends on it.
  public var threads: Int

  /// Describes what is searched.
  public init(plan: WorldPlan, seed: UInt64, threads: Int) {
    self.plan = plan
    self.seed = seed
    self.threads = threads
  }

  /// Runs that are averaged.
  static let replications = 10
  /// Steps that a run is cut into.
  static let steps: Int64 = 1_000

  /// What came of it.
  public enum Outcome: Sendable, Equatable {
    /// So much is left out, in nanoseconds.
    case found(Int64)
    /// Half of the run and more would be left out: it is too short to tell, or never settles.
    case tooShort
    /// Somebody wished to stop.
    case interrupted
  }

  /// Searches.
  public func outcome(
    interruption: Interruption = Interruption()
  ) throws(Campaign.Failure) -> Outcome {
    var pilot = plan
    pilot.warmup = 0
    pilot.recordsConversations = false
    pilot.recordsReports = false
    pilot.lanes = nil
    // Rounded up: a step too many would be a short one at the end.
    let step = (plan.duration - 1) / Self.steps + 1
    pilot.timelineStep = step
    let campaign = Campaign(
      entries: [Campaign.Entry(name: "", plan: pilot)], seed: seed,
      replications: Self.replications, threads: threads)
    let result = try campaign.run(interruption: interruption)
    guard !result.isPartial, let outcome = result.outcomes.first else { return .interrupted }
    return Self.cut(Self.series(outcome.result.steps), step: step)
  }

  /// Conversations that need an agent, step by step.
  private static func series(_ steps: [StepSummary]) -> [Double] {
    steps.map { ($0.waiting.mean ?? 0) + ($0.agentsOnline.mean ?? 0) * ($0.busyRatio.ratio ?? 0) }
  }

  static func cut(_ series: [Double], step: Int64) -> Outcome {
    guard let found = WarmUp(series), !found.isAtLimit else { return .tooShort }
    return .found(Int64(found.observationsDeleted) * step)
  }

  /// What to do where it was too short.
  public static let advice =
    "warmup: auto (MSER-5 on the baseline) would leave out half of the run and more: the run is too "
    + "short for a steady state, or there is none (the day has its peaks, or the agents cannot keep "
    + "up). Make it longer (--duration), name a time (warmup: 30 min), or look at the whole day "
    + "(warmup: 0 s)"
}
