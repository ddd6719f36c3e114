import Measurement

/// What `compare` shows only if it was asked for: the best, all pairs, other worlds.
struct ExtraTables: Sendable {
  let index: ResultIndex
  let glyphs: Glyphs
  let columns: Int

  /// Columns that each of two names may take beyond what a narrow terminal has.
  private var slack: Int { max(0, min(columns, 80) - 66) / 2 }

  var blocks: [[String]] {
    guard let comparison = index.document.comparison else { return [] }
    var blocks: [[String]] = []
    if let best = comparison.best { blocks.append(lines(of: best)) }
    if !comparison.allPairs.isEmpty { blocks.append(lines(of: comparison.allPairs)) }
    if let robustness = comparison.robustness { blocks.append(lines(of: robustness)) }
    return blocks.filter { !$0.isEmpty }
  }

  private func name(_ text: String, to width: Int) -> String {
    cut(glyphs.safe(text), to: width, ellipsis: glyphs.ellipsis)
  }

  private func lines(of best: ResultDocument.Best) -> [String] {
    let format = index.format(best.metric)
    let limit = format.withUnit(fixed(format.shown(best.indifference), format.decimals))
    let label = glyphs.safe(format.metric.label)
    var lines = wrapped(
      glyphs.ascii("BEST  \(label), differences under \(limit) do not matter"), columns: columns)
    let value = NumberColumn(whole: 7, fraction: 3)
    let interval = 18 + slack
    lines.append(
      spaces(21 + slack) + value.heading("value") + "to best other".leading(to: interval) + "  runs"
    )
    for row in best.rows {
      var range = ""
      if let low = row.low, let high = row.high {
        range = "\(format.change(low)) to \(format.change(high))"
      }
      let end = row.strategy == best.chosen ? "  best" : (row.isDropped ? "  dropped" : "")
      let head = ("  " + name(row.strategy, to: 18 + slack)).padded(to: 21 + slack)
      lines.append(
        head + value.placed(row.mean.map(format.value) ?? "-") + range.leading(to: interval)
          + grouped(Int64(row.replications)).leading(to: 6) + end)
    }
    lines += wrapped(glyphs.safe(best.guarantee), columns: columns - 2).map { "  " + $0 }
    return lines.map(\.withoutTrailingSpaces)
  }

  private func lines(of pairs: [ResultDocument.Difference]) -> [String] {
    var lines = ["ALL PAIRS"]
    lines += wrapped(PairWords.explanation(count: pairs.count), columns: columns)
    var metric: String?
    for row in pairs {
      let format = index.format(row.metric)
      if row.metric != metric {
        metric = row.metric
        let unit = format.metric.shownUnit.isEmpty ? "" : ", " + format.metric.shownUnit
        lines.append(glyphs.safe("\(format.metric.label)\(unit)"))
      }
      let width = 16 + slack
      let pair = "\(name(row.strategy, to: width)) against \(name(row.baseline, to: width))"
      lines.append(("  " + pair).padded(to: 44 + 2 * slack) + cells(row, format))
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  private func lines(of robustness: ResultDocument.Robustness) -> [String] {
    let format = index.format(robustness.metric)
    let unit = format.changeUnit.isEmpty ? "" : ", \(format.changeUnit)"
    let shown = glyphs.safe(format.metric.label + unit)
    var lines = wrapped("IN OTHER WORLDS  change of \(shown)", columns: columns)
    lines += wrapped(PairWords.worlds, columns: columns)
    for row in robustness.rows {
      for (place, difference) in row.differences.enumerated() {
        let world = place == 0 ? name(row.world, to: 20 + slack) : ""
        let strategy = name(difference.strategy, to: 20 + slack).padded(to: 21 + slack)
        let head = ("  " + world).padded(to: 23 + slack) + strategy
        lines.append(head + cells(difference, format))
      }
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  /// Change, half-width and sign.
  private func cells(_ row: ResultDocument.Difference, _ format: MetricFormat) -> String {
    let change = NumberColumn(whole: 7, fraction: 3)
    let half = NumberColumn(whole: 6, fraction: 3)
    let halfText = row.halfWidth.map { glyphs.plusMinus + format.value($0) } ?? ""
    let verdict = index.verdict(row)
    let mark = glyphs.colored(glyphs.mark(verdict), verdict)
    return change.placed(row.change == nil ? "-" : format.change(row)) + half.placed(halfText)
      + "  " + mark
  }
}
