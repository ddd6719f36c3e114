import Measurement
import Testing

@testable import Reporting

@Suite struct `The verdict in words` {
  private func sentence(_ document: ResultDocument) -> String {
    VerdictWords(ResultIndex(document)).terminalText()
  }

  /// A comparison whose strategies have these results, goal after goal.
  private func comparison(_ results: [[ResultDocument.GoalResult]]) -> ResultDocument {
    var document = Fixture.comparison()
    for (strategy, row) in results.enumerated() {
      for (goal, result) in row.enumerated() {
        document.strategies[strategy].goals[goal].result = result
      }
    }
    return document
  }

  /// A comparison without goals in which the deciding metric has these verdicts.
  private func withoutGoals(_ verdicts: [ResultDocument.Verdict]) -> ResultDocument {
    var document = Fixture.comparison()
    document.goals = []
    for place in document.strategies.indices { document.strategies[place].goals = [] }
    let metric = "first_response.within(5 min)"
    for place in 0..<(document.comparison?.differences.count ?? 0) {
      guard let row = document.comparison?.differences[place], row.metric == metric else {
        continue
      }
      let verdict = verdicts[row.strategy == "least open" ? 0 : 1]
      document.comparison?.differences[place].verdict = verdict
    }
    return document
  }

  @Test func `only who meets all while all others miss is called the only one`() {
    let sure = comparison([[.missed, .met, .met], [.met, .missed, .met], [.met, .met, .met]])
    #expect(
      sentence(sure).hasPrefix("look first is the only strategy that meets all three goals: "))
    let open = comparison([
      [.missed, .met, .met], [.met, .inconclusive, .met], [.met, .met, .met],
    ])
    #expect(
      sentence(open).hasPrefix("look first is the only strategy shown to meet all three goals: "))
  }

  @Test func `a baseline that is the best is said to be the baseline`() {
    let document = comparison([[.met, .met, .met], [.missed, .met, .met], [.met, .missed, .met]])
    #expect(
      sentence(document)
        == "round robin, the baseline, is the only strategy that meets all three goals.")
  }

  @Test func `several who meet all are listed and nobody is preferred`() {
    let document = comparison([[.missed, .missed, .met], [.met, .met, .met], [.met, .met, .met]])
    #expect(
      sentence(document)
        == "least open and look first meet all three goals, round robin misses two.")
  }

  @Test func `all who meet all are told apart by the deciding metric`() {
    let document = comparison(Array(repeating: [.met, .met, .met], count: 3))
    #expect(
      sentence(document)
        == "all strategies meet all three goals: least open and look first are better than round "
        + "robin in first response in 5 min, by 6.7 ± 0.7 points and 6.6 ± 0.7 points.")
  }

  @Test func `nobody meets the goals`() {
    let sure = comparison([
      [.missed, .met, .missed], [.missed, .met, .met], [.missed, .missed, .met],
    ])
    #expect(
      sentence(sure) == "no strategy meets all three goals; least open meets most of them, two.")
    let open = comparison([
      [.missed, .met, .met], [.inconclusive, .met, .met], [.missed, .met, .met],
    ])
    #expect(
      sentence(open).hasPrefix("no strategy is shown to meet all three goals: least open and"))
  }

  @Test func `without goals the deciding metric speaks`() {
    #expect(
      sentence(withoutGoals([.better, .better]))
        == "least open and look first are better than round robin in first response in 5 min, by "
        + "6.7 ± 0.7 points and 6.6 ± 0.7 points.")
    #expect(
      sentence(withoutGoals([.worse, .inconclusive]))
        == "least open is worse than round robin in first response in 5 min, by 6.7 ± 0.7 points; "
        + "no difference between round robin and look first is shown in first response in 5 min: "
        + "+6.6 ± 0.7 points.")
    #expect(
      sentence(withoutGoals([.noDifference, .noDifference]))
        == "least open and look first do as round robin does in first response in 5 min.")
  }

  @Test func `a fraction of the moves is named only if the interval contains it`() {
    var document = Fixture.comparison()
    #expect(sentence(document).hasSuffix("with about a quarter of the moves."))
    for place in 0..<(document.comparison?.differences.count ?? 0)
    where document.comparison?.differences[place].metric == "reassignments" {
      document.comparison?.differences[place].verdict = .inconclusive
    }
    for place in 0..<(document.comparison?.differences.count ?? 0)
    where document.comparison?.differences[place].metric == "reassigned" {
      // 40 % of the baseline's, give or take 1 %: no everyday fraction.
      document.comparison?.differences[place].change = -0.0846
      document.comparison?.differences[place].low = -0.086
      document.comparison?.differences[place].high = -0.0832
    }
    #expect(sentence(document).hasSuffix("than round robin."))
  }

  @Test func `a run names the goals that are missed and by how much at least`() {
    var document = Fixture.run()
    document.strategies[0].goals[2].result = .missed
    document.strategies[0].goals[2].low = 0.056
    document.strategies[0].goals[2].high = 0.068
    document.strategies[0].goals[1].result = .inconclusive
    #expect(
      sentence(document)
        == "one of three goals is met: first_response.p90 <= 6 min is inconclusive, its interval "
        + "contains the limit and reassigned <= 5% is missed by at least 0.6 points.")
    document.goals = [document.goals[0]]
    document.strategies[0].goals = [document.strategies[0].goals[0]]
    #expect(sentence(document) == "the goal is met: its interval ends 0.7 points above its limit.")
    document.strategies[0].goals[0].result = .missed
    document.strategies[0].goals[0].low = 0.66
    document.strategies[0].goals[0].high = 0.72
    #expect(
      sentence(document)
        == "the goal is missed: first_response.within(5 min) >= 80% is missed by at least 8.0 points."
    )
    document.goals = []
    #expect(
      sentence(document)
        == "first response in 5 min is 83.0 ± 2.3 %; the scenario sets no goals to judge it by.")
  }

  @Test(arguments: [
    (
      "first_response.within(2 min)", 0.9, ResultDocument.Relation.atLeast,
      "Answered within 2 minutes"
    ),
    ("first_response.p90", 600, .atMost, "Nine in ten answered in 10 minutes"),
    ("resolution.p50", 3600, .atMost, "Half resolved in 1 hour"),
    ("reassigned", 0.05, .atMost, "Reassigned, 5 % or less"),
    ("reassigned", 0.05, .below, "Reassigned, less than 5 %"),
  ])
  func `goals have plain names`(
    metric: String, limit: Double, relation: ResultDocument.Relation, title: String
  ) {
    let isShare = limit < 1
    let words = GoalWords(
      goal: .init(text: "", metric: metric, relation: relation, limit: limit),
      format: MetricFormat(
        .init(
          name: metric, label: metric, group: "", unit: isShare ? "ratio" : "s",
          shownUnit: isShare ? "%" : "s", shownFactor: isShare ? 100 : 1, decimals: 1,
          polarity: .lower), widestHalfWidth: nil))
    #expect(words.title == title)
  }

  @Test func `headings claim what the intervals show`() {
    let findings = Findings(context: PageContext(Fixture.comparison()))
    let names = Fixture.names
    #expect(
      findings.waiting.text(names: names)
        == "least open and look first answer sooner than round robin; only look first is shown to "
        + "shorten the longest waits")
    #expect(
      findings.fairness.text(names: names)
        == "No difference in how evenly work is shared is shown")
    var document = Fixture.comparison()
    document.strategies[0].moves?.noSooner = .init(mean: 0.09, low: 0.085, high: 0.095)
    let moves = Findings(context: PageContext(document)).moves
    #expect(
      moves.text(names: names)
        == "More than half of the moves of round robin brought no sooner answer")
  }

  @Test func `headings make nothing of next to nothing`() {
    let names = Fixture.names
    var document = Fixture.comparison()
    // One move in five hundred conversations, a manager who handles one customer in three runs.
    document.strategies[0].moves?.helped = .init(mean: 0, low: 0, high: 0)
    document.strategies[0].moves?.noSooner = .init(mean: 0.002, low: 0.001, high: 0.003)
    document.strategies[0].agents[0].conversations = 0.3
    for place in document.lanes.indices { document.lanes[place].transfers = [] }
    let findings = Findings(context: PageContext(document))
    #expect(findings.moves.text(names: names).hasPrefix("Moves per 100 conversations: 0.2"))
    let balance = findings.balance.text(names: names)
    #expect(balance.hasPrefix("Under least open the busiest agent handles "), "\(balance)")
    #expect(
      findings.lanes.text(names: names) == "What it looks like: 75 minutes without a transfer")
  }
}
