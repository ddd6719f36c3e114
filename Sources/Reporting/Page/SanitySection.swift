import Measurement

/// Reasons to believe the numbers: closed forms, warm-up, convergence.
struct SanitySection: Sendable {
  let context: PageContext

  /// What stands in the section.
  var title: String {
    let formulas = context.document.sanity?.formulas ?? []
    if formulas.contains(where: { $0.formula != nil }) {
      return formulas.count == 1
        ? "The nearest formula beside the simulation" : "The nearest formulas beside the simulation"
    }
    return context.document.sanity?.warmup == nil
      ? "How the answer settles" : "How the runs begin and how the answer settles"
  }

  var html: String {
    guard let sanity = context.document.sanity else { return "" }
    var html = formulas(sanity.formulas)
    let figures = convergence(sanity) + [warmup(sanity)].compactMap(\.self)
    let words = self.words
    if !figures.isEmpty || !words.isEmpty {
      html += "<div class=\"two\">" + figures.map(\.html).joined()
      if !words.isEmpty {
        html += "<div class=\"aside\">" + words.map { "<p>" + $0.html(context) + "</p>" }.joined()
        html += "</div>"
      }
      html += "</div>"
    }
    return html
  }

  private func formulas(_ rows: [ResultDocument.FormulaRow]) -> String {
    guard !rows.isEmpty else { return "" }
    var table = DataTable([
      .init(title: "nearest formula", isText: true), .init(title: "formula"),
      .init(title: "simulation"), .init(title: "unit", isText: true),
      .init(title: "why they differ", isText: true, isWrapped: true),
    ])
    for row in rows {
      let decimals = max(0, min(row.decimals, 9))
      let half = row.simulation.halfWidth.map { " ± " + fixed($0, decimals) } ?? ""
      table.rows.append([
        row.name, row.formula.map { trueMinus(fixed($0, decimals)) } ?? "",
        row.simulation.mean.map { trueMinus(fixed($0, decimals)) + half } ?? "", row.unit,
        row.explanation,
      ])
    }
    return "<div class=\"scroll\" tabindex=\"0\">" + table.html(style: "plain stack") + "</div>\n"
  }

  // How the answer settles.

  private func convergence(_ sanity: ResultDocument.Sanity) -> [Figure] {
    guard let convergence = sanity.convergence else { return [] }
    return context.panels.enumerated().compactMap { number, panel in
      let curves = panel.compactMap { strategy -> (Int, [ResultDocument.ConvergencePoint])? in
        let name = context.document.strategies[strategy].name
        let curve = convergence.curves.first { $0.strategy == name }
        return curve.flatMap { $0.points.count > 1 ? (strategy, $0.points) : nil }
      }
      return curves.isEmpty ? nil : figure(convergence.metric, curves, number)
    }
  }

  private func figure(
    _ metric: String, _ curves: [(strategy: Int, points: [ResultDocument.ConvergencePoint])],
    _ number: Int
  ) -> Figure {
    let format = context.index.format(metric)
    let unit = format.metric.shownUnit.isEmpty ? "" : ", " + printable(format.metric.shownUnit)
    return Figure(
      id: "runs\(number)", title: "The answer as runs are added" + context.part(number),
      reading: format.metric.label.capitalizedFirst + unit + ": " + Self.curve(of: metric),
      description: "The answer and its interval after "
        + "\(curves[0].points.first?.replications ?? 0) to \(context.runs).",
      table: table(format, curves),
      draw: { width, isNarrow in draw(format, metric, curves, width, isNarrow) })
  }

  /// What a point of the curve is: of quantiles not what the tables have.
  private static func curve(of metric: String) -> String {
    let isQuantile = metric.split(separator: ".").last.map {
      $0.first == "p" && Int($0.dropFirst()) != nil
    }
    return isQuantile == true
      ? "mean of the single runs' values and its 95 % interval as runs are added; the tables have that "
        + "of all times together."
      : "value and 95 % interval of all runs so far."
  }

  private func draw(
    _ format: MetricFormat, _ metric: String,
    _ curves: [(strategy: Int, points: [ResultDocument.ConvergencePoint])], _ width: Double,
    _ isNarrow: Bool
  ) -> Figure.Drawing {
    var svg = SVG()
    let strategies = curves.map(\.strategy)
    let margin = isNarrow ? 92.0 : 100
    let isBeside = context.fits(strategies, pixels: margin - 9)
    let above =
      isBeside ? 0 : context.key(&svg, strategies, left: 8, width: width - 16)
    let panel = Panel(
      left: 44, right: width - (isBeside ? margin : 74), top: 12 + above, bottom: 196 + above)
    let points = curves.flatMap(\.points)
    let first = Double(points.map(\.replications).min() ?? 0)
    let last = Double(points.map(\.replications).max() ?? 1)
    // The first intervals are wide beyond use; the axis is made for the rest.
    let settled = points.filter { Double($0.replications) >= first + (last - first) * 0.2 }
    let ends = settled.flatMap { [$0.estimate.low, $0.estimate.high, $0.estimate.mean] }
      .compactMap(\.self).map(format.shown)
    let low = ends.min() ?? 0
    let high = ends.max() ?? 1
    let room = (high - low) * 0.12
    let y = Scale(
      low: max(low, format.domain.lowerBound), high: min(high, format.domain.upperBound),
      room: room, within: format.domain, from: panel.bottom, to: panel.top)
    let x = Scale(low: first, high: last, from: panel.left, to: panel.right)
    panel.horizontalGrid(
      &svg, Ticks.linear(low: y.low, high: y.high, wanted: 5), y, axisAtLowest: false)
    var labels: [(style: String, name: String, y: Double)] = []
    if let goal = context.document.goals.first(where: { $0.metric == metric }) {
      let at = format.shown(goal.limit)
      if at > y.low, at < y.high {
        svg.line("goal", panel.left, y(at), panel.right, y(at))
        labels.append(("k", "goal " + GoalWords(goal: goal, format: format).limit, y(at)))
      }
    }
    panel.bottomLabels(&svg, runTicks(first, last), x)
    for (strategy, points) in curves {
      let style = context.style(strategy)
      let series = points.map { point in
        SeriesPoint(
          at: Double(point.replications), mean: point.estimate.mean.map(format.shown),
          low: point.estimate.low.map(format.shown), high: point.estimate.high.map(format.shown))
      }
      svg.strategy(strategy) { $0.series(style, series, x, y) }
      let end = series.last?.mean.map { y.clamped($0) } ?? panel.bottom
      if isBeside { labels.append((style.text, context.name(strategy), end)) }
    }
    svg.endLabels(labels, x: panel.right + 7, panel: panel, room: width - panel.right - 8)
    return .init(height: 230 + above, svg: svg)
  }

  private func runTicks(_ first: Double, _ last: Double) -> [Tick] {
    var ticks = Ticks.linear(low: first, high: last, wanted: 3).filter {
      $0.value.rounded() == $0.value && $0.value > first && $0.value < last
    }
    ticks.insert(Tick(value: first, label: fixed(first, 0)), at: 0)
    ticks.append(Tick(value: last, label: fixed(last, 0) + " runs"))
    return ticks
  }

  private func table(
    _ format: MetricFormat,
    _ curves: [(strategy: Int, points: [ResultDocument.ConvergencePoint])]
  ) -> DataTable {
    var table = DataTable(
      [.init(title: "runs", isText: true)] + curves.map { .init(title: context.name($0.strategy)) })
    let counts = curves[0].points.map(\.replications)
    let step = max(1, counts.count / 30)
    for place in stride(from: 0, to: counts.count, by: step) {
      let cells = curves.map { curve -> String in
        guard place < curve.points.count, let mean = curve.points[place].estimate.mean else {
          return ""
        }
        let half = curve.points[place].estimate.halfWidth
        return trueMinus(format.value(mean)) + (half.map { " ± " + format.value($0) } ?? "")
      }
      table.rows.append([String(counts[place])] + cells)
    }
    return table
  }

  // How the runs begin.

  private func warmup(_ sanity: ResultDocument.Sanity) -> Figure? {
    guard let curve = sanity.warmup, curve.points.count > 1 else { return nil }
    let dropped = spokenDuration(curve.dropped)
    let what = curve.dropped > 0 ? "The first \(dropped) are not counted." : "Nothing was dropped."
    var table = DataTable([.init(title: "from", isText: true), .init(title: curve.label)])
    for point in curve.points.prefix(200) {
      table.rows.append([spokenDuration(point.time), fixed(point.value, 2)])
    }
    return Figure(
      id: "warmup", title: "How the runs begin",
      reading: curve.label.capitalizedFirst + ", mean of \(context.runs). " + what,
      description: "The mean of \(curve.label) from the start of the runs on. \(what)",
      table: table,
      draw: { width, _ in drawWarmup(curve, width) })
  }

  private func drawWarmup(_ curve: ResultDocument.WarmupCurve, _ width: Double) -> Figure.Drawing {
    var svg = SVG()
    let panel = Panel(left: 44, right: width - 14, top: 12, bottom: 196)
    let step = max(1, curve.points.count / 200)
    let points = stride(from: 0, to: curve.points.count, by: step).map { curve.points[$0] }
    let end = curve.points.last?.time ?? 1
    let high = points.map(\.value).max() ?? 1
    let x = Scale(low: points[0].time, high: end, from: panel.left, to: panel.right)
    let y = Scale(low: 0, high: high > 0 ? high * 1.06 : 1, from: panel.bottom, to: panel.top)
    if curve.dropped > 0 {
      svg.rect("aw", panel.left, panel.top, x.clamped(curve.dropped) - panel.left, 184)
    }
    panel.horizontalGrid(&svg, Ticks.linear(low: 0, high: y.high, wanted: 4), y)
    panel.bottomLabels(
      &svg, Ticks.clock(low: points[0].time, high: end, startOfDay: nil, atMost: 6), x)
    svg.path("lk", polyline(points.map { (x($0.time), y($0.value)) }))
    return .init(height: 230, svg: svg)
  }

  // What common random numbers brought.

  /// The correlation from which on runs may be said to go together.
  private static let together = 0.3

  private var words: [Phrase] {
    guard context.isPaired, let metric = context.index.decisiveMetric else { return [] }
    let label = printable(context.index.format(metric).metric.label)
    for strategy in context.index.others {
      guard let correlation = context.index.difference(strategy, metric)?.correlation,
        let one = context.index.value(strategy, metric)?.sd,
        let other = context.index.value(context.index.baseline, metric)?.sd
      else { continue }
      let apart = one * one + other * other
      let together = apart - 2 * correlation * one * other
      var phrase = Phrase("Each run uses the same customers for all strategies: runs of ")
      phrase += .strategy(context.index.baseline) + " and " + .strategy(strategy)
      phrase += correlation >= Self.together ? " go" : " hardly go"
      phrase += " up and down together, their correlation in \(label) is "
      phrase += trueMinus(fixed(correlation, 2)) + "."
      if together > 0, apart > together * 1.1 {
        phrase += " With customers of their own the interval of the change would be about "
        phrase += fixed((apart / together).squareRoot(), 1) + " times as wide."
      }
      return [phrase]
    }
    return []
  }
}
