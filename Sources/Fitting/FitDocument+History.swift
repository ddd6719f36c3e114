public import Measurement
import Statistics

extension FitDocument {
  /// Everything that a fit and its comparison say.
  public init(
    _ fit: HistoryFit, head: StudyHead, scenario: String?, compared: SideBySide?
  ) {
    let history = fit.history
    func date(_ time: Int64?) -> String {
      time.map { CivilDay.text(Int(($0 - $0.remainder86400000) / 86_400_000)) } ?? "-"
    }
    let days = fit.populations.compactMap { population in
      population.arrivals.map { arrivals in arrivals.days.count { $0.leftOut == nil } }
    }
    let source = Source(
      file: history.file, scenario: scenario, rows: history.rows,
      conversations: history.conversations.count, days: days.max() ?? fit.frame.days,
      agents: fit.shifts.members.count, firstDay: date(history.firstOpened),
      lastDay: date(history.lastOpened),
      leftOut: history.omissions.enumerated()
        .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
        .map { LeftOut(reason: $0.element.reason, count: $0.element.count) },
      runs: compared?.runs ?? 0)
    let arrivals = Self.arrivals(fit)
    self.init(
      head: head, source: source, arrivals: arrivals.first,
      otherArrivals: arrivals.count > 1 ? Array(arrivals.dropFirst()) : nil,
      quantities: Self.quantities(fit), people: Self.people(fit),
      checks: compared.map { Self.checks($0) } ?? [], hourly: compared?.hourly ?? [],
      assumptions: fit.gaps.map { Assumption(unknown: $0.unknown, instead: $0.assumed) })
  }

  /// The arrivals of each population that has any, the largest first.
  private static func arrivals(_ fit: HistoryFit) -> [Arrivals] {
    fit.populations.enumerated()
      .sorted { (-$0.element.openings, $0.offset) < (-$1.element.openings, $1.offset) }
      .compactMap { _, population in
        guard let arrivals = population.arrivals else { return nil }
        var shown = Arrivals(arrivals)
        shown.population = fit.populations.count > 1 ? population.name : nil
        return shown
      }
  }

  private static func quantities(_ fit: HistoryFit) -> [Fitted] {
    var found: [Fitted] = []
    let works = fit.workOfTeams.isEmpty ? [fit.work] : fit.workOfTeams
    found += works.compactMap {
      $0.map { Fitted($0, key: "reply_time", warnings: fit.workRemark.map { [$0] } ?? []) }
    }
    if let wrapUp = fit.wrapUp { found.append(Fitted(wrapUp, key: "wrap_up")) }
    if let away = fit.away { found.append(Fitted(away, key: "away")) }
    if fit.populations.contains(where: { ($0.questions?.mean.estimate ?? 1) > 1 }),
      let think = fit.thinkTime
    {
      found.append(Fitted(think, key: "think_time"))
    }
    return found + fit.populations.indices.flatMap { quantities(fit, of: $0) }
  }

  /// What is known of a population; a law that it shares stands once, with the first that has it.
  private static func quantities(_ fit: HistoryFit, of place: Int) -> [Fitted] {
    let population = fit.populations[place]
    var found: [Fitted] = []
    if let patience = population.patience,
      !fit.laws.sharesPatience[place] || fit.laws.sharesPatience.firstIndex(of: true) == place
    {
      found.append(Fitted(patience, key: "patience"))
    }
    let isShared = fit.laws.sharesQuestions[place]
    if let questions = population.questions,
      !isShared || fit.laws.sharesQuestions.firstIndex(of: true) == place
    {
      let isOwn = fit.populations.count > 1 && !isShared
      found.append(
        Fitted(
          questions, name: "questions" + (isOwn ? " of " + population.name : ""), key: "questions"))
    }
    if let returns = population.returns { found.append(Fitted(returns.after, key: "returns")) }
    return found
  }

  private static func people(_ fit: HistoryFit) -> [Person] {
    let handled = fit.handled
    return fit.shifts.members.map { member in
      let words = member.hours.map { hours in
        YAMLWords.days(hours.days)
          + (hours.from == hours.to
            ? " all day" : " \(YAMLWords.clock(hours.from)) to \(YAMLWords.clock(hours.to))")
      }
      return Person(
        name: fit.history.agents[member.agent], handled: handled[member.agent], days: member.days,
        shift: words.isEmpty ? "not there on a typical day" : words.joined(separator: "; "))
    }
  }

  private static func checks(_ compared: SideBySide) -> [Check] {
    var checks = compared.rows.map { row -> Check in
      let (name, unit, factor) = shown(row)
      return Check(
        name: name, unit: unit, export: row.export * factor,
        simulated: ResultDocument.Estimate(
          mean: row.simulated * factor, low: (row.simulated - row.halfWidth) * factor,
          high: (row.simulated + row.halfWidth) * factor),
        exportHalfWidth: row.exportHalfWidth * factor)
    }
    for (name, cells) in [("hours", compared.hours), ("agents", compared.agents)]
    where cells.export.count >= 2 {
      checks.append(inside(name, cells))
    }
    return checks
  }

  /// How many of the export's numbers lie inside the 95 % intervals of the simulation: 95 % would, if the
  /// scenario were right.
  private static func inside(_ name: String, _ cells: SideBySide.Cells) -> Check {
    let half = cells.tolerance * 100
    return Check(
      name: "\(name) inside their interval", unit: "%",
      export: 100 * Double(cells.inside) / Double(cells.export.count),
      simulated: ResultDocument.Estimate(mean: 95, low: 95 - half, high: 95 + half))
  }

  private static func shown(_ row: SideBySide.Row) -> (name: String, unit: String, factor: Double) {
    switch row.metric {
    case "opened": ("conversations a run", "", 1)
    case "wait.mean": ("wait, mean", "s", 1)
    case "wait.p90": ("wait, p90", "s", 1)
    case "first_response.mean": ("first response, mean", "s", 1)
    case "first_response.p90": ("first response, p90", "s", 1)
    case "resolution.mean": ("resolution, mean", "s", 1)
    default: (row.metric, row.unit == "share" ? "%" : row.unit, row.unit == "share" ? 100 : 1)
    }
  }
}

extension HistoryFit {
  /// How many conversations each agent answered.
  var handled: [Int] {
    var counts = [Int](repeating: 0, count: history.agents.count)
    for row in history.conversations where row.agent >= 0 { counts[Int(row.agent)] += 1 }
    return counts
  }
}
