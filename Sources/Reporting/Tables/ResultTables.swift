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
    var files = [
      ReportFile("summary.csv", summary), ReportFile("replications.csv", replications),
      ReportFile("goals.csv", goals), ReportFile("agents.csv", agents),
      ReportFile("timeline.csv", timeline),
    ]
    if let comparison = document.comparison {
      files.insert(ReportFile("comparison.csv", differences(of: comparison)), at: 1)
    }
    return files
  }

  /// `summary.csv`: every metric of every strategy.
  public var summary: String {
    var table = CSVTable([
      "strategy", "metric", "unit", "mean", "low", "high", "half_width", "sd", "replications",
    ])
    for strategy in document.strategies {
      for value in strategy.values {
        table.add([
          .text(strategy.name), .text(value.metric), .text(unit(of: value.metric)),
          .number(value.mean), .number(value.low), .number(value.high), .number(value.halfWidth),
          .number(value.sd), .count(value.replications),
        ])
      }
    }
    return table.contents
  }

  /// `replications.csv`: every metric of every run, runs counted from 1.
  public var replications: String {
    var table = CSVTable(["strategy", "replication", "metric", "value"])
    for strategy in document.strategies {
      for run in 0..<document.replications {
        for value in strategy.values where run < value.samples.count {
          table.add([
            .text(strategy.name), .count(run + 1), .text(value.metric), .number(value.samples[run]),
          ])
        }
      }
    }
    return table.contents
  }

  /// `goals.csv`: every goal under every strategy; the result is empty where the metric does not exist.
  public var goals: String {
    var table = CSVTable([
      "strategy", "goal", "value", "low", "high", "result", "unit", "scope",
    ])
    for strategy in document.strategies {
      for outcome in strategy.goals {
        let goal = document.goals.first { $0.text == outcome.goal }
        table.add([
          .text(strategy.name), .text(outcome.goal), .number(outcome.value), .number(outcome.low),
          .number(outcome.high),
          outcome.value == nil ? .empty : .text(outcome.result.rawValue),
          .text(goal.map { unit(of: $0.metric) } ?? ""),
          .text(goal?.scope.map { "\($0.kind.rawValue) \($0.name)" } ?? ""),
        ])
      }
    }
    return table.contents
  }

  /// `agents.csv`: the load of each agent; the ids are those of the platform's export of conversations.
  public var agents: String {
    var table = CSVTable([
      "strategy", "agent", "team", "conversations_count", "replies_count", "online_s", "busy_s",
      "busy_ratio", "open_mean", "open_max", "reassigned_in_count", "reassigned_out_count",
      "first_response_mean_s", "user_id", "team_id",
    ])
    for strategy in document.strategies {
      for row in strategy.agents {
        table.add([
          .text(strategy.name), .text(row.agent), .text(row.team), .number(row.conversations),
          .number(row.replies), .number(row.online), .number(row.busy), .number(row.busyRatio),
          .number(row.openMean), .number(row.openMax), .number(row.reassignedIn),
          .number(row.reassignedOut), .number(row.firstResponseMean), .count(row.number),
          .count(row.teamNumber),
        ])
      }
    }
    return table.contents
  }

  /// `timeline.csv`: the simulated time in equal steps.
  public var timeline: String {
    var table = CSVTable([
      "strategy", "start_s", "arrivals_count", "open_mean", "waiting_mean", "agents_online_mean",
      "busy_ratio", "first_response_mean_s", "start_clock",
    ])
    for strategy in document.strategies {
      for row in strategy.timeline {
        table.add([
          .text(strategy.name), .number(row.start), .number(row.arrivals.mean),
          .number(row.open.mean), .number(row.waiting.mean), .number(row.agentsOnline.mean),
          .number(row.busyRatio.mean), .number(row.firstResponse.mean),
          row.startClock.map { .text($0) } ?? .empty,
        ])
      }
    }
    return table.contents
  }

  /// `comparison.csv`: every difference from the baseline, then the other pairs if they were asked for.
  ///
  /// The verdict is empty where the metric does not exist under one of the two: there is nothing to judge.
  /// Each family of comparisons is judged together: what is shown, and everything else.
  private func differences(of comparison: ResultDocument.Comparison) -> String {
    var table = CSVTable([
      "baseline", "strategy", "metric", "unit", "baseline_mean", "mean", "change", "low", "high",
      "p_value", "verdict", "family",
    ])
    let others = comparison.allPairs.filter { $0.baseline != comparison.baseline }
    for row in comparison.differences + others {
      table.add([
        .text(row.baseline), .text(row.strategy), .text(row.metric), .text(unit(of: row.metric)),
        .number(row.baselineMean), .number(row.mean), .number(row.change), .number(row.low),
        .number(row.high), .number(row.pValue),
        row.baselineMean == nil || row.mean == nil ? .empty : .text(row.verdict.rawValue),
        row.family.map { .text($0.rawValue) } ?? .empty,
      ])
    }
    return table.contents
  }

  private func unit(of metric: String) -> String {
    document.metrics.first { $0.name == metric }?.unit ?? ""
  }
}
