import Engine
public import Measurement
public import Scenarios
import Statistics
import World

/// Turns what a campaign found into the document that every report is made from.
public struct DocumentBuilder: Sendable {
  /// The version of the program.
  public var version: String
  /// The file as it was given on the command line.
  public var path: String
  /// The words that repeat the command, the program's name first.
  public var repeatedBy: [String]

  /// Names what stands around the results.
  public init(version: String, path: String, repeatedBy: [String]) {
    self.version = version
    self.path = path
    self.repeatedBy = repeatedBy
  }

  /// The document of `run`, or the common part of that of `compare`.
  public func document(
    _ command: ResultDocument.Command, _ scenario: Scenario, _ campaign: Campaign,
    _ result: Campaign.Result
  ) -> ResultDocument {
    let metrics = campaign.entries.first?.plan.metrics ?? []
    let strategies = zip(campaign.entries, result.outcomes).map { entry, outcome in
      strategy(entry, outcome, scenario)
    }
    let opened = result.outcomes.compactMap { outcome in
      MetricReference(.opened).flatMap { outcome.result.summary(of: $0)?.mean }
    }
    var document = ResultDocument(
      version: version, command: command,
      scenario: describe(
        scenario, campaign, opened: opened.isEmpty ? 0 : opened.reduce(0, +) / Double(opened.count)),
      replications: result.replications, runs: result.finishedRuns,
      events: Int(result.outcomes.reduce(0) { $0 + $1.events }), seed: campaign.seed,
      fingerprint: Self.text(fingerprint: result.fingerprint), repeatedBy: repeatedBy,
      metrics: metrics.map { Self.metric($0, scenario) },
      goals: scenario.goals.map { ResultDocument.Goal($0) }, strategies: strategies)
    Self.showWhatTells(&document)
    document.timeline = campaign.entries.first.map {
      ResultDocument.TimelineFrame($0.plan.recording)
    }
    document.lanes = result.outcomes.compactMap(\.lanes)
    document.sanity = SanityCheck(scenario, campaign, result).document
    document.remarks =
      Remarks(scenario: scenario, result: result).sentences
      + RemarksOnFaults(result.outcomes, runs: result.replications).sentences
      + RemarksOnRuns(document).sentences
      + RemarksOnDays(document, spread: RemarksOnDays.spread(scenario)).sentences
      + Self.remarksOnUnfinished(
        result.outcomes.map { ($0.name, $0.result) },
        shown: document.metrics.filter(\.isShown).map(\.name))
    if let rule = campaign.precision {
      document.precision = ResultDocument.Precision(
        metric: rule.metric.description, within: rule.within, reached: result.reachedPrecision,
        isReached: result.isPrecise)
    }
    if result.isPartial {
      let wanted = campaign.precision?.atMost ?? campaign.replications
      document.partial = ResultDocument.Partial(
        finishedRuns: result.finishedRuns,
        requestedRuns: wanted * campaign.entries.count + result.extraRuns,
        requestedReplications: wanted)
    }
    return document
  }

  /// A fingerprint as it is printed: its upper 48 bits as `7c1f-09ae-5d20`.
  public static func text(fingerprint: UInt64) -> String {
    let digits = String(fingerprint >> 16, radix: 16)
    let all = Array(String(repeating: "0", count: 12 - digits.count) + digits)
    return [all[0..<4], all[4..<8], all[8..<12]].map { String($0) }.joined(separator: "-")
  }

  /// A digest of a text: 64 bits of FNV-1a, to tell one scenario from another, not to keep secrets.
  public static func digest(_ text: String) -> String {
    var code: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { code = (code ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(code, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: - The scenario

  private func describe(
    _ scenario: Scenario, _ campaign: Campaign, opened: Double
  ) -> ResultDocument.Scenario {
    let model = scenario.strategies.first?.model ?? scenario.standard.model
    let plan = campaign.entries.first?.plan
    var result = ResultDocument.Scenario(
      name: scenario.name, description: scenario.description, path: path,
      digest: Self.digest(scenario.resolved), duration: scenario.duration.inSeconds,
      warmup: Double(plan?.warmup ?? 0) / 1e9, hasDetectedWarmup: scenario.warmup == .automatic,
      agentCount: model.agents.count, channels: model.channels.map(\.name),
      conversationsPerRun: opened)
    result.startOfDay = Int(scenario.start.secondOfDay)
    result.startDate = CivilTime(scenario.start).date
    result.inputs = PlainInputs(scenario).inputs
    return result
  }

  static func metric(
    _ reference: MetricReference, _ scenario: Scenario
  ) -> ResultDocument.Metric {
    ResultDocument.Metric(
      reference,
      isShown: reference.isShownAlways
        || scenario.goals.contains { $0.metric == reference }
        || WorldPlan.populationMetrics(of: scenario).contains(reference))
  }

  /// Shows what only some scenarios have: a cost that differs, and returning customers in every run.
  private static func showWhatTells(_ document: inout ResultDocument) {
    for place in document.metrics.indices {
      let name = document.metrics[place].name
      guard name == MetricDefinition.cost.name || name == MetricDefinition.sameAgent.name else {
        continue
      }
      let values = document.strategies.compactMap { strategy in
        strategy.values.first { $0.metric == name }
      }
      let means = values.compactMap(\.mean)
      let tells =
        name == MetricDefinition.cost.name
        ? Set(means).count > 1
        : !values.isEmpty && values.allSatisfy { $0.replications == document.replications }
      if tells { document.metrics[place].isShown = true }
    }
  }
}
