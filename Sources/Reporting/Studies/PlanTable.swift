import Measurement

/// The answer of `plan` for a terminal.
struct PlanTable: Sendable {
  let document: PlanDocument
  private let words: PlanWords
  private let frame: AnswerFrame
  private let glyphs: Glyphs

  init(document: PlanDocument, style: TerminalStyle) {
    self.document = document
    words = PlanWords(document: document)
    frame = AnswerFrame(style)
    glyphs = Glyphs(style)
  }

  var blocks: [[String]] {
    var blocks = [header] + document.head.remarks.map { frame.labelled("NOTE", $0) } + [goals]
    if let curve = document.curve {
      blocks += CurveTable(curve: curve, frame: frame, glyphs: glyphs).blocks
    }
    for answer in document.answers { blocks.append(table(answer)) }
    if document.curve == nil { blocks.append([legend]) }
    blocks.append(frame.labelled("VERDICT", words.text))
    return blocks
  }

  private var header: [String] {
    let varied = document.names.map { name in
      let values = name.values
      let span =
        values.count == 1 ? values[0] : "\(values.first ?? "") to \(values.last ?? "")"
      return "\(name.name) \(span)"
    }
    if let curve = document.curve {
      let words = CurveWords(curve)
      return frame.header(
        document.head.scenario,
        [
          "\(words.periods(curve.periods.count)) from \(curve.periods.first?.begin ?? ""), about "
            + "\(fixed(curve.periods.reduce(0) { $0 + $1.arrivals }, 0, separator: ",")) conversations, "
            + curve.strategy,
          "agents on shift in \(curve.team), \(curve.replications) runs a plan, "
            + "\(curve.verification) on other customers to verify",
        ])
    }
    let tried = document.answers.reduce(0) { $0 + $1.tried.count }
    let times =
      document.answers.count > 1 ? " under each of \(document.answers.count) strategies" : ""
    return frame.header(
      document.head.scenario,
      [
        listed(varied) + (document.answers.count == 1 ? ", " + document.answers[0].strategy : ""),
        "\(frame.counted(tried, "setting")) of \(grouped(Int64(document.settings)))\(times) run, "
          + "on the same customers",
      ])
  }

  private var goals: [String] {
    ["GOALS"]
      + document.goals.enumerated().map { place, goal in
        "  \(place + 1)  \(frame.safe(goal.text))"
      }
  }

  private var legend: String {
    let marks = [Goal.Outcome.met, .missed].map { "\(glyphs.mark($0)) \($0.rawValue)" }
    return "  "
      + (marks + ["? inconclusive: the 95 % interval contains the limit"]).joined(separator: "   ")
  }

  /// A row for each setting, a column for each goal.
  private func table(_ answer: PlanDocument.Answer) -> [String] {
    var rows: [[String]] = []
    var head = [" "] + document.names.map { frame.safe(Self.short($0.name)) } + ["runs"]
    head.append(document.hasMoney ? "cost" : "agent hours")
    for goal in document.goals.indices {
      let unit = words.format(goal).metric.shownUnit
      head.append("\(goal + 1)" + (unit.isEmpty ? "" : ", \(unit)"))
    }
    for (position, setting) in answer.tried.enumerated() {
      var row = [answer.chosen == position ? ">" : ""]
      row += zip(document.names, setting.place).map { frame.safe($0.values[$1]) }
      row += [grouped(Int64(setting.replications)), PlanWords.number(setting.cost)]
      row += setting.goals.enumerated().map { goal, outcome in cell(goal, outcome) }
      rows.append(row)
    }
    let title = document.answers.count > 1 ? [frame.safe(answer.strategy)] : []
    return title + frame.table([head] + rows).map(glyphs.coloredMarks)
  }

  private func cell(_ goal: Int, _ outcome: ResultDocument.GoalOutcome) -> String {
    let format = words.format(goal)
    guard let value = outcome.value else { return "none" }
    var text = format.value(value)
    if let half = words.halfWidth(outcome) {
      text += " \(glyphs.plusMinus)\(format.value(half))"
    }
    return text + " " + glyphs.mark(outcome.result)
  }

  /// The last part of a path.
  private static func short(_ name: String) -> String {
    let parts = name.split(separator: ".")
    return parts.count == 3 && parts[0] == "teams" ? "\(parts[1]) \(parts[2])" : name
  }
}
