public import Measurement

/// What became of an answer that is kept in view: was, is, and how sure the difference is.
public struct WasSection: Sendable {
  private let context: PageContext
  private let changes: String
  private let rows: [ResultDocument.Difference]

  /// Describes the change; `changes` says what was changed since, such as `2 lines changed`.
  public init(of document: ResultDocument, changes: String, rows: [ResultDocument.Difference]) {
    context = PageContext(document)
    self.changes = changes
    self.rows = rows
  }

  /// The lines; one for each way that both answers have.
  public var html: String {
    guard let metric = context.index.decisiveMetric else { return "" }
    let format = context.index.spokenFormat(metric)
    var html = "<div class=\"waswhat\"><span><b class=\"ink\">Was → is</b> " + escaped(changes)
    html += " since; " + escaped(printable(format.spoken)) + ":</span>"
    for row in rows {
      guard let place = context.index.place(of: row.strategy), let was = row.baselineMean,
        let now = row.mean, row.change != nil
      else { continue }
      let slot = context.style(place).slot
      html += "<span><b class=\"x\(slot)t\">" + named(context.name(place)) + "</b> "
      html +=
        trueMinus(escaped(format.value(was))) + " → "
        + trueMinus(escaped(format.valueWithUnit(now)))
      html += " <span class=\"pm\">(" + trueMinus(escaped(format.change(row)))
      if let half = row.halfWidth { html += " ± " + escaped(format.value(half)) }
      html += ")</span></span>"
    }
    if rows.isEmpty {
      html += "<span class=\"muted\">no way of assigning is in both answers.</span>"
    }
    return html + "<button class=\"txt\" data-do=\"back\">Back to was</button></div>"
  }
}
