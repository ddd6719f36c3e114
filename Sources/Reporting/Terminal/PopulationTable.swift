import Measurement

/// What each kind of customers met with, where a scenario has several.
struct PopulationTable: Sendable {
  let index: ResultIndex
  let glyphs: Glyphs
  let columns: Int

  private static let value = NumberColumn(whole: 9, fraction: 4)

  /// A block with some strategies side by side, under the names of all unless there are none; empty where all customers are of one kind.
  func lines(_ strategies: [Int], names: [String]) -> [String] {
    let kinds = index.document.strategies.first?.populations?.map(\.name) ?? []
    guard kinds.count > 1 else { return [] }
    let head = max(columns, 60) - Self.value.width * max(2, min(3, strategies.count))
    let label = 20 + 4
    let shown = headings(names, columns: Self.value.width - 2, ellipsis: glyphs.ellipsis)
    var lines = (shown.first ?? [""]).indices.map { line in
      let isLast = line == max(shown.first?.count ?? 0, 1) - 1
      let cells = shown.isEmpty ? [""] : strategies.map { Self.value.heading(shown[$0][line]) }
      return (isLast ? "CUSTOMERS" : "").padded(to: head) + cells.joined()
    }.filter { !$0.withoutTrailingSpaces.isEmpty }
    for (kind, name) in kinds.enumerated() {
      let rows = strategies.map { self.rows(of: $0, kind) }
      for (line, figure) in (rows.first ?? []).enumerated() {
        let metric = index.format(figure.metric).metric
        let words = cut(
          glyphs.safe(metric.words(isShort: true)), to: label - 4, ellipsis: glyphs.ellipsis)
        let room = head - label - 3
        let title = line == 0 ? cut(glyphs.safe(name), to: room, ellipsis: glyphs.ellipsis) : ""
        var text = ("  " + title).padded(to: head - label) + words.padded(to: label - 3)
        text += cut(glyphs.safe(metric.shownUnit), to: 3, ellipsis: "").padded(to: 3)
        for row in rows { text += Self.value.placed(row[line].text) }
        lines.append(text)
      }
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  private func rows(of strategy: Int, _ kind: Int) -> [(metric: String, text: String)] {
    guard let rows = index.document.strategies[strategy].populations, rows.indices.contains(kind)
    else { return [] }
    return rows[kind].figures.filter { index.metric($0.metric)?.isShown == true }.map {
      figure in
      let format = index.format(figure.metric)
      return (figure.metric, figure.value.map(format.value) ?? "-")
    }
  }
}
