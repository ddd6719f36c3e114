import Measurement

/// The page of `plan`.
struct PlanPage: Sendable {
  let document: PlanDocument
  private var words: PlanWords { PlanWords(document: document) }

  var page: StudyPage {
    if let curve = document.curve { return CurvePage(document: document, curve: curve).page }
    let tried = document.answers.reduce(0) { $0 + $1.tried.count }
    let names = listed(
      document.names.map { name in
        let values = name.values
        return values.count == 1
          ? "\(name.name) \(values[0])"
          : "\(name.name) from \(values[0]) to \(values[values.count - 1])"
      })
    let lead =
      "\(names.capitalizedFirst): \(grouped(Int64(tried))) of \(grouped(Int64(document.settings)))"
      + "\(document.answers.count > 1 ? " settings a strategy" : " settings") were run, on the same "
      + "customers and as often as it took to tell, at most "
      + "\(grouped(Int64(document.head.replications))) times. More is taken never to hurt."
    let sentences = document.answers.map { words.verdict($0) }
    let first = sentences.compactMap { $0.first?.capitalizedFirst }
    let rest = sentences.flatMap { $0.dropFirst() }.map { $0.capitalizedFirst + "." }
    return StudyPage(
      title: document.names.count == 1 && document.names[0].name.hasSuffix("agents")
        ? "agents needed" : "the cheapest setting",
      lead: lead, verdict: escaped(first.map { $0 + "." }.joined(separator: " ")).replacingMinus,
      details: escaped(rest.joined(separator: " ")).replacingMinus, sections: sections)
  }

  private var sections: [StudyPage.Section] {
    var sections: [StudyPage.Section] = []
    if document.names.count == 1 {
      let figures = document.goals.indices.compactMap { figure($0)?.html }
      sections.append(
        StudyPage.Section(
          id: "values", words: "Each value", title: "What each value brings",
          body: "<div class=\"two\">" + figures.joined() + "</div>"))
    }
    let tables = document.answers.map { answer in
      (document.answers.count > 1 ? "<h3>" + named(answer.strategy) + "</h3>" : "")
        + "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Settings that were run\">"
        + table(answer).html(style: "plain") + "</div>"
    }
    let note =
      "<p class=\"note\">A setting counts as shown to keep the goals when the lower ends of its intervals "
      + "do, at a level that allows for looking several times: \(escaped(words.confidence)) confidence. "
      + "Intervals in the table are 95 % intervals.</p>"
    sections.append(
      StudyPage.Section(
        id: "tried", words: "Settings", title: "The settings that were run",
        body: tables.joined() + note))
    return sections
  }

  private func table(_ answer: PlanDocument.Answer) -> DataTable {
    var table = DataTable(
      document.names.map { .init(title: $0.name, isText: true) }
        + [.init(title: "runs"), .init(title: document.hasMoney ? "cost a run" : "agent hours")]
        + document.goals.map { .init(title: $0.text) } + [.init(title: "all goals", isText: true)])
    for (position, setting) in answer.tried.enumerated() {
      var row = zip(document.names, setting.place).map { $0.values[$1] }
      row += [grouped(Int64(setting.replications)), PlanWords.number(setting.cost)]
      row += setting.goals.enumerated().map { goal, outcome in
        let format = words.format(goal)
        guard let value = outcome.value else { return "no value" }
        return trueMinus(format.spokenValue(value, halfWidth: words.halfWidth(outcome)))
          + ", \(outcome.result.rawValue)"
      }
      let known =
        switch setting.result {
        case .met: "kept"
        case .missed: "not kept"
        case .inconclusive: "not to be told"
        }
      row.append(answer.chosen == position ? "chosen" : known)
      table.rows.append(row)
    }
    return table
  }

  /// A goal's metric against the values, with its limit.
  private func figure(_ goal: Int) -> Figure? {
    let format = words.format(goal)
    var series: [(strategy: Int, points: [SeriesPoint])] = []
    for (number, answer) in document.answers.enumerated() {
      let points = answer.tried.compactMap { setting -> SeriesPoint? in
        let outcome = setting.goals[goal]
        guard outcome.value != nil else { return nil }
        return SeriesPoint(
          at: position(setting.place[0]), mean: outcome.value.map(format.shown),
          low: outcome.low.map(format.shown), high: outcome.high.map(format.shown))
      }.sorted { $0.at < $1.at }
      series.append((number, points))
    }
    guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
    let lines = series
    let all = series.flatMap(\.points)
    let limit = format.shown(document.goals[goal].limit)
    let isBelow =
      document.goals[goal].relation == .atMost || document.goals[goal].relation == .below
    let names = document.names[0]
    let unit = format.metric.shownUnit
    let isNumeric = isNumeric
    let lows = all.flatMap { [$0.mean, $0.low].compactMap { $0 } } + [limit]
    let highs = all.flatMap { [$0.mean, $0.high].compactMap { $0 } } + [limit]
    let (low, high) = (lows.min() ?? 0, highs.max() ?? 1)
    let xs = all.map(\.at)
    let count = document.answers.count
    return Figure(
      id: "goal\(goal)", title: document.goals[goal].text,
      reading: "Points: what was run, with 95 % intervals"
        + (unit.isEmpty ? "" : unit == "/100" ? ", per 100" : ", in \(printable(unit))")
        + ". Line across: the goal, its good side tinted.",
      description: "\(format.spoken) against \(document.names[0].name).",
      table: table(goal, format),
      draw: { width, _ in
        var svg = SVG()
        let top = count > 1 ? key(&svg, width) : 14
        let panel = Panel(left: 46, right: width - 16, top: top, bottom: top + 220)
        let y = Scale(
          low: low, high: high, room: (high - low) * 0.08, within: format.domain,
          from: panel.bottom, to: panel.top)
        let x = Scale(
          low: (xs.min() ?? 0), high: (xs.max() ?? 1), from: panel.left + 14, to: panel.right - 14)
        let line = y.clamped(limit)
        svg.rect(
          "goalzone", panel.left, isBelow ? line : panel.top, panel.right - panel.left,
          isBelow ? panel.bottom - line : line - panel.top)
        panel.horizontalGrid(&svg, Ticks.linear(low: y.low, high: y.high, wanted: 5), y)
        svg.line("goal", panel.left, line, panel.right, line)
        let ticks =
          isNumeric
          ? Ticks.linear(low: x.low, high: x.high, wanted: width > 400 ? 8 : 5)
          : xs.sorted().map { Tick(value: $0, label: names.values[Int($0)]) }
        panel.bottomLabels(&svg, ticks, x)
        for (number, points) in lines {
          let style = StrategyStyle(slot: count == 1 ? 2 : number % 5)
          svg.path(style.line, polyline(points.map { (x($0.at), y.clamped($0.mean ?? 0)) }))
          for point in points {
            if let low = point.low, let high = point.high {
              svg.line(style.interval, x(point.at), y.clamped(low), x(point.at), y.clamped(high))
            }
            svg.mark(style, x(point.at), y.clamped(point.mean ?? 0), 4)
          }
        }
        svg.text(
          "t", (panel.left + panel.right) / 2, panel.bottom + 36,
          cut(names.name, pixels: panel.right - panel.left), .middle)
        return .init(height: panel.bottom + 46, svg: svg)
      })
  }

  /// The values of a goal's metric in figures.
  private func table(_ goal: Int, _ format: MetricFormat) -> DataTable {
    var table = DataTable([
      .init(title: "strategy", isText: true), .init(title: document.names[0].name),
      .init(title: "value"), .init(title: "±"),
    ])
    for answer in document.answers {
      for setting in answer.tried {
        let outcome = setting.goals[goal]
        table.rows.append([
          answer.strategy, document.names[0].values[setting.place[0]],
          outcome.value.map { trueMinus(format.valueWithUnit($0)) } ?? "none",
          words.halfWidth(outcome).map { format.value($0) } ?? "",
        ])
      }
    }
    return table
  }

  /// The strategies and how they are drawn; gives where the panel begins.
  private func key(_ svg: inout SVG, _ width: Double) -> Double {
    let entries = document.answers.enumerated().map { number, answer in
      (StrategyStyle(slot: number % 5), answer.strategy)
    }
    return svg.key(entries, width: width)
  }

  private var isNumeric: Bool { document.names[0].values.allSatisfy { Double($0) != nil } }

  private func position(_ value: Int) -> Double {
    isNumeric ? Double(document.names[0].values[value]) ?? 0 : Double(value)
  }
}
