import Measurement

/// A metric over the values of one name: a line with its band for each value of a second one.
struct SweepLines: Sendable {
  let index: SweepIndex
  let metric: String
  /// The name along the axis.
  let along: Int
  /// The name whose values are lines of their own; nil for a single line.
  let across: Int?
  /// The values of the second name that are drawn, at most four.
  var shown: [Int] = []
  let id: String

  private var format: MetricFormat { index.format(metric) }
  private var goal: ResultDocument.Goal? { index.goal(metric) }
  private var values: [String] { index.factors[along].values }

  /// A line: the place in its legend and its points.
  private var series: [(style: StrategyStyle, name: String, points: [ResultDocument.MetricValue?])]
  {
    let lines: [Int?] = across == nil ? [nil] : shown.map { Optional($0) }
    return lines.map { line in
      let points = values.indices.map { value -> ResultDocument.MetricValue? in
        var place = [Int](repeating: 0, count: index.factors.count)
        place[along] = value
        if let across, let line { place[across] = line }
        return index.document.point(at: place).flatMap { index.value($0, metric) }
      }
      let name =
        line.flatMap { line in across.map { "\(index.name($0)) \(index.label($0, line))" } } ?? ""
      return (StrategyStyle(slot: line.map { 1 + $0 % 4 } ?? 2), name, points)
    }
  }

  var figure: Figure {
    Figure(
      id: id, title: index.title(metric),
      reading: "Mark: mean of \(runs)"
        + (index.hasIntervals ? "; \(isLine ? "band" : "bar"): its 95 % interval" : "")
        + (goal == nil ? "." : ". The shaded side meets the goal."),
      description: description, wideWidth: 1160, mediumWidth: 556, table: table,
      draw: { width, isNarrow in draw(width, isNarrow) })
  }

  private var runs: String {
    let count = index.document.head.replications
    return count == 1 ? "1 run" : "\(grouped(Int64(count))) runs"
  }

  private var axis: SweepAxis { SweepAxis(index.factors[along]) }
  private var isLine: Bool { axis.isNumeric }

  private var description: String {
    series.map { line in
      let known = values.indices.filter { line.points[$0]?.mean != nil }
      let ends = [known.first, known.last].compactMap(\.self).map { place in
        let mean = line.points[place]?.mean.map { format.valueWithUnit($0) } ?? ""
        return "\(mean) at \(index.label(along, place))"
      }
      return (line.name.isEmpty ? "" : line.name + ": ") + ends.joined(separator: ", ")
    }.joined(separator: "; ") + "."
  }

  private var table: DataTable {
    var table = DataTable(
      [.init(title: index.name(along), isText: true)]
        + series.flatMap { line -> [DataTable.Column] in
          let name = line.name.isEmpty ? "mean" : line.name
          let unit = format.metric.shownUnit.isEmpty ? "" : ", " + format.metric.shownUnit
          return [.init(title: name + unit), .init(title: "±95 %")]
        })
    for value in values.indices {
      let cells = series.flatMap { line -> [String] in
        let point = line.points[value]
        return [
          trueMinus(point?.mean.map(format.value) ?? "–"),
          point?.halfWidth.map { "± " + format.value($0) } ?? "",
        ]
      }
      table.rows.append([index.label(along, value)] + cells)
    }
    return table
  }

  // MARK: - Drawing

  private func draw(_ width: Double, _ isNarrow: Bool) -> Figure.Drawing {
    var svg = SVG()
    let lines = series
    let above = key(&svg, lines, width: width)
    let panel = Panel(
      left: 52, right: width - 16, top: 20 + above, bottom: (isNarrow ? 250 : 330) + above)
    let x = axis.scale(from: panel.left, to: panel.right)
    let y = valueScale(lines, panel)
    zone(&svg, panel, y)
    var ticks = Ticks.linear(low: y.low, high: y.high, wanted: isNarrow ? 4 : 6)
    if let last = ticks.indices.last, !["", "/100"].contains(format.metric.shownUnit) {
      ticks[last].label += " " + printable(format.metric.shownUnit)
    }
    panel.horizontalGrid(&svg, ticks, y, axisAtLowest: false)
    svg.line("ax", panel.left, panel.bottom, panel.right, panel.bottom)
    panel.bottomLabels(&svg, axis.ticks(values.indices.map { index.label(along, $0) }), x)
    svg.text(
      "t", (panel.left + panel.right) / 2, panel.bottom + 36,
      cut(index.name(along), pixels: panel.right - panel.left), .middle)
    for line in lines { draw(line, &svg, x, y) }
    goalLine(&svg, panel, y)
    return .init(height: panel.bottom + 46, svg: svg)
  }

  private func draw(
    _ line: (style: StrategyStyle, name: String, points: [ResultDocument.MetricValue?]),
    _ svg: inout SVG, _ x: Scale, _ y: Scale
  ) {
    let points = zip(axis.positions, line.points).map { position, value in
      SeriesPoint(
        at: position, mean: value?.mean.map(format.shown), low: value?.low.map(format.shown),
        high: value?.high.map(format.shown))
    }
    if isLine {
      svg.series(line.style, points, x, y)
    } else {
      for point in points {
        guard let low = point.low, let high = point.high else { continue }
        svg.line(line.style.interval, x(point.at), y.clamped(low), x(point.at), y.clamped(high))
      }
    }
    // A mark at each value as long as they do not touch.
    guard !isLine || values.count <= 40 else { return }
    for point in points {
      guard let mean = point.mean else { continue }
      svg.mark(line.style, x(point.at), y.clamped(mean), isLine ? 3.4 : 5)
    }
  }

  /// The lines with their names above the panel.
  private func key(
    _ svg: inout SVG,
    _ lines: [(style: StrategyStyle, name: String, points: [ResultDocument.MetricValue?])],
    width: Double
  ) -> Double {
    guard lines.count > 1 else { return 0 }
    let names = shortNames(lines.map(\.name), in: .pixels(width - 50))
    var x = 8.0
    var y = 12.0
    for (line, name) in zip(lines, names) {
      let taken = 34 + estimatedWidth(name) * 1.08
      if x > 8, x + taken > width - 8 {
        x = 8
        y += 19
      }
      svg.line(line.style.line, x, y, x + 26, y)
      svg.mark(line.style, x + 13, y, 4.6)
      svg.text(line.style.text, x + 33, y + 4, name)
      x += taken + 18
    }
    return y + 14
  }

  private func valueScale(
    _ lines: [(style: StrategyStyle, name: String, points: [ResultDocument.MetricValue?])],
    _ panel: Panel
  ) -> Scale {
    var all = lines.flatMap { line in
      line.points.compactMap(\.self).flatMap { [$0.mean, $0.low, $0.high].compactMap(\.self) }
    }.map(format.shown)
    if let goal { all.append(format.shown(goal.limit)) }
    let low = all.min() ?? 0
    let high = all.max() ?? 1
    return Scale(
      low: low, high: high, room: (high - low) * 0.06, within: format.domain, from: panel.bottom,
      to: panel.top)
  }

  private func zone(_ svg: inout SVG, _ panel: Panel, _ y: Scale) {
    guard let goal else { return }
    let limit = y.clamped(format.shown(goal.limit))
    let isUpper = goal.relation == .atLeast || goal.relation == .above
    let top = isUpper ? panel.top : limit
    svg.rect(
      "goalzone", panel.left, top, panel.right - panel.left,
      (isUpper ? limit : panel.bottom) - top)
  }

  private func goalLine(_ svg: inout SVG, _ panel: Panel, _ y: Scale) {
    guard let goal else { return }
    let at = y.clamped(format.shown(goal.limit))
    svg.line("goal", panel.left, at, panel.right, at)
    let words = "goal: " + GoalWords(goal: goal, format: format).bound
    svg.text("k halo", panel.right - 4, at - 6 < panel.top + 8 ? at + 15 : at - 6, words, .end)
  }
}
