import Measurement

/// The answer of `sweep` for a terminal.
struct SweepTable: Sendable {
  let index: SweepIndex
  private let frame: AnswerFrame
  private let glyphs: Glyphs

  init(_ index: SweepIndex, _ style: TerminalStyle) {
    self.index = index
    frame = AnswerFrame(style)
    glyphs = Glyphs(style)
  }

  private var document: SweepDocument { index.document }

  var blocks: [[String]] {
    var blocks = [frame.header(document.head.scenario, [index.settings + ",", index.runs])]
    blocks += document.head.remarks.map { frame.labelled("NOTE", frame.safe($0)) }
    if index.factors.count == 1 {
      blocks.append(SweepColumns(index: index, frame: frame, glyphs: glyphs).lines)
    } else {
      blocks.append(SweepGrid(index: index, frame: frame, glyphs: glyphs).lines(index.decisive))
    }
    blocks.append(legend)
    for metric in document.asked.prefix(Self.mostEffects) {
      blocks.append(effects(metric))
    }
    blocks.append(frame.labelled("VERDICT", SweepWords(index: index).text))
    return blocks
  }

  /// The effects on more metrics than these stand on the page.
  private static let mostEffects = 3

  private var legend: [String] {
    let shown = index.factors.count == 1 ? document.asked : [index.decisive]
    guard shown.contains(where: { index.goal($0) != nil }) else { return [] }
    let why =
      index.hasIntervals ? "the 95 % interval contains the limit" : "one run gives no interval"
    let marks = "\(glyphs.mark(.met)) met   \(glyphs.mark(.missed)) missed   ? inconclusive: "
    return ["  " + marks + why]
  }

  /// What each factor does, the largest first, with a bar.
  private func effects(_ metric: String) -> [String] {
    guard let effects = index.effects(metric), effects.rows.count > 1 else { return [] }
    let format = index.format(metric)
    let counted = index.changeUnit(metric)
    let unit = counted.isEmpty ? metric : "\(counted) of \(metric)"
    let names = effects.rows.map { frame.safe(index.name($0.factor)) }
    let ends = effects.rows.map { row in
      frame.safe(index.label(row.factor, row.from)) + " to "
        + frame.safe(index.label(row.factor, row.to))
    }
    let changes = effects.rows.map { format.change($0.change) }
    let halves = effects.rows.map { row in
      row.halfWidth.map { glyphs.plusMinus + format.value($0) } ?? ""
    }
    let most = max(8, frame.columns / 3)
    let first = shortNames(names, columns: most, ellipsis: glyphs.ellipsis)
    let second = ends.map { cut($0, to: most, ellipsis: glyphs.ellipsis) }
    let widths = [first, second, changes, halves].map { $0.map { displayWidth($0) }.max() ?? 0 }
    let largest = effects.rows.map(\.change).max() ?? 0
    let room = frame.columns - 10 - widths.reduce(0, +)
    var lines = wrapped(
      frame.safe("WHAT MATTERS, lowest to highest, \(unit)"), columns: frame.columns)
    for (place, row) in effects.rows.enumerated() {
      var line = "  " + first[place].padded(to: widths[0]) + "  "
      line += second[place].padded(to: widths[1]) + "  " + changes[place].leading(to: widths[2])
      line += " " + halves[place].leading(to: widths[3])
      if index.hasIntervals, !row.isShown {
        line += "  ?"
      } else if room > 3 {
        line += "  " + bar(largest > 0 ? row.change / largest : 0, columns: min(room, 24))
      }
      lines.append(line.withoutTrailingSpaces)
    }
    if effects.rows.contains(where: { !$0.isShown }), index.hasIntervals {
      lines.append("  ? not shown to matter: the interval contains 0")
    }
    return lines
  }

  /// A bar to half a column, to a column without UTF-8.
  private func bar(_ share: Double, columns: Int) -> String {
    let halves = Int((max(0, min(1, share)) * Double(columns) * 2).rounded())
    guard glyphs.isUTF8 else { return String(repeating: "#", count: (halves + 1) / 2) }
    return String(repeating: "█", count: halves / 2) + (halves % 2 == 1 ? "▌" : "")
  }
}

/// One name: a row for each value, a column for each metric.
struct SweepColumns: Sendable {
  let index: SweepIndex
  let frame: AnswerFrame
  let glyphs: Glyphs

  var lines: [String] {
    let points = SweepGrid.thinned(index.document.points)
    let labels = shortNames(
      points.map { frame.safe(index.label(0, $0.place[0])) }, columns: 24,
      ellipsis: glyphs.ellipsis)
    let title = frame.safe(index.name(0))
    let label = max(displayWidth(title), labels.map { displayWidth($0) }.max() ?? 0) + 2
    var rows = labels.map { $0.padded(to: label) }
    var head = title.padded(to: label)
    var goals: [String] = []
    for (number, metric) in index.document.asked.enumerated() {
      let column = column(metric, points)
      // What does not fit stands in the files.
      guard displayWidth(head) + column.width <= frame.columns || number == 0 else { break }
      head += column.title.leading(to: column.width)
      for (place, cell) in column.cells.enumerated() { rows[place] += cell }
      goals.append("  \(number + 1)  " + frame.safe(name(metric)))
    }
    return goals + ["", head.withoutTrailingSpaces] + rows.map(\.withoutTrailingSpaces)
      + SweepGrid.remark(points.count, of: index.document.points.count)
  }

  /// The metric with its unit and its goal.
  private func name(_ metric: String) -> String {
    let unit = index.format(metric).metric.shownUnit
    return metric + (unit.isEmpty ? "" : ", \(unit)")
      + (index.goal(metric).map { "   goal \(SweepGrid.bound($0))" } ?? "")
  }

  private func column(
    _ metric: String, _ points: [SweepDocument.Point]
  ) -> (title: String, cells: [String], width: Int) {
    let format = index.format(metric)
    let values = points.map { point in
      index.value(point, metric)?.mean.map(format.value) ?? "none"
    }
    let halves = points.map { point in
      index.value(point, metric)?.halfWidth.map { glyphs.plusMinus + format.value($0) } ?? ""
    }
    let hasGoal = index.goal(metric) != nil
    let widths = [values, halves].map { $0.map { displayWidth($0) }.max() ?? 0 }
    let cells = points.indices.map { place in
      var cell = "   " + values[place].leading(to: widths[0])
      if widths[1] > 0 { cell += "  " + halves[place].leading(to: widths[1]) }
      guard hasGoal else { return cell }
      let result = index.result(points[place], metric)
      return cell + " " + (result.map { glyphs.colored(glyphs.mark($0), $0) } ?? " ")
    }
    let number = (index.document.asked.firstIndex(of: metric) ?? 0) + 1
    let width = 3 + widths[0] + (widths[1] > 0 ? 2 + widths[1] : 0) + (hasGoal ? 2 : 0)
    return ("\(number)", cells, width)
  }
}
