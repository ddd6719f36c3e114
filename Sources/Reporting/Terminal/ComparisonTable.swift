import Measurement

/// The metrics of some strategies beside those of the baseline.
struct ComparisonTable: Sendable {
  private let index: ResultIndex
  private let glyphs: Glyphs
  private let columns: Int
  private let rows: [Row]
  private let layout: ComparisonLayout
  /// How many strategies stand beside the baseline.
  private let others: Int

  private enum Row: Sendable {
    case group(String)
    case metric(name: String, label: String, unit: String, format: MetricFormat)
  }

  /// A table for a terminal of so many columns.
  init(index: ResultIndex, glyphs: Glyphs, columns: Int) {
    self.index = index
    self.glyphs = glyphs
    self.columns = columns
    let isWide = columns >= 100
    let labels = Self.labels(index, glyphs, isShort: !isWide)
    let plain = Self.rows(index, glyphs, labels: labels, isCoarse: false)
    let texts = Self.texts(plain, index, glyphs)
    let widest = labels.flatMap { $0 }.map { displayWidth($0) }.max() ?? 0
    let usual: ComparisonLayout = isWide ? .wide(label: widest) : .narrow(label: widest)
    // Two strategies side by side if their numbers fit, with closer columns or a decimal less if
    // need be; else each beside the baseline alone.
    let two = columns < 80 || index.others.count < 2 ? 1 : 2
    let spare = Self.rows(index, glyphs, labels: labels, isCoarse: true)
    let coarse = Self.texts(spare, index, glyphs)
    let choices: [(others: Int, rows: [Row], layout: ComparisonLayout)] = [
      (two, plain, usual.fitting(texts)), (two, plain, usual.tight(texts)),
      (two, spare, usual.tight(coarse)), (1, plain, usual.fitting(texts)),
      (1, plain, usual.tight(texts)), (1, plain, usual),
    ]
    let choice =
      choices.first { $0.layout.width(of: $0.others) <= max(columns, 66) }
      ?? choices[choices.count - 1]
    (others, rows, layout) = choice
  }

  /// The blocks of the table, each with the baseline and some of the others.
  func blocks(names: [String]) -> [[String]] {
    // Beside the baseline alone a name has the rest of the line.
    let room = others == 1 ? columns - layout.head - layout.baseline.width : layout.group - 1
    let shown = headings(names, columns: room - layout.nameOffset, ellipsis: glyphs.ellipsis)
    return index.others.inBlocks(of: others).map { block in
      var lines = titles(block, names: names, shown: shown)
      for row in rows {
        switch row {
        case .group(let name): lines.append(spaces(layout.groupIndent) + name)
        case .metric(let metric, let label, let unit, let format):
          var line = spaces(layout.labelIndent) + label.padded(to: layout.label)
          line += unit.padded(to: layout.unit) + numbers(metric, format, block)
          lines.append(line)
        }
      }
      return lines.map(\.withoutTrailingSpaces)
    }
  }

  private func titles(_ block: [Int], names: [String], shown: [[String]]) -> [String] {
    let left = layout.head + layout.baseline.width
    let base = shortNames([names[index.baseline]], columns: left, ellipsis: glyphs.ellipsis)[0]
    let used = block.map { shown[$0].drop { $0.isEmpty } }
    let height = used.map(\.count).max() ?? 0
    var lines: [String] = []
    for line in 0..<height {
      var text = (line == height - 1 ? base : "").leading(to: left)
      for name in used {
        let place = line - (height - name.count)
        let word = place < 0 ? "" : name[name.startIndex + place]
        text += (spaces(layout.nameOffset) + word).padded(to: layout.group)
      }
      lines.append(text)
    }
    var below = "baseline".leading(to: left)
    for _ in block {
      below += layout.value.heading("value") + layout.change.heading("change")
      below += layout.halfWidth.heading("\(glyphs.plusMinus)95 %") + "  "
    }
    return lines + [below]
  }

  private func numbers(_ metric: String, _ format: MetricFormat, _ block: [Int]) -> String {
    let baseline = index.value(index.baseline, metric)?.mean
    var line = layout.baseline.placed(baseline.map(format.value) ?? "-")
    for strategy in block {
      let value = index.value(strategy, metric)?.mean
      line += layout.value.placed(value.map(format.value) ?? "-")
      guard let row = index.difference(strategy, metric), row.change != nil else {
        line += spaces(layout.group - layout.value.width)
        continue
      }
      let half = row.halfWidth.map { glyphs.plusMinus + format.value($0) } ?? ""
      line += layout.change.placed(format.change(row)) + layout.halfWidth.placed(half) + " "
      line += mark(row, format)
    }
    return line
  }

  /// The sign of a row; beside numbers that show no change it would contradict them.
  private func mark(_ row: ResultDocument.Difference, _ format: MetricFormat) -> String {
    let verdict = index.verdict(row)
    guard !verdict.isClaim || !format.hidesChange(row) else { return " " }
    return glyphs.colored(glyphs.mark(verdict), verdict)
  }

  /// What the signs mean.
  var legend: String {
    let differs = columns >= 100 ? "differs, neither way better" : "differs"
    return "+ better   - worse   ~ no difference   . \(differs)   ? inconclusive"
  }
}

extension ComparisonTable {
  /// The words of every metric, group by group, short enough for their column and distinct in it.
  private static func labels(
    _ index: ResultIndex, _ glyphs: Glyphs, isShort: Bool
  ) -> [[String]] {
    index.shownGroups.map { group in
      let words = group.metrics.map { glyphs.safe($0.words(isShort: isShort)) }
      return shortNames(words, columns: isShort ? 20 : 24, ellipsis: glyphs.ellipsis)
    }
  }

  private static func rows(
    _ index: ResultIndex, _ glyphs: Glyphs, labels: [[String]], isCoarse: Bool
  ) -> [Row] {
    zip(index.shownGroups, labels).flatMap { group, labels -> [Row] in
      let metrics = zip(group.metrics, labels).map { metric, label -> Row in
        let format = index.format(metric.name)
        let rows = index.others.compactMap { index.difference($0, metric.name) }
        // A change that is claimed must be seen.
        let mayCoarsen = !rows.contains { $0.verdict.isClaim && format.coarser.hidesChange($0) }
        return .metric(
          name: metric.name, label: label,
          unit: cut(glyphs.safe(metric.shownUnit), to: 4, ellipsis: ""),
          format: isCoarse && mayCoarsen ? format.coarser : format)
      }
      return (group.name.isEmpty ? [] : [.group(glyphs.safe(group.name))]) + metrics
    }
  }

  /// Every number of the table as text, column by column.
  private static func texts(
    _ rows: [Row], _ index: ResultIndex, _ glyphs: Glyphs
  ) -> ComparisonLayout.Texts {
    var texts = ComparisonLayout.Texts()
    for case .metric(let metric, _, _, let format) in rows {
      if let mean = index.value(index.baseline, metric)?.mean {
        texts.baseline.append(format.value(mean))
      }
      for strategy in index.others {
        if let mean = index.value(strategy, metric)?.mean { texts.value.append(format.value(mean)) }
        guard let row = index.difference(strategy, metric), row.change != nil else { continue }
        texts.change.append(format.change(row))
        if let half = row.halfWidth {
          texts.halfWidth.append(glyphs.plusMinus + format.value(half))
        }
      }
    }
    return texts
  }
}
