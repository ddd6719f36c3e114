public import Measurement
import Scenarios
import World

/// The verdicts again in slightly other worlds, because the winner can flip.
///
/// Assumptions are never quite right: customers come in other numbers, and work varies more or less
/// than was thought. With work that hardly varies round robin is hard to beat; with work that varies
/// much it loses to every strategy that looks.
public struct RobustnessCheck: Sendable {
  /// The metric that decides.
  public var metric: MetricReference
  /// How differences are judged.
  public var builder: ComparisonBuilder

  /// Describes what is checked.
  public init(metric: MetricReference, builder: ComparisonBuilder) {
    self.metric = metric
    self.builder = builder
  }

  /// A world that is not quite the one of the scenario.
  private struct Other: Sendable {
    var name: String
    var change: @Sendable (Model) -> Model?
  }

  private static let others: [Other] =
    [(-10, "-10 %"), (10, "+10 %")].map { percent, text in
      Other(name: "load \(text)") { try? $0.withVolume(times: 1 + Double(percent) / 100) }
    }
    + [0.3, 1, 1.5].map { cv in
      Other(name: "work cv \(cv == 1 ? "1" : "\(cv)")") { try? $0.withWorkVariation(cv) }
    }

  /// The table; nil if it was interrupted.
  public func robustness(
    _ campaign: Campaign, _ result: inout Campaign.Result, interruption: Interruption,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(Campaign.Failure) -> ResultDocument.Robustness? {
    let total = result.replications * Self.others.count
    let runsOfEach = result.replications * campaign.entries.count
    var runs = result
    runs.extraRuns += runsOfEach * Self.others.count
    var worlds: [(name: String, result: Campaign.Result)] = [("as described", result)]
    for (number, other) in Self.others.enumerated() {
      guard let changed = Self.campaign(campaign, other, metric, result.replications) else {
        runs.extraRuns -= runsOfEach
        continue
      }
      let found = try changed.run(interruption: interruption) { done, _ in
        progress(number * result.replications + done, total)
      }
      runs.finishedRuns += found.finishedRuns
      guard !found.isPartial else {
        result.isPartial = true
        result.finishedRuns = runs.finishedRuns
        result.extraRuns = runs.extraRuns
        return nil
      }
      for (index, outcome) in found.outcomes.enumerated() {
        runs.outcomes[index].events += outcome.events
      }
      runs.stir(found.fingerprint)
      let isOverloaded = zip(changed.entries, found.outcomes).contains {
        OverloadSearch(plan: $0.plan, outcome: $1).overload != nil
      }
      worlds.append((other.name + (isOverloaded ? ", overload" : ""), found))
    }
    result = runs
    return ResultDocument.Robustness(
      metric: metric.description, rows: builder.robustRows(worlds, metric: metric))
  }

  private static func campaign(
    _ campaign: Campaign, _ other: Other, _ metric: MetricReference, _ replications: Int
  ) -> Campaign? {
    var changed = campaign
    changed.precision = nil
    changed.replications = replications
    for index in changed.entries.indices {
      guard let model = other.change(campaign.entries[index].plan.model) else { return nil }
      changed.entries[index].plan.model = model
      changed.entries[index].plan.metrics = [metric]
      changed.entries[index].plan.recordsConversations = false
      changed.entries[index].plan.recordsReports = false
      changed.entries[index].plan.lanes = nil
    }
    return changed
  }
}
