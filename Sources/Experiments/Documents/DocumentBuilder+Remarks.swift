import Measurement

extension DocumentBuilder {
  /// From which shift of a mean on a reader is told: less is lost in its interval.
  private static let mentionable = 0.01

  /// What a reader must know of means that leave out what had not ended, of the times that are shown.
  static func remarksOnUnfinished(
    _ results: [(name: String, result: StrategyResult)], shown: [String]
  ) -> [String] {
    [MetricDefinition.wait, .firstResponse].compactMap { metric -> String? in
      guard shown.contains(where: { $0.hasPrefix(metric.name + ".") }) else { return nil }
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

  private static func percent(_ share: Double) -> String {
    let tenths = (share * 1_000).rounded() / 10
    return tenths >= 10 ? "\(Int(tenths.rounded())) %" : "\(tenths) %"
  }
}
