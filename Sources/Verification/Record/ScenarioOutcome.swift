public import Experiments
public import Measurement

/// What came of a scenario that was checked.
public struct ScenarioOutcome: Sendable {
  /// The scenario.
  public let check: ScenarioCheck
  /// What was measured; nil if the runs failed.
  public private(set) var document: ResultDocument?
  /// The record as it would be written now.
  public private(set) var recordText = ""
  /// Whether there was one to compare with.
  public private(set) var hasRecord = false
  /// Whether the record is what would be written now, to the byte.
  public private(set) var isCurrent = false
  /// Why a record that is there is of no use.
  public internal(set) var recordProblem: String?
  /// Why the scenario is not run at all.
  public internal(set) var refusal: String?
  /// What must not be and was found when the first runs were played again.
  public private(set) var violations: [String] = []
  /// Why there is no result.
  public internal(set) var failure: Campaign.Failure?
  /// What differs from the record, most telling first.
  public private(set) var differences: [RecordDifference] = []
  /// Whether the scenario itself, its defaults included, is another than was recorded.
  public private(set) var isOtherScenario = false
  /// The goals that are missed and are not recorded as missed.
  public private(set) var missed: [(strategy: String, goal: ResultDocument.GoalOutcome)] = []
  /// The strategies whose agents cannot keep up: a warning.
  public private(set) var overloaded: [String] = []
  /// How many choices of the first runs were followed.
  public private(set) var choices = 0

  init(check: ScenarioCheck) { self.check = check }

  /// Whether nothing is to be complained of.
  public var passes: Bool {
    failure == nil && refusal == nil && recordProblem == nil && violations.isEmpty
      && differences.isEmpty && missed.isEmpty
  }

  /// Whether it failed in a way that no record can excuse.
  public var isBroken: Bool { failure != nil || refusal != nil || !violations.isEmpty }

  /// Takes the results and compares them with a record.
  mutating func compare(
    _ document: ResultDocument, _ recordings: [EngineRecording],
    with recorded: (text: String, record: ScenarioRecord)?
  ) {
    let followed = recordings.map { ChoiceTrail.followed($0) }
    let now = ScenarioRecord(document, trails: followed.map(\.trail))
    self.document = document
    recordText = now.text
    violations = zip(document.strategies, followed).flatMap { strategy, found in
      found.violations.map { "run 1 of '\(strategy.name)': \($0)" }
    }
    choices = followed.reduce(0) { $0 + $1.trail.choices.count }
    overloaded = document.strategies.filter { $0.overload != nil }.map(\.name)
    // Of a record that cannot be read nobody knows what it excuses.
    for strategy in document.strategies where recordProblem == nil {
      let before = recorded?.record.strategies.first { $0.name == strategy.name }
      for goal in strategy.goals where goal.result == .missed {
        let isExcused = before?.goals.contains { $0.goal == goal.goal && $0.result == .missed }
        if isExcused != true { missed.append((strategy.name, goal)) }
      }
    }
    guard let recorded else { return }
    hasRecord = true
    isCurrent = recorded.text == recordText
    if isCurrent { return }
    isOtherScenario = recorded.record.digest != now.digest
    for (index, strategy) in now.strategies.enumerated() {
      guard let old = recorded.record.strategies.first(where: { $0.name == strategy.name }) else {
        continue
      }
      let first = FirstDifference(
        strategy: strategy.name, recorded: old.trail, recording: recordings[index],
        trail: followed[index].trail, places: followed[index].places)
      if let found = first.found { differences.append(found) }
    }
    differences += now.differences(from: recorded.record)
    if recorded.record.fingerprint != now.fingerprint {
      differences.append(
        RecordDifference(
          kind: .fingerprint, strategy: "", subject: "fingerprint",
          recorded: recorded.record.fingerprint, now: now.fingerprint))
    }
  }
}
