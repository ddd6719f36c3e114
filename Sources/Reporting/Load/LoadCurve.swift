import Measurement

/// Where it stops: latency against the rate that was offered.
struct LoadCurve: Sendable {
  let index: LoadIndex

  private static let levels = [0.5, 0.99, 0.999]

  /// The quantiles that are drawn; that of the goal is always among them.
  private var levels: [Double] {
    guard let goal = index.latencyGoal, !Self.levels.contains(goal.level) else {
      return Self.levels
    }
    return (Self.levels.dropLast() + [goal.level]).sorted()
  }

  /// The time that is drawn: of too few events only at the level that the goal is judged by.
  private func time(_ step: LoadStep, _ level: Double) -> Double? {
    level == index.latencyGoal?.level ? step.all?.at(level) : step.all?.meant(level)
  }

  private var shown: [LoadStep] {
    index.ascending.map { index.steps[$0] }.filter { $0.all?.levels.isEmpty == false }
  }

  var figure: Figure? {
    let shown = shown
    guard Set(shown.map(\.rate)).count > 1 else { return nil }
    let hasInvalid = shown.contains { $0.invalid != nil }
    return Figure(
      id: "curve", title: "Where it stops: latency against the rate",
      reading: "Each mark is a measurement at that rate; lines join their medians."
        + (index.latencyGoal == nil ? "" : " The tinted side of the line meets the goal.")
        + (hasInvalid ? " A cross does not count." : ""),
      description: description(shown), wideWidth: 556, table: table(shown),
      draw: { width, isNarrow in draw(shown, width, isNarrow) })
  }

  private func description(_ shown: [LoadStep]) -> String {
    let ends = [shown.first, shown.last].compactMap(\.self).map { step in
      let times = levels.compactMap { level in
        time(step, level).map { "\(LoadWords.quantile(level)) \(wallTime($0))" }
      }
      return "At \(eventRate(step.rate)) " + times.joined(separator: ", ")
    }
    return ends.joined(separator: "; ") + "."
  }

  private func table(_ shown: [LoadStep]) -> DataTable {
    var table = DataTable(
      [.init(title: "events a second", isText: true)]
        + levels.map { .init(title: LoadWords.quantile($0)) } + [.init(title: "", isText: true)])
    for step in shown {
      table.rows.append(
        [rateDigits(step.rate)] + levels.map { time(step, $0).map(wallTime) ?? "" }
          + [step.invalid == nil ? "" : "does not count"])
    }
    return table
  }

  // MARK: - Drawing

  private func draw(_ shown: [LoadStep], _ width: Double, _ isNarrow: Bool) -> Figure.Drawing {
    var svg = SVG()
    let goal = index.latencyGoal
    let panel = Panel(
      left: 54, right: width - 56, top: 34, bottom: 34 + (isNarrow ? 240 : 270))
    let times = shown.flatMap { step in levels.compactMap { time(step, $0) } }
    let y = LoadLook.scale(times + [goal?.limit].compactMap(\.self), panel)
    let x = rates(shown, panel)
    zone(&svg, panel, x, y)
    panel.horizontalGrid(
      &svg, LoadLook.ticks(low: y.low, high: y.high, atMost: 9), y, axisAtLowest: false)
    svg.line("ax", panel.left, panel.bottom, panel.right, panel.bottom)
    panel.bottomLabels(&svg, rateTicks(x, isNarrow), x)
    svg.text(
      "t", (panel.left + panel.right) / 2, panel.bottom + 36, "events asked for a second", .middle)
    bracket(&svg, panel, x)
    if let goal {
      let at = y.clamped(goal.limit)
      svg.line("goal", panel.left, at, panel.right, at)
      svg.text("k halo", panel.left + 6, at - 6, LoadPercentiles.goalWords(goal))
    }
    var labels: [(style: String, name: String, y: Double)] = []
    for (slot, level) in levels.enumerated() {
      let style = StrategyStyle(slot: slot)
      let medians = medians(shown, level)
      svg.path(style.line, polyline(medians.map { (x($0.rate), y.clamped($0.time)) }))
      for step in shown {
        guard let time = time(step, level) else { continue }
        let (at, height) = (x(step.rate), y.clamped(time))
        if step.invalid == nil {
          svg.mark(style, at, height, shown.count > 24 ? 2.5 : 3.6)
        } else {
          svg.path(
            "lost",
            polyline([(at - 3.5, height - 3.5), (at + 3.5, height + 3.5)])
              + polyline([(at - 3.5, height + 3.5), (at + 3.5, height - 3.5)]))
        }
      }
      if let last = medians.last {
        labels.append((style.text, LoadWords.quantile(level), y.clamped(last.time)))
      }
    }
    svg.endLabels(labels, x: panel.right + 8, panel: panel, room: 48)
    return .init(height: panel.bottom + 46, svg: svg)
  }

  /// The median of the measurements that count, at each rate.
  private func medians(_ shown: [LoadStep], _ level: Double) -> [(rate: Double, time: Double)] {
    var groups: [(rate: Double, times: [Double])] = []
    for step in shown where step.invalid == nil {
      guard let time = time(step, level) else { continue }
      if groups.last?.rate == step.rate {
        groups[groups.count - 1].times.append(time)
      } else {
        groups.append((step.rate, [time]))
      }
    }
    return groups.map { group in
      (group.rate, group.times.sorted()[(group.times.count - 1) / 2])
    }
  }

  /// Rates on a straight axis as long as they are all of one size.
  private func rates(_ shown: [LoadStep], _ panel: Panel) -> Scale {
    let limits = [index.document.limit?.held, index.document.limit?.missed].compactMap(\.self)
    let all = shown.map(\.rate) + limits
    let low = all.min() ?? 0
    let high = all.max() ?? 1
    if low > 0, high / low > 20 {
      return Scale(
        .logarithmic, low: low / 1.2, high: high * 1.2, from: panel.left, to: panel.right)
    }
    return Scale(low: 0, high: high * 1.06, from: panel.left, to: panel.right)
  }

  private func rateTicks(_ x: Scale, _ isNarrow: Bool) -> [Tick] {
    guard x.kind == .logarithmic else {
      return Ticks.linear(low: x.low, high: x.high, wanted: isNarrow ? 3 : 5).map {
        Tick(value: $0.value, label: rateDigits($0.value))
      }
    }
    return LoadLook.ticks(low: x.low, high: x.high, atMost: isNarrow ? 5 : 8).map {
      Tick(value: $0.value, label: rateDigits($0.value))
    }
  }

  /// Where the goal is met: below its line, up to the highest rate that held.
  private func zone(_ svg: inout SVG, _ panel: Panel, _ x: Scale, _ y: Scale) {
    guard let goal = index.latencyGoal else { return }
    let top = y.clamped(goal.limit)
    let right = index.document.limit?.held.map { x.clamped($0) } ?? panel.right
    svg.rect("goalzone", panel.left, top, right - panel.left, panel.bottom - top)
  }

  /// What held and what did not, as the two sides of a band.
  private func bracket(_ svg: inout SVG, _ panel: Panel, _ x: Scale) {
    guard let limit = index.document.limit else { return }
    let words: String
    switch (limit.held, limit.missed) {
    case (let held?, let missed?) where missed > held:
      let from = x.clamped(held)
      svg.rect("bar", from, panel.top, x.clamped(missed) - from, panel.bottom - panel.top)
      words = "holds \(rateDigits(held)), not \(rateDigits(missed)) a second"
    case (let held?, _): words = "holds \(rateDigits(held)) a second"
    case (nil, let missed?): words = "does not hold \(rateDigits(missed)) a second"
    case (nil, nil): return
    }
    for rate in [limit.held, limit.missed].compactMap(\.self) {
      svg.line("goal", x.clamped(rate), panel.top - 8, x.clamped(rate), panel.bottom)
    }
    let at = x.clamped(limit.held ?? limit.missed ?? 0)
    let half = estimatedWidth(words) * 0.54
    let place = min(max(at, half + 4), panel.right + 50 - half)
    svg.text("k", place, panel.top - 14, words, .middle)
  }
}
