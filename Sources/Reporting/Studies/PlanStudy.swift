public import Measurement

extension PlanDocument: Study {
  /// `plan.csv`: a row for each setting that was run and each goal.
  public var tables: [ReportFile] {
    var table = CSVTable(
      names.map(\.name) + WrittenFile.plan.header)
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
    guard let curve else { return [ReportFile("plan.csv", table.contents)] }
    for (place, period) in curve.periods.enumerated() {
      let needed = curve.plans.first { $0.kind == .needed }?.shares[place]
      for (delta, share) in [(-1, period.fewer), (0, needed), (1, period.more)] {
        guard let share else { continue }
        table.add([
          .text("\(period.needed + delta)"), .text("\(period.begin): \(curve.goal)"),
          .number(share.value), .number(share.low), .number(share.high),
          .text(share.result.rawValue), .flag(delta == 0), .count(curve.verification),
          .text(curve.strategy), .text("ratio"),
          .number(
            curve.costPerHour.map { $0 * Double(period.needed + delta) * curve.length / 3_600 }),
        ])
      }
    }
    return [ReportFile("plan.csv", table.contents), ReportFile("curve.csv", Self.rows(of: curve))]
  }

  /// `curve.csv`: every plan in every period, the formulas' plans among them.
  private static func rows(of curve: Curve) -> String {
    var table = CSVTable(WrittenFile.curve.header)
    for plan in curve.plans {
      for (place, period) in curve.periods.enumerated() {
        let share = plan.shares[place]
        table.add([
          .text(plan.kind.rawValue), .text(period.begin), .number(period.arrivals),
          .count(plan.agents[place]), .number(share.value), .number(share.low),
          .number(share.high), .text(share.result.rawValue),
        ])
      }
    }
    return table.contents
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
    if let curve {
      let isWhole = curve.plans.allSatisfy {
        $0.agents.count == curve.periods.count && $0.shares.count == curve.periods.count
      }
      guard isWhole, curve.unmet.allSatisfy({ curve.periods.indices.contains($0) }),
        names.count == 1
      else { return "curve" }
    }
    return confidence > 0 && confidence < 1 ? nil : "confidence"
  }
}
