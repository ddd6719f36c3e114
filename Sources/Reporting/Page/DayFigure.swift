import Measurement

/// The simulated time as small multiples on one axis.
struct DayFigure: Sendable {
  let context: PageContext

  /// A quantity over time: of every strategy, or one that all share.
  private struct Quantity: Sendable {
    var title: String
    var height: Double
    /// Values of the strategies drawn; one entry if all share it.
    var series: [(strategy: Int, points: [SeriesPoint])]
    var isShared: Bool
    var startsAtZero: Bool
    var highest: Double?
    var goal: (value: Double, label: String)?
    /// Where most of what happened is not known.
    var unknown: [ClosedRange<Double>] = []
  }

  /// Where the panels of a drawing stand from left to right.
  private struct Frame {
    var left: Double
    var right: Double
    /// Whether names stand at the ends of lines; else in a key above.
    var isBeside: Bool
  }

  var figures: [Figure] {
    context.panels.enumerated().compactMap { number, panel in
      let shown = panel.filter { !context.document.strategies[$0].timeline.isEmpty }
      return shown.isEmpty || context.document.timeline == nil ? nil : figure(shown, number)
    }
  }

  private var step: Double { context.document.timeline?.step ?? 1 }

  /// Rows as they are drawn: so many steps at once that about 160 are left.
  private func rows(_ strategy: Int) -> [ResultDocument.TimelineRow] {
    let rows = context.document.strategies[strategy].timeline
    let bundle = (rows.count + 159) / 160
    guard bundle > 1 else { return rows }
    return rows.inBlocks(of: bundle).map(Self.merged)
  }

  private var shownStep: Double {
    let count = context.document.strategies.map(\.timeline.count).max() ?? 1
    return step * Double((count + 159) / 160)
  }

  private func figure(_ panel: [Int], _ number: Int) -> Figure {
    let quantities = quantities(panel)
    let start = rows(panel[0]).first?.start ?? 0
    let end = (rows(panel[0]).last?.start ?? 0) + shownStep
    let isDay = context.document.scenario.startOfDay != nil && end - start <= 86_400
    let whole = isDay ? "The day" : "The simulated time"
    let steps = GoalWords.spelled(spokenDuration(shownStep))
    let same = hasSameArrivals ? " Arrivals are the same for every strategy." : ""
    let hatched =
      quantities.contains { !$0.unknown.isEmpty }
      ? " Hatched: the run ends before the fate of half of those who arrived then is known." : ""
    var figure = Figure(
      id: "day\(number)",
      title: "\(whole) in steps of \(steps)" + context.part(number),
      reading: "Lines: mean of \(context.runs)."
        + (context.index.hasIntervals ? " Bands: 95 % intervals." : "") + same + hatched,
      description: "Panels from \(context.clock(start)) to \(context.clock(end)): "
        + quantities.map(\.title).joined(separator: "; ") + ".",
      wideWidth: 1160, mediumWidth: Self.mediumWidth, table: table(panel),
      draw: { width, isNarrow in draw(quantities, panel, start...end, width, isNarrow, number) })
    for row in rows(panel[0]) {
      let at = row.start + shownStep / 2
      let share = (at - start) / max(end - start, 1e-9)
      func place(_ width: Double, _ isNarrow: Bool) -> Double {
        let frame = frame(panel, width, isNarrow)
        return frame.left + share * (frame.right - frame.left)
      }
      figure.table.places.append(
        (place(1160, false), place(Self.mediumWidth, false), place(360, true)))
    }
    return figure
  }

  /// Whether as many customers come under each strategy in each step, as they need not: what is sent slowly
  /// is answered later.
  private var hasSameArrivals: Bool {
    let all = context.document.strategies.map { $0.timeline.map(\.arrivals.mean) }
    return all.count > 1 && all.allSatisfy { $0 == all[0] }
  }

  private static let mediumWidth = 720.0

  private func frame(_ panel: [Int], _ width: Double, _ isNarrow: Bool) -> Frame {
    let margin = isNarrow ? 96.0 : 140
    let isBeside = context.fits(panel, pixels: margin - 8)
    return Frame(
      left: isNarrow ? 34 : 40, right: width - (isBeside ? margin : isNarrow ? 74 : 96),
      isBeside: isBeside)
  }

  private func draw(
    _ quantities: [Quantity], _ strategies: [Int], _ time: ClosedRange<Double>, _ width: Double,
    _ isNarrow: Bool, _ number: Int
  ) -> Figure.Drawing {
    var svg = SVG()
    let frame = frame(strategies, width, isNarrow)
    let hatch = "unknown\(number)-" + coordinate(width)
    if quantities.contains(where: { !$0.unknown.isEmpty }) {
      svg.raw("<defs>" + SVG.hatch(hatch) + "</defs>")
    }
    let x = Scale(low: time.lowerBound, high: time.upperBound, from: frame.left, to: frame.right)
    let ticks = context.clockTicks(
      low: time.lowerBound, high: time.upperBound, atMost: isNarrow ? 5 : 12)
    var top = 22.0
    if !frame.isBeside { top += context.key(&svg, strategies, left: 8, width: width - 16) }
    for quantity in quantities {
      let panel = Panel(
        left: frame.left, right: frame.right, top: top, bottom: top + quantity.height)
      for span in quantity.unknown {
        let from = x(span.lowerBound)
        svg.raw("<rect fill=\"url(#\(hatch))\" x=\"" + coordinate(from) + "\" y=\"")
        svg.raw(coordinate(panel.top) + "\" width=\"" + coordinate(x(span.upperBound) - from))
        svg.raw("\" height=\"" + coordinate(quantity.height) + "\"/>")
      }
      let room = width - frame.right - 8
      draw(quantity, &svg, panel, x, ticks, room: room, isBeside: frame.isBeside)
      top = panel.bottom + 38
    }
    let last = Panel(left: frame.left, right: frame.right, top: top, bottom: top - 38)
    last.bottomLabels(&svg, ticks, x)
    return .init(height: top - 8, svg: svg)
  }

  private func draw(
    _ quantity: Quantity, _ svg: inout SVG, _ panel: Panel, _ x: Scale, _ ticks: [Tick],
    room: Double, isBeside: Bool
  ) {
    svg.text("b", panel.left, panel.top - 8, quantity.title)
    for tick in ticks { svg.line("gr", x(tick.value), panel.top, x(tick.value), panel.bottom) }
    let all = quantity.series.flatMap(\.points)
    let values = all.flatMap { [$0.mean, $0.low, $0.high] }.compactMap(\.self)
    var low = quantity.startsAtZero ? 0 : values.min() ?? 0
    var high = quantity.highest ?? values.max() ?? 1
    if let goal = quantity.goal { (low, high) = (min(low, goal.value), max(high, goal.value)) }
    if high <= low { high = low + 1 }
    let wanted = 3
    let rough = Ticks.linear(low: low, high: high, wanted: wanted)
    let step = rough.count > 1 ? rough[1].value - rough[0].value : high - low
    // The panel ends at round values, so that its grid lines are its edges.
    low = max(0, (low / step + 1e-9).rounded(.down) * step)
    high = quantity.highest ?? (high / step - 1e-9).rounded(.up) * step
    let y = Scale(low: low, high: high, from: panel.bottom, to: panel.top)
    panel.horizontalGrid(&svg, Ticks.linear(low: low, high: high, wanted: wanted), y)
    if let goal = quantity.goal {
      svg.line("goal", panel.left, y(goal.value), panel.right, y(goal.value))
    }
    var labels: [(style: String, name: String, y: Double)] = []
    for entry in quantity.series {
      let end = entry.points.last { $0.mean != nil }?.mean.map { y.clamped($0) } ?? panel.bottom
      if quantity.isShared {
        ink(&svg, entry.points, x, y)
        let words = room < 100 ? "all" : "all strategies"
        labels.append(("k", context.strategies.count > 1 ? words : "", end))
      } else {
        let style = context.style(entry.strategy)
        svg.strategy(entry.strategy) { $0.series(style, entry.points, x, y) }
        if isBeside { labels.append((style.text, context.name(entry.strategy), end)) }
      }
    }
    if let goal = quantity.goal { labels.append(("k", goal.label, y(goal.value))) }
    svg.endLabels(labels, x: panel.right + 8, panel: panel, room: room)
  }

  /// What all strategies share is drawn in ink.
  private func ink(_ svg: inout SVG, _ points: [SeriesPoint], _ x: Scale, _ y: Scale) {
    let shown = points.filter { $0.mean != nil }
    let banded = shown.filter { $0.low != nil && $0.high != nil }
    svg.path(
      "bk",
      area(
        banded.map { (x($0.at), y.clamped($0.high ?? 0)) },
        banded.map { (x($0.at), y.clamped($0.low ?? 0)) }))
    svg.path("lk", polyline(shown.map { (x($0.at), y.clamped($0.mean ?? 0)) }))
  }

  private func quantities(_ panel: [Int]) -> [Quantity] {
    let agents = context.document.scenario.agentCount
    var list = [
      quantity(
        "Arrivals, conversations an hour", 84, panel, factor: 3600 / step, mayShare: true,
        \.arrivals),
      quantity("Waiting, conversations that nobody works on", 120, panel, \.waiting),
      quantity(
        "Agents online, of \(grouped(Int64(agents)))", 66, panel, mayShare: true, \.agentsOnline),
    ]
    let online = list[2].series.flatMap(\.points).compactMap { $0.high ?? $0.mean }.max() ?? 0
    list[2].highest = max(online, Double(agents))
    // Where every contact has somebody there is nothing to see.
    let unassigned = quantity("Open contacts that nobody has", 66, panel) {
      $0.unassigned ?? .init()
    }
    if hasUnassigned(panel) { list.insert(unassigned, at: 2) }
    list.append(service(panel))
    return list
  }

  /// Whether at some time half a contact or more, on average, is open and nobody's.
  private func hasUnassigned(_ panel: [Int]) -> Bool {
    panel.contains { rows($0).contains { $0.unassigned?.mean ?? 0 >= 0.5 } }
  }

  /// The goal's share over time if there is one, else the mean first response.
  private func service(_ panel: [Int]) -> Quantity {
    let metric = context.document.timeline?.withinMetric
    let hasShare = panel.contains { strategy in
      context.document.strategies[strategy].timeline.contains { $0.within?.mean != nil }
    }
    guard let metric, hasShare else {
      return quantity("First response, mean in seconds", 120, panel, \.firstResponse)
    }
    let format = context.index.format(metric)
    var shares = quantity("", 120, panel, factor: 100) { $0.within ?? .init() }
    shares.startsAtZero = false
    shares.highest = 100
    shares.unknown = unknown(panel)
    let goal = context.document.goals.first { $0.metric == metric }
    if let goal {
      let words = GoalWords(goal: goal, format: format)
      shares.title = words.title + ", % of those who arrived then"
      shares.goal = (goal.limit * 100, "goal " + words.limit)
    } else {
      shares.title = format.metric.label.capitalizedFirst + ", % of those who arrived then"
    }
    return shares
  }

  /// The steps of which fewer than half of the fates are known, under any strategy drawn.
  private func unknown(_ panel: [Int]) -> [ClosedRange<Double>] {
    let all = panel.map { rows($0) }
    return (all.first ?? []).enumerated().compactMap { place, row in
      let known = all.compactMap { place < $0.count ? $0[place].known : nil }
      guard let least = known.min(), least < 0.5 else { return nil }
      return row.start...(row.start + shownStep)
    }
  }

  private func quantity(
    _ title: String, _ height: Double, _ panel: [Int], factor: Double = 1, mayShare: Bool = false,
    _ value: (ResultDocument.TimelineRow) -> ResultDocument.Estimate
  ) -> Quantity {
    let series = panel.map { strategy -> (strategy: Int, points: [SeriesPoint]) in
      let points = rows(strategy).map { row -> SeriesPoint in
        let estimate = value(row)
        return SeriesPoint(
          at: row.start + shownStep / 2, mean: estimate.mean.map { $0 * factor },
          low: estimate.low.map { $0 * factor }, high: estimate.high.map { $0 * factor })
      }
      return (strategy, points)
    }
    let isShared = mayShare && Self.coincide(series.map(\.points))
    return Quantity(
      title: title, height: height, series: isShared ? Array(series.prefix(1)) : series,
      isShared: isShared, startsAtZero: true)
  }

  /// Whether lines lie so close that one stands for all: within 2 % of their height.
  private static func coincide(_ series: [[SeriesPoint]]) -> Bool {
    guard let first = series.first else { return false }
    let height = series.flatMap { $0.compactMap(\.mean) }.max() ?? 0
    return series.allSatisfy { points in
      points.count == first.count
        && zip(points, first).allSatisfy { abs(($0.mean ?? 0) - ($1.mean ?? 0)) <= 0.02 * height }
    }
  }

  /// Some steps as one: means of means, and of the ends of their intervals.
  private static func merged(
    _ rows: [ResultDocument.TimelineRow]
  ) -> ResultDocument.TimelineRow {
    func mean(_ values: [Double?]) -> Double? {
      let known = values.compactMap(\.self)
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    func merge(
      _ value: (ResultDocument.TimelineRow) -> ResultDocument.Estimate
    ) -> ResultDocument.Estimate {
      let all = rows.map(value)
      return .init(
        mean: mean(all.map(\.mean)), low: mean(all.map(\.low)), high: mean(all.map(\.high)))
    }
    var merged = ResultDocument.TimelineRow(
      start: rows.first?.start ?? 0, arrivals: merge(\.arrivals), open: merge(\.open),
      waiting: merge(\.waiting), agentsOnline: merge(\.agentsOnline), busyRatio: merge(\.busyRatio),
      firstResponse: merge(\.firstResponse), within: merge { $0.within ?? .init() },
      known: mean(rows.map(\.known)))
    merged.unassigned = merge { $0.unassigned ?? .init() }
    return merged
  }

  private func table(_ panel: [Int]) -> DataTable {
    let hasShare = context.document.timeline?.withinMetric != nil
    var columns: [DataTable.Column] = [
      .init(title: "from", isText: true), .init(title: "arrivals/h"),
      .init(title: "agents online"),
    ]
    columns += panel.map { .init(title: "waiting, \(context.name($0))") }
    let showsUnassigned = hasUnassigned(panel)
    if showsUnassigned {
      columns += panel.map { .init(title: "nobody's, \(context.name($0))") }
    }
    let service = hasShare ? "in time %" : "first response s"
    columns += panel.map { .init(title: "\(service), \(context.name($0))") }
    var table = DataTable(columns)
    let all = panel.map { rows($0) }
    for (place, row) in all[0].enumerated() {
      var cells = [
        context.clock(row.start), row.arrivals.mean.map { fixed($0 * 3600 / step, 0) } ?? "",
        row.agentsOnline.mean.map { fixed($0, 1) } ?? "",
      ]
      let column = all.map { place < $0.count ? $0[place] : nil }
      cells += column.map { $0?.waiting.mean.map { fixed($0, 1) } ?? "" }
      if showsUnassigned {
        cells += column.map { $0?.unassigned?.mean.map { fixed($0, 1) } ?? "" }
      }
      cells += column.map { row in
        hasShare
          ? row?.within?.mean.map { fixed(100 * $0, 0) } ?? ""
          : row?.firstResponse.mean.map { fixed($0, 0) } ?? ""
      }
      table.rows.append(cells)
    }
    return table
  }
}
