import Measurement

extension DocumentBuilder {
  /// From which shift of a mean on a reader is told: less is lost in its interval.
  private static let mentionable = 0.01

  /// What a reader must know of means that leave out what had not ended.
  static func remarksOnUnfinished(_ results: [(name: String, result: StrategyResult)]) -> [String] {
    [MetricDefinition.wait, .firstResponse].compactMap { metric -> String? in
      let found = results.compactMap { strategy in
        strategy.result.unfinished(metric).map { (name: strategy.name, what: $0) }
      }
      guard let worst = found.max(by: { $0.what.shift < $1.what.shift }),
        worst.what.shift > mentionable
      else { return nil }
      let whose = results.count > 1 ? " under \(worst.name)" : ""
      return
        "\(percent(worst.what.share)) of the times to \(metric == .wait ? "the start of work" : "a first response") "
        + "had not ended when the runs ended\(whose), and are left out of \(metric.name): followed to "
        + "their end, its mean would be about \(percent(worst.what.shift)) longer. A longer run makes "
        + "this smaller."
    }
  }

  /// What a reader must know of a warm-up that was found and is a large part of the run.
  static func remarksOnWarmup(_ scenario: ResultDocument.Scenario) -> [String] {
    let share = scenario.duration > 0 ? scenario.warmup / scenario.duration : 0
    guard scenario.hasDetectedWarmup, share > 0.1 else { return [] }
    return [
      "warmup: auto left out the first \(percent(share)) of each run: up to there the number of "
        + "conversations with the agents differed from what followed (MSER-5 on the first strategy). "
        + "The rest is all that is counted; a longer run loses a smaller part, and warmup: 0 s counts "
        + "everything."
    ]
  }

  private static func percent(_ share: Double) -> String {
    let tenths = (share * 1_000).rounded() / 10
    return tenths >= 10 ? "\(Int(tenths.rounded())) %" : "\(tenths) %"
  }
}
