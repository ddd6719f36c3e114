import Measurement

/// What each goal costs, with the goal as a line that is dragged.
struct StaffingPrices: Sendable {
  let words: StaffingWords
  private var answer: StaffingAnswer { words.answer }

  private struct Numbers: Sendable {
    var goals: ClosedRange<Int>
    /// The goals that can be shown and their agent hours.
    var prices: [(goal: Double, hours: Double)]
    var goal: Double
    var hours: Double?
    var style: StrategyStyle
  }

  private var numbers: Numbers {
    let goals = Self.goals(answer)
    let prices = goals.compactMap { percent -> (goal: Double, hours: Double)? in
      let needed = words.grid.needed(Double(percent) / 100, answer.bound)
      return words.grid.hours(of: needed).map { (Double(percent), $0) }
    }
    return Numbers(
      goals: goals, prices: prices, goal: answer.share * 100,
      hours: words.grid.hours(of: words.needed), style: StaffingWords.style(answer))
  }

  /// The goals that may be asked for, in per cent.
  static func goals(_ answer: StaffingAnswer) -> ClosedRange<Int> {
    let percent = answer.share * 100
    return min(50, max(1, Int(percent)))...max(95, min(99, Int(percent.rounded(.up))))
  }

  var figure: Figure {
    let numbers = numbers
    var table = DataTable([.init(title: "goal, %", isText: true), .init(title: "agent hours")])
    for price in numbers.prices where Int(price.goal) % 5 == 0 {
      table.rows.append([fixed(price.goal, 0), StaffingWords.hours(price.hours)])
    }
    let within = StaffingWords.minutes(answer.within)
    var figure = Figure(
      id: "plan-price", title: "What the goal costs",
      reading: "Agent hours for a goal of so many per cent within \(within). Drag the line.",
      description: "Agent hours by goal.", table: table,
      draw: { width, _ in Self.drawing(numbers, width) })
    figure.isMovable = true
    return figure
  }

  private static func drawing(_ numbers: Numbers, _ width: Double) -> Figure.Drawing {
    let panel = Panel(left: 34, right: width - 8, top: 14, bottom: 198)
    let hours = numbers.prices.map(\.hours)
    let low = max(0, ((hours.min() ?? 0) / 10).rounded(.down) * 10 - 10)
    let high = ((hours.max() ?? 95) / 10).rounded(.up) * 10 + 5
    let x = Scale(
      low: Double(numbers.goals.lowerBound), high: Double(numbers.goals.upperBound),
      from: panel.left, to: panel.right)
    let y = Scale(low: low, high: high, from: panel.bottom, to: 22)
    var svg = SVG()
    for tick in Ticks.linear(low: low, high: high, wanted: 4) {
      svg.line("gr", panel.left, y(tick.value), panel.right, y(tick.value))
      svg.text("t", 0, y(tick.value) + 4, tick.label)
    }
    for goal in numbers.goals where goal % 5 == 0 {
      svg.text("t", x(Double(goal)), panel.bottom + 17, "\(goal)", .middle)
    }
    let last = numbers.prices.last?.goal ?? Double(numbers.goals.lowerBound) - 0.5
    if last < Double(numbers.goals.upperBound) {
      let from = x.clamped(last + 0.5)
      svg.raw("<g style=\"fill:var(--tint)\">")
      svg.rect("", from, panel.top, panel.right - from, panel.bottom - panel.top)
      svg.raw("</g>")
      svg.text("sm", panel.right - 4, 27, "out of reach", .end)
    }
    svg.path(numbers.style.line, polyline(numbers.prices.map { (x($0.goal), y($0.hours)) }))
    slider(&svg, numbers, panel, x, y)
    return Figure.Drawing(height: 230, svg: svg)
  }

  /// The goal, where it is grabbed.
  private static func slider(
    _ svg: inout SVG, _ numbers: Numbers, _ panel: Panel, _ x: Scale, _ y: Scale
  ) {
    let at = x.clamped(numbers.goal)
    let percent = shortest((numbers.goal * 100).rounded() / 100)
    let price = numbers.hours.map { StaffingWords.hours($0) + " agent hours" }
    svg.raw(
      "<g role=\"slider\" tabindex=\"0\" class=\"grabx\" data-plan=\"goal\" data-scale=\"0.01\" "
        + "data-x0=\"\(coordinate(panel.left))\" data-x1=\"\(coordinate(panel.right))\" "
        + "data-v0=\"\(numbers.goals.lowerBound)\" data-v1=\"\(numbers.goals.upperBound)\" data-step=\"1\" "
        + "aria-label=\"Goal, per cent\" aria-valuemin=\"\(numbers.goals.lowerBound)\" "
        + "aria-valuemax=\"\(numbers.goals.upperBound)\" aria-valuenow=\"\(percent)\" "
        + "aria-valuetext=\"\(percent) per cent, \(price ?? "out of reach")\">"
        + "<rect x=\"\(coordinate(at - 14))\" y=\"6\" width=\"28\" height=\"\(coordinate(panel.bottom - 2))\" "
        + "fill=\"transparent\"/>")
    svg.line("goal", at, panel.top, at, panel.bottom)
    if let hours = numbers.hours { svg.mark(numbers.style, at, y.clamped(hours), 5) }
    svg.raw(
      "<circle cx=\"\(coordinate(at))\" cy=\"\(coordinate(panel.bottom))\" r=\"6.5\" fill=\"var(--paper)\" "
        + "stroke=\"var(--ink)\" stroke-width=\"1.6\"/>")
    let isRight = at > (panel.left + panel.right) * 0.6
    let height = numbers.hours.map { max(24, y.clamped($0) - 10) } ?? 42
    svg.text(
      "b halo", at + (isRight ? -8 : 8), height, price ?? "\(percent) %: out of reach",
      isRight ? .end : .start)
    svg.raw("</g>")
  }
}

/// What each agent buys in the busiest period.
struct StaffingGains: Sendable {
  let words: StaffingWords
  private var grid: StaffingGrid { words.grid }
  private var answer: StaffingAnswer { words.answer }

  var figure: Figure {
    let period = grid.busiest
    let points = grid.counts.indices.map { place in
      (count: grid.counts[place], reach: grid.reach(place, period, answer.bound))
    }
    let (share, needed, style) = (answer.share, words.needed[period], StaffingWords.style(answer))
    var table = DataTable([.init(title: "agents", isText: true), .init(title: "answered, %")])
    for point in points {
      table.rows.append(["\(point.count)", StaffingWords.number(point.reach)])
    }
    let stretch = grid.periods[period]
    return Figure(
      id: "plan-buy",
      title: grid.periods.count == 1
        ? "What each agent buys" : "The busiest hour: what each agent buys",
      reading: "Answered within \(StaffingWords.minutes(answer.within)) by agents on shift, "
        + "\(stretch.begin) to \(stretch.end), with 95 % intervals.",
      description: points.map { "\($0.count): \(StaffingWords.number($0.reach)) %" }
        .joined(separator: "; ") + ".",
      table: table,
      draw: { width, _ in Self.drawing(points, share, needed, style, width) })
  }

  private static func drawing(
    _ points: [(count: Int, reach: StaffingReach)], _ share: Double, _ needed: Int?,
    _ style: StrategyStyle, _ width: Double
  ) -> Figure.Drawing {
    let panel = Panel(left: 34, right: width - 8, top: 14, bottom: 198)
    let x = Scale(
      low: Double(points.first?.count ?? 0), high: Double(points.last?.count ?? 1),
      from: panel.left, to: panel.right)
    let y = Scale(low: 0, high: 100, from: panel.bottom, to: panel.top)
    let goal = y(share * 100)
    var svg = SVG()
    svg.rect("goalzone", panel.left, panel.top, panel.right - panel.left, goal - panel.top)
    for tick in [0, 25, 50, 75, 100] {
      let height = y(Double(tick))
      svg.line(tick == 0 ? "ax" : "gr", panel.left, height, panel.right, height)
      svg.text("t", 0, height + 4, tick == 100 ? "100 %" : "\(tick)")
    }
    let ticks = points.map { Tick(value: Double($0.count), label: "\($0.count)") }
    panel.bottomLabels(&svg, ticks, x, hasMarks: false)
    svg.line("goal", panel.left, goal, panel.right, goal)
    svg.text("k halo", panel.left + 4, goal - 5, "goal " + StaffingWords.percent(share))
    let known = points.compactMap { point in
      point.reach.value.map { (x: x(Double(point.count)), y: y(min(1, max(0, $0)) * 100)) }
    }
    svg.path(style.line, polyline(known))
    for point in points {
      guard let value = point.reach.value else { continue }
      let at = x(Double(point.count))
      if let low = point.reach.low, let high = point.reach.high {
        svg.line(style.interval, at, y.clamped(low * 100), at, y.clamped(high * 100))
      }
      svg.mark(style, at, y(value * 100), 4)
    }
    if let needed, needed > 0 {
      let at = x.clamped(Double(needed))
      svg.line("goal", at, goal, at, panel.bottom)
      let isRight = at > (panel.left + panel.right) * 0.8
      svg.text(
        "b halo", at + (isRight ? -7 : 7), panel.bottom - 8, "\(needed) needed",
        isRight ? .end : .start)
    }
    return Figure.Drawing(height: 230, svg: svg)
  }
}
