import Measurement

/// Each goal beside each strategy: value, interval, and what became of it.
struct GoalsTable: Sendable {
  let context: PageContext

  /// What the page asks for where a scenario has no goals.
  private static let firstGoal =
    #"[{"do":"set","path":"goals","value":"[\"first_response.within(5 min) >= 80%\"]"}]"#

  var html: String {
    let goals = context.document.goals
    guard !goals.isEmpty else {
      return "<p class=\"note\">No goal is set, so the first measure decides. "
        + "<button class=\"txt\" data-act=\"" + escaped(Self.firstGoal)
        + "\">Add a goal</button></p>"
    }
    var html =
      "<table class=\"gt\" style=\"--k:\(context.strategies.count)\"><thead><tr class=\"h\"><th>Goals</th>"
    for strategy in context.strategies {
      html += "<th class=\"x\(context.style(strategy).slot)t\" scope=\"col\">"
      html += named(context.name(strategy)) + "</th>"
    }
    html += "</tr></thead><tbody>"
    for goal in goals { html += row(goal) }
    return html + "</tbody></table>"
  }

  private func row(_ goal: ResultDocument.Goal) -> String {
    let format = context.index.format(of: goal)
    let words = GoalWords(goal: goal, format: format)
    var html = "<tr><th scope=\"row\">" + escaped(words.title)
    html += "<span class=\"mono\">" + escaped(goal.text) + "</span></th>"
    for strategy in context.strategies {
      let outcome = context.index.outcome(strategy, goal)
      html += "<td>" + GoalCell(outcome: outcome, format: format).value
      if let outcome, outcome.value != nil {
        html += "<span class=\"w\">" + ResultMark.html(outcome.result) + "</span>"
      }
      html += "</td>"
    }
    return html + "</tr>"
  }
}

/// The value of a goal under a strategy, in the unit of its limit.
struct GoalCell: Sendable {
  let outcome: ResultDocument.GoalOutcome?
  let format: MetricFormat

  /// `76.4 % ± 2.2`.
  var value: String {
    guard let outcome, let mean = outcome.value else { return "no value" }
    var html = escaped(format.valueWithUnit(mean)).replacingMinus
    if let half = ResultDocument.Estimate(low: outcome.low, high: outcome.high).halfWidth {
      html += " <span class=\"pm\">± " + format.value(half) + "</span>"
    }
    return html
  }
}
