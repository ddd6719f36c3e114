import Measurement

/// The tables of the page: every operation, every rate, every prediction.
struct LoadLists: Sendable {
  let index: LoadIndex

  /// More measurements than these stand in the file.
  private static let mostRows = 500

  private func framed(_ table: DataTable, _ label: String) -> String {
    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\">"
      + table.html(style: "plain") + "</div>"
  }

  var operations: String {
    guard let place = index.decisive else { return "" }
    let step = index.steps[place]
    let shown = step.latency.filter { !$0.levels.isEmpty }
    guard !shown.isEmpty else { return "" }
    var table = DataTable(
      [.init(title: "operation", isText: true), .init(title: "events"), .init(title: "mean")]
        + LoadStep.levels.map { .init(title: LoadWords.quantile($0)) } + [.init(title: "longest")])
    var rows = shown.map { ($0.words, $0) }
    if let service = step.service, !service.levels.isEmpty {
      rows.append(("service only", service))
    }
    for (name, times) in rows {
      table.rows.append(
        [name, grouped(Int64(times.count)), times.mean.map(wallTime) ?? ""]
          + LoadStep.levels.map { times.meant($0).map(wallTime) ?? "" }
          + [times.longest.map(wallTime) ?? ""])
    }
    return framed(table, "Every operation")
      + "<p class=\"note\">From when an event was due until it was carried out; service only: from when "
      + "the engine took it up. An empty cell: fewer than one event is above it.</p>"
  }

  var rates: String {
    guard !index.steps.isEmpty else { return "" }
    let hasGoals = index.steps.contains { $0.result != nil }
    let shown = index.ascending.prefix(Self.mostRows).map { index.steps[$0] }
    let hasRefused = shown.contains { $0.refusedCount > 0 }
    let hasRemarks = shown.contains { !remark($0).isEmpty }
    var table = DataTable(
      [
        .init(title: "asked for a second", isText: true), .init(title: "due"),
        .init(title: "carried out"),
      ]
        + LoadStep.levels.map { .init(title: LoadWords.quantile($0)) }
        + [.init(title: "longest"), .init(title: "waiting at most")]
        + (hasRefused ? [.init(title: "refused")] : [])
        + (hasGoals ? [.init(title: "goals", isText: true)] : [])
        + (hasRemarks ? [.init(title: "remark", isText: true, isWrapped: true)] : []))
    for step in shown {
      table.rows.append(
        [
          step.isConstant ? rateDigits(step.rate) : printable(step.shape),
          rateDigits(step.offered), rateDigits(step.achieved),
        ]
          + LoadStep.levels.map { step.all?.meant($0).map(wallTime) ?? "" }
          + [
            step.all?.longest.map(wallTime) ?? "", grouped(Int64(step.greatestBacklog)),
          ] + (hasRefused ? [grouped(Int64(step.refusedCount))] : [])
          + (hasGoals ? [step.result?.rawValue ?? ""] : [])
          + (hasRemarks ? [remark(step)] : []))
    }
    let rest = index.steps.count - min(index.steps.count, Self.mostRows)
    return framed(table, "Every rate")
      + (rest > 0
        ? "<p class=\"note\">\(grouped(Int64(rest))) more stand in load_rates.csv.</p>" : "")
  }

  private func remark(_ step: LoadStep) -> String {
    var parts: [String] = []
    if !step.violations.isEmpty {
      let count = step.violations.count
      parts.append(
        count == 1 ? "one violation" : "\(grouped(Int64(count))) violations")
    }
    if let invalid = step.invalid { parts.append("does not count: " + LoadWords.clean(invalid)) }
    if step.offeredCount > 0, !step.keepsUp { parts.append("falls behind") }
    if !step.isConstant { parts.append(LoadWords.course(step)) }
    return parts.joined(separator: "; ")
  }

  var predictions: String {
    let rows = index.document.predictions.map { LoadPrediction($0) }
    guard !rows.isEmpty else { return "" }
    var table = DataTable([
      .init(title: "in the scenario's own time", isText: true), .init(title: "foretold"),
      .init(title: "95 % interval"), .init(title: "seen"),
      .init(title: "where it lies", isText: true),
    ])
    for row in rows {
      table.rows.append([
        row.name, row.predicted, row.interval, row.seen,
        row.isInside == nil ? "" : row.place + " the interval",
      ])
    }
    return framed(table, "Predictions")
      + "<p class=\"note\">Foretold by runs in virtual time; seen once, under load, by the clock on the "
      + "wall.</p>"
  }
}
