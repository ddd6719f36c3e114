import Measurement

/// What each name does to a metric: how much higher it is at one value than at another, with its interval.
struct EffectFigure: Sendable {
  let index: SweepIndex
  let effects: SweepDocument.Effects
  let id: String

  private var format: MetricFormat { index.format(effects.metric) }
  private var unit: String {
    let unit = index.changeUnit(effects.metric)
    return unit.isEmpty ? "" : ", " + unit
  }

  var figure: Figure {
    Figure(
      id: id, title: "What each name does" + unit,
      reading:
        "Mark: by how much the mean over all else is higher at the second value than at the first"
        + (index.hasIntervals
          ? "; bar: the 95 % interval, which holds for all names at once, whichever values are "
            + "highest and lowest. A bar that reaches 0 shows nothing." : "."),
      description: effects.rows.map(words).joined(separator: "; ") + ".",
      wideWidth: 1160, mediumWidth: 556, table: table,
      draw: { width, isNarrow in draw(width, isNarrow) })
  }

  private func ends(_ row: SweepDocument.Effect) -> String {
    "\(index.label(row.factor, row.from)) to \(index.label(row.factor, row.to))"
  }

  private func words(_ row: SweepDocument.Effect) -> String {
    "\(index.name(row.factor)), \(ends(row)): "
      + format.spokenChange(row.change, halfWidth: row.halfWidth)
  }

  private var table: DataTable {
    var table = DataTable([
      .init(title: "name", isText: true), .init(title: "value", isText: true),
      .init(
        title: "mean over all else"
          + (format.metric.shownUnit.isEmpty ? "" : ", " + format.metric.shownUnit)),
      .init(title: "±95 %"),
    ])
    for row in effects.rows {
      for (place, level) in row.levels.enumerated() {
        table.rows.append([
          index.name(row.factor), index.label(row.factor, place),
          trueMinus(level.mean.map(format.value) ?? "–"),
          level.halfWidth.map { "± " + format.value($0) } ?? "",
        ])
      }
    }
    return table
  }

  private func draw(_ width: Double, _ isNarrow: Bool) -> Figure.Drawing {
    var svg = SVG()
    let pitch = 46.0
    let panel = Panel(
      left: 14, right: width - 14, top: 8, bottom: 8 + pitch * Double(effects.rows.count))
    let values =
      effects.rows.flatMap { [$0.change, $0.low, $0.high].compactMap(\.self) }
      .map(format.shown) + [0]
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let x = Scale(
      low: low, high: high + (high - low) * 0.04, from: panel.left, to: panel.right)
    panel.verticalGrid(
      &svg, Ticks.linear(low: x.low, high: x.high, wanted: isNarrow ? 4 : 7, isSigned: true), x)
    svg.line("goal", x(0), panel.top, x(0), panel.bottom)
    for (number, row) in effects.rows.enumerated() {
      let y = panel.top + pitch * Double(number) + 33
      let style = StrategyStyle(slot: 2)
      let name = cut("\(index.name(row.factor)): \(ends(row))", pixels: width - 150)
      svg.text("b halo", panel.left + 4, y - 14, name)
      let value =
        format.change(row.change)
        + (row.halfWidth.map { " ± " + format.value($0) } ?? "")
      svg.text("k halo", panel.right, y - 14, value, .end)
      if let low = row.low, let high = row.high {
        svg.interval(style, x(format.shown(low)), x(format.shown(high)), y)
      }
      svg.mark(style, x(format.shown(row.change)), y, 5)
    }
    return .init(height: panel.bottom + 28, svg: svg)
  }
}
