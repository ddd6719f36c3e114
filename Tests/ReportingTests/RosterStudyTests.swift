import Measurement
import Testing

@testable import Reporting

private typealias Share = RosterDocument.Share

/// Two shifts and four hours, of which three are judged.
private func sample() -> RosterDocument {
  let good = Share(value: 0.862, low: 0.831, high: 0.893, result: .met)
  let poor = Share(value: 0.7, low: 0.66, high: 0.74, result: .missed)
  let open = Share(value: 0.8, low: 0.77, high: 0.83, result: .inconclusive)
  func period(
    _ kind: RosterDocument.Kind, _ arrivals: Double, _ formula: Share?
  ) -> RosterDocument.Period {
    RosterDocument.Period(
      kind: kind, arrivals: arrivals, formulaNeeds: 2, agents: 3, share: good, formulaAgents: 2,
      formulaShare: formula)
  }
  return RosterDocument(
    head: StudyHead(
      version: "0.1.0", command: "roster", scenario: "Desk", description: "", path: "desk.yaml",
      digest: "d", seed: 1, fingerprint: "f",
      repeatedBy: ["switchboard", "plan", "desk.yaml", "--roster"],
      strategies: 1, replications: 48, runs: 500, events: 10_000),
    goal: "first_response.within(5 min) >= 80%", share: 0.8, bound: 300, level: 0.95,
    team: "support", periodLength: 3_600,
    // Monday 2026-11-23 at 08:00.
    start: 20_780 * 86_400 + 8 * 3_600, isWeek: false,
    shifts: [
      .init(
        name: "early", days: [0, 1, 2, 3, 4],
        work: [.init(from: 480, to: 600), .init(from: 630, to: 720)],
        cost: 50, atMost: 9, agents: 2, formulaAgents: 1,
        oneFewer: .init(missed: 2, inconclusive: 1, runs: 48)),
      .init(
        name: "late", days: [0, 2], work: [.init(from: 600, to: 720)], cost: 30, atMost: 9,
        agents: 1,
        formulaAgents: 1, oneFewer: .init(missed: 0, inconclusive: 1, runs: 48)),
    ],
    periods: [
      period(.judged, 20, good), period(.judged, 30, poor), period(.quiet, 0.5, nil),
      period(.judged, 25, open),
    ],
    isConfirmed: true, confirmations: 1, solved: 3, cuts: 5, runsOfPeriods: 48)
}

@Suite struct `The study of a roster` {
  @Test func `the verdict says what the numbers say`() {
    // 2 * 3.5 h * 5 + 2 h * 2 = 39 h; 2 * 250 + 60 = 560; Erlang C's 250 + 60 = 310.
    #expect(
      sample().verdict
        == "2 early and 1 late (39 agent hours, cost 560 a week) keep the goal in all 3 hours, each with "
        + "95 % confidence, on customers that the search had not seen. One agent fewer in any shift misses it, "
        + "or leaves it in doubt, in at least one hour. The roster of an Erlang C calculator costs 250 a week "
        + "less and misses it in 1 hour and leaves 1 hour in doubt.")
    #expect(sample().keepsAll)
  }

  @Test func `one agent keeps what several keep`() {
    var document = sample()
    document.shifts[0].agents = 0
    document.shifts[0].oneFewer = nil
    #expect(
      document.verdict.hasPrefix(
        "1 late (4 agent hours, cost 60 a week) keeps the goal in all 3 hours, "))
  }

  @Test func `a roster that was not confirmed is not said to be`() {
    var document = sample()
    document.isConfirmed = false
    document.periods[1].share = Share(value: 0.81, low: 0.79, high: 0.83, result: .inconclusive)
    #expect(!document.keepsAll)
    #expect(
      document.verdict.hasPrefix(
        "2 early and 1 late (39 agent hours, cost 560 a week) is the best found, but on customers that the "
          + "search had not seen 1 hour of 3 is not shown to keep the goal: Mon 09:00. "))
  }

  @Test func `what no roster keeps is named`() {
    var document = sample()
    document.periods[0].isHopeless = true
    document.periods[0].share.result = .missed
    #expect(!document.keepsAll)
    #expect(
      document.verdict.hasPrefix(
        "No roster of these shifts is known to keep the goal in 1 hour of 3: Mon 08:00; the best found, "
          + "2 early and 1 late (39 agent hours, cost 560 a week), is shown to keep it in 2 of them. "
      ))
  }

  @Test func `partial results and results of nothing say so`() {
    var document = sample()
    document.head.partial = "before the search was done"
    #expect(
      document.verdict.hasPrefix(
        "Partial: when it was stopped, 2 early and 1 late (39 agent hours, cost 560 a week) was shown to "
          + "keep the goal in 3 of 3 hours. "))
    document = sample()
    for index in document.periods.indices { document.periods[index].kind = .uncovered }
    #expect(!document.keepsAll)
    #expect(document.verdict.hasPrefix("No hour could be judged: "))
  }

  @Test func `one fewer that does as well is not said to miss`() {
    var document = sample()
    document.shifts[1].oneFewer = .init(missed: 0, inconclusive: 0, runs: 48)
    #expect(!document.verdict.contains("One agent fewer"))
    document.shifts[1].oneFewer = .init(missed: 1, inconclusive: 0, runs: 48)
    #expect(
      document.verdict.contains("One agent fewer in any shift misses it in at least one hour."))
  }

  @Test func `the calculator's roster is said to be as good where it is`() {
    var document = sample()
    for index in document.periods.indices {
      document.periods[index].formulaShare = document.periods[0].share
    }
    #expect(
      document.verdict.hasSuffix(
        "The roster of an Erlang C calculator costs 250 a week less and keeps it too."))
    document.shifts[0].formulaAgents = 2
    #expect(document.verdict.hasSuffix("calculator costs the same and keeps it too."))
  }

  @Test func `tables have a row for each shift and each period`() throws {
    let tables = sample().tables
    #expect(tables.map(\.name) == ["roster.csv", "periods.csv"])
    #expect(tables.allSatisfy { ReportFiles.names.contains($0.name) })
    let shifts = tables[0].contents.split(separator: "\n").map(String.init)
    #expect(
      shifts == [
        "shift,days,hours,work_s,cost,at_most_count,agents_count,cost_week,erlang_c_agents_count,"
          + "one_fewer_missed_count,one_fewer_inconclusive_count,one_fewer_replications",
        "early,Mon-Fri,\"08:00-10:00, 10:30-12:00\",12600,50,9,2,500,1,2,1,48",
        "late,\"Mon, Wed\",10:00-12:00,7200,30,9,1,60,1,0,1,48",
      ])
    let periods = tables[1].contents.split(separator: "\n")
    #expect(periods.count == 5)
    #expect(periods[2].hasPrefix("Mon 09:00,3600,judged,30,"))
    #expect(periods[2].hasSuffix(",met,48,2,2,0.7,0.66,0.74,missed"))
    #expect(periods[3].hasSuffix(",,48,2,2,,,,"))
  }

  @Test func `the saved study makes the same files again`() throws {
    let files = try StudyFiles.all(of: sample())
    let text = try #require(files.first { $0.name == "result.json" }).contents
    #expect(StudyFiles.command(in: text) == "roster")
    let again = try StudyFiles.read(RosterDocument.self, in: text)
    #expect(again == sample())
    #expect(try StudyFiles.all(of: again).map(\.contents) == files.map(\.contents))
  }

  @Test func `impossible numbers are found`() {
    #expect(sample().problem == nil)
    let slips: [(inout RosterDocument) -> Void] = [
      { $0.level = 1 }, { $0.periodLength = 0 }, { $0.periodLength = 7 },
      { $0.shifts[0].days = [7] }, { $0.shifts[0].work[0].to = 9_999 },
      { $0.shifts[0].agents = -1 },
      { $0.periods[0].share.value = 2 }, { $0.periods[0].agents = -.infinity }, { $0.start = .max },
      { $0.shifts[1].cost = -1 },
    ]
    for (index, slip) in slips.enumerated() {
      var document = sample()
      slip(&document)
      #expect(document.problem != nil, "slip \(index)")
    }
  }

  @Test func `lines of a terminal fit, and names from a file do no harm`() {
    var document = sample()
    document.shifts[0].name = "<b>\u{1b}[31mearly</b>"
    for columns in [60, 80, 100] {
      for isUTF8 in [true, false] {
        let style = TerminalStyle(columns: columns, isUTF8: isUTF8)
        let lines = document.blocks(style).joined()
        #expect(lines.allSatisfy { !$0.contains("\u{1b}") })
        if columns >= 80 { #expect(lines.allSatisfy { displayWidth($0) <= columns }) }
        if !isUTF8 { #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }) }
      }
    }
    let html = document.page.html(document.head)
    #expect(!html.contains("<b>\u{1b}") && !html.contains("\u{1b}"))
    #expect(html.contains("&lt;b&gt;"))
  }
}
