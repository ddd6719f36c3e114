public import Measurement
public import Scenarios
import Statistics

/// The words of an experiment that somebody watches while runs come in: they change at looks only.
///
/// Numbers are of now. Claims are corrected for all planned looks, so that watching claims no more than waiting.
public struct WatchedWords: Sendable {
  /// When words change.
  public let looks: Looks
  /// The number of runs of each way at the last look; nil before the first.
  public private(set) var lastLook: Int?
  private var verdicts: [Key: Verdict] = [:]
  private var outcomes: [Key: Goal.Outcome] = [:]

  private struct Key: Hashable {
    var strategy: String
    var what: String
  }

  /// Nothing was looked at yet.
  public init(_ looks: Looks) { self.looks = looks }

  /// The document of the runs so far; at a look its verdicts are new, between looks those of the last one.
  public mutating func document(
    _ builder: DocumentBuilder, _ scenario: Scenario, _ campaign: Campaign,
    _ result: Campaign.Result
  ) -> ResultDocument {
    let isCompared = campaign.entries.count > 1
    var document = builder.document(isCompared ? .compare : .run, scenario, campaign, result)
    let shown = document.shownMetrics
    var comparing = ComparisonBuilder()
    comparing.looks = looks.count
    document.comparison = comparing.comparison(result, shown: shown)
    if looks.planned.contains(result.replications) {
      remember(document)
      lastLook = result.replications
    } else {
      putBack(into: &document)
    }
    return document
  }

  private mutating func remember(_ document: ResultDocument) {
    verdicts = [:]
    outcomes = [:]
    for row in document.comparison?.differences ?? [] {
      verdicts[Key(strategy: row.strategy, what: row.metric)] = row.verdict
    }
    for strategy in document.strategies {
      for goal in strategy.goals {
        outcomes[Key(strategy: strategy.name, what: goal.goal)] = goal.result
      }
    }
  }

  /// What the last look did not know yet, such as a goal that was added since, stays as it is now.
  private func putBack(into document: inout ResultDocument) {
    for place in document.comparison?.differences.indices ?? 0..<0 {
      guard let row = document.comparison?.differences[place],
        let verdict = verdicts[Key(strategy: row.strategy, what: row.metric)]
      else { continue }
      document.comparison?.differences[place].verdict = verdict
    }
    for strategy in document.strategies.indices {
      for place in document.strategies[strategy].goals.indices {
        let goal = document.strategies[strategy].goals[place]
        let key = Key(strategy: document.strategies[strategy].name, what: goal.goal)
        if let result = outcomes[key] { document.strategies[strategy].goals[place].result = result }
      }
    }
  }
}
