import Measurement
import Statistics
import Testing

@testable import Reporting

@Suite struct `The verdict in words` {
  private func sentence(_ document: ResultDocument) -> String {
    VerdictWords(ResultIndex(document)).terminalText()
  }

  /// A comparison whose strategies have these results, goal after goal.
  private func comparison(_ results: [[Goal.Outcome]]) -> ResultDocument {
    var document = Fixture.comparison()
    for (strategy, row) in results.enumerated() {
      for (goal, result) in row.enumerated() {
        document.strategies[strategy].goals[goal].result = result
      }
    }
    return document
  }

  /// A comparison without goals in which the deciding metric has these verdicts.
  private func withoutGoals(_ verdicts: [Verdict]) -> ResultDocument {
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
        == "round robin, the baseline, is the only strategy that meets all three goals. Least open "
        + "improves the share answered within 5 minutes from 76.4 to 83.1 % (± 0.7), and nothing is "
        + "shown to be worse than under round robin. Look first improves the share answered within "
        + "5 minutes from 76.4 to 83.0 % (± 0.7), and nothing is shown to be worse than under round "
        + "robin.")
  }

  @Test func `several who meet all are listed and nobody is preferred`() {
    let document = comparison([[.missed, .missed, .met], [.met, .met, .met], [.met, .met, .met]])
    #expect(
      sentence(document).hasPrefix(
        "least open and look first meet all three goals, round robin misses two. "))
  }

  @Test func `all who meet all are told apart by the deciding metric`() {
    let document = comparison(Array(repeating: [.met, .met, .met], count: 3))
    #expect(
      sentence(document)
        == "all strategies meet all three goals: least open and look first are better than round "
        + "robin in the share answered within 5 minutes, by 6.7 ± 0.7 points and 6.6 ± 0.7 points. "
        + "Least open improves p90 of first response from 6.5 to 5.7 min (± 0.1), and nothing is "
        + "shown to be worse than under round robin. Look first improves p90 of first response from "
        + "6.5 to 5.6 min (± 0.1), and nothing is shown to be worse than under round robin.")
  }

  @Test func `nobody meets the goals`() {
    let sure = comparison([
      [.missed, .met, .missed], [.missed, .met, .met], [.missed, .missed, .met],
    ])
    #expect(
      sentence(sure).hasPrefix(
        "no strategy meets all three goals; least open is shown to meet the most, two of three. "))
    let open = comparison([
      [.missed, .met, .met], [.inconclusive, .met, .met], [.missed, .met, .met],
    ])
    #expect(
      sentence(open).hasPrefix("no strategy is shown to meet all three goals: least open and"))
  }

  @Test func `without goals the deciding metric speaks`() {
    #expect(
      sentence(withoutGoals([.better, .better])).hasPrefix(
        "least open and look first are better than round robin in the share answered within 5 "
          + "minutes, by 6.7 ± 0.7 points and 6.6 ± 0.7 points. "))
    #expect(
      sentence(withoutGoals([.worse, .inconclusive])).hasPrefix(
        "least open is worse than round robin in the share answered within 5 minutes, by 6.7 ± 0.7 "
          + "points; no difference between round robin and look first is shown: +6.6 ± 0.7 points. "
      ))
    #expect(
      sentence(withoutGoals([.noDifference, .noDifference]))
        == "least open and look first do as round robin does in the share answered within 5 minutes."
    )
  }

  @Test func `a fraction of the moves is named only if the interval contains it`() {
    var document = Fixture.comparison()
    #expect(sentence(document).contains("with about a quarter of the moves. "))
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
    #expect(!sentence(document).contains("of the moves"))
  }

  @Test func `a run names the goals that are missed and by how much at least`() {
    var document = Fixture.run()
    document.strategies[0].goals[2].result = .missed
    document.strategies[0].goals[2].value = 0.062
    document.strategies[0].goals[2].low = 0.056
    document.strategies[0].goals[2].high = 0.068
    document.strategies[0].goals[1].result = .inconclusive
    document.strategies[0].goals[1].low = 312
    document.strategies[0].goals[1].high = 364
    #expect(
      sentence(document)
        == "one of three goals is met: “Nine in ten first answers in 6 minutes” at 5.6 ± 0.4 min, "
        + "where the goal is 6 min or less, and the interval contains the limit; “Reassigned, 5 % or "
        + "less” at 6.2 ± 0.6 %, where the goal is 5 % or less.")
    document.goals = [document.goals[0]]
    document.strategies[0].goals = [document.strategies[0].goals[0]]
    #expect(
      sentence(document)
        == "the goal is met: “Answered within 5 minutes” at 83.0 ± 2.3 %, where the goal is 80 % or "
        + "more.")
    document.strategies[0].goals[0].result = .missed
    document.strategies[0].goals[0].value = 0.69
    document.strategies[0].goals[0].low = 0.66
    document.strategies[0].goals[0].high = 0.72
    #expect(
      sentence(document)
        == "the goal is missed: “Answered within 5 minutes” at 69.0 ± 3.0 %, where the goal is 80 % "
        + "or more.")
    document.goals = []
    #expect(
      sentence(document)
        == "the share answered within 5 minutes is 83.0 ± 2.3 %; the scenario sets no goals to judge "
        + "it by.")
  }

  @Test(arguments: [
    (
      "first_response.within(2 min)", 0.9, Goal.Relation.atLeast,
      "Answered within 2 minutes"
    ),
    ("first_response.p90", 600, .atMost, "Nine in ten first answers in 10 minutes"),
    ("resolution.p50", 3600, .atMost, "Half of the resolutions in 1 hour"),
    ("reassigned", 0.05, .atMost, "Reassigned, 5 % or less"),
    ("reassigned", 0.05, .below, "Reassigned, less than 5 %"),
  ])
  func `goals have plain names`(
    metric: String, limit: Double, relation: Goal.Relation, title: String
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
        == "least open and look first answer sooner than round robin; look first is shown to shorten "
        + "the longest waits")
    #expect(
      findings.fairness.text(names: names)
        == "No difference in how evenly work is shared is shown")
    var document = Fixture.comparison()
    document.strategies[0].moves?.noSooner = .init(mean: 0.09, low: 0.085, high: 0.095)
    let moves = Findings(context: PageContext(document)).moves
    #expect(
      moves.text(names: names)
        == "More than half of the moves of round robin (55 %) brought no sooner answer")
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
