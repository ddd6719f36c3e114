/// Axes of a panel: hairlines, no boxes.
struct Panel: Sendable {
  var left: Double
  var right: Double
  var top: Double
  var bottom: Double

  /// Grid lines across with their numbers on the left.
  func horizontalGrid(
    _ svg: inout SVG, _ ticks: [Tick], _ scale: Scale, axisAtLowest: Bool = true
  ) {
    for (place, tick) in ticks.enumerated() {
      let y = scale(tick.value)
      let isAxis = axisAtLowest && place == 0 && abs(y - bottom) < 0.5
      svg.line(isAxis ? "ax" : "gr", left, y, right, y)
      svg.text("t", left - 7, y + 4, tick.label, .end)
    }
  }

  /// Numbers under the panel; the first and the last stay inside it.
  func bottomLabels(_ svg: inout SVG, _ ticks: [Tick], _ scale: Scale, hasMarks: Bool = true) {
    let room = (left - 24)...(max(left, right) + 10)
    for place in Labels.placed(ticks, scale: scale, within: room) {
      if hasMarks { svg.line("ax", place.x, bottom, place.x, bottom + 4) }
      svg.text("t", place.x, bottom + 17, place.tick.label, place.anchor)
    }
  }

  /// Lines from top to bottom with their numbers under the panel.
  func verticalGrid(_ svg: inout SVG, _ ticks: [Tick], _ scale: Scale) {
    for tick in ticks {
      let x = scale(tick.value)
      svg.line("gr", x, top, x, bottom)
    }
    bottomLabels(&svg, ticks, scale, hasMarks: false)
  }
}
