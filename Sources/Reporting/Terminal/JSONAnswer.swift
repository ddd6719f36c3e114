public import Measurement

/// The answer of `run` and `compare` for programs: what the terminal says, with every metric.
public struct JSONAnswer: Sendable {
  private let document: ResultDocument
  private let folder: String?
  private let files: [String]

  /// An answer; the folder and its files are named if they are given.
  public init(of document: ResultDocument, folder: String? = nil, files: [String] = []) {
    self.document = document
    self.folder = folder
    self.files = files
  }

  /// The answer as JSON, keys in alphabetical order, ended by a line feed.
  public func text() throws(ResultJSONError) -> String {
    try ResultJSON.text(encoding: answer, isPretty: true)
  }

  private var answer: Answer {
    let index = ResultIndex(document)
    return Answer(
      command: document.command.rawValue, scenario: document.scenario.name,
      strategies: document.strategies.map(\.name), baseline: document.comparison?.baseline,
      verdict: VerdictWords(index).terminalText(), remarks: document.remarks,
      goals: goals(index), metrics: metrics(index),
      differences: document.comparison?.differences ?? [],
      allPairs: document.comparison?.allPairs ?? [], best: document.comparison?.best,
      robustness: document.comparison?.robustness,
      overloaded: document.strategies.filter { $0.overload != nil }.map(\.name),
      replications: document.replications, runs: document.runs, events: document.events,
      precision: document.precision, partial: document.partial, seed: document.seed,
      fingerprint: document.fingerprint,
      repeatedBy: CommandText(words: document.repeatedBy).line, folder: folder, files: files)
  }

  private func goals(_ index: ResultIndex) -> [Answer.Goal] {
    document.strategies.flatMap { strategy in
      strategy.goals.map { outcome in
        let goal = document.goals.first { $0.text == outcome.goal }
        return Answer.Goal(
          strategy: strategy.name, outcome: outcome,
          unit: goal.flatMap { index.metric($0.metric)?.unit } ?? "", scope: goal?.scope)
      }
    }
  }

  private func metrics(_ index: ResultIndex) -> [Answer.Value] {
    document.strategies.flatMap { strategy in
      strategy.values.map { value in
        Answer.Value(
          strategy: strategy.name, metric: value.metric,
          unit: index.metric(value.metric)?.unit ?? "", mean: value.mean, low: value.low,
          high: value.high, halfWidth: value.halfWidth, replications: value.replications)
      }
    }
  }

  private struct Answer: Encodable {
    var command: String
    var scenario: String
    var strategies: [String]
    var baseline: String?
    var verdict: String
    var remarks: [String]
    var goals: [Goal]
    var metrics: [Value]
    var differences: [ResultDocument.Difference]
    var allPairs: [ResultDocument.Difference]
    var best: ResultDocument.Best?
    var robustness: ResultDocument.Robustness?
    var overloaded: [String]
    var replications: Int
    var runs: Int
    var events: Int
    var precision: ResultDocument.Precision?
    var partial: ResultDocument.Partial?
    var seed: UInt64
    var fingerprint: String
    var repeatedBy: String
    var folder: String?
    var files: [String]

    struct Goal: Encodable {
      var strategy: String
      var goal: String
      var value: Double?
      var low: Double?
      var high: Double?
      var result: Measurement.Goal.Outcome
      var unit: String
      var scope: ResultDocument.Scope?

      init(
        strategy: String, outcome: ResultDocument.GoalOutcome, unit: String,
        scope: ResultDocument.Scope?
      ) {
        self.strategy = strategy
        goal = outcome.goal
        value = outcome.value
        low = outcome.low
        high = outcome.high
        result = outcome.result
        self.unit = unit
        self.scope = scope
      }
    }

    struct Value: Encodable {
      var strategy: String
      var metric: String
      var unit: String
      var mean: Double?
      var low: Double?
      var high: Double?
      var halfWidth: Double?
      var replications: Int
    }
  }
}
