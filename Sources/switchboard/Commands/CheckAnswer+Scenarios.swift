import Measurement
import Verification

/// What `check` says of scenarios.
extension CheckAnswer {
  /// So many metrics that moved are told of a scenario.
  private static let fewMetrics = 6

  /// What stands behind a scenario's line.
  func remark(on outcome: ScenarioOutcome) -> String {
    if outcome.failure != nil { return "failed" }
    if outcome.refusal != nil { return "not run" }
    if !outcome.violations.isEmpty { return "an invariant is broken" }
    var parts: [String] = []
    if updates, !outcome.isCurrent {
      parts.append(outcome.hasRecord ? "record written anew" : "record written")
    } else if outcome.recordProblem != nil {
      parts.append("the record cannot be used")
    } else if !outcome.hasRecord {
      parts.append("no record")
    } else {
      parts.append(outcome.differences.isEmpty ? "as recorded" : "differs from its record")
    }
    let results = outcome.document?.strategies.flatMap { $0.goals.map(\.result) } ?? []
    let missed = results.count { $0 == .missed }
    if missed > 0 {
      let isNew = !outcome.missed.isEmpty
      parts.append(counted(missed, "goal") + " missed" + (isNew || updates ? "" : ", as recorded"))
    }
    if !outcome.overloaded.isEmpty { parts.append("overloaded") }
    return parts.joined(separator: "; ")
  }

  /// The scenarios that failed or changed: the first one in full, the others in a line.
  var scenarioBlocks: [String] {
    let told = outcomes.map(\.outcome).filter {
      !$0.passes && $0.refusal == nil && (!updates || $0.hasRecord || $0.isBroken)
    }
    guard let first = told.first else { return [] }
    let showsAll = arguments.has(.verbose)
    let blocks = (showsAll ? told : [first]).map { block(of: $0) }
    let rest = showsAll ? [] : told.dropFirst().map { "\(head(of: $0))\n    \(shortest($0))" }
    return blocks + (rest.isEmpty ? [] : [shortened(rest, "scenarios").joined(separator: "\n")])
  }

  private func head(of outcome: ScenarioOutcome) -> String {
    let check = outcome.check
    var text = "\(terminal.mark(updates && !outcome.isBroken)) \(printable(check.path))"
    if outcome.failure != nil { return text + "   the run failed" }
    if outcome.hasRecord, !outcome.differences.isEmpty {
      text += "   \(updates ? "differed" : "differs") from \(printable(check.recordPath))"
    }
    return text
  }

  func shortest(_ outcome: ScenarioOutcome) -> String {
    if let failure = outcome.failure { return SimulationCommand.text(failure) }
    if let first = outcome.violations.first { return printable(first) }
    if let first = outcome.differences.first { return printable(first.line) }
    if let (strategy, goal) = outcome.missed.first { return missed(strategy, goal) }
    return outcome.recordProblem.map { printable($0) } ?? ""
  }

  private func missed(_ strategy: String, _ goal: ResultDocument.GoalOutcome) -> String {
    let figures = [goal.value, goal.low, goal.high].map { $0.map { decimals($0, 3) } ?? "-" }
    return "goal missed: \(printable(strategy)): \(printable(goal.goal)): "
      + "\(figures[0]) (\(figures[1]) to \(figures[2]))"
  }

  func block(of outcome: ScenarioOutcome) -> String {
    var lines = [head(of: outcome)]
    if let failure = outcome.failure {
      return (lines + ["  " + SimulationCommand.text(failure)]).joined(separator: "\n")
    }
    lines += shortened(
      outcome.violations.map { "  invariant broken, \(printable($0))" }, "violations")
    if outcome.isOtherScenario {
      lines.append("  the scenario itself, or a default of its language, changed since the record")
    }
    let differences = outcome.differences
    let firsts = differences.filter { $0.kind == .first }
    if let first = firsts.first { lines += ["", "  " + place(of: first)] + account(first) }
    lines += firsts.dropFirst().prefix(3).map { "  also \(printable($0.line))" }
    let others = differences.filter { $0.kind == .setting || $0.kind == .goal }
    if !others.isEmpty {
      lines += [""] + shortened(others.map { "  " + printable($0.line) }, "more")
    }
    lines += metrics(differences, of: outcome)
    if let print = differences.first(where: { $0.kind == .fingerprint }) {
      lines.append("  fingerprint \(print.recorded) -> \(print.now)")
    }
    // A goal that a record tells of is told above.
    if differences.isEmpty { lines += outcome.missed.map { "  " + missed($0.strategy, $0.goal) } }
    if updates { lines += ["", "  " + importance(of: differences)] }
    return lines.joined(separator: "\n")
  }

  private func place(of difference: RecordDifference) -> String {
    "first difference, run 1 of '\(printable(difference.strategy))': \(printable(difference.subject))"
  }

  private func account(_ difference: RecordDifference) -> [String] {
    let head = ["", "    recorded  \(difference.recorded)", "    now       \(difference.now)"]
    guard !difference.account.isEmpty else { return head }
    return head + [""] + difference.account.map { $0.isEmpty ? "" : "  " + printable($0) }
  }

  private func metrics(
    _ differences: [RecordDifference], of outcome: ScenarioOutcome
  ) -> [String] {
    let moved = differences.filter { $0.kind == .metric }
    guard !moved.isEmpty else { return [] }
    let all =
      outcome.document?.strategies.reduce(0) { $0 + $1.values.count { $0.mean != nil } } ?? 0
    let beyond = moved.count { ($0.widths ?? 0) > 1 }
    let lines = moved.sorted { ($0.widths ?? 0) > ($1.widths ?? 0) }.map { difference in
      let widths = difference.widths ?? 0
      let count = widths.isFinite ? "\(decimals(widths, 2)) half-widths" : ""
      let much = [count, widths > 1 ? "beyond its interval" : ""].filter { !$0.isEmpty }
      return "    \(printable(difference.strategy)): \(printable(difference.subject))  "
        + "\(difference.recorded) -> \(difference.now)   "
        + much.joined(separator: ", ")
    }
    return [
      "", "  \(moved.count) of \(all) metrics moved, \(beyond) beyond the recorded interval:",
    ] + shortened(lines, "metrics", atMost: Self.fewMetrics)
  }

  /// Why a change of a record matters.
  private func importance(of differences: [RecordDifference]) -> String {
    let goals = differences.count { $0.kind == .goal }
    let beyond = differences.count { $0.kind == .metric && ($0.widths ?? 0) > 1 }
    if goals > 0 {
      return
        "it matters: \(counted(goals, "goal")) came out otherwise, \(counted(beyond, "metric")) "
        + "left the recorded interval"
    }
    if beyond > 0 {
      return "it matters: \(counted(beyond, "metric")) left the recorded interval; no goal changed"
    }
    return differences.isEmpty
      ? "nothing differs but how it is written"
      : "behaviour changed, and nothing that a user would notice: no goal changed, no metric left "
        + "its interval"
  }

  /// What is to be said of all scenarios.
  var scenarioVerdict: String? {
    guard !outcomes.isEmpty else { return nil }
    let all = outcomes.count
    if updates {
      let written = outcomes.count { !$0.outcome.isCurrent && $0.outcome.document != nil }
      return "\(counted(written, "record")) written, \(all - written) as they were."
    }
    let failed = failedOutcomes
    guard let first = failed.first else {
      let unrecorded = outcomes.count { !$0.outcome.hasRecord }
      return "\(all == 1 ? "the scenario comes" : "all \(all) scenarios come") out as recorded"
        + (unrecorded > 0 ? ", \(unrecorded) without a record (--update writes one)." : ".")
    }
    let words = command(["switchboard", "check", first.check.path])
    return "\(failed.count) of \(counted(all, "scenario")) "
      + "\(failed.count == 1 ? "differs" : "differ"). If that is meant, --update records it:\n"
      + "         \(words) --update"
  }
}
