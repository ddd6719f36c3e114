import Measurement

/// The metrics of some strategies beside those of the baseline.
struct ComparisonTable: Sendable {
  let index: ResultIndex
  let glyphs: Glyphs
  let isWide: Bool

  /// Where the columns stand: laid out once for 100 and once for 80 columns.
  private struct Layout {
    var groupIndent: Int
    var labelIndent: Int
    var label: Int
    var unit = 4
    var baseline: NumberColumn
    var value: NumberColumn
    var change: NumberColumn
    var halfWidth: NumberColumn
    var nameOffset: Int

    static let wide = Layout(
      groupIndent: 2, labelIndent: 4, label: 25, baseline: .init(whole: 8, fraction: 3),
      value: .init(whole: 6, fraction: 3), change: .init(whole: 6, fraction: 3),
      halfWidth: .init(whole: 5, fraction: 3), nameOffset: 6)
    static let narrow = Layout(
      groupIndent: 0, labelIndent: 2, label: 21, baseline: .init(whole: 4, fraction: 3),
      value: .init(whole: 4, fraction: 3), change: .init(whole: 4, fraction: 3),
      halfWidth: .init(whole: 4, fraction: 3), nameOffset: 4)

    /// Columns before the numbers.
    var head: Int { labelIndent + label + unit }
    /// Columns of one strategy.
    var group: Int { value.width + change.width + halfWidth.width + 2 }
  }

  private var layout: Layout { isWide ? .wide : .narrow }

  /// In 80 columns the two characters of `+-` have no room; the heading says it alone.
  private var intervalSign: String { isWide || glyphs.isUTF8 ? glyphs.plusMinus : "" }

  /// A block with the baseline and some of the others.
  func lines(_ strategies: [Int], names: [String]) -> [String] {
    var lines = headings(strategies, names: names)
    for group in index.shownGroups {
      if !group.name.isEmpty { lines.append(spaces(layout.groupIndent) + glyphs.safe(group.name)) }
      for metric in group.metrics { lines.append(row(metric, strategies)) }
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  private func headings(_ strategies: [Int], names: [String]) -> [String] {
    let room = layout.group - layout.nameOffset - 1
    let baseName = shortNames(
      [names[index.baseline]], columns: layout.baseline.width + layout.unit + 4,
      ellipsis: glyphs.ellipsis)[0]
    let shown = shortNames(
      strategies.map { names[$0] }, columns: room, ellipsis: glyphs.ellipsis)
    var top = baseName.leading(to: layout.head + layout.baseline.width)
    var below = "baseline".leading(to: layout.head + layout.baseline.width)
    for name in shown {
      top += (spaces(layout.nameOffset) + name).padded(to: layout.group)
      below += layout.value.heading("value") + layout.change.heading("change")
      below += layout.halfWidth.heading("\(glyphs.plusMinus)95 %") + "  "
    }
    return [top, below]
  }

  private func row(_ metric: ResultDocument.Metric, _ strategies: [Int]) -> String {
    let format = index.format(metric.name)
    let words = isWide ? metric.label : metric.shortLabel ?? metric.label
    let label = cut(glyphs.safe(words), to: layout.label - 1, ellipsis: glyphs.ellipsis)
    let unit = cut(glyphs.safe(metric.shownUnit), to: layout.unit, ellipsis: "")
    var line = spaces(layout.labelIndent) + label.padded(to: layout.label)
    line += unit.padded(to: layout.unit)
    let baseline = index.value(index.baseline, metric.name)?.mean
    line += layout.baseline.placed(baseline.map(format.value) ?? "-")
    for strategy in strategies {
      let value = index.value(strategy, metric.name)?.mean
      line += layout.value.placed(value.map(format.value) ?? "-")
      guard let difference = index.difference(strategy, metric.name), let change = difference.change
      else {
        line += spaces(layout.group - layout.value.width)
        continue
      }
      let half = difference.halfWidth.map { intervalSign + format.value($0) } ?? ""
      line += layout.change.placed(format.change(change)) + layout.halfWidth.placed(half) + " "
      line += mark(difference)
    }
    return line
  }

  private func mark(_ difference: ResultDocument.Difference) -> String {
    let verdict = index.verdict(difference)
    return glyphs.colored(glyphs.mark(verdict), verdict)
  }

  /// What the signs mean.
  var legend: String {
    let differs = isWide ? "differs, neither way better" : "differs"
    return "+ better   - worse   ~ no difference   . \(differs)   ? inconclusive"
  }
}
