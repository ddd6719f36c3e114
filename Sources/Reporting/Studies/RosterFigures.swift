import Measurement

/// The pictures of `plan --roster`: who is there, what becomes of the goal, the shifts as bars.
struct RosterFigures: Sendable {
  let document: RosterDocument

  private var words: RosterWords { RosterWords(document: document) }
  private static let own = StrategyStyle(slot: 2)
  private static let formula = StrategyStyle(slot: 0)

  /// Midnights, named by their days, and the ends.
  private func dayTicks(_ isNarrow: Bool) -> [(at: Double, label: String)] {
    document.periods.indices.filter { $0 == 0 || words.time($0) == "00:00" }
      .map { (Double($0), isNarrow ? String(words.dayName($0).prefix(1)) : words.dayName($0)) }
  }

  private func panel(_ width: Double, _ isNarrow: Bool) -> Panel {
    Panel(
      left: isNarrow ? 32 : 40, right: width - (isNarrow ? 12 : 128), top: 46,
      bottom: isNarrow ? 226 : 266)
  }

  private func scale(_ panel: Panel) -> Scale {
    Scale(
      low: 0, high: Double(max(1, document.periods.count)), from: panel.left, to: panel.right)
  }

  private func days(_ svg: inout SVG, _ panel: Panel, _ x: Scale, _ isNarrow: Bool) {
    for tick in dayTicks(isNarrow) {
      svg.line("gr", x(tick.at), panel.top, x(tick.at), panel.bottom)
      svg.text("t", x(tick.at) + 3, panel.bottom + 17, tick.label)
    }
  }

  /// A line in steps, gaps where there is no value.
  private func steps(_ values: [Double?], _ x: Scale, _ y: Scale) -> String {
    var commands = ""
    var isDown = false
    for (place, value) in values.enumerated() {
      guard let value else {
        isDown = false
        continue
      }
      let height = y.clamped(value)
      commands += (isDown ? "L" : "M") + coordinate(x(Double(place))) + " " + coordinate(height)
      commands += "L" + coordinate(x(Double(place + 1))) + " " + coordinate(height)
      isDown = true
    }
    return commands
  }

  private func key(_ svg: inout SVG, _ panel: Panel, _ own: String, _ formula: String) {
    svg.line(Self.own.line, panel.left, 12, panel.left + 26, 12)
    svg.text("k", panel.left + 32, 16, own)
    svg.line(Self.formula.line, panel.left, 30, panel.left + 26, 30)
    svg.text("k", panel.left + 32, 34, formula)
  }

  /// Agents on shift and what Erlang C asks for; crosses where the calculator's roster misses.
  var staffed: Figure {
    let missed = document.judged.filter { document.periods[$0].formulaShare?.result == .missed }
    var table = DataTable([
      .init(title: words.noun, isText: true), .init(title: "arrivals"), .init(title: "on shift"),
      .init(title: "Erlang C asks for"), .init(title: "Erlang C’s roster"),
    ])
    table.rows = document.periods.enumerated().map { index, period in
      [
        words.label(index), RosterWords.number(period.arrivals), RosterWords.number(period.agents),
        grouped(Int64(period.formulaNeeds)),
        period.formulaAgents.map(RosterWords.number) ?? "",
      ]
    }
    let reading =
      "Solid: the roster. Dashed: what the formula asks for."
      + (missed.isEmpty
        ? ""
        : " Crosses: \(words.counted(missed.count)) in which the formula’s own roster misses the goal.")
    return Figure(
      id: "staffed", title: "Agents on shift, \(words.noun) by \(words.noun)", reading: reading,
      description: "Steps of the agents on shift in \(document.periods.count) \(words.noun)s from "
        + "\(words.label(0)), beside what Erlang C asks for.",
      wideWidth: 1160, mediumWidth: 720, table: table,
      draw: { width, isNarrow in
        var svg = SVG()
        let panel = panel(width, isNarrow)
        let x = scale(panel)
        let most = document.periods.reduce(1) { max($0, $1.agents, Double($1.formulaNeeds)) }
        let y = Scale(low: 0, high: most * 1.08, from: panel.bottom, to: panel.top)
        panel.horizontalGrid(&svg, Ticks.linear(low: 0, high: most, wanted: 4), y)
        days(&svg, panel, x, isNarrow)
        svg.path(
          Self.formula.line, steps(document.periods.map { Double($0.formulaNeeds) }, x, y))
        svg.path(Self.own.line, steps(document.periods.map(\.agents), x, y))
        for period in missed {
          let at = x(Double(period) + 0.5)
          svg.path(
            "tick",
            polyline([(at - 3, panel.bottom - 9), (at + 3, panel.bottom - 3)])
              + polyline([(at - 3, panel.bottom - 3), (at + 3, panel.bottom - 9)]))
        }
        key(&svg, panel, "on shift", "Erlang C asks for")
        return .init(height: panel.bottom + 26, svg: svg)
      })
  }

  private func percent(_ value: Double?) -> Double? { value.map { $0 * 100 } }

  /// The share answered in time, with its band and the limit.
  var shares: Figure {
    var table = DataTable([
      .init(title: words.noun, isText: true), .init(title: "share, %"), .init(title: "±"),
      .init(title: "goal", isText: true), .init(title: "Erlang C’s roster, %"), .init(title: "±"),
      .init(title: "goal", isText: true),
    ])
    table.rows = document.judged.map { index in
      let period = document.periods[index]
      let own = words.share(period.share)
      let other = period.formulaShare.flatMap(words.share)
      return [
        words.label(index), own?.value ?? "", own?.half ?? "", period.share.result.rawValue,
        other?.value ?? "", other?.half ?? "", period.formulaShare?.result.rawValue ?? "",
      ]
    }
    let judged = Set(document.judged)
    let limit = document.share * 100
    let values = document.judged.flatMap { index in
      [
        document.periods[index].share.low, document.periods[index].formulaShare?.value,
      ].compactMap(percent)
    }
    let low = max(0, min(limit - 10, (values.min() ?? 0) - 3))
    return Figure(
      id: "shares", title: "Answered in time, % of those who wrote then",
      reading: "Solid with \(words.confidence) band: the roster. Dashed: the roster of an Erlang C "
        + "calculator. Gaps: \(words.noun)s that are not judged.",
      description:
        "The share answered in time \(words.noun) by \(words.noun), against the limit of "
        + "\(shortest(limit)) %.",
      wideWidth: 1160, mediumWidth: 720, table: table,
      draw: { width, isNarrow in
        var svg = SVG()
        let panel = panel(width, isNarrow)
        let x = scale(panel)
        let y = Scale(low: low, high: 100, from: panel.bottom, to: panel.top)
        svg.rect(
          "goalzone", panel.left, panel.top, panel.right - panel.left, y(limit) - panel.top)
        panel.horizontalGrid(&svg, Ticks.linear(low: low, high: 100, wanted: 4), y)
        days(&svg, panel, x, isNarrow)
        for index in document.judged {
          let share = document.periods[index].share
          guard let low = percent(share.low), let high = percent(share.high) else { continue }
          let top = y.clamped(high)
          svg.rect(
            Self.own.band, x(Double(index)), top, x(Double(index + 1)) - x(Double(index)),
            y.clamped(low) - top)
        }
        svg.line("goal", panel.left, y(limit), panel.right, y(limit))
        if !isNarrow {
          svg.text("k", panel.right + 8, y(limit) + 4, "goal \(shortest(limit)) %")
        }
        svg.path(
          Self.formula.line,
          steps(
            document.periods.enumerated().map {
              judged.contains($0) ? percent($1.formulaShare?.value) : nil
            }, x, y))
        svg.path(
          Self.own.line,
          steps(
            document.periods.enumerated().map {
              judged.contains($0) ? percent($1.share.value) : nil
            }, x, y))
        key(&svg, panel, "the roster", "Erlang C’s roster")
        return .init(height: panel.bottom + 26, svg: svg)
      })
  }

  /// The shifts as bars over the hours of a day and the night after it.
  var shifts: Figure {
    let end = max(24, ((document.shifts.compactMap(\.work.last?.to).max() ?? 0) + 59) / 60)
    var table = DataTable([
      .init(title: "shift", isText: true), .init(title: "hours", isText: true),
      .init(title: "agents"),
    ])
    table.rows = document.shifts.map {
      [$0.name, words.hours($0), grouped(Int64($0.agents))]
    }
    return Figure(
      id: "bars", title: "The shifts",
      reading: "Bars: work; gaps in them: breaks. Numbers: agents.",
      description: "Hours of work of \(document.shifts.count) shifts, with the agents in each.",
      wideWidth: 1160, mediumWidth: 720, table: table,
      draw: { width, isNarrow in
        var svg = SVG()
        // Names as they are, as long as the bars keep most of a narrow window.
        let names = document.shifts.map { estimatedWidth($0.name) + 18 }.max() ?? 0
        let panel = Panel(
          left: isNarrow ? min(max(96, names), 150) : 220, right: width - 44, top: 8,
          bottom: 8 + 30 * Double(document.shifts.count))
        let x = Scale(low: 0, high: Double(end), from: panel.left, to: panel.right)
        for hour in stride(from: 0, through: end, by: isNarrow ? 6 : 2) {
          svg.line("gr", x(Double(hour)), panel.top, x(Double(hour)), panel.bottom)
          svg.text(
            "t", x(Double(hour)), panel.bottom + 17,
            twoDigits(Int64(hour > 24 ? hour - 24 : hour)) + ":00", .middle)
        }
        for (row, shift) in document.shifts.enumerated() {
          let top = panel.top + 30 * Double(row) + 6
          let days = isNarrow ? "" : ", " + RosterWords.days(shift.days)
          svg.text(
            "k", panel.left - 10, top + 13,
            cut(shift.name + days, pixels: panel.left - 16), .end)
          for stretch in shift.work {
            let (from, to) = (x(Double(stretch.from) / 60), x(Double(stretch.to) / 60))
            svg.rect(shift.agents > 0 ? "m2" : "bar", from, top, to - from, 18)
          }
          svg.text("b", panel.right + 10, top + 13, grouped(Int64(shift.agents)))
        }
        return .init(height: panel.bottom + 26, svg: svg)
      })
  }
}
