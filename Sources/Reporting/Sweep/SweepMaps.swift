import Measurement

/// A metric over two names or more: a map, or small ones on the same scale for each combination of the
/// others.
struct SweepMaps: Sendable {
  let index: SweepIndex
  let metric: String
  let id: String

  private var factors: [SweepDocument.Name] { index.factors }
  private var format: MetricFormat { index.format(metric) }

  /// More maps than these are in the table alone.
  private static let mostMaps = 16

  /// The two names that the maps are drawn over: those with most values, in their order.
  private var plane: (along: Int, up: Int) {
    let order = factors.indices.sorted {
      (-factors[$0].values.count, $0) < (-factors[$1].values.count, $1)
    }
    return (order[0], order[1])
  }

  private var others: [Int] { factors.indices.filter { $0 != plane.along && $0 != plane.up } }

  /// Where the other names stand, map by map.
  private var maps: [[Int]] {
    let zero = [Int](repeating: 0, count: factors.count)
    return others.reduce([zero]) { places, factor in
      places.flatMap { place in
        factors[factor].values.indices.map { value in
          var next = place
          next[factor] = value
          return next
        }
      }
    }
  }

  private var range: ClosedRange<Double> {
    let values = index.document.points.compactMap { index.value($0, metric)?.mean }
      .map(format.shown)
    return (values.min() ?? 0)...(values.max() ?? 0)
  }

  var figure: Figure {
    let goal = index.goal(metric)
    let isContoured = [plane.along, plane.up].allSatisfy {
      factors[$0].numbers != nil && factors[$0].values.count > 2
    }
    let line =
      goal.map {
        "; the line parts what is above \(GoalWords(goal: $0, format: format).limit) from the rest"
      }
      ?? (isContoured ? "; lines of equal value" : "")
    let count = maps.count
    let more = count > Self.mostMaps ? " The first \(Self.mostMaps) of \(count) maps." : ""
    return Figure(
      id: id,
      title: "\(index.title(metric)) over \(index.name(plane.along)) and \(index.name(plane.up))",
      reading: "The stronger the shade the higher the value\(line)."
        + (goal == nil ? "" : " ✓ met, ✗ missed, ? inconclusive.")
        + (count > 1 ? " All maps have one scale." : "") + more,
      description: description, wideWidth: 1160, mediumWidth: 556, table: table,
      draw: { width, isNarrow in draw(width, isNarrow) })
  }

  private var description: String {
    let known = index.document.points.filter { index.value($0, metric)?.mean != nil }
    func spoken(_ point: SweepDocument.Point?) -> String {
      guard let point, let mean = index.value(point, metric)?.mean else { return "none" }
      return "\(format.valueWithUnit(mean)) at \(index.setting(index.place(point)))"
    }
    let order = known.indices.sorted {
      (index.value(known[$0], metric)?.mean ?? 0, $0)
        < (index.value(known[$1], metric)?.mean ?? 0, $1)
    }
    return "Lowest \(spoken(order.first.map { known[$0] })); highest "
      + "\(spoken(order.last.map { known[$0] }))."
  }

  private var table: DataTable {
    let unit = format.metric.shownUnit.isEmpty ? "" : ", " + format.metric.shownUnit
    let hasGoal = index.goal(metric) != nil
    var table = DataTable(
      factors.indices.map { .init(title: index.name($0), isText: true) }
        + [.init(title: "mean" + unit), .init(title: "±95 %")]
        + (hasGoal ? [.init(title: "goal", isText: true)] : []))
    for point in index.document.points.prefix(Self.mostRows) {
      let value = index.value(point, metric)
      var row = index.place(point).enumerated().map { index.label($0.offset, $0.element) }
      row.append(trueMinus(value?.mean.map(format.value) ?? "–"))
      row.append(value?.halfWidth.map { "± " + format.value($0) } ?? "")
      if hasGoal { row.append(index.result(point, metric)?.rawValue ?? "") }
      table.rows.append(row)
    }
    if index.document.points.count > Self.mostRows {
      table.caption = "The first \(Self.mostRows) settings; all of them are in sweep.csv."
    }
    return table
  }

  /// More rows than these make a page too large for a phone.
  private static let mostRows = 2_000

  // MARK: - Drawing

  private func draw(_ width: Double, _ isNarrow: Bool) -> Figure.Drawing {
    var svg = SVG()
    let shown = Array(maps.prefix(Self.mostMaps))
    let names = factors[plane.up].values.indices.map { index.label(plane.up, $0) }
    let side = min(
      width / 3, max(34, (names.map { estimatedWidth($0) }.max() ?? 0) * 1.05 + 12))
    let each = shown.count == 1 ? 1 : max(1, min(shown.count, Int((width - side) / 250)))
    let gap = 18.0
    let mapWidth = (width - side - 8 - gap * Double(each - 1)) / Double(each)
    let rows = Double(names.count)
    let cell = shown.count == 1 ? max(12, min(34, 420 / rows)) : max(8, min(24, 260 / rows))
    let height = cell * rows
    var top = 20.0
    svg.text("t", 0, 12, cut(index.name(plane.up), pixels: width - 8))
    for first in stride(from: 0, to: shown.count, by: each) {
      let isTitled = shown.count > 1
      if isTitled { top += 20 }
      for (column, fixed) in shown[first..<min(first + each, shown.count)].enumerated() {
        let left = side + (mapWidth + gap) * Double(column)
        let panel = Panel(left: left, right: left + mapWidth, top: top, bottom: top + height)
        if isTitled {
          let title = others.map { "\(index.name($0)) \(index.label($0, fixed[$0]))" }
          svg.text("b", left, top - 7, cut(title.joined(separator: ", "), pixels: mapWidth))
        }
        let map = HeatMap(
          index: index, metric: metric, along: plane.along, up: plane.up, fixed: fixed,
          range: range)
        map.draw(&svg, panel, hasRowLabels: column == 0, hasColumnLabels: true)
      }
      top += height + 24
    }
    svg.text(
      "t", side + (width - side) / 2, top + 12,
      cut(index.name(plane.along), pixels: width - side), .middle)
    return .init(height: top + 22, svg: svg)
  }
}
