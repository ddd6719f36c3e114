import Measurement

/// Some minutes of one run: a lane for each agent, a bar for each conversation, arrows for transfers.
struct LaneFigure: Sendable {
  let context: PageContext
  let window: ResultDocument.LaneWindow
  let number: Int

  private static let mostLanes = 24
  private static let mostRows = 8
  private static let right = 1146.0

  /// Where the lanes begin: beside the names of their agents.
  private var left: Double {
    let longest = window.agents.map { estimatedWidth(printable($0)) }.max() ?? 0
    // Print makes the words of this drawing larger.
    return min(max(66, longest * 1.3 + 12), 180)
  }

  /// A conversation's time with one agent and the line of the lane that it is drawn on.
  struct Stay: Sendable, Equatable {
    var lane: Int
    var conversation: Int
    var from: Double
    var to: Double
    var row: Int
  }

  private struct Layout {
    var lanes: [Int]
    var stays: [Stay]
    var tops: [Int: Double] = [:]
    var heights: [Int: Double] = [:]
    var bottom = 30.0

    func y(_ stay: Stay) -> Double? { tops[stay.lane].map { $0 + 7 + 8 * Double(stay.row) } }
  }

  private var title: String {
    let name = cut(printable(window.strategy), to: 48)
    let from = context.clock(window.from)
    return "Run \(window.replication), \(name), \(from) to \(context.clock(window.to)): "
      + "a lane for each agent, a bar for each conversation"
  }

  var html: String {
    let layout = layout
    let note =
      layout.lanes.count < window.agents.count
      ? " Shown are \(layout.lanes.count) of \(grouped(Int64(window.agents.count))) agents, those "
        + "with the most transfers and work." : ""
    var html = "<figure id=\"lanes\(number)\"><figcaption><h3>" + escaped(title) + "</h3><p>"
    html +=
      "The bars of one conversation stand on one line; what an agent cannot work on yet waits "
    html += "in the lane." + escaped(note) + "</p></figcaption>"
    html += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
    html += "aria-label=\"Lane picture, scrolls sideways on a narrow screen\">"
    html += drawing(layout) + "</div>\n"
    return html + table(layout).folded(of: title) + "</figure>\n"
  }

  // Where everything stands.

  private var layout: Layout {
    let lanes = chosenLanes
    let stays = Self.stays(window).filter { lanes.contains($0.lane) }
    var layout = Layout(lanes: lanes, stays: stays)
    for lane in lanes {
      let rows = (stays.filter { $0.lane == lane }.map(\.row).max() ?? 0) + 1
      layout.tops[lane] = layout.bottom
      layout.heights[lane] = 8 + 8 * Double(max(3, rows))
      layout.bottom += 8 + 8 * Double(max(3, rows))
    }
    return layout
  }

  /// All lanes, or those that most is handed on between and most is done in, in their order.
  private var chosenLanes: [Int] {
    guard window.agents.count > Self.mostLanes else { return Array(window.agents.indices) }
    var counts = [Int](repeating: 0, count: window.agents.count)
    for transfer in window.transfers {
      for lane in [transfer.fromLane, transfer.toLane].compactMap(\.self)
      where counts.indices.contains(lane) { counts[lane] += 1 }
    }
    var work = [Double](repeating: 0, count: window.agents.count)
    for span in window.spans where span.kind != .away && work.indices.contains(span.lane) {
      work[span.lane] += span.to - span.from
    }
    let order = counts.indices.sorted {
      (-counts[$0], -work[$0], $0) < (-counts[$1], -work[$1], $1)
    }
    return order.prefix(Self.mostLanes).sorted()
  }

  /// Stretches of one conversation in one lane that follow each other, each on the first free line.
  static func stays(_ window: ResultDocument.LaneWindow) -> [Stay] {
    var open: [Stay] = []
    var done: [Stay] = []
    let spans = window.spans.filter { $0.conversation != nil && $0.to >= $0.from }
      .sorted { ($0.from, $0.to, $0.lane) < ($1.from, $1.to, $1.lane) }
    for span in spans {
      guard let conversation = span.conversation else { continue }
      // A gap of more than a second is another stay.
      if let place = open.firstIndex(where: {
        $0.lane == span.lane && $0.conversation == conversation && span.from <= $0.to + 1
      }) {
        open[place].to = max(open[place].to, span.to)
      } else {
        done += open.filter { $0.to + 1 < span.from }
        open.removeAll { $0.to + 1 < span.from }
        open.append(
          Stay(lane: span.lane, conversation: conversation, from: span.from, to: span.to, row: 0))
      }
    }
    var stays = (done + open).sorted {
      ($0.from, $0.conversation, $0.lane) < ($1.from, $1.conversation, $1.lane)
    }
    var ends: [Int: [Double]] = [:]
    for place in stays.indices {
      var rows = ends[stays[place].lane] ?? []
      let free = rows.firstIndex { $0 <= stays[place].from }
      let row = free ?? min(rows.count, mostRows - 1)
      if row < rows.count {
        rows[row] = max(rows[row], stays[place].to)
      } else {
        rows.append(stays[place].to)
      }
      ends[stays[place].lane] = rows
      stays[place].row = row
    }
    return stays
  }

  // The drawing.

  private func drawing(_ layout: Layout) -> String {
    let x = Scale(low: window.from, high: window.to, from: left, to: Self.right)
    var svg = SVG()
    svg.raw(Self.definitions(number))
    lanes(&svg, layout, x)
    bars(&svg, layout, x)
    arrows(&svg, layout, x)
    let height = layout.bottom + 52
    legend(&svg, y: layout.bottom + 30)
    let name = "lanes\(number)"
    var html = "<svg class=\"lanes\" viewBox=\"0 0 1160 " + coordinate(height) + "\" role=\"img\" "
    html += "aria-labelledby=\"\(name)-t \(name)-d\" style=\"max-width:1160px\">"
    html += "<title id=\"\(name)-t\">Lane picture of one run</title><desc id=\"\(name)-d\">"
    html += "For \(layout.lanes.count) agents, every conversation as a bar: waiting for the agent, "
    html += "agent working, waiting for the customer; hatched while the agent is away; arrows are "
    html += "transfers, \(window.transfers.count) in this window; \(window.departures.count) "
    html += "customers gave up.</desc>"
    return html + svg.body + "</svg>"
  }

  private static func definitions(_ number: Int) -> String {
    var text = "<defs>" + SVG.hatch("hatch\(number)")
    for (id, style) in [("ah", "ahf"), ("ab", "abf")] {
      text += "<marker id=\"\(id)\(number)\" viewBox=\"0 0 8 8\" refX=\"6.5\" refY=\"4\" "
      text += "markerWidth=\"7\" markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
      text += "<path d=\"M0 .6L7.4 4L0 7.4z\" class=\"\(style)\"/></marker>"
    }
    return text + "</defs>"
  }

  private func lanes(_ svg: inout SVG, _ layout: Layout, _ x: Scale) {
    svg.line("ax", 4, 30, Self.right, 30)
    for span in window.spans where span.kind == .away {
      guard let top = layout.tops[span.lane], let height = layout.heights[span.lane] else {
        continue
      }
      let from = x.clamped(span.from)
      let width = x.clamped(span.to) - from
      svg.rect("aw", from, top + 1, width, height - 2)
      svg.raw("<rect fill=\"url(#hatch\(number))\" x=\"" + coordinate(from) + "\" y=\"")
      svg.raw(coordinate(top + 1) + "\" width=\"" + coordinate(max(0, width)) + "\" height=\"")
      svg.raw(coordinate(height - 2) + "\"/>")
    }
    let room = NameRoom.pixels((left - 8) / 1.25)
    let names = shortNames(layout.lanes.map { printable(window.agents[$0]) }, in: room)
    for (place, lane) in layout.lanes.enumerated() {
      guard let top = layout.tops[lane], let height = layout.heights[lane] else { continue }
      svg.text("k", 4, top + height / 2 + 4, names[place])
      let isLast = place == layout.lanes.count - 1
      svg.line(isLast ? "ax" : "gr", 4, top + height, Self.right, top + height)
    }
    let ticks = context.clockTicks(low: window.from, high: window.to, atMost: 8)
    for tick in ticks {
      let at = x(tick.value)
      svg.line("gr", at, 26, at, layout.bottom)
      let half = estimatedWidth(tick.label) / 2
      let anchor: SVG.Anchor =
        at - half < left ? .start : at + half > Self.right ? .end : .middle
      svg.text("t", at, 19, tick.label, anchor)
    }
  }

  /// All bars of a kind as one path: a few kilobytes for hundreds of conversations.
  private func bars(_ svg: inout SVG, _ layout: Layout, _ x: Scale) {
    var paths: [ResultDocument.LaneKind: MarkupWriter] = [:]
    for span in window.spans {
      guard let conversation = span.conversation,
        let stay = layout.stays.first(where: {
          $0.lane == span.lane && $0.conversation == conversation && $0.from <= span.from
            && span.to <= $0.to
        }), let y = layout.y(stay)
      else { continue }
      let from = x.clamped(span.from)
      let width = max(x.clamped(span.to) - from, 0.4)
      let half = span.kind == .customer ? 0 : span.kind == .waiting ? 2.5 : 3.0
      paths[span.kind, default: MarkupWriter()].addBar(from, y, width: width, half: half)
    }
    for (kind, style) in [
      (ResultDocument.LaneKind.customer, "cu"), (.waiting, "wa"), (.working, "wk"),
      (.wrapUp, "wr"),
    ] { svg.path(style, paths[kind]?.text ?? "") }
  }

  private func arrows(_ svg: inout SVG, _ layout: Layout, _ x: Scale) {
    for transfer in window.transfers {
      let at = x.clamped(transfer.at)
      let source = place(layout, transfer.fromLane, transfer.conversation, transfer.at)
      let target = place(layout, transfer.toLane, transfer.conversation, transfer.at)
      guard let end = target ?? source else { continue }
      // An agent outside the picture: the arrow comes from above or goes below.
      let start = source ?? 30
      let tip = target == nil ? layout.bottom : end
      let isGood = transfer.helped == true
      let marker = isGood ? "ah" : "ab"
      svg.raw("<path class=\"" + (isGood ? "mv" : "mvb") + "\" marker-end=\"url(#")
      svg.raw("\(marker)\(number))\" d=\"M" + coordinate(at) + " " + coordinate(start) + "V")
      svg.raw(coordinate(tip) + "\"/>")
      svg.circle(isGood ? "ahf" : "abf", at, start, 1.6)
    }
    for departure in window.departures {
      guard let lane = departure.lane,
        let y = place(layout, lane, departure.conversation, departure.at)
      else { continue }
      svg.path("go", Self.cross(x.clamped(departure.at), y))
    }
  }

  private static func cross(_ x: Double, _ y: Double) -> String {
    let left = coordinate(x - 2.8)
    let right = coordinate(x + 2.8)
    let top = coordinate(y - 2.8)
    let bottom = coordinate(y + 2.8)
    return "M\(left) \(top)L\(right) \(bottom)M\(right) \(top)L\(left) \(bottom)"
  }

  /// The line of a conversation in a lane at a time; the middle of the lane if it has none then.
  private func place(
    _ layout: Layout, _ lane: Int?, _ conversation: Int, _ at: Double
  ) -> Double? {
    guard let lane, let top = layout.tops[lane], let height = layout.heights[lane] else {
      return nil
    }
    let near = layout.stays.filter { $0.lane == lane && $0.conversation == conversation }
      .min { distance($0, at) < distance($1, at) }
    guard let near, distance(near, at) < 2 else { return top + height / 2 }
    return layout.y(near)
  }

  private func distance(_ stay: Stay, _ at: Double) -> Double {
    max(0, stay.from - at, at - stay.to)
  }

  private func legend(_ svg: inout SVG, y: Double) {
    var x = 4.0
    func entry(_ words: String, _ width: Double, _ draw: (inout SVG, Double) -> Void) {
      draw(&svg, x)
      svg.text("lgd", x + width + 8, y + 4, words)
      x += width + 8 + estimatedWidth(words) + 14
    }
    entry("waiting for the agent", 26) { $0.rect("wa", $1, y - 4, 26, 8) }
    entry("agent working", 26) { $0.rect("wk", $1, y - 4, 26, 8) }
    entry("wrap-up", 18) { $0.rect("wr", $1, y - 4, 18, 8) }
    entry("waiting for the customer", 26) { $0.line("cu", $1, y, $1 + 26, y) }
    entry("agent away", 26) { svg, x in
      svg.rect("aw", x, y - 6, 26, 12)
      svg.raw("<rect fill=\"url(#hatch\(number))\" x=\"" + coordinate(x) + "\" y=\"")
      svg.raw(coordinate(y - 6) + "\" width=\"26\" height=\"12\"/>")
    }
    entry("moved, answered sooner", 6) { svg, x in
      svg.raw("<path class=\"mv\" marker-end=\"url(#ah\(number))\" d=\"M" + coordinate(x + 3) + " ")
      svg.raw(coordinate(y - 8) + "v15\"/>")
    }
    entry("moved, no sooner", 6) { svg, x in
      svg.raw(
        "<path class=\"mvb\" marker-end=\"url(#ab\(number))\" d=\"M" + coordinate(x + 3) + " ")
      svg.raw(coordinate(y - 8) + "v15\"/>")
    }
    entry("gave up", 6) { $0.path("go", Self.cross($1 + 3, y)) }
  }

  // The numbers.

  private func table(_ layout: Layout) -> DataTable {
    var table = DataTable([
      .init(title: "agent", isText: true), .init(title: "conversations"),
      .init(title: "working, min"), .init(title: "customers waiting, min"),
      .init(title: "away, min"), .init(title: "moved in"), .init(title: "moved out"),
      .init(title: "gave up"),
    ])
    for lane in layout.lanes {
      func minutes(_ kind: ResultDocument.LaneKind) -> String {
        let spans = window.spans.filter { $0.lane == lane && $0.kind == kind }
        return fixed(spans.map { $0.to - $0.from }.reduce(0, +) / 60, 1)
      }
      let stays = layout.stays.filter { $0.lane == lane }
      table.rows.append([
        window.agents[lane], String(Set(stays.map(\.conversation)).count), minutes(.working),
        minutes(.waiting), minutes(.away), String(window.transfers.count { $0.toLane == lane }),
        String(window.transfers.count { $0.fromLane == lane }),
        String(window.departures.count { $0.lane == lane }),
      ])
    }
    return table
  }
}
