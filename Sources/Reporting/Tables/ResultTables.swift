public import Measurement

/// The tables of a result as CSV files, in the columns that other programs rely on.
public struct ResultTables: Sendable {
  private let document: ResultDocument

  /// The tables of a result.
  public init(of document: ResultDocument) {
    self.document = document
  }

  /// Every table that the command writes.
  public var files: [ReportFile] {
    var files = [summary, replications, goals, agents, timeline]
    if let comparison = document.comparison {
      files.insert(differences(of: comparison), at: 1)
    }
    return files + PlatformReports.files(of: document)
  }

  /// `summary.csv`: every metric of every strategy.
  private var summary: ReportFile {
    ResultFiles.summary.file(
      of: document.strategies.flatMap { strategy in
        strategy.values.map {
          .init(strategy: strategy.name, value: $0, unit: unit(of: $0.metric))
        }
      })
  }

  /// `replications.csv`: every metric of every run, runs counted from 1.
  private var replications: ReportFile {
    // Row by row: many runs have a million of them.
    ResultFiles.replications.file { add in
      for strategy in document.strategies {
        for run in 0..<document.replications {
          for value in strategy.values where run < value.samples.count {
            add(.init(strategy: strategy.name, run: run, value: value))
          }
        }
      }
    }
  }

  /// `goals.csv`: every goal under every strategy; the result is empty where the metric does not exist.
  private var goals: ReportFile {
    ResultFiles.goals.file(
      of: document.strategies.flatMap { strategy in
        strategy.goals.map { outcome in
          let goal = document.goals.first { $0.text == outcome.goal }
          return .init(
            strategy: strategy.name, outcome: outcome, scope: goal?.scope,
            unit: goal.map { unit(of: $0.metric) } ?? "")
        }
      })
  }

  /// `agents.csv`: the load of each agent; the ids are those of the platform's export of conversations.
  private var agents: ReportFile {
    ResultFiles.agents.file { add in
      for strategy in document.strategies {
        for row in strategy.agents { add(.init(strategy: strategy.name, row: row)) }
      }
    }
  }

  /// `timeline.csv`: the simulated time in equal steps.
  private var timeline: ReportFile {
    ResultFiles.timeline.file(
      of: document.strategies.flatMap { strategy in
        strategy.timeline.map { .init(strategy: strategy.name, row: $0) }
      })
  }

  /// `comparison.csv`: every difference from the baseline, then the other pairs if they were asked for.
  ///
  /// The verdict is empty where the metric does not exist under one of the two: there is nothing to judge.
  /// Each family of comparisons is judged together: what is shown, and everything else.
  private func differences(of comparison: ResultDocument.Comparison) -> ReportFile {
    let others = comparison.allPairs.filter { $0.baseline != comparison.baseline }
    return ResultFiles.comparison.file(
      of: (comparison.differences + others).map { .init(row: $0, unit: unit(of: $0.metric)) })
  }

  private func unit(of metric: String) -> String {
    document.metrics.first { $0.name == metric }?.unit ?? ""
  }
}
