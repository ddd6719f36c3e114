import Measurement
import Testing

@testable import Reporting

@Suite struct `Markup of drawings` {
  @Test func `a coordinate is the shortest text of its tenth`() {
    var value = -70.0
    while value < 70 {
      #expect(coordinate(value) == shortest((value * 10).rounded() / 10), "\(value)")
      value += 0.013
    }
    for value in [0, -0.0, -0.04, -0.05, 0.95, 1e13 + 0.1, -1e13 - 0.7, 1e14, -3e15, 1e300] {
      #expect(coordinate(value) == shortest((value * 10).rounded() / 10), "\(value)")
    }
    #expect([-0.3, 12, 7.25, -7.96].map(coordinate) == ["-0.3", "12", "7.3", "-8"])
    #expect([.nan, .infinity, -.infinity].map { coordinate($0) } == ["0", "0", "0"])
  }

  @Test func `elements are written with their places, and texts are inert`() {
    var svg = SVG()
    svg.line("a", 1, 2.25, -3, 0)
    svg.rect("b", 0, 1, -5, 2)
    svg.circle("c", 1, 2, 3)
    svg.path("d", polyline([(1, 2), (3.5, 4)]))
    svg.path("d", "")
    svg.path("e", area([(0, 1)], [(0, 5), (9, 6)]))
    svg.text("t", 1, 2, "a < \"b\" & \u{202E}c", .end)
    svg.strategy(2) { $0.text("k", 0, 0, "für 5 €") }
    #expect(
      svg.body == """
        <line class="a" x1="1" y1="2.3" x2="-3" y2="0"/><rect class="b" x="0" y="1" width="0" \
        height="2"/><circle class="c" cx="1" cy="2" r="3"/><path class="d" d="M1 2L3.5 4"/>\
        <path class="e" d="M0 1L9 6L0 5Z"/><text class="t" x="1" y="2" text-anchor="end">\
        a &lt; &quot;b&quot; &amp; \\u{202e}c</text><g class="k" data-k="2"><text class="k" x="0" \
        y="0">für 5 €</text></g>
        """)
    #expect(area([], [(1, 1)]) == "")
    var bars = MarkupWriter()
    bars.addBar(1, 10, width: 4.5, half: 3)
    bars.addBar(2, 20, width: 1, half: 0)
    #expect(bars.text == "M1 7h4.5v6h-4.5zM2 20h1")
  }

  @Test func `a width is that of its characters, ASCII or not`() {
    for (text, ems) in [
      ("iI", 0.68), ("mW%", 2.7), ("AZ", 1.4), ("az5", 1.68), ("É…—", 2.36), ("漢", 1.05),
    ] {
      #expect(abs(estimatedWidth(text, size: 1) - ems) < 1e-12, "\(text)")
    }
  }
}

@Suite struct `Scales and ticks` {
  @Test func `a scale maps its ends to its ends`() {
    let linear = Scale(low: 10, high: 20, from: 100, to: 0)
    #expect([linear(10), linear(15), linear(20)] == [100, 50, 0])
    let log = Scale(.logarithmic, low: 1, high: 100, from: 0, to: 200)
    #expect(log(1) == 0)
    #expect(abs(log(10) - 100) < 1e-9)
    #expect(log.clamped(1000) == 200)
  }

  @Test func `an axis without extent still has a place for its value`() {
    #expect(Scale(low: 5, high: 5, from: 0, to: 10)(5) == 5)
    #expect(Scale(low: 0, high: 0, from: 0, to: 10)(0) == 5)
    #expect(Scale(.logarithmic, low: 0, high: 0, from: 0, to: 10)(0).isFinite)
  }

  @Test(arguments: [
    (0.0, 10.0, 5, "0 2 4 6 8 10"), (0, 1, 4, "0.00 0.25 0.50 0.75 1.00"),
    (66, 95, 4, "70 80 90"), (-3, 7, 5, "−2 0 2 4 6"), (0, 0.003, 3, "0.000 0.001 0.002 0.003"),
    (0, 7.5, 3, "0.0 2.5 5.0 7.5"), (1, 1, 3, ""), (0, 12, 3, "0 5 10"),
    (0, 100, 4, "0 25 50 75 100"),
  ])
  func `ticks stand at round values`(low: Double, high: Double, wanted: Int, labels: String) {
    let ticks = Ticks.linear(low: low, high: high, wanted: wanted)
    #expect(ticks.map(\.label).joined(separator: " ") == labels)
  }

  @Test func `signed ticks show which way a change goes`() {
    let ticks = Ticks.linear(low: -2, high: 4, wanted: 3, isSigned: true)
    #expect(ticks.map(\.label) == ["−2", "0", "+2", "+4"])
  }

  @Test func `times are round and in words`() {
    #expect(
      Ticks.times(low: 15, high: 600).map(\.label)
        == ["15 s", "20 s", "30 s", "1 min", "2 min", "5 min", "10 min"])
  }

  @Test func `clock labels follow the time of day`() {
    let day = Ticks.clock(low: 0, high: 28_800, startOfDay: 32_400, atMost: 8)
    #expect(day.map(\.label).first == "09:00")
    #expect(day.map(\.label).last == "17:00")
    #expect(day.count == 9)
    let night = Ticks.clock(low: 0, high: 14_400, startOfDay: 79_200, atMost: 4)
    #expect(night.map(\.label) == ["22:00", "23:00", "24:00", "d2 01:00", "d2 02:00"])
    let plain = Ticks.clock(low: 0, high: 7200, startOfDay: nil, atMost: 4)
    #expect(plain.map(\.label) == ["0 s", "30 min", "1 h", "1 h 30 min", "2 h"])
  }

  @Test func `odd ranges give few ticks and no trap`() {
    #expect(Ticks.linear(low: 0, high: 1e300, wanted: 4).count <= 100)
    #expect(Ticks.linear(low: -.infinity, high: 1, wanted: 4).isEmpty)
    #expect(Ticks.clock(low: 0, high: 1e12, startOfDay: 0, atMost: 5).count <= 6)
    #expect(Ticks.powers(low: 0.002, high: 1).map(\.label) == ["100 %", "10 %", "1 %"])
  }
}

@Suite struct `Label placement` {
  @Test func `labels are moved apart and stay in the panel`() {
    let places = Labels.spread([100, 101, 99, 30], gap: 15, within: 0...110)
    let sorted = places.sorted()
    for (left, right) in zip(sorted, sorted.dropFirst()) { #expect(right - left > 14.5) }
    #expect(places.allSatisfy { (0.0...110).contains($0) })
    // The order of the lines is the order of their names.
    #expect(places[2] < places[0] && places[0] < places[1])
    #expect(Labels.spread([50, 80], gap: 15, within: 0...100) == [50, 80])
  }

  @Test func `labels under an axis keep their distance and the last one stays`() {
    let ticks = Ticks.times(low: 20, high: 1800)
    let scale = Scale(.logarithmic, low: 20, high: 1800, from: 40, to: 240)
    let places = Labels.placed(ticks, scale: scale, within: 16...250)
    #expect(places.first?.tick.label == "20 s")
    #expect(places.last?.tick.label == "30 min")
    for (left, right) in zip(places, places.dropFirst()) { #expect(right.start - left.end >= 8) }
    #expect(places.count < ticks.count)
  }
}

@Suite struct `Drawings` {
  @Test func `elements have short coordinates`() {
    var svg = SVG()
    svg.line("ax", 0, 1.25, 10.04, 100)
    svg.rect("wa", 1, 2, -3, 4)
    svg.text("k", 1, 2, "a < b", .end)
    #expect(
      svg.body == "<line class=\"ax\" x1=\"0\" y1=\"1.3\" x2=\"10\" y2=\"100\"/>"
        + "<rect class=\"wa\" x=\"1\" y=\"2\" width=\"0\" height=\"4\"/>"
        + "<text class=\"k\" x=\"1\" y=\"2\" text-anchor=\"end\">a &lt; b</text>")
  }

  @Test func `marks of five strategies differ in shape`() {
    let shapes = (0..<5).map { slot -> String in
      var svg = SVG()
      svg.mark(StrategyStyle(slot: slot), 10, 10, 5)
      return svg.body
    }
    #expect(
      shapes == [
        "<circle class=\"m0\" cx=\"10\" cy=\"10\" r=\"5\"/>",
        "<rect class=\"m1\" x=\"5.5\" y=\"5.5\" width=\"9\" height=\"9\"/>",
        "<path class=\"m2\" d=\"M10 3.5L16.5 10L10 16.5L3.5 10Z\"/>",
        "<path class=\"m3\" d=\"M10 3.8L16.3 14.7L3.8 14.7Z\"/>",
        "<circle class=\"m4\" cx=\"10\" cy=\"10\" r=\"4.5\"/>",
      ])
  }

  @Test func `a line has a gap where it has no value`() {
    var svg = SVG()
    let points = [
      SeriesPoint(at: 0, mean: 1, low: 0, high: 2), SeriesPoint(at: 1, mean: 2, low: 1, high: 3),
      SeriesPoint(at: 2), SeriesPoint(at: 3, mean: 1),
    ]
    svg.series(
      StrategyStyle(slot: 1), points, Scale(low: 0, high: 3, from: 0, to: 30),
      Scale(low: 0, high: 4, from: 40, to: 0))
    #expect(
      svg.body == "<path class=\"b1\" d=\"M0 20L10 10L10 30L0 40Z\"/>"
        + "<path class=\"l1\" d=\"M0 30L10 20\"/><path class=\"l1\" d=\"M30 30\"/>")
  }

  @Test func `a panel draws its grid from the bottom up`() {
    var svg = SVG()
    let panel = Panel(left: 10, right: 50, top: 0, bottom: 20)
    panel.horizontalGrid(
      &svg, [Tick(value: 0, label: "0"), Tick(value: 1, label: "1")],
      Scale(low: 0, high: 1, from: 20, to: 0))
    #expect(
      svg.body == "<line class=\"ax\" x1=\"10\" y1=\"20\" x2=\"50\" y2=\"20\"/>"
        + "<text class=\"t\" x=\"3\" y=\"24\" text-anchor=\"end\">0</text>"
        + "<line class=\"gr\" x1=\"10\" y1=\"0\" x2=\"50\" y2=\"0\"/>"
        + "<text class=\"t\" x=\"3\" y=\"4\" text-anchor=\"end\">1</text>")
  }

  @Test func `a figure has a title, a description, two drawings and its numbers`() {
    var table = DataTable([.init(title: "x", isText: true), .init(title: "y")])
    table.rows = [["<a>", "1"]]
    let figure = Figure(
      id: "f", title: "T & t", reading: "read", description: "seen", table: table,
      draw: { width, isNarrow in
        var svg = SVG()
        svg.line("ax", 0, 0, width, isNarrow ? 1 : 2)
        return .init(height: 10, svg: svg)
      })
    let html = figure.html
    #expect(html.contains("<h3>T &amp; t</h3><p>read</p>"))
    #expect(html.contains("viewBox=\"0 0 556 10\" role=\"img\" aria-labelledby=\"f-w-t f-w-d\""))
    #expect(html.contains("viewBox=\"0 0 360 10\" role=\"img\" aria-labelledby=\"f-n-t f-n-d\""))
    #expect(html.contains("<desc id=\"f-n-d\">seen</desc>"))
    #expect(html.contains("<th scope=\"row\" class=\"l\">&lt;a&gt;</th><td data-l=\"y\">1</td>"))
  }

  @Test func `conversations of a lane take the first free line`() {
    var window = FixtureLanes.window("round robin")
    window.spans = [
      .init(lane: 0, conversation: 1, from: 0, to: 10, kind: .waiting),
      .init(lane: 0, conversation: 1, from: 10, to: 20, kind: .working),
      .init(lane: 0, conversation: 2, from: 5, to: 15, kind: .waiting),
      .init(lane: 0, conversation: 3, from: 16, to: 30, kind: .waiting),
      .init(lane: 0, conversation: 1, from: 40, to: 50, kind: .working),
    ]
    let stays = LaneFigure.stays(window)
    #expect(stays.map(\.conversation) == [1, 2, 3, 1])
    #expect(stays.map(\.row) == [0, 1, 1, 0])
    #expect(stays.map(\.to) == [20, 15, 30, 50])
  }
}
