import Measurement

/// A few invented minutes of twelve agents: enough like a real run to judge the picture.
enum FixtureLanes {
  typealias Document = ResultDocument

  static func window(_ strategy: String) -> Document.LaneWindow {
    let from = 9900.0
    let to = 14_400.0
    let moveChance = strategy == "round robin" ? 0.07 : 0.012
    var random = FixtureRandom(state: strategy == "round robin" ? 4711 : 4713)
    var window = Document.LaneWindow(
      strategy: strategy, replication: 7, from: from, to: to,
      agents: FixturePictures.agentNames.sorted(), spans: [], transfers: [])
    var free = [Double](repeating: from, count: 12)
    var conversation = 300
    var time = from - 600
    while time < to {
      time += 34 * (0.2 + 1.6 * random.unit())
      conversation += 1
      var lane = conversation % 12
      var arrived = time
      if random.unit() < moveChance, arrived > from {
        let next = (lane + 1 + Int(random.unit() * 10)) % 12
        let at = arrived + 240
        window.spans.append(span(lane, conversation, arrived, at, .waiting))
        window.transfers.append(
          .init(
            at: at, conversation: conversation, fromLane: lane, toLane: next,
            helped: random.unit() < 0.55))
        lane = next
        arrived = at
      }
      if random.unit() < 0.015 {
        window.spans.append(span(lane, conversation, arrived, arrived + 400, .waiting))
        window.departures.append(.init(at: arrived + 400, conversation: conversation, lane: lane))
        continue
      }
      for question in 0..<(1 + Int(random.unit() * 3)) {
        let start = max(arrived, free[lane])
        let end = start + 30 + 100 * random.unit()
        if start > arrived {
          window.spans.append(span(lane, conversation, arrived, start, .waiting))
        }
        window.spans.append(span(lane, conversation, start, end, .working))
        free[lane] = end
        arrived = end + 40 + 200 * random.unit()
        if question == 0, random.unit() < 0.4 { break }
        window.spans.append(span(lane, conversation, end, arrived, .customer))
      }
      let end = max(arrived, free[lane])
      if end > arrived { window.spans.append(span(lane, conversation, arrived, end, .waiting)) }
      window.spans.append(span(lane, conversation, end, end + 20, .wrapUp))
      free[lane] = end + 20
    }
    for lane in stride(from: 0, to: 12, by: 3) {
      let start = from + 300 * Double(lane)
      window.spans.append(
        .init(lane: lane, conversation: nil, from: start, to: start + 1800, kind: .away))
    }
    return cut(window)
  }

  private static func span(
    _ lane: Int, _ conversation: Int, _ from: Double, _ to: Double, _ kind: Document.LaneKind
  ) -> Document.LaneSpan {
    .init(lane: lane, conversation: conversation, from: from, to: to, kind: kind)
  }

  private static func cut(_ window: Document.LaneWindow) -> Document.LaneWindow {
    var window = window
    window.spans = window.spans.compactMap { span in
      guard span.to > window.from, span.from < window.to else { return nil }
      var span = span
      span.from = max(span.from, window.from)
      span.to = min(span.to, window.to)
      return span
    }.sorted { ($0.lane, $0.from, $0.to) < ($1.lane, $1.from, $1.to) }
    window.transfers.removeAll { $0.at < window.from || $0.at > window.to }
    window.transfers.sort { $0.at < $1.at }
    window.departures.removeAll { $0.at < window.from || $0.at > window.to }
    window.departures.sort { $0.at < $1.at }
    return window
  }
}
