import Measurement

/// The page of `plan --roster`.
struct RosterPage: Sendable {
  let document: RosterDocument

  private var words: RosterWords { RosterWords(document: document) }

  var page: StudyPage {
    let figures = RosterFigures(document: document)
    return StudyPage(
      title: "shifts", lead: lead, verdict: escaped(words.finding.capitalizedFirst + "."),
      details: escaped(
        [words.neighbours, words.formula].compactMap { $0 }
          .map { $0.capitalizedFirst + "." }.joined(separator: " ")),
      sections: [
        .init(
          id: "curve", words: "Hour by hour", title: curveTitle,
          body: figures.staffed.html + figures.shares.html),
        .init(
          id: "shifts", words: "Shifts", title: shiftTitle,
          body: figures.shifts.html + scrolled(shiftTable)),
        .init(id: "cost", words: "Cost", title: "What it costs", body: cost),
        .init(id: "method", words: "How it was found", title: "How it was found", body: method),
      ])
  }

  private var lead: String {
    let arrivals = document.periods.reduce(0) { $0 + $1.arrivals }
    return "\(words.label(0)) to \(words.label(document.periods.count)), about "
      + "\(grouped(Int64(arrivals.rounded()))) conversations, team \(document.team): "
      + "\(words.counted(document.judged.count)) in which \(document.goal) is judged, "
      + "\(grouped(Int64(document.runsOfPeriods))) runs."
  }

  private var curveTitle: String {
    let missed = document.judged.count - document.count(.met)
    let formula = document.judged.count - document.formulaCount(.met)
    let own =
      missed == 0
      ? "Every \(words.noun) keeps the goal"
      : "\(words.counted(missed).capitalizedFirst) \(missed == 1 ? "is" : "are") not shown to keep the goal"
    guard document.formulaCost != nil else { return own }
    return own
      + "; with Erlang C’s roster \(formula == 0 ? "every one does" : "\(formula) of \(document.judged.count) \(formula == 1 ? "does" : "do") not")"
  }

  private var shiftTitle: String {
    let agents = document.shifts.reduce(0) { $0 + $1.agents }
    let worked = document.shifts.count { $0.agents > 0 }
    return "\(grouped(Int64(agents))) agent\(agents == 1 ? "" : "s") in \(spokenCount(worked)) "
      + "shift\(worked == 1 ? "" : "s") of \(spokenCount(document.shifts.count))"
  }

  private func scrolled(_ table: DataTable) -> String {
    "<div class=\"scroll\" tabindex=\"0\">" + table.html(style: "plain") + "</div>"
  }

  private var shiftTable: DataTable {
    var table = DataTable([
      .init(title: "shift", isText: true), .init(title: "days", isText: true),
      .init(title: "hours", isText: true), .init(title: "agents"), .init(title: "at most"),
      .init(title: "cost each time"), .init(title: "cost a week"),
      .init(title: "one fewer: \(words.noun)s missed"), .init(title: "in doubt"),
      .init(title: "Erlang C"),
    ])
    for shift in document.shifts {
      table.rows.append([
        shift.name, RosterWords.days(shift.days), words.hours(shift), grouped(Int64(shift.agents)),
        grouped(Int64(shift.atMost)), RosterWords.number(shift.cost),
        RosterWords.number(shift.costPerWeek * Double(shift.agents)),
        shift.oneFewer.map { grouped(Int64($0.missed)) } ?? "",
        shift.oneFewer.map { grouped(Int64($0.inconclusive)) } ?? "",
        shift.formulaAgents.map { grouped(Int64($0)) } ?? "",
      ])
    }
    return table
  }

  private var cost: String {
    guard document.formulaCost != nil else { return "" }
    var table = DataTable([
      .init(title: "roster", isText: true), .init(title: "agents"), .init(title: "agent hours"),
      .init(title: "cost a week"), .init(title: "\(words.noun)s that keep the goal"),
      .init(title: "missed"), .init(title: "in doubt"),
    ])
    func add(
      _ name: String, _ agents: (RosterDocument.Shift) -> Int?,
      _ count: (Goal.Outcome) -> Int
    ) {
      let shifts = document.shifts
      table.rows.append([
        name, grouped(Int64(shifts.reduce(0) { $0 + (agents($1) ?? 0) })),
        RosterWords.number(
          shifts.reduce(0) { $0 + $1.hoursPerWeek * Double(agents($1) ?? 0) }),
        RosterWords.number(shifts.reduce(0) { $0 + $1.costPerWeek * Double(agents($1) ?? 0) }),
        "\(grouped(Int64(count(.met)))) of \(grouped(Int64(document.judged.count)))",
        grouped(Int64(count(.missed))), grouped(Int64(count(.inconclusive))),
      ])
    }
    add("Erlang C", \.formulaAgents, document.formulaCount)
    add("By simulation", \.agents, document.count)
    return scrolled(table)
      + "<p class=\"note\">Cost is what a shift costs each time it is worked, times its days, times its "
      + "agents.</p>"
  }

  private var method: String {
    let sentences = [
      "An integer program chooses the cheapest numbers that cover what each \(words.noun) asks for; "
        + "a simulation of them tells which \(words.noun)s miss the goal; each of those adds a cut, which "
        + "says by how much one more agent in it or shortly before would help, and the program is solved "
        + "again (Cezik and L’Ecuyer 2008). It was solved \(document.solved) times, with "
        + "\(document.cuts) cuts.",
      "At the end one agent fewer in each shift was tried, so the roster is a local minimum: cheaper "
        + "ones that differ in several shifts at once are not ruled out.",
      "The interval of each \(words.noun) holds by itself with \(words.confidence); all at once they "
        + "hold with less.",
      "Erlang C takes agents never to be away, one queue for all, and each \(words.noun) to stand alone.",
    ]
    return "<p>" + sentences.map(escaped).joined(separator: "</p><p>") + "</p>"
  }
}
