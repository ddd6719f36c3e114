import Measurement

/// One agent fewer, as many as are needed, one more: what each reaches in each period.
struct StaffingTable: Sendable {
  let words: StaffingWords
  private var grid: StaffingGrid { words.grid }
  private var answer: StaffingAnswer { words.answer }
  private var needed: [Int?] { words.needed }

  /// The place among the grid's numbers of what a period needs; nil where nobody is needed or nothing is enough.
  private func place(_ period: Int) -> Int? { needed[period].flatMap { grid.place(of: $0) } }

  private func reach(_ place: Int, _ period: Int) -> StaffingReach? {
    grid.counts.indices.contains(place) ? grid.reach(place, period, answer.bound) : nil
  }

  /// Whether the numbers beside those needed differ from them by one.
  private var isDense: Bool {
    grid.periods.indices.allSatisfy { period in
      guard let place = place(period) else { return true }
      return [place - 1, place + 1].allSatisfy { other in
        !grid.counts.indices.contains(other)
          || (grid.counts[other] - grid.counts[place]).magnitude == 1
      }
    }
  }

  private var fewer: String { isDense ? "one fewer" : "next fewer" }
  private var more: String { isDense ? "one more" : "next more" }

  var title: String {
    var (broken, open) = (0, 0)
    var gains: [Double] = []
    for period in grid.periods.indices {
      guard let place = place(period) else { continue }
      switch reach(place - 1, period)?.result(answer.share) {
      case .missed: broken += 1
      case .inconclusive: open += 1
      case .met, nil: break
      }
      if let more = reach(place + 1, period)?.value, let value = reach(place, period)?.value {
        gains.append((more - value) * 100)
      }
    }
    let parts = [loss(broken, open), gain(gains)].compactMap(\.self)
    guard !parts.isEmpty else { return "What each number of agents reaches" }
    return parts.joined(separator: "; ").capitalizedFirst
  }

  private func loss(_ broken: Int, _ open: Int) -> String? {
    func place(_ count: Int) -> String {
      grid.periods.count == 1 ? "" : " " + StaffingWords.hoursOf(count)
    }
    if broken > 0 {
      let rest = open > 0 ? " and leaves it open in \(spokenCount(open))" : ""
      return "\(fewer) breaks the goal\(place(broken))\(rest)"
    }
    return open > 0 ? "\(fewer) leaves the goal open\(place(open))" : nil
  }

  private func gain(_ gains: [Double]) -> String? {
    guard let least = gains.min(), let most = gains.max() else { return nil }
    let (low, high) = (trueMinus(fixed(least, 1)), trueMinus(fixed(most, 1)))
    return "\(more) adds " + (low == high ? high : "\(low) to \(high)") + " points"
  }

  var html: String {
    let several = answer.formulas?.several
    var html =
      "<table class=\"pl\"><caption class=\"vh\">By hour: one fewer, needed, one more</caption><thead>"
      + "<tr class=\"h\"><th></th><th></th><th></th>"
    for (name, style) in [(fewer, ""), ("needed", " class=\"need\""), (more, "")] {
      html +=
        "<th colspan=\"2\" scope=\"colgroup\"\(style) style=\"text-align:center\">\(name)</th>"
    }
    if answer.formulas != nil { html += "<th></th>" }
    if several != nil { html += "<th></th>" }
    html += "</tr><tr><th scope=\"col\">hour</th><th scope=\"col\">customers</th>"
    html += "<th scope=\"col\">agents</th><th scope=\"col\">%</th><th></th>"
    html += "<th class=\"need\" scope=\"col\">%</th><th class=\"need\"></th>"
    html += "<th scope=\"col\">%</th><th></th>"
    if answer.formulas != nil { html += "<th scope=\"col\">Erlang C</th>" }
    if let gain = answer.formulas?.gain, several != nil {
      html += "<th scope=\"col\">\(fixed(gain, 1)) each</th>"
    }
    html += "</tr></thead><tbody>"
    for period in grid.periods.indices { html += row(period) }
    return html + "</tbody></table>"
  }

  private func row(_ period: Int) -> String {
    let found = grid.periods[period]
    var html = "<tr><th scope=\"row\">\(escaped(found.begin))</th>"
    html += "<td data-l=\"customers\">\(fixed(found.customers, 0, separator: ","))</td>"
    html +=
      "<td data-l=\"agents\"><b class=\"ink\">" + (needed[period].map { "\($0)" } ?? "–")
      + "</b></td>"
    if let place = place(period) {
      html += cells(reach(place - 1, period), fewer, "fewer")
      html += cells(reach(place, period), "needed", "need")
      html += cells(reach(place + 1, period), more, "more")
    } else {
      let most = reach(grid.counts.count - 1, period).map(StaffingWords.number) ?? ""
      let words =
        needed[period] == 0
        ? "nobody writes" : "out of reach: \(grid.counts.last ?? 0) agents answer \(most) %"
      html += "<td colspan=\"6\" class=\"muted\" style=\"text-align:center\">\(words)</td>"
    }
    if let formulas = answer.formulas {
      html += number(formulas.single[period], "Erlang C")
      if let several = formulas.several {
        html += number(several[period], fixed(formulas.gain, 1) + " each")
      }
    }
    return html + "</tr>"
  }

  private func number(_ count: Int?, _ label: String) -> String {
    "<td class=\"formula\" data-l=\"\(label)\">" + (count.map { "\($0)" } ?? "–") + "</td>"
  }

  /// What a number reaches, and how that is judged; the labels are for where there is no head.
  private func cells(_ reach: StaffingReach?, _ label: String, _ style: String) -> String {
    let opening = "<td class=\"\(style) reach\" data-l=\"\(label)\">"
    guard let reach, let value = reach.value else {
      return opening + "–</td><td class=\"\(style) mark\"></td>"
    }
    let half = reach.halfWidth.map { "<span class=\"hw\">± \(fixed($0 * 100, 1))</span>" } ?? ""
    let result = reach.result(answer.share)
    return opening + "\(fixed(value * 100, 1))\(half)</td>"
      + "<td class=\"\(style) mark\" style=\"text-align:left;padding-left:6px\">"
      + ResultMark.html(result, word: result == .inconclusive ? "open" : nil) + "</td>"
  }

  // MARK: - How it was found

  var note: String {
    let low = grid.counts.first ?? 0
    let high = grid.counts.last ?? 0
    let isEvery = grid.counts.count == high - low + 1
    var words = "“open”: the interval contains the goal; the plan does not rely on it. "
    words +=
      isEvery
      ? "Every number of agents from \(low) to \(high) was"
      : "\(grid.counts.count) numbers of agents from \(low) to \(high) were"
    words +=
      " simulated for the whole day with everybody on shift, \(grid.runs) runs each on the same customers."
    if answer.isFirstDay { words += " Of the days of the scenario it is the first 24 hours." }
    if low > 1, needed.contains(low) {
      words += " Fewer than \(low) were not run: where \(low) are needed, fewer may do."
    }
    return escaped(words) + formulas
  }

  private var formulas: String {
    guard let formulas = answer.formulas else {
      return answer.team == nil
        ? " Erlang C is left out: it does not know how answers come about here."
        : " Erlang C is left out: it knows one team."
    }
    let whole = formulas.answers.rounded()
    let isWhole = (formulas.answers - whole).magnitude < 0.05
    let count = isWhole ? spokenCount(Int(whole)) : fixed(formulas.answers, 1)
    var words =
      " Erlang C: \(count) \(count == "one" ? "answer" : "answers") a conversation, "
      + "\(fixed(formulas.writing, 0)) s of writing each, waiting plus writing within the goal"
    if let away = formulas.away, away.after.isFinite, away.length.isFinite {
      let minutes = { (seconds: Double) in fixed(seconds / 60, 0) }
      words +=
        ", \(minutes(away.length)) minutes away in \(minutes(away.after + away.length)) added"
    }
    if formulas.several != nil {
      words +=
        "; \(fixed(formulas.gain, 1)) is what an agent with \(spokenCount(formulas.slots)) at once does in the "
        + "time of one"
    }
    return escaped(words + ".")
  }
}
