import Measurement

/// What the staffing curve says in words.
struct CurveWords: Sendable {
  let curve: PlanDocument.Curve

  init(_ curve: PlanDocument.Curve) { self.curve = curve }

  func plan(_ kind: PlanDocument.Plan.Kind) -> PlanDocument.Plan? {
    curve.plans.first { $0.kind == kind }
  }

  static func name(_ kind: PlanDocument.Plan.Kind) -> String {
    switch kind {
    case .needed: "needed, by simulation"
    case .fewer: "one agent fewer everywhere"
    case .more: "one agent more everywhere"
    case .erlangC: "Erlang C"
    case .erlangA: "Erlang A"
    case .squareRoot: "square-root rule"
    }
  }

  /// `12 hours`, `48 periods of 15 min`.
  func periods(_ count: Int) -> String {
    switch curve.noun {
    case "hour", "half hour", "day", "period":
      "\(grouped(Int64(count))) \(curve.noun)\(count == 1 ? "" : "s")"
    default: "\(grouped(Int64(count))) quarter\(count == 1 ? "" : "s") of an hour"
    }
  }

  /// `answered within 5 minutes`.
  var answered: String {
    "answered within " + spokenDuration(curve.bound)
  }

  /// `107 agent hours`, with `, 2,568 in money` where agents cost something.
  func price(_ hours: Double) -> String {
    let text = "\(PlanWords.number(hours)) agent hours"
    guard let rate = curve.costPerHour else { return text }
    return text + " (cost \(PlanWords.number(hours * rate)))"
  }

  var percent: String { shortest((curve.share * 1e4).rounded() / 100) + " %" }

  /// The answer, then what each formula would have done.
  var sentences: [String] {
    guard let needed = plan(.needed) else { return [] }
    let counts = curve.periods.map(\.needed)
    let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
    let span = least == most ? "\(most)" : "\(least) to \(most)"
    let all = curve.periods.count
    var sentences: [String] = []
    if curve.unmet.isEmpty {
      sentences.append(
        "\(span) agents, \(price(needed.hours)) a run, keep the goal in each of \(periods(all)): "
          + "\(percent) \(answered), verified on other customers in \(curve.verification) runs of the whole time"
      )
    } else {
      let names = curve.unmet.prefix(5).map { curve.periods[$0].begin }
      let more = curve.unmet.count > 5 ? " and \(curve.unmet.count - 5) more" : ""
      sentences.append(
        "no plan within the limits is shown to keep the goal everywhere: it stays in doubt or missed "
          + "at \(names.joined(separator: ", "))\(more); elsewhere \(span) agents, \(price(needed.hours)) a run, keep it"
      )
    }
    for kind in [PlanDocument.Plan.Kind.erlangC, .erlangA, .squareRoot] {
      if let plan = plan(kind) { sentences.append(formula(plan, needed)) }
    }
    if plan(.erlangA) == nil {
      sentences.append("Erlang A does not apply: not everybody gives up some time")
    }
    return sentences
  }

  /// `Erlang C asks for 12 agent hours less and keeps the goal in 5 of 12 hours`.
  private func formula(_ plan: PlanDocument.Plan, _ needed: PlanDocument.Plan) -> String {
    let apart = plan.hours - needed.hours
    let amount = "\(PlanWords.number(apart.magnitude)) agent hours \(apart > 0 ? "more" : "less")"
    let asks = apart == 0 ? "as many agent hours" : amount
    let missed = plan.missedCount == 0 ? "" : " and misses it in \(plan.missedCount)"
    let name = plan.kind == .squareRoot ? "the square-root rule" : Self.name(plan.kind)
    return "\(name) asks for \(asks) and keeps the goal in \(plan.metCount) of "
      + periods(curve.periods.count) + missed
  }

  /// What formulas do not know of this desk.
  var why: String {
    var words =
      "The formulas take each \(curve.noun) as if it lasted for ever, every agent as always there, "
      + "everybody on one queue, and count the wait for an agent, not the writing of the answer; an agent's work for a conversation is put at "
      + "\(fixed(curve.meanService, 0)) s, as the runs show."
    if curve.slots > 1 {
      words +=
        " Agents work on up to \(curve.slots) conversations at once, which they do not know either."
    }
    return words
  }
}
