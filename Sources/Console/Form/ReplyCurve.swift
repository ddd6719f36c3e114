import Glibc
import Reporting
import Scenarios

/// How long replies take, as a curve with two rings: half are shorter than the one, nine in ten than the other.
struct ReplyCurve {
  typealias Value = (path: ScenarioPath, value: Quantity)

  private let median: Value
  private let p90: Value
  /// Seconds in a unit.
  private static let seconds = ["s": 1.0, "min": 60, "h": 3_600]

  /// Nil where the units are others, or nine in ten are shorter than half.
  init?(median: Value, p90: Value) {
    guard let one = Self.seconds[median.value.unit], let other = Self.seconds[p90.value.unit],
      median.value.number > 0, p90.value.number * other > median.value.number * one
    else { return nil }
    self.median = median
    self.p90 = p90
  }

  private static let (left, right, top, bottom) = (2.0, 214.0, 4.0, 44.0)

  var html: String {
    let middle = median.value.number * (Self.seconds[median.value.unit] ?? 1)
    let high = p90.value.number * (Self.seconds[p90.value.unit] ?? 1)
    let end = high * 1.6
    let mu = log(middle)
    let sigma = (log(high) - mu) / 1.2815515655446004
    func x(_ seconds: Double) -> Double { Self.left + seconds / end * (Self.right - Self.left) }
    let times = (1...60).map { Double($0) / 60 * end }
    let heights = times.map { time in
      exp(-(log(time) - mu) * (log(time) - mu) / (2 * sigma * sigma)) / (time * sigma)
    }
    let most = heights.max() ?? 1
    var line = "M\(Self.number(Self.left)) \(Self.number(Self.bottom))"
    for (time, height) in zip(times, heights) {
      let y = Self.bottom - height / most * (Self.bottom - Self.top)
      line += "L\(Self.number(x(time))) \(Self.number(y))"
    }
    var svg =
      "<svg class=\"profile\" viewBox=\"0 0 220 56\" role=\"group\" aria-label=\"How long replies take\">"
    svg +=
      "<path class=\"under\" d=\"\(line)L\(Self.number(Self.right)) \(Self.number(Self.bottom))Z\"/><path class=\"lk\" d=\"\(line)\"/>"
    svg += ring(median, "Half of the replies under", at: x(middle), end: end)
    svg += ring(p90, "Nine in ten replies under", at: x(high), end: end)
    return svg + "</svg>"
  }

  private func ring(_ value: Value, _ label: String, at x: Double, end: Double) -> String {
    let unit = value.value.unit
    let last = (end / (Self.seconds[unit] ?? 1) * 1_000).rounded() / 1_000
    let step = value.value.step
    return
      "<g role=\"slider\" tabindex=\"0\" class=\"grabx\" \(Controls.attribute(value.path)) data-template=\"\(markup(of: value.value.template))\" "
      + "data-x0=\"\(Self.number(Self.left))\" data-x1=\"\(Self.number(Self.right))\" data-v0=\"0\" data-v1=\"\(Quantity.text(last))\" "
      + "data-step=\"\(Quantity.text(step))\" data-say=\"{} \(markup(of: unit))\" aria-label=\"\(label)\" aria-valuemin=\"\(Quantity.text(step))\" "
      + "aria-valuemax=\"\(Quantity.text(last))\" aria-valuenow=\"\(value.value.text)\" aria-valuetext=\"\(value.value.text) \(markup(of: unit))\">"
      + "<line class=\"lk\" x1=\"\(Self.number(x))\" x2=\"\(Self.number(x))\" y1=\"14\" y2=\"\(Self.number(Self.bottom))\"/>"
      + "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(Self.bottom))\" r=\"12\" fill=\"transparent\"/>"
      + "<circle class=\"ring\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(Self.bottom))\" r=\"5\"/></g>"
  }

  private static func number(_ value: Double) -> String {
    Quantity.text((value * 10).rounded() / 10)
  }
}
