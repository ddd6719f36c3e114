import Statistics
import Testing

@testable import Measurement
@testable import Reporting

@Suite struct `Odd results` {
  /// Everything that a result is shown as.
  private func show(_ document: ResultDocument) -> [String] {
    let wide = TerminalAnswer(of: document, style: .init(columns: 100)).text
    let narrow = TerminalAnswer(of: document, style: .init(columns: 60, isUTF8: false)).text
    return [wide, narrow, Page(of: document).html]
      + ResultTables(of: document).files.map(\.contents)
  }

  private func expectPlain(_ document: ResultDocument) {
    for text in show(document) {
      let words = Set(text.split { !$0.isLetter })
      #expect(words.isDisjoint(with: ["nan", "NaN", "inf", "Optional", "nil"]))
      if text.hasPrefix("<!doctype") { #expect(Markup.imbalance(text) == nil) }
    }
  }

  @Test func `a result without strategies is shown`() {
    var document = Fixture.comparison()
    document.strategies = []
    document.lanes = []
    document.sanity = nil
    expectPlain(document)
    document.comparison = nil
    expectPlain(document)
    document.metrics = []
    document.goals = []
    expectPlain(document)
  }

  @Test func `a result whose numbers are all missing is shown`() {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      for row in document.strategies[place].values.indices {
        let metric = document.strategies[place].values[row].metric
        document.strategies[place].values[row] = .init(metric: metric, replications: 0)
      }
      for row in document.strategies[place].goals.indices {
        let goal = document.strategies[place].goals[row].goal
        document.strategies[place].goals[row] = .init(goal: goal, result: .inconclusive)
      }
      document.strategies[place].waits = .init(unanswered: [], tail: [])
      document.strategies[place].moves = .init(
        helped: .init(), noSooner: .init(), pingPong: .init())
      for row in document.strategies[place].timeline.indices {
        let start = document.strategies[place].timeline[row].start
        document.strategies[place].timeline[row] = .init(
          start: start, arrivals: .init(), open: .init(), waiting: .init(), agentsOnline: .init(),
          busyRatio: .init(), firstResponse: .init())
      }
    }
    let rows = document.comparison?.differences ?? []
    document.comparison?.differences = rows.map { row in
      .init(
        baseline: row.baseline, strategy: row.strategy, metric: row.metric, verdict: .inconclusive)
    }
    expectPlain(document)
  }

  @Test(arguments: [0.0, 1e-12, 1e12, 1e300])
  func `numbers of any size are shown`(scale: Double) {
    var document = Fixture.extended()
    for place in document.strategies.indices {
      for row in document.strategies[place].values.indices {
        let value = document.strategies[place].values[row]
        document.strategies[place].values[row] = .init(
          metric: value.metric, mean: value.mean.map { $0 * scale },
          low: value.low.map { $0 * scale },
          high: value.high.map { $0 * scale }, halfWidth: value.halfWidth.map { $0 * scale },
          sd: value.sd.map { $0 * scale }, replications: value.replications,
          samples: value.samples.map { $0.map { $0 * scale } })
      }
      for row in document.strategies[place].timeline.indices {
        document.strategies[place].timeline[row].waiting = .init(mean: scale, low: 0, high: scale)
      }
      for row in document.strategies[place].agents.indices {
        document.strategies[place].agents[row].conversations *= scale
      }
    }
    document.scenario.duration *= scale
    document.scenario.conversationsPerRun *= scale
    document.events = .max
    document.seed = .max
    expectPlain(document)
    for line in TerminalAnswer(of: document, style: .init()).text.split(separator: "\n") {
      #expect(displayWidth(String(line)) <= 80)
    }
  }

  @Test func `a strategy against itself shows no difference`() {
    var document = Fixture.comparison()
    document.strategies.removeLast()
    let rows = (document.comparison?.differences ?? []).filter { $0.strategy == "least open" }
    document.comparison?.differences = rows.map { row in
      var row = row
      row.change = 0
      row.low = 0
      row.high = 0
      row.verdict = .noDifference
      return row
    }
    document.goals = []
    let text = TerminalAnswer(of: document, style: .init(columns: 100)).text
    #expect(
      text.contains("VERDICT  least open does as round robin does in the share answered within 5"))
    #expect(text.contains(" 0.0    ±0.0  ~"))
    expectPlain(document)
  }

  @Test func `a thousand agents are shown by their ends`() {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      let agents = document.strategies[place].agents
      document.strategies[place].agents = (0..<1000).map { agents[$0 % 12] }
    }
    document.lanes[0].agents = (0..<1000).map { "agent-\($0)" }
    let html = Page(of: document).html
    #expect(html.contains("970 agents between these"))
    #expect(html.contains("Shown are 24 of 1,000 agents"))
  }
}
