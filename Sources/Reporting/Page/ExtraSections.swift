import Measurement
import Statistics

/// What `compare` shows only if it was asked for, and what stands at the end of every page.
struct ExtraSections: Sendable {
  let context: PageContext

  private var document: ResultDocument { context.document }

  /// The verdicts in slightly other worlds.
  var robustness: (title: Phrase, html: String)? {
    guard let robustness = document.comparison?.robustness, !robustness.rows.isEmpty else {
      return nil
    }
    let format = context.index.format(robustness.metric)
    let unit = format.changeUnit.isEmpty ? "" : ", " + format.changeUnit
    var table = DataTable(
      [
        .init(title: "world", isText: true), .init(title: "strategy", isText: true),
        .init(title: "change" + unit), .init(title: "± 95 %"),
        .init(title: "verdict", isText: true),
      ],
      caption: "Change of \(format.metric.label) from the baseline in the same world. "
        + PairWords.worlds)
    var verdicts: [String: Set<Verdict>] = [:]
    for row in robustness.rows {
      for (place, difference) in row.differences.enumerated() {
        verdicts[difference.strategy, default: []].insert(context.index.verdict(difference))
        table.rows.append(
          [place == 0 ? row.world : "", difference.strategy] + cells(difference, format))
      }
    }
    let others = context.index.others
    let steady = others.filter { verdicts[document.strategies[$0].name]?.count == 1 }
    let title: Phrase =
      steady.count == others.count
      ? Phrase("Would it hold elsewhere? The verdicts are the same in every world tried")
      : Phrase("Would it hold elsewhere? Not every verdict is the same in every world tried")
    return (title, "<div class=\"scroll\" tabindex=\"0\">" + table.html(style: "plain") + "</div>")
  }

  /// The choice of the best.
  var best: (title: Phrase, html: String)? {
    guard let best = document.comparison?.best else { return nil }
    let format = context.index.format(best.metric)
    let unit = format.metric.shownUnit.isEmpty ? "" : " " + printable(format.metric.shownUnit)
    var table = DataTable([
      .init(title: "strategy", isText: true),
      .init(title: format.metric.label + (unit.isEmpty ? "" : "," + unit)),
      .init(title: "to the best of the others"), .init(title: "runs"),
      .init(title: "", isText: true),
    ])
    for row in best.rows {
      var interval = ""
      if let low = row.low, let high = row.high {
        interval = trueMinus(format.change(low)) + " to " + trueMinus(format.change(high))
      }
      table.rows.append([
        row.strategy, row.mean.map { trueMinus(format.value($0)) } ?? "", interval,
        grouped(Int64(row.replications)),
        row.strategy == best.chosen ? "chosen" : row.isDropped ? "dropped" : "",
      ])
    }
    let limit = format.withUnit(fixed(format.shown(best.indifference), format.decimals))
    var html = "<p>" + escaped(best.guarantee) + " Differences under " + escaped(limit)
    html += " do not matter.</p><div class=\"scroll\" tabindex=\"0\">" + table.html(style: "plain")
    let place = context.strategies.first { document.strategies[$0].name == best.chosen }
    let name = place.map(Phrase.strategy) ?? Phrase(printable(best.chosen))
    return (Phrase("The best of them by ") + "\(format.metric.label): " + name, html + "</div>")
  }

  /// Every pair of strategies.
  var pairs: (title: Phrase, html: String)? {
    guard let comparison = document.comparison, !comparison.allPairs.isEmpty else { return nil }
    var table = DataTable(
      [
        .init(title: "metric", isText: true), .init(title: "strategy", isText: true),
        .init(title: "against", isText: true), .init(title: "change"), .init(title: "± 95 %"),
        .init(title: "verdict", isText: true),
      ], caption: PairWords.explanation(count: comparison.allPairs.count))
    for row in comparison.allPairs {
      let format = context.index.format(row.metric)
      let unit = format.changeUnit.isEmpty ? "" : ", " + format.changeUnit
      table.rows.append(
        [format.metric.label + unit, row.strategy, row.baseline] + cells(row, format))
    }
    return (
      Phrase("Every pair of strategies"),
      "<div class=\"scroll\" tabindex=\"0\">" + table.html(style: "plain") + "</div>"
    )
  }

  /// What each kind of customers met with, where there are several.
  var customers: (title: Phrase, html: String)? {
    let kinds = document.strategies.first?.populations ?? []
    guard kinds.count > 1, !context.index.hasPopulationMetrics else { return nil }
    let figures = (kinds.first?.figures ?? []).filter {
      context.index.metric($0.metric)?.isShown == true
    }
    let columns = figures.map { figure in
      let metric = context.index.format(figure.metric).metric
      let unit = metric.shownUnit.isEmpty ? "" : ", " + metric.shownUnit
      return DataTable.Column(title: metric.label + unit)
    }
    var table = DataTable(
      [
        .init(title: "customers", isText: true), .init(title: "strategy", isText: true),
        .init(title: "conversations a run"),
      ] + columns, caption: "Means over all runs together")
    for (place, kind) in kinds.enumerated() {
      for (number, strategy) in document.strategies.enumerated() {
        guard let rows = strategy.populations, rows.indices.contains(place) else { continue }
        let values = rows[place].figures.filter { row in
          figures.contains { $0.metric == row.metric }
        }
        table.rows.append(
          [number == 0 ? kind.name : "", strategy.name, fixed(rows[place].conversations, 0)]
            + values.map { $0.value.map(context.index.format($0.metric).value) ?? "" })
      }
    }
    return (
      Phrase("Each kind of customer"),
      "<div class=\"scroll\" tabindex=\"0\">" + table.html(style: "plain") + "</div>"
    )
  }

  private func cells(_ row: ResultDocument.Difference, _ format: MetricFormat) -> [String] {
    let verdict = context.index.verdict(row)
    let words = verdict == .noDifference ? "no difference" : verdict.rawValue
    return [
      row.change == nil ? "" : trueMinus(format.change(row)),
      row.halfWidth.map { "± " + format.value($0) } ?? "", words,
    ]
  }

  /// The assumptions in plain words, with the scenario file behind them.
  var inputs: String? {
    let scenario = document.scenario
    guard !scenario.inputs.isEmpty || !scenario.source.isEmpty else { return nil }
    var html = ""
    if !scenario.inputs.isEmpty {
      html += "<dl class=\"in\">"
      for input in scenario.inputs {
        html += "<dt>" + escaped(input.title) + "</dt><dd>" + escaped(input.text) + "</dd>"
      }
      html += "</dl>\n"
    }
    if !scenario.source.isEmpty {
      let lines = scenario.source.split(separator: "\n", omittingEmptySubsequences: false)
      html += "<details><summary>The scenario file</summary><pre>"
      html += lines.map { escaped(String($0)) }.joined(separator: "\n") + "</pre></details>"
    }
    return html
  }

  /// What the intervals of the page are.
  private var intervals: String {
    guard context.index.hasIntervals else { return "One run gives no intervals." }
    var text = "Intervals are 95 % intervals over runs"
    if let comparison = document.comparison, let correction = comparison.correction {
      text += "; those of changes hold together, " + escaped(correction) + "-corrected over "
      text += "\(comparison.comparisonCount) comparisons"
    }
    return text + "."
  }

  /// Seed, command and what makes the same bytes again.
  var repetition: String {
    let command = CommandText(words: document.repeatedBy).line
    var html = "<pre>" + escaped(command) + "</pre><p class=\"note\">"
    html += "Same scenario, seed and version give the same bytes on any number of threads. "
    html += "\(grouped(Int64(document.runs))) runs, \(roundCount(document.events)) events. "
    html += intervals + " Beside this page: summary.csv"
    if document.comparison != nil { html += ", comparison.csv" }
    html += ", replications.csv, goals.csv, agents.csv, timeline.csv, "
    if document.strategies.contains(where: { $0.reports != nil }) {
      html += "the nine of reports/, "
    }
    html += "manifest.json and "
    return html
      + "result.json, from which <code>switchboard report</code> makes all of it again.</p>"
  }
}
