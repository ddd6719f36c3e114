import Measurement

/// The metrics of one strategy.
struct RunTable: Sendable {
  let index: ResultIndex
  let glyphs: Glyphs
  let columns: Int

  /// Where the columns of one strategy stand.
  struct Layout: Sendable {
    var label: Int
    var value: NumberColumn
    var halfWidth: NumberColumn
    var unitWidth: Int

    func heading(_ title: String, glyphs: Glyphs) -> String {
      // The heading ends where most half-widths end: one column before the widest.
      let interval = "\(glyphs.plusMinus)95 %".leading(to: max(0, halfWidth.width - 1))
      return title.padded(to: label) + value.heading("value") + interval
    }
  }

  var layout: Layout {
    let strategies = index.document.strategies.indices
    var values: [String] = []
    var halves: [String] = []
    var units: [String] = []
    for metric in index.shownGroups.flatMap(\.metrics) {
      units.append(glyphs.safe(metric.shownUnit))
      for strategy in strategies {
        let texts = texts(strategy, metric)
        values.append(texts.value)
        halves.append(texts.halfWidth)
      }
    }
    return Layout(
      label: columns < 80 ? max(16, columns - 40) : 40,
      value: .fitting(values, whole: 6, atMost: 9, fraction: 3),
      halfWidth: .fitting(halves, whole: 6, atMost: 8, fraction: 3),
      unitWidth: max(3, min(8, units.map { displayWidth($0) }.max() ?? 0)))
  }

  func lines(_ strategy: Int, layout: Layout) -> [String] {
    var lines = [layout.heading("", glyphs: glyphs)]
    for group in index.shownGroups {
      if !group.name.isEmpty { lines.append(glyphs.safe(group.name)) }
      let words = group.metrics.map { glyphs.safe($0.words(isShort: false)) }
      let labels = shortNames(words, columns: layout.label - 3, ellipsis: glyphs.ellipsis)
      for (metric, label) in zip(group.metrics, labels) {
        let texts = texts(strategy, metric)
        let unit = cut(glyphs.safe(metric.shownUnit), to: 8, ellipsis: glyphs.ellipsis)
        lines.append(
          ("  " + label).padded(to: layout.label) + layout.value.placed(texts.value)
            + layout.halfWidth.placed(texts.halfWidth) + " " + unit)
      }
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  private func texts(
    _ strategy: Int, _ metric: ResultDocument.Metric
  ) -> (value: String, halfWidth: String) {
    let format = index.format(metric.name)
    let value = index.value(strategy, metric.name)
    return (
      value?.mean.map(format.value) ?? "-",
      value?.halfWidth.map { glyphs.plusMinus + format.value($0) } ?? ""
    )
  }
}
