public import Measurement

extension PlanDocument: Study {
  /// `plan.csv`: a row for each setting that was run and each goal.
  public var tables: [ReportFile] {
    var table = CSVTable(
      names.map(\.name) + ["goal", "value", "low", "high", "result", "chosen", "replications"]
        + ["strategy", "unit", "cost"])
    for answer in answers {
      for (position, setting) in answer.tried.enumerated() {
        for (goal, outcome) in zip(goals, setting.goals) {
          let values = zip(names, setting.place).map { CSVTable.Cell.text($0.values[$1]) }
          table.add(
            values + [
              .text(goal.text), .number(outcome.value), .number(outcome.low), .number(outcome.high),
              .text(outcome.result.rawValue), .flag(answer.chosen == position),
              .count(setting.replications), .text(answer.strategy),
              .text(metrics.first { $0.name == goal.metric }?.unit ?? ""), .number(setting.cost),
            ])
        }
      }
    }
    return [ReportFile("plan.csv", table.contents)]
  }

  /// The answer in one paragraph.
  public var verdict: String {
    PlanWords(document: self).text.map { $0 == "\u{A0}" ? " " : String($0) }.joined()
  }

  /// The page.
  public var page: StudyPage { PlanPage(document: self).page }

  /// The answer for a terminal.
  public func blocks(_ style: TerminalStyle) -> [[String]] {
    PlanTable(document: self, style: style).blocks
  }

  /// The first number that cannot be.
  public var problem: String? {
    for (index, answer) in answers.enumerated() {
      let place = "answers.[\(index)]"
      for position in [answer.chosen, answer.nearest].compactMap({ $0 })
        + answer.steps.map(\.setting) where !answer.tried.indices.contains(position)
      {
        return place
      }
      for setting in answer.tried {
        let isPlace =
          setting.place.count == names.count
          && zip(setting.place, names).allSatisfy { $1.values.indices.contains($0) }
        guard isPlace, setting.goals.count == goals.count, setting.replications >= 0 else {
          return place + ".tried"
        }
      }
      for step in answer.steps
      where !names.indices.contains(step.name) || step.changes.count != goals.count {
        return place + ".steps"
      }
    }
    return confidence > 0 && confidence < 1 ? nil : "confidence"
  }
}
