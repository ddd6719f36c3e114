import Measurement

/// The answer of `plan --roster` for a terminal.
struct RosterTable: Sendable {
  let document: RosterDocument
  private let words: RosterWords
  private let frame: AnswerFrame
  private let glyphs: Glyphs

  init(document: RosterDocument, style: TerminalStyle) {
    self.document = document
    words = RosterWords(document: document)
    frame = AnswerFrame(style)
    glyphs = Glyphs(style)
  }

  var blocks: [[String]] {
    [header] + document.head.remarks.map { frame.labelled("NOTE", $0) }
      + [["GOAL  \(frame.safe(document.goal))   \(words.every)"], shifts, days]
      + [[legend], costs, frame.labelled("VERDICT", words.text)]
  }

  private var header: [String] {
    let last = document.periods.count
    let conversations = document.periods.reduce(0) { $0 + $1.arrivals }
    var counts = [
      frame.counted(document.shifts.count, "shift") + " of team " + frame.safe(document.team)
    ]
    counts.append("\(words.counted(document.judged.count)) judged")
    for (kind, what) in [
      (RosterDocument.Kind.uncovered, "without any shift"), (.quiet, "with too few to judge"),
    ] {
      let count = document.periods.count { $0.kind == kind }
      if count > 0 { counts.append("\(words.counted(count)) \(what)") }
    }
    return frame.header(
      document.head.scenario,
      [
        "\(words.label(0)) to \(words.label(last)), about "
          + "\(grouped(Int64(conversations.rounded()))) conversations",
        counts.joined(separator: ", "),
        "\(frame.counted(document.solved, "integer program")), "
          + "\(frame.counted(document.cuts, "cut")); "
          + frame.counted(document.runsOfPeriods, "run")
          + (document.confirmations > 0 ? " on fresh customers" : ""),
      ])
  }

  private var legend: String {
    let marks = [Goal.Outcome.met, .missed].map { "\(glyphs.mark($0)) \($0.rawValue)" }
    return "  "
      + (marks + ["? in doubt: the \(words.confidence) interval contains the limit"])
      .joined(separator: "   ")
  }

  private func doubts(_ missed: Int, _ open: Int) -> String {
    var parts: [String] = []
    if missed > 0 { parts.append("\(grouped(Int64(missed))) \(glyphs.mark(.missed))") }
    if open > 0 { parts.append("\(grouped(Int64(open))) ?") }
    return parts.isEmpty ? glyphs.mark(.met) : parts.joined(separator: " ")
  }

  private var shifts: [String] {
    let isWide = frame.columns >= 100
    var head = ["shift", "days", "hours"] + (isWide ? ["work"] : [])
    head += ["agents", "cost", "one fewer", "Erlang C"]
    let rows = document.shifts.map { shift in
      var row = [
        cut(frame.safe(shift.name), to: isWide ? 24 : 16, ellipsis: glyphs.ellipsis),
        RosterWords.days(shift.days),
        words.span(shift),
      ]
      if isWide { row.append(spokenDuration(Double(shift.minutes * 60))) }
      row.append(grouped(Int64(shift.agents)))
      row.append(RosterWords.number(shift.costPerWeek * Double(shift.agents)))
      row.append(shift.oneFewer.map { doubts($0.missed, $0.inconclusive) } ?? "")
      row.append(shift.formulaAgents.map { grouped(Int64($0)) } ?? "")
      return row
    }
    return frame.table([head] + rows, left: 3)
  }

  /// A row for each day: what it asks and where it is nearest to the limit.
  private var days: [String] {
    var blocks: [[Int]] = []
    for period in document.judged {
      if let last = blocks.last?.last, words.day(last) == words.day(period),
        words.begin(period) - words.begin(last) < 86_400
      {
        blocks[blocks.count - 1].append(period)
      } else {
        blocks.append([period])
      }
    }
    guard !blocks.isEmpty else { return [] }
    let rows = blocks.map { periods in
      let arrivals = periods.reduce(0) { $0 + document.periods[$1].arrivals }
      let hours = periods.reduce(0) {
        $0 + document.periods[$1].agents * Double(document.periodLength) / 3_600
      }
      let lowest = periods.min {
        (document.periods[$0].share.low ?? 0, $0) < (document.periods[$1].share.low ?? 0, $1)
      }
      return [
        words.dayName(periods[0]), grouped(Int64(periods.count)),
        grouped(Int64(arrivals.rounded())), RosterWords.number(hours),
        lowest.map(lowestCell) ?? "", result(periods) { $0.share },
        document.formulaCost == nil ? "" : result(periods) { $0.formulaShare },
      ]
    }
    return frame.table(
      [
        [
          "day", words.noun + "s", "arrivals", "agent hours", "nearest, %", "goal", "Erlang C",
        ]
      ] + rows)
  }

  private func lowestCell(_ period: Int) -> String {
    guard let (value, half) = words.share(document.periods[period].share) else { return "" }
    return "\(words.time(period))  \(value) \(glyphs.plusMinus)\(half)"
  }

  private func result(
    _ periods: [Int], _ share: (RosterDocument.Period) -> RosterDocument.Share?
  ) -> String {
    let results = periods.compactMap { share(document.periods[$0])?.result }
    return doubts(results.count { $0 == .missed }, results.count { $0 == .inconclusive })
  }

  private var costs: [String] {
    guard document.formulaCost != nil else { return [] }
    func row(
      _ name: String, _ agents: (RosterDocument.Shift) -> Int?, _ met: Int
    ) -> [String] {
      let shifts = document.shifts
      let hours = shifts.reduce(0) { $0 + $1.hoursPerWeek * Double(agents($1) ?? 0) }
      let cost = shifts.reduce(0) { $0 + $1.costPerWeek * Double(agents($1) ?? 0) }
      return [
        name, grouped(Int64(shifts.reduce(0) { $0 + (agents($1) ?? 0) })),
        RosterWords.number(hours), RosterWords.number(cost),
        "\(grouped(Int64(met))) of \(grouped(Int64(document.judged.count)))",
      ]
    }
    let lines = frame.table(
      [
        ["", "agents", "agent hours", "cost a week", "\(words.noun)s kept"],
        row("Erlang C", \.formulaAgents, document.formulaCount(.met)),
        row("by simulation", \.agents, document.count(.met)),
      ])
    return ["COST" + lines[0].dropFirst(4)] + lines.dropFirst()
  }
}
