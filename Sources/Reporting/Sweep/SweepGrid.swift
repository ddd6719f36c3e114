import Measurement

/// Several names: one of them across, a row for each combination of the others.
struct SweepGrid: Sendable {
  let index: SweepIndex
  let frame: AnswerFrame
  let glyphs: Glyphs

  private var factors: [SweepDocument.Name] { index.factors }

  func lines(_ metric: String) -> [String] {
    let format = index.format(metric)
    let across = self.across(metric, format)
    let down = factors.indices.filter { $0 != across }
    let all = combinations(down)
    let rows = Self.thinned(all)
    let labels = down.map { factor in
      shortNames(
        factors[factor].values.indices.map { frame.safe(index.label(factor, $0)) },
        columns: room(down.count), ellipsis: glyphs.ellipsis)
    }
    let names = down.map { frame.safe(cut(index.name($0), to: room(down.count), ellipsis: "…")) }
    let widths = zip(labels, names).map { labels, name in
      (labels + [name]).map { displayWidth($0) }.max() ?? 0
    }
    let label = widths.reduce(0) { $0 + $1 + 2 }
    let width = cellWidth(metric, format, across)
    let columns = factors[across].values.indices
    var lines = wrapped(frame.safe(heading(metric)), columns: frame.columns)
    let name = frame.safe(index.name(across))
    lines.append(spaces(label + max(0, (width * columns.count - displayWidth(name)) / 2)) + name)
    let heads = columns.map {
      frame.safe(cut(index.label(across, $0), to: width - 2, ellipsis: "…"))
    }
    let lead = zip(names, widths).map { $0.padded(to: $1 + 2) }.joined()
    lines.append(lead + heads.map { ($0 + tail).leading(to: width) }.joined())
    for row in rows {
      var line = ""
      for (number, place) in row.enumerated() {
        line += labels[number][place].padded(to: widths[number] + 2)
      }
      for column in columns {
        line += cell(point(down, row, across, column), metric, format, width)
      }
      lines.append(line)
    }
    if index.hasIntervals {
      let halves = columns.map { column -> String in
        let widest = all.compactMap { row in
          point(down, row, across, column).flatMap { index.value($0, metric)?.halfWidth }
        }.max()
        return (widest.map { glyphs.plusMinus + format.value($0) } ?? "") + tail
      }
      let words = "widest \(glyphs.plusMinus)95 %"
      // Where the words have no room, the intervals stand in the files.
      if displayWidth(words) < label + width - (halves.map { displayWidth($0) }.max() ?? 0) {
        var line = words
        for (place, half) in halves.enumerated() {
          line += half.leading(to: label + width * (place + 1) - displayWidth(line))
        }
        lines.append(line)
      }
    }
    return lines.map(\.withoutTrailingSpaces) + Self.remark(rows.count, of: all.count)
  }

  /// A mark stands behind values where there is a goal.
  private var tail: String { index.goal(index.decisive) == nil ? "" : "  " }

  private func heading(_ metric: String) -> String {
    let shown = index.format(metric).metric.shownUnit
    return metric + (shown.isEmpty ? "" : ", \(shown)")
      + (index.goal(metric).map { "   goal \(Self.bound($0))" } ?? "")
  }

  /// `>= 80%`, as it is written in the goal.
  static func bound(_ goal: ResultDocument.Goal) -> String {
    goal.text.hasPrefix(goal.metric)
      ? String(goal.text.dropFirst(goal.metric.count).drop { $0 == " " }) : goal.text
  }

  // MARK: - Layout

  /// The name that stands across: the first whose values fit, else the one with the fewest.
  private func across(_ metric: String, _ format: MetricFormat) -> Int {
    let fitting = factors.indices.first { factor in
      let others = factors.indices.filter { $0 != factor }
      let label = others.reduce(0) { $0 + 2 + labelWidth($1, others.count) }
      return label + cellWidth(metric, format, factor) * factors[factor].values.count
        <= frame.columns
    }
    return fitting
      ?? factors.indices.min { factors[$0].values.count < factors[$1].values.count } ?? 0
  }

  private func room(_ count: Int) -> Int { max(8, frame.columns / 2 / max(1, count) - 2) }

  private func labelWidth(_ factor: Int, _ count: Int) -> Int {
    let texts =
      factors[factor].values.indices.map { index.label(factor, $0) } + [index.name(factor)]
    return min(room(count), texts.map { displayWidth($0) }.max() ?? 0)
  }

  private func cellWidth(_ metric: String, _ format: MetricFormat, _ across: Int) -> Int {
    let values = index.document.points.map { point in
      index.value(point, metric)?.mean.map(format.value) ?? "none"
    }
    let heads = factors[across].values.indices.map { index.label(across, $0) }
    let widest = (values + heads.map { cut($0, to: 14) }).map { displayWidth($0) }.max() ?? 0
    return max(7, widest + 2) + tail.count
  }

  private func cell(
    _ point: SweepDocument.Point?, _ metric: String, _ format: MetricFormat, _ width: Int
  ) -> String {
    guard let point else { return ("-" + tail).leading(to: width) }
    let text = index.value(point, metric)?.mean.map(format.value) ?? "none"
    guard !tail.isEmpty else { return text.leading(to: width) }
    let result = index.result(point, metric)
    let mark = result.map { glyphs.colored(glyphs.mark($0), $0) } ?? " "
    return text.leading(to: width - 2) + " " + mark
  }

  private func point(
    _ down: [Int], _ row: [Int], _ across: Int, _ column: Int
  ) -> SweepDocument.Point? {
    var place = [Int](repeating: 0, count: factors.count)
    place[across] = column
    for (factor, value) in zip(down, row) { place[factor] = value }
    return index.document.point(at: place)
  }

  private func combinations(_ down: [Int]) -> [[Int]] {
    down.reduce([[]]) { rows, factor in
      rows.flatMap { row in factors[factor].values.indices.map { row + [$0] } }
    }
  }

  // MARK: - Long tables

  /// More rows than these are thinned out.
  private static let mostRows = 30

  /// Rows evenly from the first to the last.
  static func thinned<Row>(_ rows: [Row]) -> [Row] {
    guard rows.count > mostRows else { return rows }
    let last = mostRows - 1
    return (0...last).map { rows[$0 * (rows.count - 1) / last] }
  }

  /// Where the other rows are.
  static func remark(_ shown: Int, of all: Int) -> [String] {
    shown < all ? ["\(shown) of \(grouped(Int64(all))) rows; all of them are in sweep.csv"] : []
  }
}
