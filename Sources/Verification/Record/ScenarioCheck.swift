import Experiments
import FoundationEssentials
import Measurement
public import Scenarios
import World

/// A scenario that is checked: run as `compare` would, held to its goals and to what was recorded of it.
public struct ScenarioCheck: Sendable {
  /// The folder and the file's name without its ending.
  public let label: String
  /// The file.
  public let path: String
  /// The scenario.
  public let scenario: Scenario

  init(label: String, path: String, scenario: Scenario) {
    self.label = label
    self.path = path
    self.scenario = scenario
  }

  /// As many runs of each strategy as a record has at most, unless more are asked for.
  public static let usualReplications = 30

  /// Where the record lies: `expected/NAME.json` beside the scenario.
  public var recordPath: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last.map { String($0) } ?? path
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return (parts.dropLast().map { String($0) } + ["expected", stem + ".json"])
      .joined(separator: "/")
  }

  /// The strategies as `compare` runs them, or as `run` does where there are none.
  var strategies: [Scenario.Strategy] {
    scenario.strategies.isEmpty ? [scenario.standard] : scenario.strategies
  }

  /// Whether the label, the file or the scenario's name contains a text, whatever its case.
  func matches(_ text: String) -> Bool {
    let wanted = text.lowercased()
    return label.lowercased().contains(wanted) || scenario.name.lowercased().contains(wanted)
  }

  /// The record, if there is one.
  func record() throws(ScenarioRecord.Unreadable) -> (text: String, record: ScenarioRecord)? {
    guard FileManager.default.fileExists(atPath: recordPath) else { return nil }
    guard let text = try? String(contentsOfFile: recordPath, encoding: .utf8) else {
      throw ScenarioRecord.Unreadable(why: "the record cannot be read")
    }
    return (text, try ScenarioRecord(text: text))
  }

  /// Writes a record beside the scenario.
  public func write(_ text: String) throws {
    let folder = recordPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    try FileManager.default.createDirectory(
      atPath: folder.joined(separator: "/"), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: recordPath), options: .atomic)
  }

  /// How many runs of each strategy: as the record has, else as the scenario asks, within bounds.
  func replications(_ recorded: ScenarioRecord?) -> Int {
    if let recorded { return recorded.replications }
    switch scenario.replications {
    case .fixed(let count): return min(count, Self.usualReplications)
    case .precision(let rule): return min(rule.atMost, Self.usualReplications)
    }
  }

  /// Runs the scenario and compares.
  ///
  /// - Parameters:
  ///   - asked: How many runs of each strategy; as the record has if nil.
  ///   - threads: No result depends on it.
  ///   - version: The program's, for the result.
  public func outcome(
    replications asked: Int? = nil, threads: Int, version: String
  ) -> ScenarioOutcome {
    var outcome = ScenarioOutcome(check: self)
    outcome.refusal = refusal
    if outcome.refusal != nil { return outcome }
    let recorded: (text: String, record: ScenarioRecord)?
    do throws(ScenarioRecord.Unreadable) {
      recorded = try record()
    } catch {
      // A record that nobody can read is as good as none; that it is there and useless is told.
      recorded = nil
      outcome.recordProblem = error.why
    }
    do throws(Campaign.Failure) {
      guard let plans = try plans(threads) else {
        outcome.refusal = WarmUpSearch.advice
        return outcome
      }
      let campaign = Campaign(
        entries: zip(strategies, plans).map { Campaign.Entry(name: $0.name, plan: $1) },
        seed: scenario.seed, replications: asked ?? replications(recorded?.record),
        threads: threads)
      let result = try campaign.run()
      let document = DocumentBuilder(version: version, path: path, repeatedBy: []).document(
        strategies.count > 1 ? .compare : .run, scenario, campaign, result)
      try outcome.compare(document, recordings(plans, threads), with: recorded)
    } catch {
      outcome.failure = error
    }
    return outcome
  }

  /// Why it is not run at all: what would never come to its end.
  private var refusal: String? {
    let most = strategies.map { WorkEstimate(WorldPlan(scenario, $0)).events }.max() ?? 0
    guard most > WorkEstimate.mostEvents else { return nil }
    return
      "a run would have more events than a check waits for; 'run --allow-huge' runs it all the same"
  }

  /// The worlds of the strategies; nil where the warm-up that is asked for is not to be found.
  private func plans(_ threads: Int) throws(Campaign.Failure) -> [WorldPlan]? {
    var plans = strategies.map { WorldPlan(scenario, $0) }
    guard scenario.warmup == .automatic else { return plans }
    let search = WarmUpSearch(plan: plans[0], seed: scenario.seed, threads: threads)
    guard case .found(let warmup) = try search.outcome() else { return nil }
    for index in plans.indices { plans[index].warmup = warmup }
    return plans
  }

  /// The first run of each strategy, with what its engine was told.
  private func recordings(
    _ plans: [WorldPlan], _ threads: Int
  ) throws(Campaign.Failure) -> [EngineRecording] {
    let seed = scenario.seed
    let found = Replications.all(count: plans.count, threads: threads) { number in
      (try? JournaledRun(
        plans[number], seed: seed, replication: 0, atMost: ChoiceTrail.mostEvents))
        .map { EngineRecording($0) }
    }
    let recordings = found.compactMap(\.self)
    guard recordings.count == plans.count else { throw .tooManyReplications }
    return recordings
  }
}
