import Measurement

/// The one chart that decides: the first goal's metric, every strategy on one axis with the goal.
struct DecideFigure: Sendable {
  let context: PageContext
  let metric: String
  /// The width of the drawing where there is room for it.
  var wideWidth = 440.0
  /// What the figure is on a page that answers at once: its goal can be dragged, and what was stands beside what is.
  var live: Live?

  struct Live: Sendable {
    /// What each way was before, by name.
    var was: [ResultDocument.Difference] = []
  }

  private var format: MetricFormat { context.index.format(metric) }
  private var goal: ResultDocument.Goal? {
    context.document.goals.first { $0.metric == metric }
  }
  private var title: String {
    let words = goal.map { GoalWords(goal: $0, format: format) }
    guard let words, format.isShare else {
      let unit = format.metric.shownUnit
      return format.metric.label.capitalizedFirst + (unit.isEmpty ? "" : ", " + unit)
    }
    return words.title + ", share of conversations"
  }

  var figure: Figure? {
    let values = context.strategies.compactMap { context.index.value($0, metric)?.mean }
    guard !values.isEmpty else { return nil }
    let spoken = context.strategies.map { context.spoken($0, metric) }
    let bound = goal.map { " The goal is \(GoalWords(goal: $0, format: format).bound)." } ?? ""
    let shaded = goal == nil ? "" : " The shaded side meets the goal."
    return Figure(
      id: "decide", title: title,
      reading: "Mark: \(context.meanWithInterval)."
        + (context.index.hasIntervals ? " Small dots: the single runs." : "") + shaded,
      description: "Mean and interval of each strategy on one axis: "
        + spoken.joined(separator: "; ") + "." + bound,
      wideWidth: wideWidth, mediumWidth: live == nil ? nil : 600,
      isMovable: live != nil && goal != nil, table: table, draw: { width, _ in draw(width) })
  }

  private var pitch: Double { context.strategies.count > 6 ? 48 : 62 }

  private func draw(_ width: Double) -> Figure.Drawing {
    var svg = SVG()
    let panel = Panel(
      left: 20, right: width - 12, top: 22,
      bottom: 22 + 14 + pitch * Double(context.strategies.count))
    let scale = valueScale(panel)
    goalZone(&svg, panel, scale)
    let unit = format.metric.shownUnit
    var ticks = Ticks.linear(low: scale.low, high: scale.high, wanted: 4)
    if let last = ticks.indices.last, !unit.isEmpty {
      ticks[last].label += " " + printable(unit)
    }
    panel.verticalGrid(&svg, ticks, scale)
    referenceLines(&svg, panel, scale)
    for strategy in context.strategies { row(strategy, &svg, panel, scale) }
    if live != nil, let goal { dragging(goal, &svg, panel, scale) }
    var height = panel.bottom + 28
    if context.isCompared { height = changes(&svg, width: width, top: panel.bottom + 52) }
    return .init(height: height, svg: svg)
  }

  private func valueScale(_ panel: Panel) -> Scale {
    var all = context.strategies.flatMap { strategy -> [Double] in
      guard let value = context.index.value(strategy, metric) else { return [] }
      return value.samples.compactMap(\.self)
        + [value.mean, value.low, value.high].compactMap(\.self)
    }.map(format.shown)
    if let goal { all.append(format.shown(goal.limit)) }
    all += (live?.was ?? []).compactMap(\.baselineMean).map(format.shown)
    let low = all.min() ?? 0
    let high = all.max() ?? 1
    let room = (high - low) * 0.04
    // An interval may reach beyond what can be; the axis does not.
    return Scale(
      low: max(low, format.domain.lowerBound), high: min(high, format.domain.upperBound),
      room: room, within: format.domain, from: panel.left, to: panel.right)
  }

  private func goalZone(_ svg: inout SVG, _ panel: Panel, _ scale: Scale) {
    guard let goal else { return }
    let x = scale(format.shown(goal.limit))
    let isUpper = goal.relation == .atLeast || goal.relation == .above
    let from = isUpper ? x : panel.left
    svg.rect(
      "goalzone", from, panel.top, (isUpper ? panel.right : x) - from, panel.bottom - panel.top)
  }

  /// The goal as a solid line, the baseline as a dashed one, their words on the outer sides.
  private func referenceLines(_ svg: inout SVG, _ panel: Panel, _ scale: Scale) {
    let base =
      context.isCompared
      ? context.index.value(context.index.baseline, metric)?.mean.map { scale(format.shown($0)) }
      : nil
    var goalX: Double?
    var goalWords: ClosedRange<Double>?
    if let goal {
      let x = scale(format.shown(goal.limit))
      goalX = x
      bands(&svg, "goal", x, panel)
      let words = "goal: " + GoalWords(goal: goal, format: format).bound
      let fitsRight = x + 5 + estimatedWidth(words) <= panel.right + 12
      let isRight = fitsRight && (base.map { $0 <= x } ?? true) || x < panel.left + 60
      svg.text("k", isRight ? x + 5 : x - 5, panel.top - 6, words, isRight ? .start : .end)
      let taken = estimatedWidth(words) * 1.05
      goalWords = isRight ? x + 5...x + 5 + taken : x - 5 - taken...x - 5
    }
    guard let base else { return }
    bands(&svg, "base", base, panel)
    let isLeft = goalX.map { base <= $0 } ?? true
    let room = isLeft ? base - panel.left : panel.right - base
    guard room > 58 else { return }
    // Where the goal's words stand, the dashed line is named by the row of the baseline alone.
    let word = isLeft ? base - 58...base - 5 : base + 5...base + 58
    if let goalWords, goalWords.overlaps(word) { return }
    svg.text("t", isLeft ? base - 5 : base + 5, panel.top - 6, "baseline", isLeft ? .end : .start)
  }

  /// A line from top to bottom that leaves out where the names stand.
  private func bands(_ svg: inout SVG, _ style: String, _ x: Double, _ panel: Panel) {
    var top = panel.top - 4
    for row in context.strategies {
      let names = panel.top + pitch * Double(row + 1) - 34
      svg.line(style, x, top, x, names - 12)
      top = names + 5
    }
    svg.line(style, x, top, x, panel.bottom)
  }

  private func row(_ strategy: Int, _ svg: inout SVG, _ panel: Panel, _ scale: Scale) {
    let top = panel.top + pitch * Double(strategy)
    guard let value = context.index.value(strategy, metric), let mean = value.mean else { return }
    let style = context.style(strategy)
    svg.strategy(strategy) { svg in
      svg.path(style.dots, dots(value.samples.compactMap(\.self), scale, y: top + pitch - 8))
      was(strategy, style, &svg, scale, y: top + pitch - 20)
      if let low = value.low, let high = value.high {
        let ends = (scale.clamped(format.shown(low)), scale.clamped(format.shown(high)))
        svg.interval(style, ends.0, ends.1, top + pitch - 20)
      }
      svg.mark(style, scale(format.shown(mean)), top + pitch - 20, 6.2)
      let text = trueMinus(format.spokenValue(mean, halfWidth: value.halfWidth))
      let room = panel.right - 8 - estimatedWidth(text) - 16
      let name = context.names(Array(context.strategies), pixels: room)[strategy]
      svg.text(style.text + " halo", 8, top + pitch - 34, name)
      svg.text("b halo", panel.right, top + pitch - 34, text, .end)
    }
  }

  /// What a way was, hollow, and the way from there; the interval is that of the difference, laid around what is.
  private func was(
    _ strategy: Int, _ style: StrategyStyle, _ svg: inout SVG, _ scale: Scale, y: Double
  ) {
    let name = context.document.strategies[strategy].name
    guard let row = live?.was.first(where: { $0.strategy == name }), let was = row.baselineMean
    else { return }
    let x = scale.clamped(format.shown(was))
    if let half = row.halfWidth {
      let ends = (scale.clamped(format.shown(was - half)), scale.clamped(format.shown(was + half)))
      svg.rect(style.outline, ends.0, y - 3, ends.1 - ends.0, 6)
    }
    svg.circle(style.outline, x, y, 4.6)
  }

  /// A line to take hold of: the goal follows, the runs stay.
  private func dragging(
    _ goal: ResultDocument.Goal, _ svg: inout SVG, _ panel: Panel, _ scale: Scale
  ) {
    guard format.isShare, let place = context.document.goals.firstIndex(of: goal),
      let sign = [">=", "<=", ">", "<"].first(where: { goal.text.contains(" \($0) ") })
    else { return }
    let name = goal.text.split(separator: " ", omittingEmptySubsequences: false)
      .prefix { $0 != Substring(sign) }.joined(separator: " ")
    let x = scale(format.shown(goal.limit))
    let value = shortest((format.shown(goal.limit) * 10).rounded() / 10)
    let plain = "\(name) \(sign) {}%"
    let template = name.contains(":") ? "\"\(plain)\"" : plain
    var markup =
      "<g role=\"slider\" tabindex=\"0\" class=\"grabx\" data-path=\"goals[\(place)]\" data-template=\""
    markup += escaped(template) + "\" data-x0=\"" + coordinate(panel.left) + "\" data-x1=\""
    markup +=
      coordinate(panel.right)
      + "\" data-v0=\"\(scale.low)\" data-v1=\"\(scale.high)\" data-step=\"0.5\" "
    markup +=
      "data-say=\"{} %\" aria-label=\"Goal: " + escaped(GoalWords(goal: goal, format: format).title)
    markup +=
      "\" aria-valuemin=\"" + shortest(max(0.5, scale.low.rounded(.up))) + "\" aria-valuemax=\""
    markup +=
      shortest(min(99.5, scale.high.rounded(.down)))
      + "\" aria-valuenow=\"\(value)\" aria-valuetext=\"\(value) %\">"
    markup +=
      "<rect x=\"" + coordinate(x - 12) + "\" y=\"" + coordinate(panel.top - 4)
      + "\" width=\"24\" height=\""
    markup += coordinate(panel.bottom - panel.top + 4) + "\" fill=\"transparent\"/>"
    markup +=
      "<circle class=\"ring\" cx=\"" + coordinate(x) + "\" cy=\"" + coordinate(panel.bottom)
      + "\" r=\"5\"/></g>"
    svg.raw(markup)
  }

  /// The single runs as dots of one path, in three lines so that they cover each other less.
  private func dots(_ samples: [Double], _ scale: Scale, y: Double) -> String {
    let sorted = samples.sorted()
    let step = max(1, sorted.count / 300)
    var commands = ""
    for (place, number) in stride(from: 0, to: sorted.count, by: step).enumerated() {
      let x = scale(format.shown(sorted[number]))
      commands += "M" + coordinate(x) + " " + coordinate(y + Double(place % 3) * 3.2) + "h0"
    }
    return commands
  }

  /// The changes from the baseline on an axis of their own; gives the height of the figure.
  private func changes(_ svg: inout SVG, width: Double, top: Double) -> Double {
    let rows = context.index.others.compactMap { context.index.difference($0, metric) }
    let base = cut(context.name(context.index.baseline), to: 18)
    let unit = format.changeUnit
    let words = "Change from \(base)" + (unit.isEmpty ? "" : ", \(unit)")
    let same = context.isPaired ? ", same customers in both" : ""
    let fits = estimatedWidth(words + same) * 1.08 <= width - 16
    svg.text("b", 8, top, cut(fits ? words + same : words, pixels: width - 16))
    let ends = rows.flatMap { [$0.low, $0.high, $0.change] }.compactMap(\.self).map(format.shown)
    let low = min(0, ends.min() ?? 0)
    let high = max(0, ends.max() ?? 0)
    let room = max((high - low) * 0.08, 1e-9)
    let others = context.index.others
    let longest = others.map { estimatedWidth(context.name($0)) * 1.08 }.max() ?? 0
    let gutter = min(longest, width * 0.4)
    let names = context.names(others, pixels: gutter)
    let panel = Panel(
      left: 26 + gutter, right: width - 100, top: top + 16,
      bottom: top + 24 + 28 * Double(rows.count))
    let scale = Scale(
      low: low - (low < 0 ? room : 0), high: high + (high > 0 ? room : 0), from: panel.left,
      to: panel.right)
    let ticks = Ticks.linear(low: scale.low, high: scale.high, wanted: 4, isSigned: true)
    for tick in ticks {
      let x = scale(tick.value)
      svg.line(tick.value == 0 ? "base" : "gr", x, panel.top, x, panel.bottom)
    }
    panel.bottomLabels(&svg, ticks, scale, hasMarks: false)
    for (place, strategy) in others.enumerated() {
      guard let row = context.index.difference(strategy, metric), let change = row.change else {
        continue
      }
      let y = panel.top + 16 + 28 * Double(place)
      let style = context.style(strategy)
      svg.strategy(strategy) { svg in
        if let low = row.low, let high = row.high {
          svg.interval(style, scale(format.shown(low)), scale(format.shown(high)), y, cap: 0)
        }
        svg.mark(style, scale(format.shown(change)), y, 5.2)
        svg.text(style.text, 8, y + 4, names[place])
        var text = trueMinus(format.change(row))
        if let half = row.halfWidth { text += " ± " + format.value(half) }
        svg.text("b", width - 12, y + 4, text, .end)
      }
    }
    return panel.bottom + 28
  }

  private var table: DataTable {
    let unit = format.metric.shownUnit.isEmpty ? "" : " " + printable(format.metric.shownUnit)
    var columns: [DataTable.Column] = [
      .init(title: "strategy", isText: true), .init(title: "mean" + unit), .init(title: "low"),
      .init(title: "high"),
    ]
    if context.isCompared {
      columns += [.init(title: "change"), .init(title: "low"), .init(title: "high")]
    }
    var table = DataTable(columns)
    for strategy in context.strategies {
      let value = context.index.value(strategy, metric)
      var row = [context.name(strategy)]
      row += [value?.mean, value?.low, value?.high].map { $0.map(format.value) ?? "" }
      if context.isCompared {
        let change = context.index.difference(strategy, metric)
        row.append(change.map(format.change) ?? "")
        row += [change?.low, change?.high].map { $0.map(format.change) ?? "" }
      }
      table.rows.append(row.map(trueMinus))
    }
    return table
  }
}
