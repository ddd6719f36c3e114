/// How a strategy is drawn: its hue, its line and its mark, one slot of five.
struct StrategyStyle: Sendable {
  /// 0 is the baseline's grey, 1 to 4 are the hues in file order.
  let slot: Int

  var line: String { "l\(slot)" }
  var band: String { "b\(slot)" }
  var text: String { "x\(slot)" }
  var interval: String { "c\(slot)" }
  var dots: String { "r\(slot)" }
  var mark: String { "m\(slot)" }
  var fill: String { "hf\(slot)" }
  var outline: String { "hh\(slot)" }
}

extension SVG {
  /// The mark of a strategy: circle, square, diamond, triangle, ring.
  mutating func mark(_ style: StrategyStyle, _ x: Double, _ y: Double, _ radius: Double) {
    switch style.slot {
    case 0: circle(style.mark, x, y, radius)
    case 1: rect(style.mark, x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8)
    case 2:
      let r = radius * 1.3
      path(
        style.mark,
        polyline([(x, y - r), (x + r, y), (x, y + r), (x - r, y)]) + "Z")
    case 3:
      let r = radius * 1.25
      path(
        style.mark, polyline([(x, y - r), (x + r, y + r * 0.75), (x - r, y + r * 0.75)]) + "Z")
    default: circle(style.mark, x, y, radius * 0.9)
    }
  }

  /// A bar from end to end of an interval, with caps.
  mutating func interval(
    _ style: StrategyStyle, _ x1: Double, _ x2: Double, _ y: Double, cap: Double = 5
  ) {
    line(style.interval, x1, y, x2, y)
    guard cap > 0 else { return }
    line(style.interval + " cap", x1, y - cap, x1, y + cap)
    line(style.interval + " cap", x2, y - cap, x2, y + cap)
  }

  /// A line with its band; gaps where there is no value.
  mutating func series(_ style: StrategyStyle, _ points: [SeriesPoint], _ x: Scale, _ y: Scale) {
    for run in points.split(whereSeparator: { $0.mean == nil }) {
      let banded = run.filter { $0.low != nil && $0.high != nil }
      path(
        style.band,
        area(
          banded.map { (x($0.at), y.clamped($0.high ?? 0)) },
          banded.map { (x($0.at), y.clamped($0.low ?? 0)) }))
      path(style.line, polyline(run.map { (x($0.at), y.clamped($0.mean ?? 0)) }))
    }
  }

  /// Names at the ends of lines, apart from each other.
  mutating func endLabels(
    _ labels: [(style: String, name: String, y: Double)], x: Double, panel: Panel, room: Double
  ) {
    let places = Labels.spread(
      labels.map(\.y), gap: 15, within: (panel.top + 4)...(max(panel.top + 4, panel.bottom - 2)))
    for (label, place) in zip(labels, places) {
      text(label.style, x, place + 4, cut(label.name, pixels: room))
    }
  }
}

extension SVG {
  /// Lines with their names above a panel, in rows; gives where the panel may begin.
  mutating func key(_ entries: [(style: StrategyStyle, name: String)], width: Double) -> Double {
    var (x, y) = (8.0, 10.0)
    for entry in entries {
      let name = cut(entry.name, pixels: width - 56)
      let room = 58 + Double(displayWidth(name)) * 6.7
      if x + room > width, x > 8 { (x, y) = (8, y + 18) }
      line(entry.style.line, x, y - 4, x + 34, y - 4)
      text("k", x + 40, y, name)
      x += room
    }
    return y + 12
  }
}

/// A point of a line with its band.
struct SeriesPoint: Sendable {
  var at: Double
  var mean: Double?
  var low: Double?
  var high: Double?
}
