import Foundation
import Statistics
import Testing

@testable import Measurement
@testable import Reporting

/// Sentences that once claimed what was not so, each on the result that showed it.
@Suite struct `What was once said wrongly` {
  private func terminal(_ document: ResultDocument, columns: Int = 100) -> String {
    TerminalAnswer(of: document, style: .init(columns: columns)).text
  }

  private func verdict(_ document: ResultDocument) -> String {
    VerdictWords(ResultIndex(document)).terminalText()
  }

  private func findings(_ document: ResultDocument) -> Findings {
    Findings(context: PageContext(document))
  }

  private func change(
    _ document: inout ResultDocument, _ metric: String,
    _ change: (inout ResultDocument.Difference) -> Void
  ) {
    for place in 0..<(document.comparison?.differences.count ?? 0)
    where document.comparison?.differences[place].metric == metric {
      if var row = document.comparison?.differences[place] {
        change(&row)
        document.comparison?.differences[place] = row
      }
    }
  }

  @Test func `equal work is where the index ends in the digits shown`() {
    var document = Fixture.comparison()
    document.metrics.append(
      .init(
        name: "workload.jain", label: "workload, Jain x 100", group: "Agents", unit: "ratio",
        shownUnit: "", shownFactor: 100, decimals: 1, polarity: .higher))
    for place in document.strategies.indices {
      document.strategies[place].values.append(
        .init(metric: "workload.jain", mean: 0.991, replications: 30))
    }
    let text = findings(document).balance.text(names: Fixture.names)
    #expect(text.contains("Jain x 100: 99.1, 99.1 and 99.1 (100 is perfectly equal)"))
    #expect(text.contains("Gini x 100: 6.0, 6.2 and 6.5 (0 is perfectly equal)"))
  }

  @Test func `arrivals are the same only if they are`() {
    let words = "Arrivals are the same for every strategy."
    var document = Fixture.comparison()
    #expect(Page(of: document).html.contains(words))
    document.strategies[2].timeline[3].arrivals.mean = 12
    #expect(!Page(of: document).html.contains(words))
  }

  @Test func `formulas are announced only where there are some`() {
    var document = Fixture.comparison()
    #expect(Page(of: document).html.contains("The nearest formulas beside the simulation"))
    document.sanity?.formulas = []
    #expect(!Page(of: document).html.contains("nearest formula"))
  }

  @Test func `what sits on its limit is not promised to be settled`() {
    var document = Fixture.comparison()
    var rows = 0
    for place in 0..<(document.comparison?.differences.count ?? 0) {
      guard document.comparison?.differences[place].verdict == .inconclusive else { continue }
      rows += 1
      document.comparison?.differences[place].settling =
        rows == 1 ? .init(atLeast: 20, atMost: 90) : .init(atLeast: 76)
    }
    #expect(
      SettlingWords(ResultIndex(document)).sentences == [
        "About 20 to 90 more runs of each strategy should settle one of the three differences "
          + "marked ?.",
        "Two lie so near their limits that no number of runs may settle them.",
      ])
  }

  @Test func `97 of a hundred moves are nearly all, not more than half`() {
    var document = Fixture.comparison()
    document.strategies[0].moves = .init(
      helped: .init(mean: 0.003, low: 0.002, high: 0.004),
      noSooner: .init(mean: 0.097, low: 0.09, high: 0.104), pingPong: .init(mean: 0))
    #expect(
      findings(document).moves.text(names: Fixture.names)
        == "Nearly all of the moves of round robin (97 %) brought no sooner answer")
  }

  @Test func `one run has no interval, and nobody speaks of one`() {
    var document = Fixture.comparison()
    document.replications = 1
    for place in document.strategies.indices {
      for row in document.strategies[place].values.indices {
        document.strategies[place].values[row].low = nil
        document.strategies[place].values[row].high = nil
        document.strategies[place].values[row].halfWidth = nil
      }
      for row in document.strategies[place].goals.indices {
        document.strategies[place].goals[row].low = nil
        document.strategies[place].goals[row].high = nil
        document.strategies[place].goals[row].result = .inconclusive
      }
    }
    for row in document.metrics {
      change(&document, row.name) {
        ($0.low, $0.high, $0.verdict, $0.settling) = (nil, nil, .inconclusive, nil)
      }
    }
    document.sanity?.convergence = nil
    let text = terminal(document)
    #expect(!text.contains("95 % interval"))
    #expect(text.contains("One run gives no interval: no difference is claimed."))
    let html = Page(of: document).html
    let body = html.split(separator: "</style>").last ?? ""
    #expect(!body.contains("95 % interval"))
    #expect(body.contains("One run gives no interval"))
  }

  @Test func `a difference of which nothing is seen is not marked`() {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      for row in document.strategies[place].values.indices
      where document.strategies[place].values[row].metric == "moves_no_sooner" {
        document.strategies[place].values[row].mean = place == 0 ? 0 : 1e-9
      }
    }
    change(&document, "moves_no_sooner") {
      ($0.baselineMean, $0.mean, $0.change) = (0, 1e-9, 1e-9)
      ($0.low, $0.high, $0.verdict) = (5e-10, 1.5e-9, .worse)
    }
    let line = terminal(document).split(separator: "\n").first { $0.contains("did not help") }
    #expect(line?.contains(" -") == false, "\(line ?? "")")
    // Where two digits more show it, they are shown.
    change(&document, "moves_no_sooner") {
      ($0.mean, $0.change, $0.low, $0.high) = (0.0004, 0.0004, 0.0001, 0.0007)
    }
    let finer = terminal(document).split(separator: "\n").first { $0.contains("did not help") }
    #expect(finer?.contains("+0.04") == true && finer?.contains(" -") == true, "\(finer ?? "")")
  }

  @Test func `a queue is longest, which is not when most customers wait`() {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      document.strategies[place].timeline[5].waiting = .init(mean: 20 + Double(place))
    }
    #expect(
      findings(document).day.text(names: Fixture.names)
        == "The queue of round robin is longest between 10:15 and 10:30: 20.0 customers waiting on "
        + "average, then 21.0 under least open, 22.0 under look first")
  }

  @Test func `who answers later does so in a whole sentence`() {
    var document = Fixture.comparison()
    for metric in ["first_response.mean", "first_response.p99"] {
      change(&document, metric) { $0.verdict = .worse }
    }
    document.strategies.removeLast()
    #expect(
      findings(document).waiting.text(names: Fixture.names)
        == "least open answers later than round robin, the longest waits included")
  }

  @Test func `names that read like words stand in quotation marks`() {
    var document = Fixture.comparison()
    document.strategies[2].name = "welcome, users count"
    for place in 0..<(document.comparison?.differences.count ?? 0)
    where document.comparison?.differences[place].strategy == "look first" {
      document.comparison?.differences[place].strategy = "welcome, users count"
    }
    #expect(
      verdict(document).hasPrefix(
        "“welcome, users count” is the only strategy that meets all three goals: "))
    #expect(verdict(document).contains("than “round robin”"))
  }

  @Test func `of one goal nobody misses one, and of two both`() {
    for count in [1, 2] {
      var document = Fixture.comparison()
      document.goals = Array(Fixture.goals.prefix(count))
      for place in document.strategies.indices {
        document.strategies[place].goals = Array(document.strategies[place].goals.prefix(count))
        for row in 0..<count {
          document.strategies[place].goals[row].result = place == 0 ? .missed : .met
        }
      }
      let words =
        count == 1 ? "the goal, round robin misses it." : "both goals, round robin misses both."
      #expect(verdict(document).hasPrefix("least open and look first meet \(words)"))
    }
  }

  @Test func `a headline has no name of a metric in it`() {
    for document in [Fixture.comparison(), Fixture.run(), Fixture.extended()] {
      #expect(!verdict(document).contains("first_response"))
    }
  }

  // MARK: - Goals

  /// The value of a goal as table and card show it.
  private func shown(
    _ goal: String, _ limit: Double, _ unit: String, _ value: Double, half: Double,
    metric: ResultDocument.Metric, result: Goal.Outcome
  ) -> (terminal: String, page: String) {
    var document = Fixture.run()
    document.metrics = [metric]
    document.goals = [
      .init(text: goal, metric: metric.name, relation: .atMost, limit: limit, unit: unit)
    ]
    document.strategies[0].goals = [
      .init(goal: goal, value: value, low: value - half, high: value + half, result: result)
    ]
    let line = terminal(document).split(separator: "\n").first { $0.hasPrefix("  \(goal)") } ?? ""
    let words = line.dropFirst(goal.count + 2).split(separator: " ")
    let html = Page(of: document).html
    let cell = html.components(separatedBy: "<td class=\"v\">").dropFirst().first ?? ""
    let page = cell.components(separatedBy: " <span").first ?? ""
    return (
      words.prefix(3).filter { !$0.hasPrefix("±") && $0 != "✓" && $0 != "✗" }.joined(
        separator: " "), page
    )
  }

  @Test func `a goal's value stands in the unit of its limit`() {
    let gini = ResultDocument.Metric(
      name: "workload.gini", label: "workload, Gini x 100", group: "Agents", unit: "ratio",
      shownUnit: "", shownFactor: 100, decimals: 1, polarity: .lower)
    #expect(
      shown("workload.gini <= 0.1", 0.1, "", 0.045, half: 0.006, metric: gini, result: .met)
        == ("0.045", "0.045"))
    let tail = ResultDocument.Metric(
      name: "first_response.p90", label: "first response, p90", group: "Answering", unit: "s",
      shownUnit: "s", decimals: 0, polarity: .lower)
    #expect(
      shown("first_response.p90 <= 8 min", 480, "min", 785, half: 33, metric: tail, result: .missed)
        == ("13.1 min", "13.1 min"))
    // Not `8.0 min, missed`.
    #expect(
      shown(
        "first_response.p90 <= 8 min", 480, "min", 481, half: 0.4, metric: tail, result: .missed)
        == ("8.02 min", "8.02 min"))
    #expect(
      shown("first_response.p90 <= 2 h", 7200, "h", 3000, half: 60, metric: tail, result: .met)
        == ("0.83 h", "0.83 h"))
  }
}
