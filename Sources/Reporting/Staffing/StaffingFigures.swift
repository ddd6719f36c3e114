import Measurement

/// The agents that each period needs, as steps over its customers.
struct StaffingSteps: Sendable {
  let words: StaffingWords
  private var grid: StaffingGrid { words.grid }
  private var answer: StaffingAnswer { words.answer }

  private struct Numbers: Sendable {
    var needed: [Int?]
    var possible: [Int?]
    var single: [Int?]
    var several: [Int?]
    var gain: Double
    var present: Int
    var periods: [StaffingGrid.Period]
    var style: StrategyStyle
    /// The most agents that were run.
    var most: Int

    /// The numbers that the axis must show.
    var shown: [Int] {
      needed.compactMap(\.self) + possible.compactMap(\.self) + single.compactMap(\.self)
        + several.compactMap(\.self) + [present] + (needed.contains(nil) ? [most] : [])
    }
  }

  private var numbers: Numbers {
    Numbers(
      needed: words.needed, possible: grid.possible(answer.share, answer.bound),
      single: answer.formulas?.single ?? [], several: answer.formulas?.several ?? [],
      gain: answer.formulas?.gain ?? 1, present: answer.present, periods: grid.periods,
      style: StaffingWords.style(answer), most: grid.counts.last ?? 0)
  }

  var figure: Figure {
    let numbers = numbers
    let every = grid.periods.count == 1 ? "" : ", hour by hour"
    return Figure(
      id: "plan-steps", title: "Agents needed on shift" + every, reading: reading(numbers),
      description: zip(grid.periods, numbers.needed).map { period, count in
        "\(period.begin) \(count.map { "\($0)" } ?? "out of reach")"
      }.joined(separator: ", ") + ".",
      wideWidth: 1160, mediumWidth: 720, table: table(numbers),
      draw: { width, isNarrow in Self.drawing(numbers, width, isNarrow) })
  }

  private func reading(_ numbers: Numbers) -> String {
    var words =
      "Thick: the smallest number whose whole 95 % interval lies above the goal. Band: numbers that "
      + "\(grid.runs) runs cannot rule out."
    if !numbers.single.isEmpty {
      words += " Dashed: Erlang C, one conversation at a time"
      words += numbers.several.isEmpty ? "." : "; dotted: \(fixed(numbers.gain, 1)) at a time."
    }
    return words + " Thin: \(numbers.present) now. Bars: customers in that hour."
  }

  private func table(_ numbers: Numbers) -> DataTable {
    var table = DataTable([
      .init(title: "hour", isText: true), .init(title: "customers"), .init(title: "needed"),
      .init(title: "not ruled out from"),
    ])
    for (place, period) in grid.periods.enumerated() {
      table.rows.append([
        period.begin, fixed(period.customers, 0, separator: ","),
        numbers.needed[place].map { "\($0)" } ?? "out of reach",
        numbers.possible[place].map { "\($0)" } ?? "out of reach",
      ])
    }
    return table
  }

  // MARK: - Drawing

  private static func drawing(_ numbers: Numbers, _ width: Double, _ isNarrow: Bool)
    -> Figure.Drawing
  {
    let height = isNarrow ? 250.0 : 300.0
    let panel = Panel(
      left: 30, right: width - (isNarrow ? 8 : 130), top: 16, bottom: height - 74)
    let low = max(0, (numbers.shown.filter { $0 > 0 }.min() ?? 0) - 2)
    let y = Scale(
      low: Double(low), high: Double((numbers.shown.max() ?? 1) + 1), from: panel.bottom,
      to: panel.top)
    let x = Scale(
      low: 0, high: Double(numbers.periods.count), from: panel.left, to: panel.right)
    var svg = SVG()
    for tick in Ticks.linear(low: y.low, high: y.high, wanted: 5)
    where tick.value == tick.value.rounded() {
      svg.line("gr", panel.left, y(tick.value), panel.right, y(tick.value))
      svg.text("t", 0, y(tick.value) + 4, tick.label)
    }
    band(&svg, numbers, x, y, panel, isNarrow)
    lines(&svg, numbers, x, y, panel)
    let room = x(1) - x(0)
    for (place, count) in numbers.needed.enumerated() where room > 20 {
      guard let count else { continue }
      svg.text("b halo", x(Double(place) + 0.5), y.clamped(Double(count)) - 7, "\(count)", .middle)
    }
    if !isNarrow { labels(&svg, numbers, y, panel) }
    customers(&svg, numbers, x, height)
    return Figure.Drawing(height: height, svg: svg)
  }

  /// Numbers that are not ruled out, and periods in which no number is enough.
  private static func band(
    _ svg: inout SVG, _ numbers: Numbers, _ x: Scale, _ y: Scale, _ panel: Panel, _ isNarrow: Bool
  ) {
    for (place, count) in numbers.needed.enumerated() {
      let (from, to) = (x(Double(place)), x(Double(place + 1)))
      guard let count else {
        let word = isNarrow || to - from < 70 ? "–" : "out of reach"
        svg.text("sm", (from + to) / 2, panel.top + 14, word, .middle)
        continue
      }
      guard let possible = numbers.possible[place], possible < count else { continue }
      let (top, bottom) = (y.clamped(Double(count)), y.clamped(Double(possible)))
      svg.rect(numbers.style.band, from, top, to - from, bottom - top)
    }
  }

  private static func lines(
    _ svg: inout SVG, _ numbers: Numbers, _ x: Scale, _ y: Scale, _ panel: Panel
  ) {
    let present = y.clamped(Double(numbers.present))
    svg.line("goal", panel.left, present, panel.right, present)
    for (agents, dashes) in [(numbers.single, "5 4"), (numbers.several, "1.8 2.6")] {
      let path = steps(agents, x, y)
      guard !path.isEmpty else { continue }
      svg.raw(
        "<path fill=\"none\" stroke=\"var(--s0)\" stroke-width=\"1.5\" stroke-dasharray=\"\(dashes)\" "
          + "d=\"\(path)\"/>")
    }
    let path = steps(numbers.needed, x, y)
    guard !path.isEmpty else { return }
    svg.raw(
      "<path class=\"\(numbers.style.line)\" style=\"stroke-width:3;stroke-dasharray:none\" d=\"\(path)\"/>"
    )
  }

  /// A line that stays level through a period and is broken where there is no number.
  private static func steps(_ agents: [Int?], _ x: Scale, _ y: Scale) -> String {
    agents.indices.split { agents[$0] == nil }.map { run in
      polyline(
        run.flatMap { place in
          [place, place + 1].map { (x(Double($0)), y.clamped(Double(agents[place] ?? 0))) }
        })
    }.joined()
  }

  private static func labels(
    _ svg: inout SVG, _ numbers: Numbers, _ y: Scale, _ panel: Panel
  ) {
    var labels: [(style: String, name: String, y: Double)] = []
    func add(_ style: String, _ name: String, _ count: Int??) {
      if let count, let count { labels.append((style, name, y.clamped(Double(count)))) }
    }
    add(numbers.style.text, "needed", numbers.needed.last)
    add("k", "\(numbers.present) now", numbers.present)
    add("x0", "Erlang C, 1 each", numbers.single.last)
    add("x0", "Erlang C, \(fixed(numbers.gain, 1)) each", numbers.several.last)
    svg.endLabels(labels, x: panel.right + 10, panel: panel, room: 120)
  }

  /// Bars of the customers, with the clock below.
  private static func customers(
    _ svg: inout SVG, _ numbers: Numbers, _ x: Scale, _ height: Double
  ) {
    let bottom = height - 18
    let most = max(1e-9, numbers.periods.map(\.customers).max() ?? 1)
    let room = x(1) - x(0)
    for (place, period) in numbers.periods.enumerated() {
      let tall = period.customers / most * 26
      svg.rect("bar", x(Double(place)) + 2, bottom - tall, room - 4, tall)
      let text = fixed(period.customers, 0)
      if estimatedWidth(text, size: 11) + 4 < room {
        svg.text("sm halo", x(Double(place) + 0.5), bottom - 4, text, .middle)
      }
    }
    let each = max(1, Int((48 / room).rounded(.up)))
    for place in 0...numbers.periods.count where place % each == 0 {
      let isLast = place == numbers.periods.count
      let words = isLast ? numbers.periods[place - 1].end : numbers.periods[place].begin
      svg.text("t", x(Double(place)), height - 3, words, isLast ? .end : .middle)
    }
  }
}
