import Measurement
import Statistics
import Testing

@testable import Reporting

@Suite struct `The answer of plan` {
  /// Two numbers of agents, the second of which keeps the goal.
  private func document(strategy: String = "look first") throws -> PlanDocument {
    let metric = ResultDocument.Metric(
      name: "first_response.within(5 min)", label: "first response in 5 min", group: "Answering",
      unit: "ratio", shownUnit: "%", shownFactor: 100, decimals: 1, polarity: .higher)
    let goal = "first_response.within(5 min) >= 80%"
    func setting(
      _ place: Int, _ value: Double, _ result: Goal.Outcome
    ) -> PlanDocument.Setting {
      PlanDocument.Setting(
        place: [place], cost: Double(88 + 8 * place), agents: 11 + place, replications: 160,
        goals: [
          ResultDocument.GoalOutcome(
            goal: goal, value: value, low: value - 0.003, high: value + 0.003, result: result)
        ], result: result)
    }
    return PlanDocument(
      head: StudyHead(
        version: "0.1.0", command: "plan", scenario: "A desk", description: "", path: "desk.yaml",
        digest: "0", seed: 1, fingerprint: "0000-0000-0000", repeatedBy: ["switchboard", "plan"],
        strategies: 1, replications: 160, runs: 320, events: 1_000),
      confidence: 0.95, names: [PlanDocument.Name(name: "agents", values: ["11", "12"])],
      metrics: [metric],
      goals: [
        ResultDocument.Goal(
          text: goal, metric: metric.name, relation: .atLeast, limit: 0.8, unit: "%")
      ], settings: 2, exhaustiveRuns: 320, hasMoney: false, duration: 28_800,
      answers: [
        PlanDocument.Answer(
          strategy: strategy,
          tried: [setting(0, 0.794, .missed), setting(1, 0.808, .met)], chosen: 1,
          steps: [
            PlanDocument.Step(
              name: 0, direction: -1, setting: 0,
              changes: [PlanDocument.Change(goal: goal, change: -0.014, halfWidth: 0.001)],
              cost: -8)
          ])
      ])
  }

  @Test func `says the numbers of its document`() throws {
    #expect(
      try document().verdict
        == "12 agents keep the goal with 95 % confidence. That is 96 agent hours a run, with the share "
        + "answered within 5 minutes 80.8 ± 0.3 %. 11 agents, 8 agent hours less, would miss it: the "
        + "share answered within 5 minutes -1.40 ± 0.10 points.")
  }

  @Test func `shows names of others inert, in every terminal`() throws {
    let study = try document(strategy: "look\u{1B}[2J first")
    for style in [TerminalStyle(columns: 80), TerminalStyle(columns: 100, isUTF8: false)] {
      let text = StudyAnswer(of: study, style: style).text
      #expect(!text.contains("\u{1B}"))
      #expect(text.contains("look\\u{1b}[2J first"))
      #expect(!text.contains("\u{A0}"))
    }
    let plain = StudyAnswer(of: study, style: TerminalStyle(columns: 100, isUTF8: false)).text
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
    #expect(plain.contains("80.8 +/- 0.3 %"))
  }

  @Test func `a damaged document is refused with its place`() throws {
    var broken = try document()
    broken.answers[0].chosen = 7
    #expect(broken.problem == "answers.[0]")
    broken = try document()
    broken.answers[0].tried[0].place = [2]
    #expect(broken.problem == "answers.[0].tried")
    #expect(try document().problem == nil)
  }
}
