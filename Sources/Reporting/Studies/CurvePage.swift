import Measurement

/// The page of `plan --by`: the staffing curve in the look of every page.
struct CurvePage: Sendable {
  let document: PlanDocument
  let curve: PlanDocument.Curve
  private var words: CurveWords { CurveWords(curve) }

  var page: StudyPage {
    let sentences = words.sentences.map { $0.capitalizedFirst + "." }
    let arrivals = curve.periods.reduce(0) { $0 + $1.arrivals }
    return StudyPage(
      title: "agents needed",
      lead: "\(words.periods(curve.periods.count).capitalizedFirst) from "
        + "\(curve.periods.first?.begin ?? ""), about \(fixed(arrivals, 0, separator: ",")) conversations, "
        + "under \(curve.strategy). Every plan was simulated over the whole time, "
        + "\(curve.verification) runs each; what one \(curve.noun) leaves over waits in the next.",
      verdict: escaped(sentences.first ?? "").replacingMinus,
      details: escaped((sentences.dropFirst() + [words.why]).joined(separator: " ")).replacingMinus,
      sections: [
        .init(
          id: "curve", words: "The curve",
          title: "Agents needed on shift, \(curve.noun) by \(curve.noun)",
          body: steps.html),
        .init(
          id: "shares", words: "What each plan keeps",
          title: "Where each plan keeps the goal: \(curve.goal)", body: shares.html + table),
        .init(id: "cost", words: "What it costs", title: "What each plan costs", body: cost),
      ])
  }

  private static let drawn: [(kind: PlanDocument.Plan.Kind, slot: Int)] = [
    (.erlangC, 0), (.erlangA, 1), (.squareRoot, 3), (.needed, 2),
  ]

  private var plans: [(plan: PlanDocument.Plan, style: StrategyStyle)] {
    Self.drawn.compactMap { kind, slot in
      words.plan(kind).map { ($0, StrategyStyle(slot: slot)) }
    }
  }

  /// A place every so many periods, so that words have room.
  private func ticks(_ width: Double) -> [Tick] {
    let each = max(1, Int((Double(curve.periods.count) * 58 / width).rounded(.up)))
    return curve.periods.indices.filter { $0 % each == 0 }.map {
      Tick(value: Double($0), label: curve.periods[$0].begin)
    }
  }

  private func key(_ svg: inout SVG, _ width: Double) -> Double {
    svg.key(plans.map { ($0.style, CurveWords.name($0.plan.kind)) }, width: width)
  }

  /// Steps of the agents on shift over bars of the conversations.
  private var steps: Figure {
    let plans = plans
    let most = Double(plans.flatMap(\.plan.agents).max() ?? 1)
    let busiest = max(1, curve.periods.map(\.arrivals).max() ?? 1)
    let count = Double(curve.periods.count)
    var table = DataTable(
      [.init(title: curve.noun, isText: true), .init(title: "arrivals")]
        + plans.map { .init(title: CurveWords.name($0.plan.kind)) })
    for (place, period) in curve.periods.enumerated() {
      table.rows.append(
        [period.begin, fixed(period.arrivals, 0, separator: ",")]
          + plans.map { "\($0.plan.agents[place])" })
    }
    return Figure(
      id: "steps", title: "Agents on shift",
      reading: "Thick line: the fewest found whose 95 % interval lies above the goal in every "
        + "\(curve.noun). Grey bars: conversations, the busiest \(curve.noun) "
        + "\(fixed(busiest, 0, separator: ",")).",
      description: "Steps of the agents on shift from \(curve.periods.first?.begin ?? ""): "
        + plans.map {
          "\(CurveWords.name($0.plan.kind)) \($0.plan.agents.min() ?? 0) to \($0.plan.agents.max() ?? 0)"
        }
        .joined(separator: "; ") + ".",
      wideWidth: 1160, mediumWidth: 720, table: table,
      draw: { width, _ in
        var svg = SVG()
        let top = key(&svg, width)
        let panel = Panel(left: 34, right: width - 12, top: top, bottom: top + 240)
        let y = Scale(low: 0, high: most * 1.06, from: panel.bottom, to: panel.top)
        let x = Scale(low: 0, high: count, from: panel.left, to: panel.right)
        for (place, period) in curve.periods.enumerated() {
          let height = period.arrivals / busiest * (panel.bottom - panel.top) * 0.7
          svg.rect(
            "bar", x(Double(place)) + 1, panel.bottom - height, x(1) - x(0) - 2, height)
        }
        panel.horizontalGrid(&svg, Ticks.linear(low: 0, high: y.high, wanted: 5), y)
        panel.bottomLabels(&svg, ticks(panel.right - panel.left), x)
        for (plan, style) in plans {
          var points: [(x: Double, y: Double)] = []
          for (place, agents) in plan.agents.enumerated() {
            points.append((x(Double(place)), y(Double(agents))))
            points.append((x(Double(place + 1)), y(Double(agents))))
          }
          svg.path(style.line + (plan.kind == .needed ? " thick" : ""), polyline(points))
        }
        return .init(height: panel.bottom + 26, svg: svg)
      })
  }

  /// The share answered in time in each period under each plan.
  private var shares: Figure {
    let plans = plans
    let count = Double(curve.periods.count)
    let values = plans.flatMap {
      $0.plan.shares.flatMap { [$0.low, $0.value, $0.high].compactMap { $0 } }
    }
    let low = min(values.min() ?? 0, curve.share) * 100
    let high = max(values.max() ?? 1, curve.share) * 100
    var table = DataTable(
      [.init(title: curve.noun, isText: true)]
        + plans.map { .init(title: CurveWords.name($0.plan.kind)) })
    for (place, period) in curve.periods.enumerated() {
      table.rows.append([period.begin] + plans.map { cell($0.plan.shares[place]) })
    }
    return Figure(
      id: "kept", title: "Share \(words.answered), %",
      reading:
        "Points with 95 % intervals of \(curve.verification) runs on customers that no plan was "
        + "chosen by. Line across: the goal, its good side tinted.",
      description:
        "The share in each \(curve.noun) under each plan beside the goal of \(words.percent).",
      wideWidth: 1160, mediumWidth: 720, table: table,
      draw: { width, _ in
        var svg = SVG()
        let top = key(&svg, width)
        let panel = Panel(left: 40, right: width - 12, top: top, bottom: top + 220)
        let y = Scale(
          low: low, high: high, room: 2, within: 0...100, from: panel.bottom, to: panel.top)
        let x = Scale(low: 0, high: count, from: panel.left, to: panel.right)
        let line = y.clamped(curve.share * 100)
        svg.rect("goalzone", panel.left, panel.top, panel.right - panel.left, line - panel.top)
        panel.horizontalGrid(&svg, Ticks.linear(low: y.low, high: y.high, wanted: 5), y)
        panel.bottomLabels(&svg, ticks(panel.right - panel.left), x)
        svg.line("goal", panel.left, line, panel.right, line)
        for (number, (plan, style)) in plans.enumerated() {
          let shift = (Double(number) + 0.5) / Double(plans.count) * 0.7 + 0.15
          for (place, share) in plan.shares.enumerated() {
            guard let value = share.value else { continue }
            let at = x(Double(place) + shift)
            if let low = share.low, let high = share.high {
              svg.line(style.interval, at, y.clamped(low * 100), at, y.clamped(high * 100))
            }
            svg.mark(style, at, y.clamped(value * 100), curve.periods.count > 40 ? 2.5 : 4)
          }
        }
        return .init(height: panel.bottom + 26, svg: svg)
      })
  }

  private func cell(_ share: PlanDocument.Share?) -> String {
    guard let share else { return "" }
    guard let value = share.value else { return "nobody wrote" }
    var text = fixed(value * 100, 1)
    if let low = share.low, let high = share.high { text += " ± " + fixed((high - low) * 50, 1) }
    return text + " %, \(share.result.rawValue)"
  }

  /// One fewer, needed, one more, in each period.
  private var table: String {
    let needed = words.plan(.needed)
    var table = DataTable([
      .init(title: curve.noun, isText: true), .init(title: "arrivals"), .init(title: "needed"),
      .init(title: "one fewer here"), .init(title: "needed"), .init(title: "one more here"),
    ])
    for (place, period) in curve.periods.enumerated() {
      table.rows.append([
        period.begin, fixed(period.arrivals, 0, separator: ","), "\(period.needed)",
        cell(period.fewer), cell(needed?.shares[place]), cell(period.more),
      ])
    }
    let apart =
      curve.periods.count > 30
      ? " With so many periods one fewer and one more were tried in every eighth of them together."
      : ""
    return
      "<h3>One agent fewer and one more</h3><div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      + "aria-label=\"One agent fewer and one more\">" + table.html(style: "plain")
      + "</div><p class=\"note\">One fewer may be met in its own \(curve.noun) and still not be enough: "
      + "the next ones must bear it too, and other customers than those of this table.\(apart)</p>"
  }

  private var cost: String {
    let money = curve.costPerHour
    var table = DataTable(
      [.init(title: "plan", isText: true), .init(title: "agent hours a run")]
        + (money == nil ? [] : [.init(title: "cost a run")])
        + [.init(title: "goal met"), .init(title: "goal missed")])
    let order: [PlanDocument.Plan.Kind] = [
      .fewer, .erlangC, .erlangA, .squareRoot, .needed, .more,
    ]
    for plan in order.compactMap({ words.plan($0) }) {
      var row = [CurveWords.name(plan.kind).capitalizedFirst, PlanWords.number(plan.hours)]
      if let money { row.append(PlanWords.number(plan.hours * money)) }
      row += [
        "\(plan.metCount) of \(curve.periods.count)",
        "\(plan.missedCount) of \(curve.periods.count)",
      ]
      table.rows.append(row)
    }
    return
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"What each plan costs\">"
      + table.html(style: "plain") + "</div>"
  }
}
