import Measurement

/// The load of each agent: conversations handled and the share of online time spent working.
struct AgentFigures: Sendable {
  let context: PageContext

  /// More agents than this are shown by their ends.
  private static let most = 30

  /// A row of the figures: an agent, or the gap between the ends.
  private enum Row: Sendable {
    case agent(Int)
    case gap(Int)
  }

  var figures: [[Figure]] {
    context.panels.enumerated().compactMap { number, panel in
      let shown = panel.filter { !context.document.strategies[$0].agents.isEmpty }
      return shown.isEmpty ? nil : [handled(shown, number), busy(shown, number)]
    }
  }

  /// Agents by the conversations of the first strategy, most first; names decide ties.
  private func order(_ panel: [Int]) -> [Int] {
    let counts = context.document.strategies[panel[0]].agents.map(\.conversations)
    return counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
  }

  private func rows(_ panel: [Int]) -> [Row] {
    let order = order(panel)
    guard order.count > Self.most else { return order.map(Row.agent) }
    let half = Self.most / 2
    return order.prefix(half).map(Row.agent) + [.gap(order.count - Self.most)]
      + order.suffix(half).map(Row.agent)
  }

  private func handled(_ panel: [Int], _ number: Int) -> Figure {
    let first = context.document.strategies[panel[0]].agents
    let mean = first.map(\.conversations).reduce(0, +) / Double(max(1, first.count))
    return Figure(
      id: "agents\(number)a",
      title: "Conversations handled per agent and run" + context.part(number),
      reading: context.meanWithInterval.capitalizedFirst + ", most first under "
        + "\(context.name(panel[0])).",
      description: "Dots for each agent and strategy. " + extremes(panel) + ".",
      table: table(panel, "conversations") { row in
        let half = row.conversationsHalfWidth.map { " ± " + fixed($0, 1) } ?? ""
        return fixed(row.conversations, 1) + half
      },
      draw: { width, _ in
        draw(
          panel, width, unit: "", reference: (mean, "equal share \(fixed(mean, 0))"),
          value: { $0.conversations }, half: { $0.conversationsHalfWidth })
      })
  }

  private func busy(_ panel: [Int], _ number: Int) -> Figure {
    Figure(
      id: "agents\(number)b", title: "Busy share of online time" + context.part(number),
      reading: "In the same order of agents.",
      description: "Dots for each agent and strategy: the share of online time spent working.",
      table: table(panel, "busy %") { row in
        guard let ratio = row.busyRatio else { return "" }
        let half = row.busyRatioHalfWidth.map { " ± " + fixed(100 * $0, 1) } ?? ""
        return fixed(100 * ratio, 1) + half
      },
      draw: { width, _ in
        draw(
          panel, width, unit: " %", reference: nil, value: { $0.busyRatio.map { 100 * $0 } },
          half: { $0.busyRatioHalfWidth.map { 100 * $0 } })
      })
  }

  private func extremes(_ panel: [Int]) -> String {
    panel.map { strategy in
      let loads = context.document.strategies[strategy].agents.map(\.conversations)
      let least = fixed(loads.min() ?? 0, 0)
      return "\(context.name(strategy)): \(least) to \(fixed(loads.max() ?? 0, 0))"
    }.joined(separator: "; ")
  }

  private func draw(
    _ panel: [Int], _ width: Double, unit: String, reference: (value: Double, label: String)?,
    value: (ResultDocument.AgentRow) -> Double?, half: (ResultDocument.AgentRow) -> Double?
  ) -> Figure.Drawing {
    var svg = SVG()
    let rows = rows(panel)
    let pitch = panel.count > 3 ? 28.0 : 23
    let agents = context.document.strategies[panel[0]].agents
    let drawn = rows.compactMap { row -> Int? in
      guard case .agent(let agent) = row else { return nil }
      return agent
    }
    let longest = drawn.map { estimatedWidth(printable(agents[$0].agent)) }.max() ?? 40
    let left = min(longest * 1.1, width * 0.3) + 12
    let short = shortNames(drawn.map { printable(agents[$0].agent) }, in: .pixels(left - 12))
    let names = Dictionary(zip(drawn, short)) { first, _ in first }
    let above = context.key(&svg, panel, left: 8, width: width - 22, hasMarks: true)
    let frame = Panel(
      left: left, right: width - 14, top: 22 + above,
      bottom: 22 + above + pitch * Double(rows.count))
    let scale = scale(panel, frame, most: unit.isEmpty ? .infinity : 100, value: value, half: half)
    var ticks = Ticks.linear(low: scale.low, high: scale.high, wanted: 5)
    if let last = ticks.indices.last { ticks[last].label += unit }
    frame.verticalGrid(&svg, ticks, scale)
    if let reference {
      let x = scale(reference.value)
      svg.line("base", x, frame.top - 4, x, frame.bottom)
      let half = estimatedWidth(reference.label) / 2
      svg.text(
        "t", min(max(x, frame.left + half), frame.right - half), frame.top - 8, reference.label,
        .middle)
    }
    for (place, row) in rows.enumerated() {
      let y = frame.top + pitch * (Double(place) + 0.5)
      svg.line("gr", frame.left, y + pitch / 2, frame.right, y + pitch / 2)
      switch row {
      case .gap(let count):
        svg.text("t", frame.left + 8, y + 4, "\(grouped(Int64(count))) agents between these")
      case .agent(let agent):
        svg.text("k", frame.left - 9, y + 4, names[agent] ?? "", .end)
        for (order, strategy) in panel.enumerated() {
          let shift = pitch * 0.62 * (Double(order) + 0.5) / Double(panel.count) - pitch * 0.31
          let agents = context.document.strategies[strategy].agents
          guard agent < agents.count, let mean = value(agents[agent]) else { continue }
          let style = context.style(strategy)
          svg.strategy(strategy) { svg in
            if let half = half(agents[agent]) {
              svg.line(
                style.interval + " fine", scale.clamped(mean - half), y + shift,
                scale.clamped(mean + half), y + shift)
            }
            svg.mark(style, scale(mean), y + shift, 4)
          }
        }
      }
    }
    return .init(height: frame.bottom + 30, svg: svg)
  }

  private func scale(
    _ panel: [Int], _ frame: Panel, most: Double, value: (ResultDocument.AgentRow) -> Double?,
    half: (ResultDocument.AgentRow) -> Double?
  ) -> Scale {
    var (low, high) = (Double.infinity, -Double.infinity)
    for strategy in panel {
      for row in context.document.strategies[strategy].agents {
        guard let mean = value(row) else { continue }
        let half = half(row) ?? 0
        (low, high) = (min(low, mean - half), max(high, mean + half))
      }
    }
    if low > high { (low, high) = (0, 1) }
    let room = (high - low) * 0.05
    return Scale(
      low: max(0, low), high: min(high, most), room: room, within: 0...most, from: frame.left,
      to: frame.right)
  }

  private func table(
    _ panel: [Int], _ title: String, _ cell: (ResultDocument.AgentRow) -> String
  ) -> DataTable {
    var columns: [DataTable.Column] = [
      .init(title: "agent", isText: true), .init(title: "team", isText: true),
    ]
    columns += panel.map { .init(title: "\(title), \(context.name($0))") }
    var table = DataTable(columns)
    for row in rows(panel) {
      guard case .agent(let agent) = row else { continue }
      let all = panel.map { strategy -> ResultDocument.AgentRow? in
        let agents = context.document.strategies[strategy].agents
        return agent < agents.count ? agents[agent] : nil
      }
      let name = [all[0]?.agent ?? "", all[0]?.team ?? ""]
      table.rows.append(name + all.map { $0.map(cell) ?? "" })
    }
    return table
  }
}
