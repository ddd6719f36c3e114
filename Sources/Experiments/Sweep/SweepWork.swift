import Measurement
import Statistics
import World

/// The points of a sweep at work: which runs are missing, which are done, and what must be kept.
struct SweepWork {
  /// One run of one point.
  struct Piece: Sendable, Equatable {
    var point: Int
    var replication: Int
  }

  /// A point of which some runs are done.
  private struct Begun {
    /// The runs that follow each other from the first.
    var outcome: Campaign.Outcome
    var fingerprint = RunHash.empty
    /// Those that came before their turn.
    var early: [Int: SweptRun] = [:]

    init(_ entry: SweepRunner.Entry) {
      outcome = Campaign.Outcome(
        name: entry.setting, result: StrategyResult(metrics: entry.plan.metrics))
    }

    var count: Int { outcome.trends.count }

    /// Takes runs in the order of their numbers: sums of floating numbers depend on it.
    mutating func take(_ run: SweptRun) {
      early[run.measured.replication] = run
      while let next = early.removeValue(forKey: count) {
        outcome.result.add(next.measured)
        outcome.events += next.events
        outcome.trends.append(WaitingTrend(next.measured))
        RunHash.stir(&fingerprint, next.fingerprint)
      }
    }
  }

  private let entries: [SweepRunner.Entry]
  private let replications: Int
  private var begun: [Int: Begun] = [:]
  /// The one point that may have finished runs which are not kept.
  private var unkept: Int?
  /// The points that are complete.
  private(set) var points: [SweptPoint?]
  /// The runs that are still to be made, in the order of the grid.
  let missing: [Piece]

  init(_ runner: SweepRunner, _ known: SweepRunner.Known) {
    entries = runner.entries
    replications = runner.replications
    points = entries.indices.map { known.points.indices.contains($0) ? known.points[$0] : nil }
    var missing: [Piece] = []
    for index in entries.indices where points[index] == nil {
      var isThere: Set<Int> = []
      for run in known.runs.indices.contains(index) ? known.runs[index] : []
      where run.belongs(to: entries[index].key, replications: replications) {
        guard isThere.insert(run.measured.replication).inserted else { continue }
        begun[index, default: Begun(entries[index])].take(run)
      }
      missing += (0..<replications).filter { !isThere.contains($0) }.map {
        Piece(point: index, replication: $0)
      }
    }
    self.missing = missing
  }

  /// The points of which every run was known.
  mutating func completeAtOnce() -> [SweepRunner.Finding] {
    begun.keys.sorted().compactMap { complete($0) }
  }

  /// Takes a run in; what must be kept now, if anything.
  mutating func take(_ run: SweptRun, of index: Int) -> SweepRunner.Finding? {
    begun[index, default: Begun(entries[index])].take(run)
    if let point = complete(index) { return point }
    guard let unkept, unkept != index else {
      unkept = index
      return nil
    }
    return .run(index, run)
  }

  private mutating func complete(_ index: Int) -> SweepRunner.Finding? {
    guard let found = begun[index], found.count == replications else { return nil }
    let point = Self.point(entries[index], found.outcome, found.fingerprint)
    points[index] = point
    begun[index] = nil
    if unkept == index { unkept = nil }
    return .point(index, point)
  }

  /// What is kept of a point.
  private static func point(
    _ entry: SweepRunner.Entry, _ outcome: Campaign.Outcome, _ fingerprint: UInt64
  ) -> SweptPoint {
    let found = outcome.result
    let keepsAll = found.replications.count <= SweepRunner.mostRunsOfEveryMetric
    return SweptPoint(
      key: entry.key, setting: entry.setting, replications: found.replications.count,
      events: Int(outcome.events), fingerprint: fingerprint,
      isOverloaded: OverloadSearch(plan: entry.plan, outcome: outcome).overload != nil,
      values: found.metrics.map { metric in
        var value = ResultDocument.MetricValue(metric, in: found)
        value.samples = []
        return value
      },
      terms: found.metrics.map { metric in
        guard keepsAll || entry.asked.contains(metric) else { return [] }
        return found.estimate(of: metric)?.errors.terms ?? []
      },
      goals: entry.goals.map { ResultDocument.GoalOutcome($0, in: found) })
  }
}
