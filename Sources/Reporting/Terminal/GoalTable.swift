import Measurement

/// The goals at the head of an answer.
struct GoalTable: Sendable {
  let index: ResultIndex
  let glyphs: Glyphs
  let isWide: Bool
  let columns: Int

  /// A goal under a strategy as texts.
  private struct Entry {
    var mark: String
    var result: Goal.Outcome
    var value: String
    var halfWidth: String
    var isAbsent = false
  }

  /// What stands where there is no value.
  private static let nothing = "none"

  private func entry(_ strategy: Int, _ goal: ResultDocument.Goal) -> Entry {
    let format = index.format(of: goal)
    guard let outcome = index.outcome(strategy, goal), outcome.value != nil else {
      return Entry(
        mark: " ", result: .inconclusive, value: Self.nothing, halfWidth: "", isAbsent: true)
    }
    let estimate = ResultDocument.Estimate(low: outcome.low, high: outcome.high)
    let half = estimate.halfWidth.map { glyphs.plusMinus + format.value($0) }
    return Entry(
      mark: glyphs.mark(outcome.result), result: outcome.result,
      value: outcome.value.map(format.value) ?? "", halfWidth: half ?? "")
  }

  private func unit(_ goal: ResultDocument.Goal) -> String {
    glyphs.safe(index.format(of: goal).metric.shownUnit)
  }

  private var unitWidth: Int {
    index.document.goals.map { displayWidth(unit($0)) }.max() ?? 0
  }

  /// The goals of several strategies side by side; the names are those of all.
  func compared(_ strategies: [Int], names: [String]) -> [String] {
    let goals = index.document.goals
    let entries = goals.map { goal in strategies.map { entry($0, goal) } }
    let all = entries.flatMap { $0 }
    let value = NumberColumn.fitting(all.map(\.value), whole: isWide ? 5 : 4, atMost: 7)
    let half =
      isWide
      ? NumberColumn.fitting(all.map(\.halfWidth), whole: 4, atMost: 6)
      : NumberColumn(whole: 0, fraction: 0)
    let width = max(
      (isWide ? 20 : 13), 3 + value.width + half.width + 1 + unitWidth)
    let label = max(20, columns - 1 - width * max(3, strategies.count))
    let shown = headings(names, columns: width - 2, ellipsis: glyphs.ellipsis)
    var lines = (shown.first ?? []).indices.map { line in
      let isLast = line == shown[0].count - 1
      let cells = strategies.map { shown[$0][line].leading(to: width) }.joined()
      return (isLast ? "GOALS" : "").padded(to: label) + cells
    }.filter { !$0.withoutTrailingSpaces.isEmpty }
    for (goal, row) in zip(goals, entries) {
      var cells = ""
      for entry in row {
        let numbers = value.placed(entry.value) + (isWide ? half.placed(entry.halfWidth) : "")
        let tail = numbers + " " + unit(goal).padded(to: unitWidth)
        cells += spaces(width - 1 - displayWidth(tail))
        cells += glyphs.colored(entry.mark, entry.result) + tail
      }
      lines += labelled(goal, label: label, cells: cells)
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  /// The goals of one strategy, with their results in words.
  func alone(_ strategy: Int, layout: RunTable.Layout) -> [String] {
    var lines = [layout.heading("GOALS", glyphs: glyphs)]
    for goal in index.document.goals {
      let entry = entry(strategy, goal)
      let word =
        entry.isAbsent ? "  no value" : entry.mark + " " + entry.result.rawValue
      let cells =
        layout.value.placed(entry.value) + layout.halfWidth.placed(entry.halfWidth) + " "
        + unit(goal).padded(to: layout.unitWidth) + "  " + glyphs.colored(word, entry.result)
      lines += labelled(goal, label: layout.label, cells: cells)
    }
    return lines.map(\.withoutTrailingSpaces)
  }

  /// A goal beside its cells, or above them if it is too long.
  private func labelled(_ goal: ResultDocument.Goal, label: Int, cells: String) -> [String] {
    let text = "  " + glyphs.safe(goal.text)
    if displayWidth(text) < label { return [text.padded(to: label) + cells] }
    return wrapped(text, columns: columns - 4).map { "  " + $0 } + [spaces(label) + cells]
  }

  /// What the marks mean.
  var legend: String {
    let met = glyphs.mark(.met)
    let missed = glyphs.mark(.missed)
    let why =
      index.hasIntervals ? "the 95 % interval contains the limit" : "one run gives no interval"
    let isAbsent = index.document.strategies.indices.contains { strategy in
      index.document.goals.contains { index.outcome(strategy, $0)?.value == nil }
    }
    let absent = isAbsent ? "   \(Self.nothing): no value" : ""
    return "\(met) met   \(missed) missed   ? inconclusive: \(why)" + absent
  }
}
