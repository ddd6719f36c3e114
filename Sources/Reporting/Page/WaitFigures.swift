import Measurement

/// How long customers wait: how many have no answer yet, and the tail of those who got one.
struct WaitFigures: Sendable {
  let context: PageContext

  /// Two figures for each panel of strategies.
  var figures: [[Figure]] {
    context.panels.enumerated().compactMap { number, panel in
      let shown = panel.filter { context.document.strategies[$0].waits != nil }
      guard !shown.isEmpty else { return nil }
      return [unanswered(shown, number), tail(shown, number)]
    }
  }

  private func curves(_ strategy: Int) -> ResultDocument.WaitCurves {
    context.document.strategies[strategy].waits ?? .init()
  }

  // The share without an answer.

  private func unanswered(_ panel: [Int], _ number: Int) -> Figure {
    let range = Self.span(panel.map { curves($0).unanswered }, from: 0.985, to: 0.003)
    return Figure(
      id: "wait\(number)a",
      title: "Not answered yet, share of all conversations" + context.part(number),
      reading:
        "Read upwards from a time. Whoever gave up first, or was never answered, stays above: "
        + "the curves level out at their share.",
      description: "Share of conversations without an answer after a time, on a logarithmic time "
        + "axis. " + panel.map { level($0) }.joined(separator: "; ") + ".",
      table: table(panel, range) { $0.unanswered },
      draw: { width, isNarrow in drawUnanswered(panel, range, width, isNarrow) })
  }

  private func level(_ strategy: Int) -> String {
    let time = goalTime?.time ?? 300
    let share = Self.share(at: time, of: curves(strategy).unanswered)
    return "\(context.name(strategy)): \(fixed(100 * share, 0)) % after \(spokenDuration(time))"
  }

  /// The time that a goal speaks of, and the share that may be left then.
  private var goalTime: (time: Double, left: Double)? {
    for goal in context.document.goals where goal.metric.hasPrefix("first_response.") {
      let isTime = context.index.format(goal.metric).isTime
      if let within = GoalWords.within(goal.metric), within.quantity == "first_response",
        !within.isOfAnswered
      {
        guard let time = Self.seconds(within.duration) else { continue }
        return (time, 1 - goal.limit)
      }
      let shares = [".p50": 0.5, ".p75": 0.25, ".p90": 0.1, ".p95": 0.05, ".p99": 0.01]
      if isTime, let found = shares.first(where: { goal.metric.hasSuffix($0.key) }) {
        return (goal.limit, found.value)
      }
    }
    return nil
  }

  private func drawUnanswered(
    _ strategies: [Int], _ range: ClosedRange<Double>, _ width: Double, _ isNarrow: Bool
  ) -> Figure.Drawing {
    var svg = SVG()
    let right = width - (isNarrow ? 8 : 12)
    let above = context.key(&svg, strategies, left: 8, width: right - 8)
    let panel = Panel(
      left: 44, right: right, top: 14 + above, bottom: (isNarrow ? 256 : 296) + above)
    let x = Scale(
      .logarithmic, low: range.lowerBound, high: range.upperBound, from: panel.left,
      to: panel.right)
    let y = Scale(low: 0, high: 1, from: panel.bottom, to: panel.top)
    let ticks = [0.0, 0.2, 0.4, 0.6, 0.8, 1].map {
      Tick(value: $0, label: fixed($0 * 100, 0) + ($0 == 1 ? " %" : ""))
    }
    panel.horizontalGrid(&svg, ticks, y)
    panel.bottomLabels(
      &svg, Ticks.times(low: range.lowerBound, high: range.upperBound), x)
    for strategy in strategies {
      svg.strategy(strategy) { svg in
        svg.series(
          context.style(strategy), Self.points(curves(strategy).unanswered, in: range), x, y)
      }
    }
    if let goal = goalTime, range.contains(goal.time) {
      let at = x(goal.time)
      svg.line("goal", at, panel.top, at, panel.bottom)
      let words = "goal: " + spokenDuration(goal.time)
      let isRight = at + 6 + estimatedWidth(words) < panel.right
      svg.text("k halo", isRight ? at + 6 : at - 6, panel.top + 11, words, isRight ? .start : .end)
      if goal.left > 0, goal.left < 1 {
        svg.line("goal", at, y(goal.left), at + 8, y(goal.left))
        let left = "at most \(shortest((goal.left * 1e4).rounded() / 100)) % left"
        // Above the curves, which fall from the upper left to the lower right.
        let fits = at + 6 + estimatedWidth(left) < panel.right
        if fits { svg.text("k halo", at + 6, panel.top + 27, left) }
      }
    }
    return .init(height: panel.bottom + 34, svg: svg)
  }

  // The tail.

  private func tail(_ panel: [Int], _ number: Int) -> Figure {
    let range = Self.span(panel.map { curves($0).tail }, from: 0.9, to: 0.002)
    let marks = panel.map { strategy in
      let times = quantiles.map { quantile -> String in
        let time = context.index.value(strategy, quantile.metric)?.mean
        let format = context.index.format(quantile.metric)
        return "\(quantile.words) " + (time.map(format.valueWithUnit) ?? "unknown")
      }
      return "\(context.name(strategy)): " + times.joined(separator: ", ")
    }
    return Figure(
      id: "wait\(number)b",
      title: "The unlucky tail, answered conversations only" + context.part(number),
      reading: "The same with a logarithmic share, all runs together."
        + (quantiles.isEmpty
          ? "" : " Marks: " + quantiles.map(\.ordinal).joined(separator: " and ") + " percentile."),
      description: "Tail of the time to the first answer with both axes logarithmic. "
        + (quantiles.isEmpty ? "" : marks.joined(separator: "; ") + "."),
      table: table(panel, range) { $0.tail },
      draw: { width, isNarrow in drawTail(panel, range, width, isNarrow) })
  }

  private var quantiles:
    [(metric: String, share: Double, words: String, short: String, ordinal: String)]
  {
    [
      ("first_response.p90", 0.1, "1 in 10 waits longer than", "1 in 10", "90th"),
      ("first_response.p99", 0.01, "1 in 100 waits longer than", "1 in 100", "99th"),
    ].filter { context.index.metric($0.0) != nil }
  }

  private func drawTail(
    _ strategies: [Int], _ range: ClosedRange<Double>, _ width: Double, _ isNarrow: Bool
  ) -> Figure.Drawing {
    var svg = SVG()
    let right = width - (isNarrow ? 4 : 12)
    let above = context.key(&svg, strategies, left: 8, width: right - 8, hasMarks: true)
    let panel = Panel(
      left: 44, right: right, top: 14 + above, bottom: (isNarrow ? 256 : 296) + above)
    let hasTimes = strategies.count <= (isNarrow ? 3 : 4) && !quantiles.isEmpty
    // The right part of the panel is kept for the times in figures.
    let texts = strategies.flatMap { strategy in quantiles.map { time(strategy, $0.metric) } }
    let column = (texts.map { estimatedWidth($0) * 1.08 }.max() ?? 0) + 12
    let room = hasTimes ? column * Double(strategies.count) + 8 : 0
    let curvesRight = panel.right - room
    let x = Scale(
      .logarithmic, low: range.lowerBound, high: range.upperBound, from: panel.left,
      to: curvesRight)
    let y = Scale(.logarithmic, low: 0.002, high: 1, from: panel.bottom, to: panel.top)
    panel.horizontalGrid(&svg, Ticks.powers(low: 0.002, high: 1), y)
    svg.line("ax", panel.left, panel.bottom, curvesRight, panel.bottom)
    panel.bottomLabels(
      &svg, Ticks.times(low: range.lowerBound, high: range.upperBound), x)
    for strategy in strategies {
      let points = Self.points(curves(strategy).tail, in: range).filter { ($0.mean ?? 0) >= 0.002 }
      svg.strategy(strategy) { svg in svg.series(context.style(strategy), points, x, y) }
    }
    for quantile in quantiles {
      let words = isNarrow ? quantile.short : quantile.words
      svg.text("k halo", panel.left + 6, y(quantile.share) - 6, words)
      for (place, strategy) in strategies.enumerated() {
        guard let time = context.index.value(strategy, quantile.metric)?.mean else { continue }
        let style = context.style(strategy)
        svg.strategy(strategy) { svg in
          svg.mark(style, x.clamped(time), y(quantile.share), 4.6)
          guard hasTimes else { return }
          let right = curvesRight + 8 + column * Double(place + 1)
          svg.text(
            style.text, right, y(quantile.share) - 6, self.time(strategy, quantile.metric), .end)
        }
      }
    }
    for (place, strategy) in strategies.enumerated() where hasTimes {
      // Each column under the mark of its strategy, whose name the key tells.
      svg.strategy(strategy) { svg in
        let x = curvesRight + 8 + column * (Double(place) + 1) - 8
        svg.mark(context.style(strategy), x, y(0.1) - 26, 4.6)
      }
    }
    return .init(height: panel.bottom + 34, svg: svg)
  }

  /// A time as the tables print it.
  private func time(_ strategy: Int, _ metric: String) -> String {
    let mean = context.index.value(strategy, metric)?.mean
    return mean.map(context.index.format(metric).valueWithUnit) ?? ""
  }

  private func table(
    _ panel: [Int], _ range: ClosedRange<Double>,
    _ curve: (ResultDocument.WaitCurves) -> [ResultDocument.CurvePoint]
  ) -> DataTable {
    var table = DataTable(
      [.init(title: "longer than", isText: true)]
        + panel.map { .init(title: "\(context.name($0)), %") })
    for tick in Ticks.times(low: range.lowerBound, high: range.upperBound) {
      let shares = panel.map { Self.share(at: tick.value, of: curve(curves($0))) }
      table.rows.append([tick.label] + shares.map { fixed(100 * $0, 1) })
    }
    return table
  }

  private static func points(
    _ curve: [ResultDocument.CurvePoint], in range: ClosedRange<Double>
  ) -> [SeriesPoint] {
    thinned(curve.filter { range.contains($0.time) }).map {
      SeriesPoint(at: $0.time, mean: $0.share, low: $0.low, high: $0.high)
    }
  }

  /// A line needs no more points than it has pixels.
  private static func thinned(
    _ curve: [ResultDocument.CurvePoint]
  ) -> [ResultDocument.CurvePoint] {
    let step = max(1, curve.count / 150)
    return step == 1 ? curve : stride(from: 0, to: curve.count, by: step).map { curve[$0] }
  }

  /// The share at a time, on the line between the points around it.
  private static func share(at time: Double, of curve: [ResultDocument.CurvePoint]) -> Double {
    guard let after = curve.firstIndex(where: { $0.time >= time }) else {
      return curve.last?.share ?? 0
    }
    guard after > 0 else { return curve[0].share }
    let left = curve[after - 1]
    let right = curve[after]
    let part = right.time > left.time ? (time - left.time) / (right.time - left.time) : 1
    return left.share + part * (right.share - left.share)
  }

  /// Round times around where the curves fall from nearly all to nearly nobody.
  private static func span(
    _ curves: [[ResultDocument.CurvePoint]], from high: Double, to low: Double
  ) -> ClosedRange<Double> {
    let points = curves.flatMap { $0 }.filter { $0.time > 0 && $0.time.isFinite }
    let first = points.filter { $0.share <= high }.map(\.time).min() ?? 1
    let ends = curves.compactMap { curve -> Double? in
      // Where a curve levels out it falls no more: the last fall that can be seen.
      let least = curve.last?.share ?? 0
      return curve.last { $0.share > least + low }?.time
    }
    let last = max(ends.max() ?? first * 10, first * 2)
    let ticks = Ticks.times(low: 0.001, high: 31_536_000).map(\.value)
    let from = ticks.last { $0 <= first } ?? 0.001
    let to = ticks.first { $0 >= last } ?? last
    return from...max(to, from * 2)
  }

  /// The seconds of `5 min` or `1 h 30 min`.
  static func seconds(_ duration: String) -> Double? {
    let sizes = ["ms": 0.001, "s": 1, "min": 60, "h": 3600, "d": 86_400.0]
    let parts = duration.split(separator: " ")
    guard !parts.isEmpty, parts.count.isMultiple(of: 2) else { return nil }
    var total = 0.0
    for place in stride(from: 0, to: parts.count, by: 2) {
      guard let number = Double(parts[place]), let size = sizes[String(parts[place + 1])] else {
        return nil
      }
      total += number * size
    }
    return total > 0 ? total : nil
  }
}
