import Engine
import Reporting
import Scenarios

/// Customers an hour over the day, as a line with rings to drag.
struct ProfileForm {
  private struct Ring {
    var path: ScenarioPath
    var clock: String
    var seconds: Double
    var rate: Quantity
  }

  private let rings: [Ring]
  private let isLinear: Bool
  private let end: Double
  private let path: ScenarioPath

  /// Nil where there is no profile, or one that is no line of rates over one day.
  init?(source: FormSource, path: ScenarioPath) {
    let keys = source.keys(path)
    guard (2...24).contains(keys.count) else { return nil }
    var rings: [Ring] = []
    for key in keys {
      let place = ScenarioPath(path.steps + [.key(key)])
      guard let seconds = Self.seconds(key), rings.last.map({ $0.seconds < seconds }) ?? true,
        let found = source.place(place), !found.isVaried,
        let rate = found.found.scalar.flatMap(Quantity.init), rate.unit.hasPrefix("per ")
      else { return nil }
      rings.append(Ring(path: found.path, clock: key, seconds: seconds, rate: rate))
    }
    guard Set(rings.map(\.rate.unit)).count == 1, let last = rings.last else { return nil }
    self.rings = rings
    self.path = path
    let shape = ScenarioPath(path.steps.dropLast() + [.key("shape")])
    isLinear = source.place(shape)?.found.scalar == "linear"
    let duration = source.scenario.map { Double($0.duration.nanoseconds) / 1e9 } ?? 0
    let start = source.scenario.map { Double($0.start.secondOfDay) } ?? 0
    end = max(last.seconds + 1_800, min(86_400, start + duration))
  }

  private static func seconds(_ clock: String) -> Double? {
    let parts = clock.split(separator: ":")
    guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0...24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    return Double(hour * 3_600 + minute * 60)
  }

  private static let (left, right, top, bottom) = (30.0, 326.0, 10.0, 84.0)

  var html: String {
    let most = rings.map(\.rate.number).max() ?? 1
    let high = Self.roundedUp(most * 1.25)
    func x(_ seconds: Double) -> Double {
      let share = (seconds - rings[0].seconds) / (end - rings[0].seconds)
      return Self.left + share * (Self.right - Self.left)
    }
    func y(_ rate: Double) -> Double { Self.bottom - rate / high * (Self.bottom - Self.top) }
    var points: [(Double, Double)] = []
    for (place, ring) in rings.enumerated() {
      if !isLinear, place > 0 { points.append((x(ring.seconds), y(rings[place - 1].rate.number))) }
      points.append((x(ring.seconds), y(ring.rate.number)))
    }
    points.append((Self.right, y(rings[rings.count - 1].rate.number)))
    let line = points.enumerated().map { ($0 == 0 ? "M" : "L") + Self.pair($1) }.joined()
    var svg =
      "<svg class=\"profile\" viewBox=\"0 0 336 106\" role=\"group\" aria-label=\"Customers over the day\" data-kind=\"profile\" \(Controls.attribute(path))>"
    for value in [0, high / 2, high] {
      svg +=
        "<line class=\"gr\" x1=\"30\" x2=\"326\" y1=\"\(Self.number(y(value)))\" y2=\"\(Self.number(y(value)))\"/>"
      svg +=
        "<text class=\"sm\" x=\"0\" y=\"\(Self.number(y(value) + 4))\">\(Quantity.text(value))</text>"
    }
    svg +=
      "<path class=\"under\" data-line=\"1\" d=\"M\(Self.pair((Self.left, Self.bottom)))L"
      + line.dropFirst()
    svg +=
      "L\(Self.pair((Self.right, Self.bottom)))Z\"/><path class=\"lk\" data-line=\"0\" d=\"\(line)\"/>"
    svg += clocks(x)
    for (place, ring) in rings.enumerated() {
      svg += slider(ring, place, x: x(ring.seconds), y: y(ring.rate.number), high: high)
    }
    return svg + "</svg>"
  }

  private func clocks(_ x: (Double) -> Double) -> String {
    var html = ""
    var free = -1.0
    for ring in rings {
      let place = x(ring.seconds)
      guard place - 16 > free, place + 16 <= 336 else { continue }
      free = place + 20
      html +=
        "<text class=\"sm\" x=\"\(Self.number(place))\" y=\"102\" text-anchor=\"middle\">\(markup(of: ring.clock))</text>"
    }
    return html
  }

  private func slider(_ ring: Ring, _ place: Int, x: Double, y: Double, high: Double) -> String {
    // A step has two corners for each of its ends, a line one; the last one goes on to the end of the day.
    let first = isLinear ? place : 2 * place
    var corners = isLinear ? [first] : [first, first + 1]
    if place == rings.count - 1 { corners = [first, first + 1] }
    let named = corners.map(String.init).joined(separator: " ")
    let unit = ring.rate.unit.replacing("per ", with: "an ")
    return
      "<g role=\"slider\" tabindex=\"0\" \(Controls.attribute(ring.path)) data-template=\"\(markup(of: ring.rate.template))\" "
      + "data-y0=\"\(Self.number(Self.bottom))\" data-y1=\"\(Self.number(Self.top))\" data-v0=\"0\" data-v1=\"\(Quantity.text(high))\" "
      + "data-step=\"\(Quantity.text(ring.rate.step))\" data-corners=\"\(named)\" data-say=\"{} \(markup(of: unit))\" "
      + "aria-label=\"Customers at \(markup(of: ring.clock))\" aria-orientation=\"vertical\" aria-valuemin=\"0\" "
      + "aria-valuemax=\"\(Quantity.text(high))\" aria-valuenow=\"\(ring.rate.text)\" aria-valuetext=\"\(ring.rate.text) \(markup(of: unit))\" class=\"grab\">"
      + "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"14\" fill=\"transparent\"/>"
      + "<circle class=\"ring\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"5.5\"/></g>"
  }

  private static func pair(_ point: (Double, Double)) -> String {
    "\(number(point.0)) \(number(point.1))"
  }
  private static func number(_ value: Double) -> String {
    Quantity.text((value * 10).rounded() / 10)
  }

  /// The next round number above a value, of which an axis is to show the half as well.
  private static func roundedUp(_ value: Double) -> Double {
    var unit = 1.0
    while unit * 10 < value { unit *= 10 }
    while unit > value { unit /= 10 }
    return [1, 2, 3, 4, 5, 6, 8, 10].map { $0 * unit }.first { $0 >= value } ?? value
  }
}
