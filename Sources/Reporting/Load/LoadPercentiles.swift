import Measurement

/// Latency by percentile, out to one in a hundred thousand: a line for each operation of one measurement,
/// or one for each of some rates.
struct LoadPercentiles: Sendable {
  let index: LoadIndex

  /// A line with its name.
  private struct Line: Sendable {
    var style: StrategyStyle
    var name: String
    var times: LoadStep.Times
  }

  /// The measurements that are drawn: the lowest rate, that which decides, the next above it, the highest.
  private var chosen: [Int] {
    let order = index.ascending.filter {
      index.steps[$0].invalid == nil && index.steps[$0].all?.levels.isEmpty == false
    }
    guard let first = order.first, let last = order.last else { return [] }
    var places: [Int] = []
    if let decisive = index.decisive, order.contains(decisive) {
      places.append(decisive)
      let rate = index.steps[decisive].rate
      if let above = order.first(where: { index.steps[$0].rate > rate }) { places.append(above) }
    }
    var kept: [Int] = []
    for place in places + [first, last] {
      let isNew = !kept.contains { index.steps[$0].rate == index.steps[place].rate }
      if isNew { kept.append(place) }
    }
    return order.filter(kept.contains)
  }

  private var lines: [Line] {
    guard index.steps.count > 1 else {
      guard let step = index.steps.first else { return [] }
      let operations = step.latency.filter { !$0.levels.isEmpty && $0.operation != "service" }
      let service = step.service.map { [$0] } ?? []
      return operations.prefix(7).map {
        Line(style: LoadLook.style($0.operation), name: $0.words, times: $0)
      }
        + service.filter { !$0.levels.isEmpty }.map {
          Line(style: LoadLook.style("service"), name: "service only", times: $0)
        }
    }
    let slots = [0, 1, 2, 3]
    return zip(chosen, slots).compactMap { place, slot in
      let step = index.steps[place]
      return step.all.map {
        Line(style: StrategyStyle(slot: slot), name: rateDigits(step.rate) + "/s", times: $0)
      }
    }
  }

  var figure: Figure? {
    let lines = lines
    guard !lines.isEmpty else { return nil }
    let hasService = lines.contains { $0.name == "service only" }
    return Figure(
      id: "percentiles", title: "Latency by percentile, out to one in 100,000",
      reading:
        "From when an event was due until it was carried out, so that waiting for a busy engine "
        + "counts. Both axes logarithmic; a line ends where fewer than one event is left."
        + (hasService ? " Service only: from when the engine took the event up." : ""),
      description: lines.map(described).joined(separator: "; ") + ".",
      wideWidth: 556, table: table(lines),
      draw: { width, isNarrow in draw(lines, width, isNarrow) })
  }

  private func described(_ line: Line) -> String {
    let levels = [0.5, 0.99, 0.999].compactMap { level in
      line.times.meant(level).map { "\(LoadWords.quantile(level)) \(wallTime($0))" }
    }
    let longest = line.times.longest.map { "longest \(wallTime($0))" } ?? ""
    return "\(line.name): " + (levels + [longest]).joined(separator: ", ")
  }

  private func table(_ lines: [Line]) -> DataTable {
    var table = DataTable(
      [.init(title: "percentile", isText: true)] + lines.map { .init(title: $0.name) })
    for level in LoadStep.levels {
      table.rows.append(
        [LoadWords.percent(level)] + lines.map { $0.times.meant(level).map(wallTime) ?? "" })
    }
    table.rows.append(["longest"] + lines.map { $0.times.longest.map(wallTime) ?? "" })
    table.rows.append(["events"] + lines.map { grouped(Int64($0.times.count)) })
    return table
  }

  // MARK: - Drawing

  private func points(_ line: Line) -> [(level: Double, time: Double)] {
    let points = LoadStep.levels.compactMap { level in
      line.times.meant(level).map { (level, $0) }
    }
    // Of a single event there is still a time.
    return points.isEmpty ? line.times.levels.first.map { [(0.5, $0)] } ?? [] : points
  }

  private func draw(_ lines: [Line], _ width: Double, _ isNarrow: Bool) -> Figure.Drawing {
    var svg = SVG()
    let goal = index.latencyGoal
    let hasNames = !isNarrow && lines.count <= 4
    let above = hasNames ? 14 : svg.key(lines.map { ($0.style, $0.name) }, width: width) + 6
    let room = hasNames ? 92.0 : 14
    let panel = Panel(
      left: 54, right: width - room, top: above, bottom: above + (isNarrow ? 240 : 290))
    let drawn = lines.map(points)
    let y = LoadLook.scale(
      drawn.flatMap { $0.map(\.time) } + [goal?.limit].compactMap(\.self), panel)
    let x = Scale(.logarithmic, low: 2, high: 100_000, from: panel.left, to: panel.right)
    panel.horizontalGrid(
      &svg, LoadLook.ticks(low: y.low, high: y.high, atMost: 9), y, axisAtLowest: false)
    panel.verticalGrid(
      &svg,
      LoadStep.levels.filter { $0 != 0.75 }.map {
        Tick(value: 1 / (1 - $0), label: shortest(($0 * 1e7).rounded() / 1e5))
      }, x)
    svg.line("ax", panel.left, panel.bottom, panel.right, panel.bottom)
    svg.text(
      "t", (panel.left + panel.right) / 2, panel.bottom + 36, "per cent of the events", .middle)
    if let goal {
      let at = y.clamped(goal.limit)
      svg.line("goal", panel.left, at, panel.right, at)
      svg.text("k halo", panel.left + 6, at - 6, Self.goalWords(goal))
    }
    for (line, points) in zip(lines, drawn) {
      let places = points.map { (x: x(1 / (1 - $0.level)), y: y.clamped($0.time)) }
      svg.path(line.style.line, polyline(places))
      if places.count == 1 { svg.circle("ppk", places[0].x, places[0].y, 3) }
      // Where the goal speaks, a mark.
      if let goal, let place = points.firstIndex(where: { $0.level == goal.level }),
        line.style.slot < 4, index.steps.count > 1
      {
        svg.mark(line.style, places[place].x, places[place].y, 4)
      }
    }
    if hasNames {
      let labels = zip(lines, drawn).map { line, points in
        (line.style.text, line.name, y.clamped(points.last?.time ?? y.low))
      }
      svg.endLabels(labels, x: panel.right + 8, panel: panel, room: room - 10)
    }
    return .init(height: panel.bottom + 46, svg: svg)
  }

  /// `goal: p99.9 at 1 ms`.
  static func goalWords(_ goal: (level: Double, limit: Double)) -> String {
    "goal: \(LoadWords.quantile(goal.level)) within \(roundTime(goal.limit))"
  }
}
