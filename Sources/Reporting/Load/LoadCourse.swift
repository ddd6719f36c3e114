import Measurement

/// The rate over time: what was due and what was carried out, what waited, how late the generator was.
struct LoadCourse: Sendable {
  let index: LoadIndex

  /// Some seconds together.
  private struct Stretch: Sendable {
    var start = 0.0
    var length = 1.0
    var offered = 0.0
    var done = 0.0
    var backlog = 0
    var late = 0.0
  }

  /// More points than these cannot be told apart.
  private static let mostPoints = 240

  private var total: Int { index.steps.reduce(0) { $0 + $1.wholeSeconds } }

  private var stretches: [Stretch] {
    let total = total
    guard total > 0 else { return [] }
    let size = (total + Self.mostPoints - 1) / Self.mostPoints
    var stretches = (0..<((total + size - 1) / size)).map { place in
      Stretch(
        start: Double(place * size), length: Double(min(size, total - place * size)))
    }
    for (step, start) in zip(index.steps, index.starts) {
      for row in step.seconds where row.operation == "all" {
        let place = (start + row.second) / size
        guard stretches.indices.contains(place) else { continue }
        stretches[place].offered += Double(row.offeredCount)
        stretches[place].done += Double(row.doneCount)
        stretches[place].backlog = max(stretches[place].backlog, row.backlog)
        stretches[place].late = max(stretches[place].late, row.late)
      }
    }
    for place in stretches.indices {
      stretches[place].offered /= stretches[place].length
      stretches[place].done /= stretches[place].length
    }
    return stretches
  }

  var figure: Figure? {
    let stretches = stretches
    guard stretches.contains(where: { $0.offered > 0 || $0.done > 0 }) else { return nil }
    let each = Int(stretches[0].length)
    let size = each == 1 ? "second by second" : "in stretches of \(spokenDuration(Double(each)))"
    return Figure(
      id: "course", title: "Rate over time: what was due and what was carried out",
      reading:
        "Events a second, \(size). The generator never slows down for the engine; the tinted "
        + "gap is work that waits." + shaded,
      description: description(stretches), wideWidth: 1160, mediumWidth: 720,
      table: table(stretches), draw: { width, isNarrow in draw(stretches, width, isNarrow) })
  }

  private var shaded: String {
    guard index.steps.contains(where: { $0.invalid != nil }) else { return "" }
    return index.steps.count == 1 ? "" : " What stands on grey does not count."
  }

  private func description(_ stretches: [Stretch]) -> String {
    let due = stretches.map(\.offered).max() ?? 0
    let done = stretches.map(\.done).max() ?? 0
    let backlog = stretches.map(\.backlog).max() ?? 0
    return "At most \(eventRate(due)) were due and \(rateDigits(done)) carried out; at most "
      + "\(countedEvents(backlog)) waited at the end of a second."
  }

  private func table(_ stretches: [Stretch]) -> DataTable {
    var table = DataTable([
      .init(title: "from", isText: true), .init(title: "due a second"),
      .init(title: "carried out a second"), .init(title: "waiting at most"),
      .init(title: "generator late at most"),
    ])
    for row in stretches {
      table.rows.append([
        clockDuration(row.start), rateDigits(row.offered), rateDigits(row.done),
        grouped(Int64(row.backlog)), row.late > 0 ? wallTime(row.late) : "0",
      ])
      let middle = row.start + row.length / 2
      table.places.append(
        (wide: scale(1160)(middle), medium: scale(720)(middle), narrow: scale(360)(middle)))
    }
    return table
  }

  private func scale(_ width: Double) -> Scale {
    Scale(low: 0, high: Double(total), from: Self.left, to: width - 14)
  }

  private static let left = 62.0

  // MARK: - Drawing

  private func draw(_ stretches: [Stretch], _ width: Double, _ isNarrow: Bool) -> Figure.Drawing {
    var svg = SVG()
    let x = scale(width)
    let offered = StrategyStyle(slot: 0)
    let done = StrategyStyle(slot: 2)
    let above = svg.key([(offered, "due"), (done, "carried out")], width: width)
    let rates = Panel(
      left: Self.left, right: width - 14, top: above + 8, bottom: above + (isNarrow ? 178 : 218))
    let most = max(stretches.map(\.offered).max() ?? 1, stretches.map(\.done).max() ?? 1)
    let y = Scale(low: 0, high: most * 1.06, from: rates.bottom, to: rates.top)
    let hasLate = stretches.contains { $0.late > 0 }
    let backlog = Panel(
      left: rates.left, right: rates.right, top: rates.bottom + 40, bottom: rates.bottom + 100)
    let late = Panel(
      left: rates.left, right: rates.right, top: backlog.bottom + 40, bottom: backlog.bottom + 90)
    let last = hasLate ? late : backlog
    shade(&svg, x, from: rates.top, to: last.bottom)
    rates.horizontalGrid(&svg, labelled(Ticks.linear(low: 0, high: y.high, wanted: 4)), y)
    let upper = outline(stretches, x, y) { max($0.offered, $0.done) }
    svg.path("gap", area(upper, outline(stretches, x, y) { $0.done }))
    svg.path(offered.line, polyline(outline(stretches, x, y) { $0.offered }))
    svg.path(done.line, polyline(outline(stretches, x, y) { $0.done }))
    svg.text("b", backlog.left, backlog.top - 12, "Events that wait")
    let waiting = stretches.map { Double($0.backlog) }
    // What is always in the air is no backlog: a hundredth of a second's events is the least scale.
    strip(&svg, backlog, x, stretches, waiting, atLeast: most / 100, style: "wa") { rateDigits($0) }
    if hasLate {
      let longest = max(0.001, stretches.map(\.late).max() ?? 0)
      let unit = TimeUnit.fitting(longest)
      svg.text("b", late.left, late.top - 12, "Generator late at most, \(unit.sign)")
      strip(
        &svg, late, x, stretches, stretches.map { $0.late * unit.perSecond },
        atLeast: longest * unit.perSecond, style: "wr"
      ) { shortest(($0 * 1e6).rounded() / 1e6) }
    }
    let ticks = Ticks.clock(
      low: 0, high: Double(total), startOfDay: nil, atMost: isNarrow ? 4 : 9
    ).map { Tick(value: $0.value, label: clockDuration($0.value)) }
    last.bottomLabels(&svg, ticks, x)
    return .init(height: last.bottom + 26, svg: svg)
  }

  private func labelled(_ ticks: [Tick]) -> [Tick] {
    ticks.map { Tick(value: $0.value, label: rateDigits($0.value)) }
  }

  /// Steps: each stretch is as high as it is, all the way.
  private func outline(
    _ stretches: [Stretch], _ x: Scale, _ y: Scale, _ value: (Stretch) -> Double
  ) -> [(x: Double, y: Double)] {
    stretches.flatMap { row in
      let height = y.clamped(value(row))
      return [(x: x(row.start), y: height), (x: x(row.start + row.length), y: height)]
    }
  }

  /// A low panel with an area from nought up.
  private func strip(
    _ svg: inout SVG, _ panel: Panel, _ x: Scale, _ stretches: [Stretch], _ values: [Double],
    atLeast least: Double, style: String, _ label: (Double) -> String
  ) {
    let highest = values.max() ?? 0
    let most = highest > 0 ? max(least, highest) : 0
    let y = Scale(low: 0, high: most > 0 ? most : 1, from: panel.bottom, to: panel.top)
    let ticks = most > 0 ? Ticks.linear(low: 0, high: most, wanted: 2) : []
    let shown = (ticks.isEmpty ? [Tick(value: 0, label: "0")] : ticks).map {
      Tick(value: $0.value, label: label($0.value))
    }
    panel.horizontalGrid(&svg, shown, y)
    guard most > 0 else { return }
    var top: [(x: Double, y: Double)] = []
    for (row, value) in zip(stretches, values) {
      top.append((x(row.start), y(value)))
      top.append((x(row.start + row.length), y(value)))
    }
    svg.path(style, area(top, [(panel.left, panel.bottom), (panel.right, panel.bottom)]))
  }

  /// Grey behind what does not count, and lines where one measurement ends and the next begins.
  private func shade(_ svg: inout SVG, _ x: Scale, from top: Double, to bottom: Double) {
    guard index.steps.count > 1 else { return }
    for (step, start) in zip(index.steps, index.starts) {
      let (begin, end) = (x(Double(start)), x(Double(start + step.wholeSeconds)))
      if step.invalid != nil { svg.rect("bar", begin, top, end - begin, bottom - top) }
      if start > 0, index.steps.count <= 60 { svg.line("gr", begin, top, begin, bottom) }
    }
  }
}
