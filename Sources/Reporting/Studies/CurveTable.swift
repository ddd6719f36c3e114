import Measurement

/// The staffing curve for a terminal: a row a period, then what each plan costs.
struct CurveTable: Sendable {
  let curve: PlanDocument.Curve
  let frame: AnswerFrame
  let glyphs: Glyphs

  private var words: CurveWords { CurveWords(curve) }

  var blocks: [[String]] { [table + ["", legend], plans] }

  private var isWide: Bool { frame.columns >= 100 }

  private var table: [String] {
    let needed = words.plan(.needed)
    let formulas = [PlanDocument.Plan.Kind.erlangC, .erlangA, .squareRoot]
      .compactMap { words.plan($0) }
    let titles: [PlanDocument.Plan.Kind: String] = [
      .erlangC: isWide ? "Erlang C" : "C", .erlangA: isWide ? "Erlang A" : "A",
      .squareRoot: isWide ? "sq. root" : "root",
    ]
    var head = [curve.noun == "quarter of an hour" ? "from" : curve.noun, "arrivals", "needed"]
    head += isWide ? ["one fewer, %", "needed, %", "one more, %"] : ["one fewer, %", "needed, %"]
    head += formulas.map { titles[$0.kind] ?? "" }
    var rows: [[String]] = []
    for (place, period) in curve.periods.enumerated() {
      var row = [period.begin, fixed(period.arrivals, 0, separator: ","), "\(period.needed)"]
      row.append(cell(period.fewer))
      row.append(cell(needed?.shares[place]))
      if isWide { row.append(cell(period.more)) }
      row += formulas.map { "\($0.agents[place])" }
      rows.append(row)
    }
    var sum = ["all", fixed(curve.periods.reduce(0) { $0 + $1.arrivals }, 0, separator: ",")]
    sum += [needed.map { PlanWords.number($0.hours) } ?? ""]
    sum += Array(repeating: "", count: isWide ? 3 : 2)
    sum += formulas.map { PlanWords.number($0.hours) }
    rows.append(sum)
    return frame.table([head] + rows).map(glyphs.coloredMarks)
  }

  private func cell(_ share: PlanDocument.Share?) -> String {
    guard let share else { return "" }
    guard let value = share.value else { return "nobody " + glyphs.mark(share.result) }
    var text = fixed(value * 100, 1)
    if let low = share.low, let high = share.high {
      text += " \(glyphs.plusMinus)\(fixed((high - low) * 50, 1))"
    }
    return text + " " + glyphs.mark(share.result)
  }

  private var legend: String {
    "  \(glyphs.mark(.met)) met   \(glyphs.mark(.missed)) missed   "
      + "? inconclusive: the 95 % interval contains \(words.percent)"
  }

  /// What each plan costs and where it keeps the goal.
  private var plans: [String] {
    let count = curve.periods.count
    let money = curve.costPerHour
    var head = ["", "agent hours"] + (money == nil ? [] : ["cost"])
    head.append("goal met")
    head.append("missed")
    var rows: [[String]] = []
    let order: [PlanDocument.Plan.Kind] = [
      .fewer, .erlangC, .erlangA, .squareRoot, .needed, .more,
    ]
    for plan in order.compactMap({ words.plan($0) }) {
      var row = [CurveWords.name(plan.kind), PlanWords.number(plan.hours)]
      if let money { row.append(PlanWords.number(plan.hours * money)) }
      row += ["\(plan.metCount) of \(count)", "\(plan.missedCount) of \(count)"]
      rows.append(row)
    }
    let lines = frame.table([head] + rows)
    return ["PLAN" + lines[0].dropFirst(4)] + lines.dropFirst()
  }
}
