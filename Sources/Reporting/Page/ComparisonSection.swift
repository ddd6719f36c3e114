import Measurement
import Statistics

/// The first screen's second half: the chart that decides and every metric beside it.
struct ComparisonSection: Sendable {
  let context: PageContext

  var html: String {
    let figure = context.index.decisiveMetric.flatMap {
      DecideFigure(context: context, metric: $0).figure
    }
    var html = "<div class=\"decide\" id=\"metrics\">" + (figure?.html ?? "") + "<div>"
    html += context.isCompared ? compared : alone
    return html + "</div></div>\n"
  }

  // A table of three strategies has the width of half a page; more stand under each other.
  var compared: String {
    let base = named(context.name(context.index.baseline))
    var html = "<h3>Every metric against " + base + "</h3><p class=\"note tight\">"
    html +=
      !context.index.hasIntervals
      ? "One run gives no interval: whether a change is more than chance is not known."
      : context.isPaired
        ? "Change and its 95 % interval are paired by run: both strategies met the same customers."
        : "Change and its 95 % interval are of independent runs."
    html += "</p>\n"
    for block in context.index.others.inBlocks(of: 2) { html += table(block) }
    return html + "<p class=\"note\">" + explanation + "</p>"
  }

  private var explanation: String {
    let comparison = context.document.comparison
    let count = comparison?.comparisonCount ?? 0
    var text = "Point at a row for its name in summary.csv. “better” and “worse” know which way "
    text += "each metric should go"
    if let correction = comparison?.correction {
      text += ", and are printed only where the difference survives the correction of "
      text += escaped(correction) + " over all \(count) comparisons"
    }
    text += "; “differs” has no better side; “no diff.”: the whole interval lies within "
    text += escaped(comparison?.indifference ?? "the indifference")
    return text + "; “inconclusive”: none was shown, which does not mean that there is none."
  }

  private func table(_ strategies: [Int]) -> String {
    var html = "<table class=\"cmp\" role=\"table\"><thead><tr><th></th><th class=\"g x0t\">"
    html += named(context.name(context.index.baseline)) + "</th>"
    for strategy in strategies {
      html += "<th class=\"g o x\(context.style(strategy).slot)t\" colspan=\"3\">"
      html += named(context.name(strategy)) + "</th>"
    }
    html += "</tr>\n<tr><th></th><th>baseline</th>"
    for _ in strategies { html += "<th>value</th><th>change</th><th></th>" }
    html += "</tr></thead><tbody role=\"rowgroup\">"
    let columns = 2 + 3 * strategies.count
    for group in context.index.shownGroups {
      if !group.name.isEmpty {
        html +=
          "<tr class=\"grp\" role=\"row\"><th scope=\"rowgroup\" role=\"rowheader\" colspan=\""
        html += "\(columns)\">" + escaped(group.name) + "</th></tr>"
      }
      for metric in group.metrics {
        let isFirst = metric.name == context.index.shownGroups.first?.metrics.first?.name
        html += row(metric, strategies, isFirst: isFirst)
      }
    }
    return html + "</tbody></table>\n"
  }

  /// A row; on a narrow screen the first one carries the names of the strategies.
  private func row(
    _ metric: ResultDocument.Metric, _ strategies: [Int], isFirst: Bool
  ) -> String {
    let format = context.index.format(metric.name)
    var html =
      "<tr" + (isFirst ? " class=\"first\"" : "") + " role=\"row\" title=\"" + escaped(metric.name)
      + "\">"
    html +=
      "<th scope=\"row\" role=\"rowheader\">"
      + escaped(metric.words(isShort: false).capitalizedFirst)
    html += " <span class=\"u\">" + escaped(metric.shownUnit) + "</span></th>"
    let base = context.index.value(context.index.baseline, metric.name)?.mean
    html += cell("b0c", label: context.name(context.index.baseline), base.map(format.value))
    for (place, strategy) in strategies.enumerated() {
      let number = place + 1
      let value = context.index.value(strategy, metric.name)?.mean
      html += cell("v\(number)", label: context.name(strategy), value.map(format.value))
      let difference = context.index.difference(strategy, metric.name)
      html += "<td class=\"d d\(number)\" role=\"cell\">"
      if let difference, difference.change != nil {
        html += trueMinus(format.change(difference))
        if let half = difference.halfWidth {
          html += " <span class=\"pm hw\">± " + format.value(half) + "</span>"
        }
      }
      // A word beside numbers that show no change would contradict them.
      let isHidden = difference.map { $0.verdict.isClaim && format.hidesChange($0) } ?? false
      html += "</td>" + verdict(isHidden ? nil : difference, number)
    }
    return html + "</tr>"
  }

  private func cell(_ style: String, label: String, _ text: String?) -> String {
    "<td class=\"\(style)\" role=\"cell\" data-l=\"" + escaped(label) + "\">"
      + trueMinus(text ?? "") + "</td>"
  }

  private func verdict(_ difference: ResultDocument.Difference?, _ number: Int) -> String {
    guard let difference else { return "<td class=\"sg sg\(number)\" role=\"cell\"></td>" }
    let (style, word): (String, String) =
      switch context.index.verdict(difference) {
      case .better: ("better", "better")
      case .worse: ("worse", "worse")
      case .differs: ("neutral", "differs")
      case .noDifference: ("same", "no diff.")
      case .inconclusive: ("same", "inconclusive")
      }
    var html = "<td class=\"sg sg\(number) sg-\(style)\" role=\"cell\""
    if difference.verdict == .inconclusive, let settling = difference.settling {
      html += " title=\"" + SettlingWords.title(settling) + "\""
    }
    return html + ">" + word + "</td>"
  }

  /// The metrics of strategies that nothing is compared with.
  var alone: String {
    var columns: [DataTable.Column] = [.init(title: "metric", isText: true)]
    for strategy in context.strategies {
      columns.append(.init(title: context.name(strategy), isWrapped: true))
      columns.append(.init(title: "± 95 %"))
    }
    columns.append(.init(title: "unit", isText: true))
    var table = DataTable(columns)
    for metric in context.index.shownGroups.flatMap(\.metrics) {
      let format = context.index.format(metric.name)
      let scope = metric.scope.map { $0.heading + ", " } ?? ""
      var row = [(scope + metric.words(isShort: false)).capitalizedFirst]
      for strategy in context.strategies {
        let value = context.index.value(strategy, metric.name)
        row.append(trueMinus(value?.mean.map(format.value) ?? ""))
        row.append(value?.halfWidth.map { "± " + format.value($0) } ?? "")
      }
      table.rows.append(row + [metric.shownUnit])
    }
    let what =
      context.index.hasIntervals
      ? "Over \(context.runs), with half the width of the 95 % interval." : "One run, no interval."
    return
      "<h3>Every metric</h3><p class=\"note tight\">\(what)</p><div class=\"scroll\" tabindex=\"0\">"
      + table.html(style: "plain") + "</div>"
  }
}
